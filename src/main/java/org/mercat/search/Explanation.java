// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.DCAT;
import org.apache.jena.vocabulary.DCTerms;
import org.mercat.ns.MC;

/** Says why a search does not find an offering, and what could be given up when it finds nothing. */
final class Explanation {
    private static final Node AMOUNT = NodeFactory.createURI("http://schema.org/price");
    private static final Node CURRENCY = NodeFactory.createURI("http://schema.org/priceCurrency");

    /** Criteria that go together. */
    private static final List<List<Key>> GROUPS = List.of(
            List.of(Key.TEXT),
            List.of(Key.CATEGORY),
            List.of(Key.OUTPUT),
            List.of(Key.INPUT),
            List.of(Key.WITHIN),
            List.of(Key.NEAR, Key.RADIUS),
            List.of(Key.PLACE),
            List.of(Key.FROM, Key.UNTIL),
            List.of(Key.MAX_PRICE, Key.CURRENCY),
            List.of(Key.PRICING_MODEL),
            List.of(Key.LICENCE),
            List.of(Key.PERMISSION),
            List.of(Key.PROVIDER),
            List.of(Key.ORGANIZATION),
            List.of(Key.SEGMENT),
            List.of(Key.KIND),
            List.of(Key.PROTOCOL),
            List.of(Key.VALUE_TYPE),
            List.of(Key.UNIT),
            List.of(Key.MODIFIED_SINCE));

    private final Search search;
    private final Supplier<Lexicon> lexicon;

    Explanation(Search search, Supplier<Lexicon> lexicon) {
        this.search = search;
        this.lexicon = lexicon;
    }

    /** Why an offering is not found, as far as one thing is at fault. */
    record Reason(List<Key> criteria, String message) {}

    /** What, given up alone, lets the search find something, the most first; empty when nothing would help. */
    List<SearchAnswer.Relaxation> relaxations(Criteria criteria) {
        long begin = System.nanoTime();
        List<SearchAnswer.Relaxation> relaxations = new ArrayList<>();
        for (List<Key> group : GROUPS) {
            if (criteria.values().containsKey(group.get(0))
                    || criteria.values().containsKey(group.get(group.size() - 1))) {
                search.mustBeInTime(begin);
                long total = search.count(criteria.without(group.toArray(Key[]::new)));
                String names = group.stream().map(Key::word).collect(Collectors.joining(" and "));
                relaxations.add(new SearchAnswer.Relaxation(
                        group, total, "Without " + names + " the search finds " + total + "."));
            }
        }
        boolean matched = criteria.values().keySet().stream()
                .anyMatch(key -> key == Key.CATEGORY || key == Key.OUTPUT || key == Key.INPUT);
        if (matched && criteria.worst().isEmpty()) {
            long total = search.count(criteria.with(Key.DEGREE, MC.overlap));
            relaxations.add(new SearchAnswer.Relaxation(
                    List.of(),
                    total,
                    "With degree=overlap, which takes near concepts too, the search finds " + total + "."));
        }
        relaxations.removeIf(relaxation -> relaxation.total() == 0);
        relaxations.sort((a, b) -> Long.compare(b.total(), a.total()));
        return relaxations;
    }

    /**
     * What keeps a search from finding an offering.
     *
     * @param graph what is said of the offering
     */
    List<Reason> reasons(Criteria criteria, Node offering, Graph graph) {
        long begin = System.nanoTime();
        List<Reason> reasons = new ArrayList<>();
        if (search.hit(criteria.only(List.of()), offering).isEmpty()) {
            reasons.add(new Reason(List.of(), "It is not active: its provider has not kept it alive until now."));
        }
        for (List<Key> group : GROUPS) {
            if (criteria.only(group).values().isEmpty()) {
                continue;
            }
            search.mustBeInTime(begin);
            // who wants an output may have an offering that takes nothing, so inputs are judged beside outputs
            boolean isMet = group.contains(Key.INPUT)
                    ? !search.meets(criteria.only(List.of(Key.OUTPUT)), offering)
                            || search.meets(criteria.only(List.of(Key.OUTPUT, Key.INPUT)), offering)
                    : search.meets(criteria.only(group), offering);
            if (!isMet) {
                reasons.add(new Reason(group, message(group.get(0), criteria, offering, graph)));
            }
        }
        return reasons;
    }

