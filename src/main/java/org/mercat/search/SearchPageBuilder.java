// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.mercat.http.FailureException;
import org.mercat.http.Fault;
import org.mercat.search.SearchPage.Chip;
import org.mercat.search.SearchPage.Facet;
import org.mercat.search.SearchPage.Found;
import org.mercat.search.SearchPage.Kept;
import org.mercat.search.SearchPage.Relaxation;
import org.mercat.search.SearchPage.Value;

/** Makes the page of a search. For one request. */
final class SearchPageBuilder {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Parameters that have a field of their own on the page. */
    private static final List<String> FIELDS = List.of("text", "place", "maxPrice", "currency", "commercial", "sort");

    /** What a search says of its answer. */
    private static final Set<String> OF_THE_ANSWER = Set.of("sort", "limit", "cursor", "facets", "explain");

    private final Search search;
    private final Lexicon lexicon;
    private final Explanation explanation;
    private final String baseIri;
    private final String language;
    private final Map<String, List<String>> parameters;

    /** @param parameters as a URL has them */
    SearchPageBuilder(
            Search search,
            Lexicon lexicon,
            Explanation explanation,
            String baseIri,
            String language,
            Map<String, List<String>> parameters) {
        this.search = search;
        this.lexicon = lexicon;
        this.explanation = explanation;
        this.baseIri = baseIri;
        this.language = language;
        this.parameters = new LinkedHashMap<>();
        parameters.forEach((name, values) -> {
            List<String> given =
                    values.stream().filter(value -> !value.isBlank()).toList();
            if (!given.isEmpty() && !name.equals("lang") && !name.equals("facets")) {
                this.parameters.put(name, given);
            }
        });
        // a form sends the currency also where no price is asked for
        if (!this.parameters.containsKey("maxPrice")) {
            this.parameters.remove("currency");
        }
    }

    /** What is on the page, and the status of the answer. */
    record Built(SearchPage page, int status) {}

    /** @param promoted offerings for which somebody pays */
    Built build(Set<Node> promoted) {
        Map<String, List<String>> asked = new LinkedHashMap<>(parameters);
        asked.put("facets", List.of("true"));
        try {
            CriteriaReader.Asked read = new CriteriaReader(lexicon, baseIri).read(asked);
            String sparql = SearchFunction.query(
                            read.criteria(), lexicon.words().prefixes())
                    .serialize();
            return new Built(page(List.of(), Optional.of(found(read, promoted)), Optional.of(sparql)), 200);
        } catch (FailureException e) {
            List<String> faults =
                    e.failure().faults().stream().map(Fault::message).toList();
            return new Built(
                    page(faults.isEmpty() ? List.of(e.failure().detail()) : faults, Optional.empty(), Optional.empty()),
                    e.failure().status());
        }
    }

    private SearchPage page(List<String> faults, Optional<Found> found, Optional<String> sparql) {
        Map<String, String> asked = new LinkedHashMap<>();
        List<Kept> kept = new ArrayList<>();
        List<Chip> chips = new ArrayList<>();
        parameters.forEach((name, values) -> values.forEach(value -> {
            if (FIELDS.contains(name)) {
                asked.put(name, value);
            } else if (!OF_THE_ANSWER.contains(name)) {
                kept.add(new Kept(name, value));
            }
            if (!OF_THE_ANSWER.contains(name) && !name.equals("text") && !name.equals("currency")) {
                chips.add(new Chip(name, label(name, value), href(without(name, value))));
            }
        }));
        return new SearchPage(
                baseIri,
                asked,
                kept,
                chips,
                faults,
                found,
                sparql,
                href(parameters).substring(1),
                demand());
    }

    /** The name of a value where it is a term. */
    private String label(String name, String value) {
        Optional<Key> key = Key.of(name).filter(its -> its.type() != null);
        String label = key.flatMap(its -> lexicon.words().iri(value, its.namespace()))
                .map(term -> lexicon.words().label(term, language))
                .orElse(value);
        String currency = parameters.getOrDefault("currency", List.of("")).get(0);
        return name.equals("maxPrice") ? (label + " " + currency).strip() : label;
    }

    private Found found(CriteriaReader.Asked asked, Set<Node> promoted) {
        Search.Page page = search.page(asked.criteria(), asked.extras());
        OfferingViews views = new OfferingViews(lexicon.words(), language);
        List<OfferingView> offerings = page.hits().stream()
                .map(hit -> asked.explain() ? views.of(hit.json(), hit) : views.of(hit.json()))
                .toList();
        List<Relaxation> relaxations = page.total() > 0
                ? List.of()
                : explanation.relaxations(asked.criteria()).stream()
                        .map(this::relaxation)
                        .toList();
        List<OfferingView> first = Promoted.in(search, asked.criteria(), promoted).first().stream()
                .map(hit -> views.of(hit.json()))
                .toList();
        Set<String> paid = page.hits().stream()
                .filter(hit -> promoted.contains(hit.offering()))
                .map(hit -> views.of(hit.json()).href())
                .collect(Collectors.toSet());
        return new Found(
                page.total(),
                offerings,
                first,
                paid,
                facets(page.facets()),
                page.next().map(cursor -> href(with("cursor", cursor.encode()))),
                relaxations,
                asked.explain() ? Optional.empty() : Optional.of(href(with("explain", "true"))));
    }

