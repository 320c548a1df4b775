// SPDX-License-Identifier: Apache-2.0
/** SPARQL over the public catalogue, read only. */
package org.mercat.sparql;
