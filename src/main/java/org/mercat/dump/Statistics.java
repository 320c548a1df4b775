// SPDX-License-Identifier: Apache-2.0
package org.mercat.dump;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.RDF;
import org.mercat.ns.MC;

/**
 * What is in a dump.
 *
 * @param quads statements, each with its graph
 * @param triples statements, whichever graphs they are in
 * @param subjects things that statements are about
 * @param graphs named graphs
 * @param resources by collection, such as {@code offerings}, how many there are, withdrawn ones among them
 * @param classes by IRI, how many instances
 * @param properties by IRI, how many statements
 * @param vocabularies their IRIs
 * @param example an offering; empty if there is none
 */
record Statistics(
        long quads,
        long triples,
        long subjects,
        long graphs,
        SortedMap<String, Long> resources,
        SortedMap<String, Long> classes,
        SortedMap<String, Long> properties,
        SortedSet<String> vocabularies,
        String example) {

    /** All resources together. */
    long entities() {
        return resources.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Counts while a dump is written. Statements come subject by subject, those of several graphs together, as the index
     * has them that is read: so nothing must be remembered. A graph counts when the subject comes that it is named by.
     */
    static final class Counter {
        private final String baseIri;
        private final Map<Node, Long> classes = new HashMap<>();
        private final Map<Node, Long> properties = new HashMap<>();
        private final SortedMap<String, Long> resources = new TreeMap<>();
        private final SortedSet<String> vocabularies = new TreeSet<>();
        private long quads;
        private long triples;
        private long subjects;
        private long graphs;
        private Triple last;
        private boolean hasItsGraph;
        private String example = "";

        Counter(String baseIri) {
            this.baseIri = baseIri;
        }

        /** @return whether the triple is a new one, and not the last one in another graph */
        boolean count(Quad quad) {
            quads++;
            Triple triple = quad.asTriple();
            if (last == null || !triple.getSubject().equals(last.getSubject())) {
                subjects++;
                hasItsGraph = false;
            }
            if (!hasItsGraph && quad.getGraph().equals(quad.getSubject())) {
                hasItsGraph = true;
                countGraph(quad.getGraph().getURI());
            }
            if (triple.equals(last)) {
                return false;
            }
            last = triple;
            triples++;
            properties.merge(quad.getPredicate(), 1L, Long::sum);
            if (quad.getPredicate().equals(RDF.Nodes.type) && quad.getObject().isURI()) {
                countType(quad.getSubject(), quad.getObject());
            }
            return true;
        }

        private void countGraph(String name) {
            graphs++;
            int end = name.startsWith(baseIri) ? name.indexOf('/', baseIri.length()) : -1;
            if (end > 0) {
                resources.merge(name.substring(baseIri.length(), end), 1L, Long::sum);
            }
        }

        private void countType(Node subject, Node type) {
            classes.merge(type, 1L, Long::sum);
            if (type.equals(OWL.Ontology.asNode())) {
                vocabularies.add(subject.toString());
            }
            if (example.isEmpty() && type.equals(MC.Offering)) {
                example = subject.toString();
            }
        }

        Statistics result() {
            return new Statistics(
                    quads,
                    triples,
                    subjects,
                    graphs,
                    resources,
                    named(classes),
                    named(properties),
                    vocabularies,
                    example);
        }

        private static SortedMap<String, Long> named(Map<Node, Long> counts) {
            SortedMap<String, Long> named = new TreeMap<>();
            counts.forEach((node, count) -> named.put(node.getURI(), count));
            return named;
        }
    }
}
