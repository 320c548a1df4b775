// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDFS;
import org.mercat.http.Access;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Language;
import org.mercat.http.Pages;
import org.mercat.http.Route;
import org.mercat.http.Tagged;
import org.mercat.http.Wanted;
import org.mercat.rdf.Syntax;
import org.mercat.rdf.Vocabularies;

/** The vocabularies, one by one or all together, as they are and as they were. */
final class VocabularyRoutes {
    private static final String LIST = "/vocabularies";
    private static final String ONE = LIST + "/{name}";
    private static final String VERSION = ONE + "/{version}";
    private static final String VARY = "Accept, Accept-Language";

    private final Supplier<Glossary> glossaries;
    private final VersionArchive archive;
    private final Pages pages;

    VocabularyRoutes(Supplier<Glossary> glossaries, VersionArchive archive, Pages pages) {
        this.glossaries = glossaries;
        this.archive = archive;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.get(LIST, Access.PUBLIC, this::list),
                Route.get(LIST + ".{ending}", Access.PUBLIC, this::dump),
                Route.get(ONE, Access.PUBLIC, this::vocabulary),
                Route.get(VERSION, Access.PUBLIC, this::version),
                Route.get(VERSION + "/changes", Access.PUBLIC, this::changes));
    }

    private void list(Context ctx) {
        Wanted wanted = Wanted.of(ctx, Syntax.JSON);
        Glossary glossary = glossaries.get();
        String language = Language.of(ctx);
        if (wanted.isPage()) {
            pages.answer(ctx, "vocabularies", Map.of("items", items(glossary, language)));
        } else if (wanted.syntax().get() == Syntax.JSON) {
            Object all = Map.of(
                    "vocabularies",
                    items(glossary, language).stream()
                            .map(item -> json(glossary, item))
                            .toList());
            byte[] json = new ObjectMapper().valueToTree(all).toString().getBytes(StandardCharsets.UTF_8);
            Tagged.answer(ctx, VARY, Syntax.JSON.contentType(), json);
        } else {
            VocabularyDump dump = VocabularyDump.of(wanted.syntax().get());
            Tagged.answer(ctx, VARY, dump.contentType(), glossary.dump(dump));
        }
    }

    private static List<VocabularyPage.Item> items(Glossary glossary, String language) {
        return glossary.vocabularies().byName().entrySet().stream()
                .map(entry -> item(entry.getKey(), entry.getValue(), language))
                .toList();
    }

    private static VocabularyPage.Item item(String name, Graph graph, String language) {
        Node ontology = Vocabularies.ontologyOf(graph);
        return new VocabularyPage.Item(
                name,
                ontology.getURI(),
                Text.label(graph, ontology, language),
                Text.best(graph, ontology, Text.DEFINITIONS, language),
                VersionArchive.versionOf(graph),
                graph.find(Node.ANY, RDFS.isDefinedBy.asNode(), ontology)
                        .toList()
                        .size());
    }

    private Map<String, Object> json(Glossary glossary, VocabularyPage.Item item) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", item.name());
        json.put("iri", item.iri());
        json.put("title", item.title().text());
        json.put("version", item.version());
        json.put("triples", glossary.vocabularies().byName().get(item.name()).size());
        json.put("terms", item.terms());
        json.put(
                "versions",
                new VocabularyPageBuilder(glossary, archive, "en")
                        .versions(item.name()).stream()
                                .map(VocabularyPage.Version::version)
                                .toList());
        return json;
    }

    private void dump(Context ctx) {
        String ending = ctx.pathParam("ending");
        VocabularyDump dump = VocabularyDump.of(ending)
                .orElseThrow(() -> Kind.NOT_FOUND.because("There is no dump with the ending \"" + ending
                        + "\". There are " + VocabularyDump.endings() + ", as in /vocabularies.trig."));
        Tagged.answer(ctx, "Accept", dump.contentType(), glossaries.get().dump(dump));
    }

    private void vocabulary(Context ctx) {
        Glossary glossary = glossaries.get();
        Wanted wanted = Wanted.of(ctx, ctx.pathParam("name"), glossary::has, Syntax.TURTLE);
        Map<String, Graph> graphs = glossary.graphs(wanted.name());
        if (graphs.isEmpty()) {
            throw Kind.NOT_FOUND.because("There is no vocabulary \"" + wanted.name() + "\". There are "
                    + String.join(", ", glossary.vocabularies().byName().keySet()) + ".");
        }
        if (wanted.isPage()) {
            page(ctx, new VocabularyPageBuilder(glossary, archive, Language.of(ctx)).of(wanted.name()));
        } else {
            Graph graph = graphs.size() == 1 ? graphs.values().iterator().next() : Glossary.union(graphs.values());
            data(ctx, glossary, graph, wanted.syntax().get());
        }
    }

    private void version(Context ctx) {
        Glossary glossary = glossaries.get();
        String name = ctx.pathParam("name");
        Wanted wanted = Wanted.of(
                ctx,
                ctx.pathParam("version"),
                version -> find(glossary, name, version).isPresent(),
                Syntax.TURTLE);
        Graph graph = found(glossary, name, wanted.name());
        if (wanted.isPage()) {
            var builder = new VocabularyPageBuilder(glossary, archive, Language.of(ctx));
            page(ctx, builder.of(name, wanted.name(), graph));
        } else {
            data(ctx, glossary, graph, wanted.syntax().get());
        }
    }

    private void page(Context ctx, VocabularyPage page) {
        ctx.header("Link", "<" + page.path() + ".ttl>; rel=\"alternate\"; type=\"text/turtle\"");
        pages.answer(ctx, "vocabulary", Map.of("page", page));
    }

    private static void data(Context ctx, Glossary glossary, Graph graph, Syntax asked) {
        Syntax syntax = asked == Syntax.JSON ? Syntax.JSON_LD : asked;
        byte[] data = VocabularyData.write(graph, Vocabularies.ontologyOf(graph), glossary.prefixes(), syntax);
        Tagged.answer(ctx, VARY, syntax.contentType(), data);
    }

    /** What has changed from a version to a later one, or until now. */
    private void changes(Context ctx) {
        Wanted wanted = Wanted.of(ctx, Syntax.JSON);
        Glossary glossary = glossaries.get();
        String name = ctx.pathParam("name");
        String from = ctx.pathParam("version");
        Graph before = found(glossary, name, from);
        String until = Optional.ofNullable(ctx.queryParam("until"))
                .orElseGet(() -> Optional.ofNullable(
                                glossary.vocabularies().byName().get(name))
                        .map(VersionArchive::versionOf)
                        .orElse(from));
        Graph after = found(glossary, name, until);
        VocabularyDiff diff =
                VocabularyDiff.between(new TreeMap<>(Map.of(name, before)), new TreeMap<>(Map.of(name, after)));
        if (wanted.isPage()) {
            pages.answer(ctx, "changes", Map.of("page", ChangesPage.of(glossary, name, List.of(from, until), diff)));
        } else if (wanted.syntax().get() == Syntax.JSON) {
            byte[] json = DiffJson.of(diff).toString().getBytes(StandardCharsets.UTF_8);
            Tagged.answer(ctx, VARY, Syntax.JSON.contentType(), json);
        } else {
            throw Kind.NOT_ACCEPTABLE.because("Changes are told as text/html and application/json.");
        }
    }

    private Optional<Graph> find(Glossary glossary, String name, String version) {
        return Optional.ofNullable(glossary.vocabularies().byName().get(name))
                .filter(now -> VersionArchive.versionOf(now).equals(version))
                .or(() -> archive.graph(name, version));
    }

    private Graph found(Glossary glossary, String name, String version) {
        return find(glossary, name, version)
                .orElseThrow(() -> Kind.NOT_FOUND.because("There is no version \"" + version
                        + "\" of the vocabulary \"" + name + "\". There are "
                        + new VocabularyPageBuilder(glossary, archive, "en")
                                .versions(name).stream()
                                        .map(VocabularyPage.Version::version)
                                        .toList()
                        + "."));
    }
}
