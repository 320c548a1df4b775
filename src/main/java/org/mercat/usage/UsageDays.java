// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import java.util.List;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.mercat.contract.Contract;
import org.mercat.ns.MC;

/** The sums of the days of a month as RDF: few, however many events there are. */
final class UsageDays {
    private UsageDays() {}

    /** @param name of the graph, with which the names of the sums begin */
    static Graph of(List<DayTotal> totals, Contract contract, Node name) {
        Graph graph = GraphFactory.createDefaultGraph();
        for (DayTotal total : totals) {
            String side = UsageRoutes.word(total.side());
            Node node = NodeFactory.createURI(name + "#/" + total.day() + "/" + side + "/" + total.metric());
            graph.add(node, RDF.Nodes.type, MC.UsageTotal);
            graph.add(node, MC.contract, contract.node());
            graph.add(
                    node,
                    DCTerms.date.asNode(),
                    NodeFactory.createLiteralDT(total.day().toString(), XSDDatatype.XSDdate));
            graph.add(node, MC.side, NodeFactory.createLiteralString(side));
            graph.add(node, MC.metric, NodeFactory.createLiteralString(total.metric()));
            graph.add(
                    node,
                    MC.quantity,
                    NodeFactory.createLiteralDT(total.quantity().toPlainString(), XSDDatatype.XSDdecimal));
        }
        return graph;
    }
}
