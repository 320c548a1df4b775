// SPDX-License-Identifier: Apache-2.0
package org.mercat.ns;

import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;

/** The functions that the catalogue adds to SPARQL, {@code vocabularies/functions.ttl}. */
public final class FN {
    /** The namespace, ending in {@code #}. */
    public static final String NS = "https://w3id.org/mercat/functions#";

    public static final Node fold = NodeFactory.createURI(NS + "fold");
    public static final Node intersectsBox = NodeFactory.createURI(NS + "intersectsBox");

    private FN() {}
}
