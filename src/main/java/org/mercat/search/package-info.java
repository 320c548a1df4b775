// SPDX-License-Identifier: Apache-2.0
/** Finding offerings: criteria, the one query that they make, and its routes. */
package org.mercat.search;
