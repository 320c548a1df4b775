// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.mercat.http.Access;
import org.mercat.http.Failure;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Language;
import org.mercat.http.Pages;
import org.mercat.http.Route;
import org.mercat.http.Tagged;
import org.mercat.http.Wanted;
import org.mercat.rdf.Suggestion;
import org.mercat.rdf.Syntax;

/** Terms: found by a name, also while it is being typed, and each as a page and as data. */
final class TermRoutes {
    private static final int MOST = 50;
    private static final int USUAL = 20;
    private static final int NEAREST = 3;

    /** What decides on an answer: a script of a page asks for a part of it. */
    private static final String VARY = "Accept, Accept-Language, HX-Request";

    private final Supplier<Glossary> glossaries;
    private final TermPageBuilder builder;
    private final Pages pages;

    TermRoutes(Supplier<Glossary> glossaries, TermPageBuilder builder, Pages pages) {
        this.glossaries = glossaries;
        this.builder = builder;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/terms", Access.PUBLIC, this::find),
                Route.get("/terms/{vocabulary}/{name}", Access.PUBLIC, this::read));
    }

    private void find(Context ctx) {
        if (ctx.queryParam("iri") != null) {
            follow(ctx, ctx.queryParam("iri"));
            return;
        }
        Wanted wanted = Wanted.of(ctx, Syntax.JSON);
        String words = Optional.ofNullable(ctx.queryParam("q")).orElse("");
        if (words.isBlank() && !wanted.isPage()) {
            throw malformed("Say what to look for, /terms?q=temperature, and if you like kind="
                    + String.join("|", kinds()) + "; or which term to read, /terms?iri=https://...");
        }
        Optional<TermKind> kind = Optional.ofNullable(ctx.queryParam("kind"))
                .filter(word -> !word.isEmpty())
                .map(this::kind);
        Glossary glossary = glossaries.get();
        Predicate<Node> allowed =
                term -> kind.map(its -> glossary.kinds(term).contains(its)).orElse(true);
        String language = Language.of(ctx);
        int most = limit(ctx);
        List<TermAnswer.Hit> hits = glossary.search().find(words, allowed, language, most).stream()
                .map(found -> TermAnswer.hit(glossary, found, language))
                .toList();
        if (wanted.isPage()) {
            Map<String, Object> model = new HashMap<>();
            model.put("hits", hits);
            model.put("words", words);
            model.put("most", most);
            model.put("kind", kind.map(TermKind::word).orElse(""));
            ctx.header("Vary", VARY);
            pages.answer(ctx, Wanted.isPart(ctx) ? "terms-found" : "terms", model);
        } else {
            ctx.header("Vary", VARY)
                    .json(Map.of("terms", hits.stream().map(TermAnswer::json).toList()));
        }
    }

    private static List<String> kinds() {
        return Arrays.stream(TermKind.values()).map(TermKind::word).sorted().toList();
    }

    private TermKind kind(String word) {
        return TermKind.of(word).orElseThrow(() -> malformed("kind is one of " + kinds() + ", not \"" + word + "\"."));
    }

    private static int limit(Context ctx) {
        String limit = Optional.ofNullable(ctx.queryParam("limit")).orElse(Integer.toString(USUAL));
        if (!limit.matches("\\d{1,3}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MOST) {
            throw malformed("limit is a number from 1 to " + MOST + ", not \"" + limit + "\".");
        }
        return Integer.parseInt(limit);
    }

    private static RuntimeException malformed(String detail) {
        return new Failure.Malformed(detail).asException();
    }

    /** Sends the reader of an IRI, or of an alias of it, to its term; what has no path of its own is answered here. */
    private void follow(Context ctx, String iri) {
        Glossary glossary = glossaries.get();
        Node term = glossary.terms().canonical(NodeFactory.createURI(iri));
        if (glossary.place(term).isPresent()) {
            lead(ctx, glossary, term);
            return;
        }
        Optional<String> vocabulary = glossary.vocabulary(NodeFactory.createURI(iri));
        if (vocabulary.isPresent()) {
            ctx.status(303).header("Location", "/vocabularies/" + Glossary.encoded(vocabulary.get()) + query(ctx));
            return;
        }
        Optional<Glossary.Place> home = glossary.home(term);
        if (home.isEmpty()) {
            throw Kind.NOT_FOUND.because("No vocabulary knows the term <" + iri + ">." + meant(glossary, iri));
        }
        answer(ctx, glossary, term, home.get(), Wanted.of(ctx, Syntax.TURTLE));
    }

    private static void lead(Context ctx, Glossary glossary, Node term) {
        ctx.status(303).header("Location", glossary.place(term).orElseThrow().path() + query(ctx));
    }

    private static String query(Context ctx) {
        String language = ctx.queryParam("lang");
        return language == null ? "" : "?lang=" + Glossary.encoded(language);
    }

    private static String meant(Glossary glossary, String word) {
        List<Suggestion> near = glossary.terms().nearest(word, Node.ANY, NEAREST);
        return near.isEmpty()
                ? " GET /terms?q=... finds terms by their names."
                : " Did you mean "
                        + String.join(
                                " or ",
                                near.stream()
                                        .map(one -> one.label() + ", <" + one.term() + ">")
                                        .toList())
                        + "?";
    }

    private void read(Context ctx) {
        Glossary glossary = glossaries.get();
        String vocabulary = ctx.pathParam("vocabulary");
        Wanted wanted = Wanted.of(
                ctx,
                ctx.pathParam("name"),
                name -> glossary.term(vocabulary, name)
                        .or(() -> glossary.moved(vocabulary, name))
                        .isPresent(),
                Syntax.TURTLE);
        Optional<Node> moved = glossary.moved(vocabulary, wanted.name())
                .filter(now -> glossary.place(now).isPresent());
        if (moved.isPresent()) {
            lead(ctx, glossary, moved.get());
            return;
        }
        Node term = glossary.term(vocabulary, wanted.name())
                .orElseThrow(() -> Kind.NOT_FOUND.because("The vocabulary \"" + vocabulary + "\" has no term \""
                        + wanted.name() + "\"." + meant(glossary, wanted.name())));
        answer(ctx, glossary, term, glossary.place(term).orElseThrow(), wanted);
    }

    private void answer(Context ctx, Glossary glossary, Node term, Glossary.Place place, Wanted wanted) {
        String language = Language.of(ctx);
        if (wanted.isPage()) {
            glossary.place(term)
                    .ifPresent(its ->
                            ctx.header("Link", "<" + its.path() + ".ttl>; rel=\"alternate\"; type=\"text/turtle\""));
            pages.answer(ctx, "term", Map.of("page", builder.of(glossary, term, place, language)));
        } else if (wanted.syntax().get() == Syntax.JSON) {
            byte[] json = TermAnswer.json(builder.of(glossary, term, place, language), language)
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            Tagged.answer(ctx, VARY, Syntax.JSON.contentType(), json);
        } else {
            Syntax syntax = wanted.syntax().get();
            byte[] data =
                    VocabularyData.write(TermDescription.of(glossary.graph(), term), term, glossary.prefixes(), syntax);
            Tagged.answer(ctx, VARY, syntax.contentType(), data);
        }
    }
}
