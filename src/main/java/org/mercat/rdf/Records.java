// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphWrapper;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.vocabulary.RDF;
import org.mercat.ns.MC;

/**
 * The ledger but for offerings. An offering for some only is in there too, and says what its provider likes to write: who
 * looks for invoices must not find what an offering says of invoices. To look for quads with, within a transaction.
 */
public final class Records extends DatasetGraphWrapper {
    private final Map<Node, Boolean> offerings = new HashMap<>();

    public Records(DatasetGraph ledger) {
        super(ledger);
    }

    @Override
    public Iterator<Quad> find(Node graph, Node subject, Node predicate, Node object) {
        return Iter.filter(super.find(graph, subject, predicate, object), quad -> !isOffering(quad.getGraph()));
    }

    private boolean isOffering(Node graph) {
        return offerings.computeIfAbsent(graph, name -> getWrapped().contains(name, name, RDF.Nodes.type, MC.Offering));
    }
}
