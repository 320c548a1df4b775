// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import io.javalin.http.Handler;
import java.util.List;
import java.util.function.Supplier;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.mercat.http.Access;
import org.mercat.http.Route;
import org.mercat.http.Tagged;
import org.mercat.http.Wanted;
import org.mercat.rdf.Syntax;

/**
 * {@code GET /sparql} without a query: what the service can do and what it answers from, as RDF; for a browser a page.
 *
 * @see <a href="https://www.w3.org/TR/sparql11-service-description/">SPARQL 1.1 Service Description</a>
 */
final class ServiceDescription {
    private static final String SD = "http://www.w3.org/ns/sparql-service-description#";
    private static final String FORMATS = "http://www.w3.org/ns/formats/";
    private static final List<String> RESULTS = List.of(
            "SPARQL_Results_JSON",
            "SPARQL_Results_XML",
            "SPARQL_Results_CSV",
            "SPARQL_Results_TSV",
            "Turtle",
            "JSON-LD",
            "N-Triples",
            "RDF_XML",
            "TriG",
            "N-Quads");

    private final String baseIri;
    private final KnownFunctions functions;
    private final KnownFunctions.OfProperties propertyFunctions;

    ServiceDescription(String baseIri, KnownFunctions functions, KnownFunctions.OfProperties propertyFunctions) {
        this.baseIri = baseIri;
        this.functions = functions;
        this.propertyFunctions = propertyFunctions;
    }

    /**
     * The route.
     *
     * @param dataset what the service answers from: RDF about a node
     * @param page for who wants one
     */
    Route route(Supplier<Dataset> dataset, Handler page) {
        return Route.get(SparqlService.PATH, Access.PUBLIC, ctx -> {
            Wanted wanted = Wanted.of(ctx, Syntax.TURTLE);
            if (wanted.isPage()) {
                page.handle(ctx);
                return;
            }
            Syntax syntax = wanted.syntax().get() == Syntax.JSON
                    ? Syntax.JSON_LD
                    : wanted.syntax().get();
            Tagged.answer(ctx, "Accept", syntax.contentType(), syntax.write(graph(dataset.get())));
        });
    }

    private Node service() {
        return NodeFactory.createURI(baseIri + SparqlService.PATH.substring(1));
    }

    private Graph graph(Dataset dataset) {
        Graph graph = dataset.graph();
        Node service = service();
        graph.getPrefixMapping()
                .setNsPrefix("sd", SD)
                .setNsPrefix("format", FORMATS)
                .setNsPrefix("rdfs", RDFS.uri);
        graph.add(service, RDF.Nodes.type, sd("Service"));
        graph.add(service, sd("endpoint"), service);
        graph.add(service, sd("supportedLanguage"), sd("SPARQL11Query"));
        graph.add(service, sd("feature"), sd("UnionDefaultGraph"));
        graph.add(
                service,
                sd("defaultEntailmentRegime"),
                NodeFactory.createURI("http://www.w3.org/ns/entailment/Simple"));
        RESULTS.forEach(name -> graph.add(service, sd("resultFormat"), NodeFactory.createURI(FORMATS + name)));
        functions.names().forEach(name -> feature(graph, "extensionFunction", "Function", name));
        propertyFunctions.own().forEach(name -> feature(graph, "propertyFeature", "Feature", name));
        describe(graph, service, dataset.node());
        return graph;
    }

    private void feature(Graph graph, String property, String type, String name) {
        Node feature = NodeFactory.createURI(name);
        graph.add(service(), sd(property), feature);
        graph.add(feature, RDF.Nodes.type, sd(type));
    }

    private void describe(Graph graph, Node service, Node dataset) {
        Node union = NodeFactory.createURI(service.getURI() + "#default-graph");
        graph.add(service, sd("defaultDataset"), dataset);
        graph.add(dataset, RDF.Nodes.type, sd("Dataset"));
        graph.add(dataset, sd("defaultGraph"), union);
        graph.add(union, RDF.Nodes.type, sd("Graph"));
        Node store = NodeFactory.createURI(baseIri + GraphRoutes.PATH.substring(1));
        graph.add(service, RDFS.Nodes.seeAlso, store);
        graph.add(
                store,
                DCTerms.conformsTo.asNode(),
                NodeFactory.createURI("https://www.w3.org/TR/sparql11-http-rdf-update/"));
    }

    private static Node sd(String name) {
        return NodeFactory.createURI(SD + name);
    }
}
