// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import io.javalin.http.Context;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.http.Access;
import org.mercat.http.Failure;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Negotiation;
import org.mercat.http.Route;
import org.mercat.ns.MC;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Home;
import org.mercat.rdf.JsonContext;
import org.mercat.rdf.Suggestion;
import org.mercat.rdf.Syntax;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Vocabularies;

/** Reading the vocabularies, looking up terms, and the documents that say how JSON, shapes and RDF belong together. */
public final class VocabularyRoutes {
    private static final int MOST_TERMS = 50;
    private static final Map<String, Node> KINDS = Map.of(
            "category", SKOS.Concept.asNode(),
            "semanticType", MC.SemanticType,
            "licence", MC.Licence,
            "segment", MC.Segment,
            "unit", NodeFactory.createURI("http://qudt.org/schema/qudt/Unit"));

    private final Supplier<Home> home;
    private final Supplier<Vocabularies> vocabularies;
    private final Supplier<Terms> terms;
    private final Documents documents;
    private final JsonContext context;

    public VocabularyRoutes(
            Supplier<Home> home,
            Supplier<Vocabularies> vocabularies,
            Supplier<Terms> terms,
            Documents documents,
            JsonContext context) {
        this.home = home;
        this.vocabularies = vocabularies;
        this.terms = terms;
        this.documents = documents;
        this.context = context;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/vocabularies", Access.PUBLIC, this::list),
                Route.get("/vocabularies/{name}", Access.PUBLIC, this::vocabulary),
                Route.get("/terms", Access.PUBLIC, this::terms),
                Route.get("/context/v1.jsonld", Access.PUBLIC, this::context),
                Route.get(
                        "/frames/{name}",
                        Access.PUBLIC,
                        ctx -> file(ctx, "vocabularies/frames", ".jsonld", Syntax.JSON_LD, "frame")),
                Route.get(
                        "/shapes/{name}",
                        Access.PUBLIC,
                        ctx -> file(ctx, "shapes", ".ttl", Syntax.TURTLE, "shapes file")));
    }

    /** A vocabulary in the list. */
    record Entry(String name, String iri, String title, String version, int triples) {}

    private void list(Context ctx) {
        List<Entry> entries = vocabularies.get().byName().entrySet().stream()
                .map(entry -> entry(entry.getKey(), entry.getValue()))
                .toList();
        ctx.json(Map.of("vocabularies", entries));
    }

    private static Entry entry(String name, Graph graph) {
        Node ontology = Vocabularies.ontologyOf(graph);
        return new Entry(
                name,
                ontology.getURI(),
                literal(graph, ontology, DCTerms.title.asNode()),
                literal(graph, ontology, OWL.versionInfo.asNode()),
                graph.size());
    }

    /** The English value, or any. */
    private static String literal(Graph graph, Node subject, Node property) {
        return graph.find(subject, property, Node.ANY).toList().stream()
                .map(triple -> triple.getObject())
                .filter(Node::isLiteral)
                .min(Comparator.comparing(
                        node -> node.getLiteralLanguage().equals("en") ? "" : node.getLiteralLanguage() + "z"))
                .map(Node::getLiteralLexicalForm)
                .orElse("");
    }

    private void vocabulary(Context ctx) {
        String asked = ctx.pathParam("name");
        Syntax syntax = Syntax.endingOf(asked)
                .orElseGet(() -> ctx.header("Accept") == null || "*/*".equals(ctx.header("Accept"))
                        ? Syntax.TURTLE
                        : Negotiation.accepted(ctx));
        String name = Syntax.endingOf(asked)
                .map(s -> asked.substring(0, asked.length() - s.extension().length() - 1))
                .orElse(asked);
        Graph graph = vocabularies.get().byName().get(name);
        if (graph == null) {
            throw Kind.NOT_FOUND.because("There is no vocabulary \"" + name + "\". There are "
                    + String.join(", ", vocabularies.get().byName().keySet()) + ".");
        }
        Syntax written = syntax == Syntax.JSON ? Syntax.JSON_LD : syntax;
        ctx.header("Vary", "Accept").contentType(written.contentType());
        ctx.result(documents.writeAll(graph, Vocabularies.ontologyOf(graph), written));
    }

    private void terms(Context ctx) {
        String words = ctx.queryParam("q");
        if (words == null || words.isBlank()) {
            throw new Failure.Malformed("Say what to look for: /terms?q=temperature, and if you like kind="
                            + String.join("|", KINDS.keySet().stream().sorted().toList()) + ".")
                    .asException();
        }
        String kind = ctx.queryParam("kind");
        if (kind != null && !KINDS.containsKey(kind)) {
            throw new Failure.Malformed(
                            "kind is one of " + KINDS.keySet().stream().sorted().toList() + ", not \"" + kind + "\".")
                    .asException();
        }
        List<Suggestion> found = terms.get().nearest(words, kind == null ? Node.ANY : KINDS.get(kind), MOST_TERMS);
        ctx.json(Map.of(
                "terms",
                found.stream()
                        .map(s -> Map.of("iri", s.term().getURI(), "label", s.label(), "similarity", s.similarity()))
                        .toList()));
    }

    private void context(Context ctx) {
        ctx.header("Cache-Control", "public, max-age=86400").header("Access-Control-Allow-Origin", "*");
        ctx.contentType(Syntax.JSON_LD.contentType()).result(context.text());
    }

    private void file(Context ctx, String folder, String ending, Syntax syntax, String what) {
        Map<String, String> files = home.get().files(folder, ending);
        String asked = ctx.pathParam("name");
        String text = files.get(asked.endsWith(ending) ? asked : asked + ending);
        if (text == null) {
            throw Kind.NOT_FOUND.because(
                    "There is no " + what + " \"" + asked + "\". There are " + String.join(", ", files.keySet()) + ".");
        }
        ctx.contentType(syntax.contentType()).result(text);
    }
}
