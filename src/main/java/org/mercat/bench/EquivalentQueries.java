// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.expr.aggregate.AggregatorFactory;
import org.apache.jena.sparql.syntax.syntaxtransform.QueryTransformOps;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.mercat.ns.MC;

/** What a client of {@link PlainFuseki} asks for the same searches: the queries in {@code bench/*.rq}, filled in. */
final class EquivalentQueries {
    private static final int PAGE = 20;
    private static final String LICENCES = "https://w3id.org/mercat/licences#";

    private final Map<String, Query> templates = new HashMap<>();

    EquivalentQueries() {
        for (String name : List.of("text-1", "text-2", "category", "category-facets", "outputs")) {
            templates.put(name, QueryFactory.create(read("/bench/" + name + ".rq")));
        }
    }

    private static String read(String file) {
        try (InputStream in = EquivalentQueries.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * All that a client sends for a search: one query for the offerings, one for how many there are, as Mercat always
     * says, and for facets a third one. Who turns pages knows how many there are.
     *
     * @param page from 1
     */
    List<Query> of(SearchCase search, int page) {
        Map<Var, Node> values = values(search);
        String name = template(search);
        Query offerings = QueryTransformOps.replaceVars(templates.get(name), values);
        offerings.setOffset((page - 1L) * PAGE);
        List<Query> queries = new ArrayList<>(List.of(offerings));
        if (page == 1) {
            queries.add(total(offerings));
        }
        if (search.parameters().containsKey("facets")) {
            queries.add(QueryTransformOps.replaceVars(templates.get(name + "-facets"), values));
        }
        return queries;
    }

    /** How many solutions the pattern of a query has. */
    private static Query total(Query query) {
        Query total = QueryFactory.make();
        total.setQuerySelectType();
        total.setQueryPattern(query.getQueryPattern());
        total.addResultVar("total", total.allocAggregate(AggregatorFactory.createCount(false)));
        total.resetResultVars();
        return total;
    }

    private static String template(SearchCase search) {
        Map<String, String> parameters = search.parameters();
        if (parameters.containsKey("text")) {
            return parameters.get("text").contains(" ") ? "text-2" : "text-1";
        }
        return parameters.containsKey("category") ? "category" : "outputs";
    }

    private static Map<Var, Node> values(SearchCase search) {
        Map<Var, Node> values =
                new HashMap<>(Map.of(Var.alloc("property"), RDF.type.asNode(), Var.alloc("value"), MC.Offering));
        search.parameters().forEach((name, value) -> {
            switch (name) {
                case "text" -> words(value, search.slips(), values);
                case "category" -> values.put(Var.alloc(name), VocabularyGraph.category(value));
                case "output1", "output2" -> values.put(Var.alloc(name), VocabularyGraph.type(value));
                case "box" -> box(value.split(","), values);
                case "maxPrice" ->
                    values.put(Var.alloc(name), NodeFactory.createLiteralDT(value, XSDDatatype.XSDdecimal));
                case "currency" -> values.put(Var.alloc(name), NodeFactory.createLiteralString(value));
                case "kind" -> also(MC.kind, NodeFactory.createURI(MC.NS + value), values);
                case "segment" -> also(MC.segment, VocabularyGraph.category(value), values);
                case "licence" -> also(DCTerms.license.asNode(), NodeFactory.createURI(LICENCES + value), values);
                case "facets" -> {}
                default -> throw new IllegalArgumentException("No query of Fuseki's takes \"" + name + "\".");
            }
        });
        return values;
    }

    private static void also(Node property, Node value, Map<Var, Node> values) {
        values.put(Var.alloc("property"), property);
        values.put(Var.alloc("value"), value);
    }

    /** In Lucene's syntax; a misspelt word, the first, with the sign that forgives one slip. */
    private static void words(String text, boolean slips, Map<Var, Node> values) {
        String[] words = text.split(" ");
        for (int i = 0; i < words.length; i++) {
            values.put(
                    Var.alloc("word" + (i + 1)),
                    NodeFactory.createLiteralString(slips && i == 0 ? words[i] + "~1" : words[i]));
        }
    }

    private static void box(String[] sides, Map<Var, Node> values) {
        List<String> names = List.of("west", "south", "east", "north");
        for (int i = 0; i < sides.length; i++) {
            values.put(Var.alloc(names.get(i)), NodeFactory.createLiteralDT(sides[i], XSDDatatype.XSDdecimal));
        }
    }
}