    private String message(Key key, Criteria criteria, Node offering, Graph graph) {
        return switch (key) {
            case TEXT ->
                "Too few of the words \"" + criteria.text(Key.TEXT).orElse("") + "\" are in its text or in the"
                        + " names of its concepts.";
            case CATEGORY ->
                "Its category " + names(graph, offering, DCAT.theme.asNode()) + " is not " + wanted(criteria, key)
                        + " nor a narrower one.";
            case OUTPUT ->
                "Its outputs " + types(graph, offering, MC.output) + " do not give " + wanted(criteria, key) + ".";
            case INPUT ->
                "Its inputs " + types(graph, offering, MC.input) + " do not go with what is available, "
                        + wanted(criteria, key) + ".";
            case WITHIN, NEAR ->
                graph.contains(offering, DCTerms.spatial.asNode(), Node.ANY)
                        ? "Its place lies outside the area."
                        : "It has no place.";
            case PLACE -> "Its place is not called \"" + criteria.text(key).orElse("") + "\".";
            case FROM, UNTIL ->
                graph.contains(offering, DCTerms.temporal.asNode(), Node.ANY)
                        ? "Its data cover another time."
                        : "It does not say which time its data cover.";
            case MAX_PRICE -> price(criteria, offering, graph);
            case LICENCE ->
                "Its licence is " + names(graph, offering, DCTerms.license.asNode()) + ", not " + wanted(criteria, key)
                        + ".";
            case PERMISSION ->
                "Its licence " + names(graph, offering, DCTerms.license.asNode()) + " does not permit "
                        + wanted(criteria, key) + ".";
            case PROVIDER, ORGANIZATION ->
                "It is of " + names(graph, offering, DCTerms.publisher.asNode()) + ", not of " + wanted(criteria, key)
                        + ".";
            case MODIFIED_SINCE ->
                "It was changed last at "
                        + one(graph, offering, DCTerms.modified.asNode())
                                .map(Node::getLiteralLexicalForm)
                                .orElse("an unknown time")
                        + ".";
            default -> "Its " + key.word() + " is not " + wanted(criteria, key) + ".";
        };
    }

    private String price(Criteria criteria, Node offering, Graph graph) {
        Optional<Node> tariff = one(graph, offering, MC.price);
        String amount = tariff.flatMap(t -> one(graph, t, AMOUNT))
                .map(Node::getLiteralLexicalForm)
                .orElse("unknown");
        String currency = tariff.flatMap(t -> one(graph, t, CURRENCY))
                .map(Node::getLiteralLexicalForm)
                .orElse("");
        String most = criteria.text(Key.MAX_PRICE).orElse("");
        String wanted = criteria.text(Key.CURRENCY).orElse("");
        return currency.equals(wanted)
                ? "Its price " + plain(amount) + " > " + plain(most) + " " + wanted + "."
                : "Its price is " + (plain(amount) + " " + currency).strip() + ", which is not in " + wanted + ".";
    }

    private static String plain(String number) {
        return number.equals("unknown") ? number : new BigDecimal(number).toPlainString();
    }

    private String wanted(Criteria criteria, Key key) {
        return criteria.all(key).stream()
                .map(value -> value.isURI() ? lexicon.get().words().shortened(value) : value.getLiteralLexicalForm())
                .collect(Collectors.joining(", "));
    }

    private String types(Graph graph, Node offering, Node property) {
        String types = graph.find(offering, property, Node.ANY).toList().stream()
                .map(Triple::getObject)
                .map(element -> names(graph, element, MC.semanticType))
                .sorted()
                .distinct()
                .collect(Collectors.joining(", "));
        return types.isEmpty() ? "(none)" : types;
    }

    private String names(Graph graph, Node subject, Node property) {
        return graph.find(subject, property, Node.ANY).toList().stream()
                .map(triple -> lexicon.get().words().shortened(triple.getObject()))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static Optional<Node> one(Graph graph, Node subject, Node property) {
        return graph.find(subject, property, Node.ANY).nextOptional().map(Triple::getObject);
    }
}
