// SPDX-License-Identifier: Apache-2.0
/** The RDF side: the store, its changes, query files, shapes, terms and syntaxes. Knows no HTTP. */
package org.mercat.rdf;
