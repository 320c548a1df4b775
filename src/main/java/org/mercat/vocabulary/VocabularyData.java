// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.mercat.rdf.Syntax;

/** Writes what vocabularies say as RDF, with those of their prefixes that are used. */
final class VocabularyData {
    private VocabularyData() {}

    /**
     * In a syntax; JSON is JSON-LD.
     *
     * @param name of the graph, where the syntax has names of graphs
     * @param prefixes namespace by prefix
     */
    static byte[] write(Graph graph, Node name, Map<String, String> prefixes, Syntax syntax) {
        Graph written = GraphFactory.createDefaultGraph();
        graph.find().forEachRemaining(written::add);
        Set<String> used = namespaces(graph);
        prefixes.forEach((prefix, namespace) -> {
            if (used.contains(namespace)) {
                written.getPrefixMapping().setNsPrefix(prefix, namespace);
            }
        });
        if (syntax != Syntax.TRIG) {
            return syntax.write(written);
        }
        DatasetGraph dataset = DatasetGraphFactory.create();
        dataset.addGraph(name, written);
        written.getPrefixMapping().getNsPrefixMap().forEach(dataset.prefixes()::add);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RDFDataMgr.write(out, dataset, Lang.TRIG);
        return out.toByteArray();
    }

    /** What stands before the last part of each IRI. */
    private static Set<String> namespaces(Graph graph) {
        Set<String> namespaces = new HashSet<>();
        graph.find()
                .forEachRemaining(triple -> Stream.of(triple.getSubject(), triple.getPredicate(), triple.getObject())
                        .map(node -> node.isLiteral() ? node.getLiteralDatatypeURI() : node.toString())
                        .forEach(iri -> namespaces.add(
                                iri.substring(0, Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1))));
        return namespaces;
    }
}
