// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.mercat.http.Failure;
import org.mercat.http.Fault;

/** Makes criteria of a request's parameters. All that is wrong with them is said at once. For one request. */
final class CriteriaReader {
    private static final String NUMBER = "\\s*(-?\\d{1,3}(?:\\.\\d{1,12})?)\\s*";
    private static final Pattern BOX = Pattern.compile(String.join(",", NUMBER, NUMBER, NUMBER, NUMBER));
    private static final Pattern POINT = Pattern.compile(NUMBER + "," + NUMBER);
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,12}(\\.\\d{1,12})?");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final int DEFAULT_LIMIT = 20;
    private static final String CC = "http://creativecommons.org/ns#";

    /** What a search over REST takes beside the keys. */
    private static final List<String> OTHERS = List.of("box", "commercial", "facets", "explain");

    private static final Set<String> OF_THE_ANSWER =
            Set.of("facets", "explain", Key.SORT.word(), Key.LIMIT.word(), Key.CURSOR.word());

    private final Words words;
    private final String baseIri;
    private final List<Fault> faults = new ArrayList<>();
    private final CriteriaBuilder criteria;
    private boolean facets;
    private boolean explain;

    /**
     * What was asked.
     *
     * @param facets whether values are to be counted
     * @param explain whether each hit is to say why it was found
     */
    record Asked(Criteria criteria, boolean facets, boolean explain) {
        Set<Search.Extra> extras() {
            Set<Search.Extra> extras = EnumSet.of(Search.Extra.JSON, Search.Extra.TOTAL, Search.Extra.NEXT);
            if (facets) {
                extras.add(Search.Extra.FACETS);
            }
            if (explain) {
                extras.add(Search.Extra.PARTS);
            }
            return extras;
        }
    }

    CriteriaReader(Lexicon lexicon, String baseIri) {
        this(lexicon, baseIri, DEFAULT_LIMIT, Criteria.MOST);
    }

    /**
     * @param limit where none is given
     * @param most the greatest limit
     */
    CriteriaReader(Lexicon lexicon, String baseIri, int limit, int most) {
        this.words = lexicon.words();
        this.baseIri = baseIri;
        this.criteria = new CriteriaBuilder(lexicon, limit, most, this::fault);
    }

    /** @throws org.mercat.http.FailureException with all faults */
    Asked read(Map<String, List<String>> parameters) {
        long values = parameters.entrySet().stream()
                .filter(parameter -> !OF_THE_ANSWER.contains(parameter.getKey()))
                .mapToLong(parameter -> parameter.getValue().size())
                .sum();
        if (values > Criteria.MOST_CRITERIA) { // before each is compared with all terms
            throw new Failure.Malformed("A search has at most " + Criteria.MOST_CRITERIA
                            + " criteria, repeated ones counted; these are " + values + ".")
                    .asException();
        }
        parameters.forEach(this::read);
        Optional<Criteria> read = criteria.finish();
        if (!faults.isEmpty() || read.isEmpty()) {
            throw new Failure.Malformed("The search cannot be understood; see errors for each of its faults.", faults)
                    .asException();
        }
        return new Asked(read.get(), facets, explain);
    }

    private void read(String name, List<String> values) {
        Optional<Key> key = Key.of(name);
        if (key.isPresent()) {
            values.forEach(value -> node(key.get(), value).ifPresent(node -> criteria.add(key.get(), node)));
            return;
        }
        if (!OTHERS.contains(name)) {
            String all = names().collect(Collectors.joining(", "));
            fault(
                    name,
                    "There is no parameter \"" + name + "\". Do you mean " + nearest(name) + "? There are " + all
                            + ".");
            return;
        }
        if (values.size() > 1) {
            fault(name, "Write " + name + " once.");
            return;
        }
        String value = values.isEmpty() ? "" : values.get(0);
        switch (name) {
            case "box" -> box(value);
            case "commercial" -> {
                if (truth(name, value)) {
                    criteria.add(Key.PERMISSION, NodeFactory.createURI(CC + "CommercialUse"));
                }
            }
            case "facets" -> facets = truth(name, value);
            default -> explain = truth(name, value);
        }
    }

    private static Stream<String> names() {
        return Stream.concat(Arrays.stream(Key.values()).map(Key::word), OTHERS.stream());
    }

    private static String nearest(String name) {
        JaroWinklerSimilarity similarity = new JaroWinklerSimilarity();
        return names().max((a, b) -> Double.compare(similarity.apply(a, name), similarity.apply(b, name)))
                .orElseThrow();
    }

    private Optional<Node> node(Key key, String value) {
        if (key.datatype() == null) {
            return term(key, value);
        }
        return switch (key) {
            case RADIUS, MAX_PRICE ->
                DECIMAL.matcher(value).matches()
                        ? literal(key, value)
                        : refuse(key, "Write a number with a point: " + key.word() + "=0.01");
            case LIMIT ->
                value.matches("\\d{1,6}")
                        ? literal(key, value)
                        : refuse(key, "Write a number from 1 to " + Criteria.MOST + ".");
            case FROM, UNTIL, MODIFIED_SINCE -> time(key, value);
            case NEAR -> {
                Matcher point = POINT.matcher(value);
                yield literal(key, point.matches() ? "POINT(" + point.group(1) + " " + point.group(2) + ")" : value);
            }
            default -> literal(key, value);
        };
    }

    private Optional<Node> term(Key key, String value) {
        boolean party = key == Key.PROVIDER || key == Key.ORGANIZATION;
        Optional<Node> term = words.iri(value, party ? baseIri + key.namespace() : key.namespace());
        return term.isPresent()
                ? term
                : refuse(
                        key,
                        "\"" + shortened(value) + "\" is neither " + (party ? "an id" : "a word") + " nor an IRI.");
    }

    private Optional<Node> time(Key key, String value) {
        String time = DAY.matcher(value).matches() ? value + "T00:00:00Z" : value;
        boolean zoned = time.matches(".*(Z|[+-]\\d\\d:\\d\\d)");
        return zoned && key.datatype().isValid(time)
                ? literal(key, time)
                : refuse(key, "Write a day, or a time with its zone: " + key.word() + "=2026-01-31T12:00:00Z");
    }

    private static Optional<Node> literal(Key key, String value) {
        return Optional.of(NodeFactory.createLiteralDT(value, key.datatype()));
    }

    private Optional<Node> refuse(Key key, String message) {
        criteria.refuse(key, message);
        return Optional.empty();
    }

    private void box(String value) {
        Matcher sides = BOX.matcher(value);
        if (!sides.matches()) {
            criteria.fault("box", "Write four numbers, west,south,east,north in degrees: box=-3.9,43.4,-3.7,43.5");
            return;
        }
        double west = Double.parseDouble(sides.group(1));
        double south = Double.parseDouble(sides.group(2));
        double east = Double.parseDouble(sides.group(3));
        double north = Double.parseDouble(sides.group(4));
        if (Math.abs(west) > 180
                || Math.abs(east) > 180
                || Math.abs(south) > 90
                || Math.abs(north) > 90
                || south > north) {
            criteria.fault(
                    "box",
                    "West and east are from -180 to 180 (west greater than east crosses the date line), south and north"
                            + " from -90 to 90, south not above north.");
            return;
        }
        criteria.add(Key.WITHIN, Geometry.box(sides.group(1), sides.group(2), sides.group(3), sides.group(4)));
    }

    private boolean truth(String name, String value) {
        if (!value.equals("true") && !value.equals("false")) {
            criteria.fault(name, "Write " + name + "=true, or leave it out.");
        }
        return value.equals("true");
    }

    private void fault(String name, String message) {
        faults.add(new Fault(
                message, "/" + name.replace("~", "~0").replace("/", "~1"), 0, 0, null, null, null, null, null));
    }

    private static String shortened(String value) {
        return value.length() > 200 ? value.substring(0, 200) + "…" : value;
    }
}
