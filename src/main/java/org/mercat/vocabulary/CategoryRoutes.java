// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.http.Access;
import org.mercat.http.Language;
import org.mercat.http.Pages;
import org.mercat.http.Route;
import org.mercat.http.Tagged;
import org.mercat.http.Wanted;
import org.mercat.rdf.Syntax;
import org.mercat.search.TermUsage;

/** The categories as a tree, with how many offerings are in each. */
final class CategoryRoutes {
    private static final String PATH = "/categories";
    private static final String PARAMETER = "category";

    private final Supplier<Glossary> glossaries;
    private final Supplier<TermUsage> usage;
    private final Pages pages;

    CategoryRoutes(Supplier<Glossary> glossaries, Supplier<TermUsage> usage, Pages pages) {
        this.glossaries = glossaries;
        this.usage = usage;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(Route.get(PATH, Access.PUBLIC, this::categories));
    }

    private void categories(Context ctx) {
        Wanted wanted = Wanted.of(ctx, Syntax.JSON);
        Glossary glossary = glossaries.get();
        String language = Language.of(ctx);
        if (wanted.isPage()) {
            pages.answer(ctx, "categories", Map.of("trees", trees(glossary, language)));
        } else if (wanted.syntax().get() == Syntax.JSON) {
            ObjectNode json = new ObjectMapper().createObjectNode().put("language", language);
            ArrayNode list = json.putArray("categories");
            trees(glossary, language).forEach(tree -> add(list, tree));
            Tagged.answer(
                    ctx,
                    "Accept, Accept-Language",
                    Syntax.JSON.contentType(),
                    json.toString().getBytes(StandardCharsets.UTF_8));
        } else {
            Syntax syntax = wanted.syntax().get();
            Tagged.answer(
                    ctx,
                    "Accept, Accept-Language",
                    syntax.contentType(),
                    VocabularyData.write(graph(glossary), SKOS.ConceptScheme.asNode(), glossary.prefixes(), syntax));
        }
    }

    private List<TermTree> trees(Glossary glossary, String language) {
        TermUsage counted = usage.get();
        return TermTree.of(glossary, categories(glossary), term -> count(counted, term), language);
    }

    private static List<Node> categories(Glossary glossary) {
        return glossary.places().keySet().stream()
                .filter(term -> glossary.kinds(term).contains(TermKind.CATEGORY))
                .toList();
    }

    private static TermTree.Counted count(TermUsage usage, Node term) {
        return usage.of(term).stream()
                .filter(use -> use.parameter().equals(PARAMETER))
                .findFirst()
                .map(use -> new TermTree.Counted(use.direct(), use.withNarrower()))
                .orElse(TermTree.Counted.NONE);
    }

    private static void add(ArrayNode list, TermTree tree) {
        ObjectNode node = list.addObject()
                .put("iri", tree.term().iri())
                .put("name", Glossary.localName(tree.term().iri()))
                .put("label", tree.term().label().text())
                .put("page", tree.term().href())
                .put("offerings", tree.offerings())
                .put("direct", tree.direct());
        if (tree.term().isDeprecated()) {
            node.put("deprecated", true);
        }
        ArrayNode narrower = node.putArray("narrower");
        tree.narrower().forEach(below -> add(narrower, below));
    }

    /** What the vocabularies say of categories and of the schemes that these are in, and what is narrower. */
    private static Graph graph(Glossary glossary) {
        Graph graph = GraphFactory.createDefaultGraph();
        List<Node> schemes = glossary.graph()
                .find(Node.ANY, RDF.Nodes.type, SKOS.ConceptScheme.asNode())
                .mapWith(triple -> triple.getSubject())
                .toList();
        schemes.forEach(
                scheme -> glossary.graph().find(scheme, Node.ANY, Node.ANY).forEachRemaining(graph::add));
        for (Node category : categories(glossary)) {
            glossary.graph().find(category, Node.ANY, Node.ANY).forEachRemaining(graph::add);
            glossary.hierarchy()
                    .narrower(category)
                    .forEach(below -> graph.add(category, SKOS.narrower.asNode(), below));
        }
        return graph;
    }
}
