// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.shacl.vocabulary.SHACL;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.mercat.rdf.Queries;
import org.mercat.rdf.QueryFile;
import org.mercat.rdf.QueryFile.Parameter;

/**
 * The query library as data: JSON, and RDF as collections of SPARQL examples write it, so that the queries can be queried.
 *
 * @see <a href="https://github.com/sib-swiss/sparql-examples">SPARQL examples</a>
 */
final class LibraryList {
    private static final String SCHEMA = "https://schema.org/"; // as SPARQL examples write it

    private final Queries queries;
    private final String baseIri;

    LibraryList(Queries queries, String baseIri) {
        this.queries = queries;
        this.baseIri = baseIri;
    }

    /** @param faults files that cannot be understood, for who can mend them */
    record Document(
            List<Entry> queries,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<BadFile> faults) {}

    /** A query. @param chart null if none helps @param address where it is answered, with its defaults */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            String name,
            String summary,
            String description,
            List<Input> parameters,
            List<String> columns,
            QueryFile.Chart chart,
            String address) {}

    /** A parameter. @param fallback its value where none is given; null if it must be given */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Input(
            String name,
            String type,
            @JsonProperty("default") String fallback) {}

    /** A file that cannot be understood. */
    record BadFile(String file, int line, String reason) {}

    /** @param isOperator who is told of files that cannot be understood */
    Document json(boolean isOperator) {
        return new Document(
                queries.published().stream().map(this::entry).toList(),
                isOperator
                        ? queries.misunderstood().stream()
                                .map(bad -> new BadFile(bad.file(), bad.line(), bad.reason()))
                                .toList()
                        : List.of());
    }

    private Entry entry(QueryFile file) {
        return new Entry(
                file.name(),
                file.summary(),
                file.description(),
                file.parameters().stream()
                        .map(parameter -> new Input(
                                parameter.name(),
                                parameter.type().word(),
                                parameter
                                        .fallback()
                                        .map(LibraryParameters::text)
                                        .orElse(null)))
                        .toList(),
                file.query().getResultVars(),
                file.chart().orElse(null),
                address(file));
    }

    private String address(QueryFile file) {
        return baseIri + "queries/" + file.name();
    }

    /** Each query is one that runs as it is, with its parameters at their defaults. */
    Graph graph() {
        Graph graph = GraphFactory.createDefaultGraph();
        graph.getPrefixMapping()
                .setNsPrefix("rdfs", RDFS.uri)
                .setNsPrefix("schema", SCHEMA)
                .setNsPrefix("sh", SHACL.getURI())
                .setNsPrefix("xsd", XSDDatatype.XSD + "#");
        queries.published().forEach(file -> describe(graph, file));
        return graph;
    }

    private void describe(Graph graph, QueryFile file) {
        Node query = NodeFactory.createURI(address(file));
        graph.add(query, RDF.Nodes.type, shacl("SPARQLExecutable"));
        graph.add(query, RDF.Nodes.type, shacl("SPARQLSelectExecutable"));
        graph.add(query, RDFS.Nodes.label, english(file.summary()));
        graph.add(query, RDFS.comment.asNode(), english(file.description()));
        graph.add(query, shacl("select"), text(runnable(file)));
        graph.add(query, schema("target"), NodeFactory.createURI(baseIri + SparqlService.PATH.substring(1)));
        graph.add(
                query,
                schema("keywords"),
                text(file.name().substring(0, file.name().indexOf('/'))));
        file.parameters().forEach(parameter -> describe(graph, query, parameter));
    }

    /** Its own text where a parameter has no default. */
    static String runnable(QueryFile file) {
        return file.parameters().stream()
                        .allMatch(parameter -> parameter.fallback().isPresent())
                ? file.bind(Map.of()).serialize()
                : file.query().serialize();
    }

    private static void describe(Graph graph, Node query, Parameter parameter) {
        Node node = NodeFactory.createURI(query.getURI() + "#parameter-" + parameter.name());
        graph.add(query, shacl("parameter"), node);
        graph.add(node, RDF.Nodes.type, shacl("Parameter"));
        graph.add(node, shacl("path"), NodeFactory.createURI(query.getURI() + "#" + parameter.name()));
        graph.add(node, shacl("name"), text(parameter.name()));
        parameter
                .type()
                .datatype()
                .ifPresentOrElse(
                        datatype -> graph.add(node, shacl("datatype"), NodeFactory.createURI(datatype)),
                        () -> graph.add(node, shacl("nodeKind"), shacl("IRI")));
        parameter.fallback().ifPresent(fallback -> graph.add(node, shacl("defaultValue"), fallback));
    }

    private static Node shacl(String name) {
        return NodeFactory.createURI(SHACL.getURI() + name);
    }

    private static Node schema(String name) {
        return NodeFactory.createURI(SCHEMA + name);
    }

    private static Node text(String text) {
        return NodeFactory.createLiteralString(text);
    }

    private static Node english(String text) {
        return NodeFactory.createLiteralLang(text, "en");
    }
}