    private Relaxation relaxation(SearchAnswer.Relaxation relaxation) {
        Map<String, List<String>> fewer = new LinkedHashMap<>(parameters);
        List<String> names = relaxation.without().stream().map(Key::word).toList();
        names.forEach(fewer::remove);
        if (names.contains(Key.WITHIN.word())) {
            fewer.remove("box");
        }
        if (names.contains(Key.PERMISSION.word())) {
            fewer.remove("commercial");
        }
        if (names.isEmpty()) {
            fewer.put(Key.DEGREE.word(), List.of(Degree.OVERLAP.word()));
        }
        return new Relaxation(names, relaxation.total(), href(fewer));
    }

    private List<Facet> facets(Map<String, Map<String, Long>> counts) {
        List<Facet> facets = new ArrayList<>();
        counts.forEach((field, values) -> {
            Key key = SearchAnswer.key(field);
            List<Value> shown = key == Key.CATEGORY
                    ? tree(values)
                    : values.entrySet().stream()
                            .map(value -> value(key, value.getKey(), value.getValue(), List.of()))
                            .toList();
            if (!shown.isEmpty()) {
                facets.add(new Facet(key.word(), shown));
            }
        });
        return facets;
    }

    /** Categories below the categories that they are narrower than. */
    private List<Value> tree(Map<String, Long> counts) {
        Map<String, List<String>> narrower = new LinkedHashMap<>();
        List<String> roots = new ArrayList<>();
        for (String category : counts.keySet()) {
            List<String> parents = lexicon.concepts().parents(NodeFactory.createURI(category)).stream()
                    .map(Node::getURI)
                    .filter(counts::containsKey)
                    .toList();
            parents.forEach(parent ->
                    narrower.computeIfAbsent(parent, p -> new ArrayList<>()).add(category));
            if (parents.isEmpty()) {
                roots.add(category);
            }
        }
        return roots.stream()
                .map(root -> branch(root, counts, narrower))
                .sorted(MOST_FIRST)
                .toList();
    }

    private static final Comparator<Value> MOST_FIRST =
            Comparator.comparingLong(Value::count).reversed();

    private Value branch(String category, Map<String, Long> counts, Map<String, List<String>> narrower) {
        List<Value> below = narrower.getOrDefault(category, List.of()).stream()
                .map(each -> branch(each, counts, narrower))
                .sorted(MOST_FIRST)
                .toList();
        return value(Key.CATEGORY, category, counts.get(category), below);
    }

    private Value value(Key key, String value, long count, List<Value> narrower) {
        String word = key == Key.PLACE ? value : SearchAnswer.word(NodeFactory.createURI(value), namespace(key));
        boolean isChosen = parameters.getOrDefault(key.word(), List.of()).stream()
                .anyMatch(chosen -> chosen.equals(word) || chosen.equals(value));
        String label = key.type() == null ? word : lexicon.words().label(NodeFactory.createURI(value), language);
        Map<String, List<String>> other = isChosen
                ? without(key.word(), word, value)
                : key == Key.OUTPUT ? and(key.word(), word) : with(key.word(), word);
        other.remove("cursor");
        return new Value(label, count, href(other), isChosen, narrower);
    }

    private String namespace(Key key) {
        return key == Key.PROVIDER || key == Key.ORGANIZATION ? baseIri + key.namespace() : key.namespace();
    }

    private Map<String, List<String>> with(String name, String value) {
        Map<String, List<String>> other = new LinkedHashMap<>(parameters);
        other.remove("cursor");
        other.put(name, List.of(value));
        return other;
    }

    private Map<String, List<String>> and(String name, String value) {
        List<String> values = Stream.concat(parameters.getOrDefault(name, List.of()).stream(), Stream.of(value))
                .toList();
        Map<String, List<String>> other = with(name, value);
        other.put(name, values);
        return other;
    }

    private Map<String, List<String>> without(String name, String... values) {
        Map<String, List<String>> other = new LinkedHashMap<>(parameters);
        other.remove("cursor");
        List<String> left = parameters.getOrDefault(name, List.of()).stream()
                .filter(value -> Stream.of(values).noneMatch(value::equals))
                .toList();
        if (left.isEmpty()) {
            other.remove(name);
        } else {
            other.put(name, left);
        }
        return other;
    }

    private static String href(Map<String, List<String>> parameters) {
        String query = parameters.entrySet().stream()
                .flatMap(parameter ->
                        parameter.getValue().stream().map(value -> encoded(parameter.getKey()) + "=" + encoded(value)))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "/offerings" : "/offerings?" + query;
    }

    private String demand() {
        ObjectNode wish = JSON.createObjectNode();
        parameters.forEach((name, values) -> {
            if (!OF_THE_ANSWER.contains(name) && Criteria.isRepeatable(name) && values.size() > 1) {
                values.forEach(wish.withArray(name)::add);
            } else if (!OF_THE_ANSWER.contains(name)) {
                wish.put(name, values.get(0));
            }
        });
        return JSON.createObjectNode().set("search", wish).toString().replace("'", "\\u0027"); // it stands in a command
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
