// SPDX-License-Identifier: Apache-2.0
package org.mercat.dump;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.RDF;
import org.mercat.ns.MC;

/**
 * What is in a dump. Statements and subjects are counted graph by graph: what two graphs state counts twice.
 *
 * @param triples statements
 * @param subjects things that statements are about
 * @param graphs named graphs
 * @param resources by collection, such as {@code offerings}, how many there are, withdrawn ones among them
 * @param classes by IRI, how many instances
 * @param properties by IRI, how many statements
 * @param vocabularies by IRI, how many statements
 * @param example an offering; empty if there is none
 */
record Statistics(
        long triples,
        long subjects,
        long graphs,
        SortedMap<String, Long> resources,
        SortedMap<String, Long> classes,
        SortedMap<String, Long> properties,
        SortedMap<String, Long> vocabularies,
        String example) {

    /** All resources together. */
    long entities() {
        return resources.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Counts while a dump is written, whose statements come graph by graph and in these subject by subject. */
    static final class Counter {
        private final String baseIri;
        private final Map<Node, Long> classes = new HashMap<>();
        private final Map<Node, Long> properties = new HashMap<>();
        private final SortedMap<String, Long> resources = new TreeMap<>();
        private final SortedMap<String, Long> vocabularies = new TreeMap<>();
        private long triples;
        private long subjects;
        private long graphs;
        private long before;
        private boolean isVocabulary;
        private Node graph;
        private Node subject;
        private String example = "";

        Counter(String baseIri) {
            this.baseIri = baseIri;
        }

        void count(Quad quad) {
            if (!quad.getGraph().equals(graph)) {
                endGraph();
                graph = quad.getGraph();
                subject = null;
                begin(graph.getURI());
            }
            if (!quad.getSubject().equals(subject)) {
                subject = quad.getSubject();
                subjects++;
            }
            triples++;
            properties.merge(quad.getPredicate(), 1L, Long::sum);
            if (quad.getPredicate().equals(RDF.Nodes.type) && quad.getObject().isURI()) {
                classes.merge(quad.getObject(), 1L, Long::sum);
                isVocabulary |= quad.getObject().equals(OWL.Ontology.asNode());
                if (example.isEmpty() && quad.getObject().equals(MC.Offering)) {
                    example = subject.toString();
                }
            }
        }

        private void begin(String name) {
            graphs++;
            before = triples;
            isVocabulary = false;
            int end = name.startsWith(baseIri) ? name.indexOf('/', baseIri.length()) : -1;
            if (end > 0) {
                resources.merge(name.substring(baseIri.length(), end), 1L, Long::sum);
            }
        }

        private void endGraph() {
            if (isVocabulary) {
                vocabularies.put(graph.getURI(), triples - before);
            }
        }

        Statistics result() {
            endGraph();
            isVocabulary = false;
            return new Statistics(
                    triples, subjects, graphs, resources, named(classes), named(properties), vocabularies, example);
        }

        private static SortedMap<String, Long> named(Map<Node, Long> counts) {
            SortedMap<String, Long> named = new TreeMap<>();
            counts.forEach((node, count) -> named.put(node.getURI(), count));
            return named;
        }
    }
}
