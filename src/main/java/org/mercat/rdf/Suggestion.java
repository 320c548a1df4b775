// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import org.apache.jena.graph.Node;

/**
 * A known term that may be meant by an unknown one.
 *
 * @param term the IRI of the known term
 * @param label its English label
 * @param similarity from 0 (nothing in common) to 1 (the same name)
 */
public record Suggestion(Node term, String label, double similarity) {}
