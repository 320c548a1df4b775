// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;

/**
 * What a service answers from.
 *
 * @param node that names it
 * @param graph what there is to say of it, made for the one who asks, who may add to it
 */
public record Dataset(Node node, Graph graph) {}
