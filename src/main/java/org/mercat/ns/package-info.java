// SPDX-License-Identifier: Apache-2.0
/** Our own RDF namespaces, one final class each. */
package org.mercat.ns;
