// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.util.NodeFactoryExtra;
import org.apache.jena.vocabulary.RDF;
import org.mercat.rdf.Resources;

/** What a graph says of one of its nodes, to be read and written. */
record Description(Graph graph, Node node) {
    /** Of something new. */
    static Description of(Graph graph, Node node, Node type) {
        graph.add(node, RDF.Nodes.type, type);
        return new Description(graph, node);
    }

    Description add(Node property, Node value) {
        graph.add(node, property, value);
        return this;
    }

    Description add(Node property, String text) {
        return add(property, NodeFactory.createLiteralString(text));
    }

    Description add(Node property, BigDecimal number) {
        return add(property, NodeFactory.createLiteralDT(number.toPlainString(), XSDDatatype.XSDdecimal));
    }

    Description add(Node property, long number) {
        return add(property, NodeFactoryExtra.intToNode(number));
    }

    Description add(Node property, YearMonth month) {
        return add(property, month(month));
    }

    Description add(Node property, Instant instant) {
        return add(property, Resources.time(instant));
    }

    /** In place of what it said before. */
    Description replace(Node property, Node value) {
        graph.remove(node, property, Node.ANY);
        return add(property, value);
    }

    /** In place of what it said before, as a decimal. */
    Description replaceNumber(Node property, BigDecimal number) {
        graph.remove(node, property, Node.ANY);
        return add(property, number);
    }

    /** A part, named by its place. @param path such as {@code lines/0} */
    Description part(Node property, String path) {
        Node part = NodeFactory.createURI(node + "#/" + path);
        add(property, part);
        return new Description(graph, part);
    }

    Optional<Node> one(Node property) {
        return graph.find(node, property, Node.ANY).nextOptional().map(Triple::getObject);
    }

    String text(Node property) {
        return one(property).map(Node::getLiteralLexicalForm).orElse("");
    }

    BigDecimal number(Node property) {
        return one(property)
                .map(its -> new BigDecimal(its.getLiteralLexicalForm()))
                .orElse(BigDecimal.ZERO);
    }

    Optional<YearMonth> month(Node property) {
        return one(property).map(its -> YearMonth.parse(its.getLiteralLexicalForm()));
    }

    List<Description> parts(Node property) {
        return graph.find(node, property, Node.ANY)
                .mapWith(triple -> new Description(graph, triple.getObject()))
                .toList();
    }

    static Node month(YearMonth month) {
        return NodeFactory.createLiteralDT(month.toString(), XSDDatatype.XSDgYearMonth);
    }
}
