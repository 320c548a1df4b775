// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.mem2.GraphMem2Fast;
import org.apache.jena.rdf.model.Resource;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.DC_11;
import org.apache.jena.vocabulary.OWL2;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.apache.jena.vocabulary.SchemaDO;
import org.apache.jena.vocabulary.XSD;

/**
 * The terms of standard vocabularies that are complete in Jena, so that what is not among them does not exist:
 * {@code term rdfs:isDefinedBy <namespace>}.
 */
final class StandardTerms {
    private static final List<Class<?>> COMPLETE = List.of(
            RDF.class, RDFS.class, OWL2.class, XSD.class, SKOS.class, DCTerms.class, DC_11.class, SchemaDO.class);
    private static final String SCHEMA = "http://schema.org/";

    /** Of RDF 1.1 and 1.2, which Jena's class of constants leaves out. */
    private static final List<String> MORE = List.of(
            RDF.uri + "HTML",
            RDF.uri + "JSON",
            RDF.uri + "PlainLiteral",
            RDF.uri + "CompoundLiteral",
            RDF.uri + "language",
            RDF.uri + "direction",
            RDF.uri + "langString",
            RDF.uri + "dirLangString",
            RDF.uri + "reifies");

    private StandardTerms() {}

    static Graph graph() {
        Graph graph = new GraphMem2Fast();
        Stream.concat(COMPLETE.stream().flatMap(StandardTerms::terms), MORE.stream())
                .forEach(iri -> graph.add(Triple.create(
                        NodeFactory.createURI(iri), RDFS.isDefinedBy.asNode(), NodeFactory.createURI(namespace(iri)))));
        return graph;
    }

    /** schema.org's are written with http, as it is done everywhere but in Jena. */
    private static Stream<String> terms(Class<?> vocabulary) {
        return Arrays.stream(vocabulary.getFields())
                .filter(field -> Resource.class.isAssignableFrom(field.getType()))
                .map(StandardTerms::iri)
                .map(iri -> iri.startsWith(SchemaDO.NS) ? SCHEMA + iri.substring(SchemaDO.NS.length()) : iri)
                .filter(iri -> iri.length() > namespace(iri).length());
    }

    private static String iri(Field constant) {
        try {
            return ((Resource) constant.get(null)).getURI();
        } catch (IllegalAccessException e) {
            throw new AssertionError("A public constant can be read: " + constant, e);
        }
    }

    static String namespace(String iri) {
        return iri.substring(0, Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1);
    }

    static boolean isTerm(Node node) {
        return node.isURI() && node.getURI().length() > namespace(node.getURI()).length();
    }
}
