// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.http.Failure;
import org.mercat.http.Fault;
import org.mercat.ns.MC;
import org.mercat.rdf.ParameterType;

/** Makes criteria of a request's parameters. All that is wrong with them is said at once. For one request. */
final class CriteriaReader {
    private static final String CAT = "https://w3id.org/mercat/categories#";
    private static final String DT = "https://w3id.org/mercat/datatypes#";
    private static final String LIC = "https://w3id.org/mercat/licences#";
    private static final Pattern WORD_GAP = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,12}(\\.\\d{1,12})?");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final int MOST_WORDS = 8;
    private static final int DEFAULT_LIMIT = 20;

    private final Words words;
    private final String baseIri;
    private final Map<String, BiConsumer<String, String>> readers = new LinkedHashMap<>();
    private final List<Criterion> criteria = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private Sort sort = Sort.NEWEST;
    private int limit = DEFAULT_LIMIT;
    private Optional<Cursor> after = Optional.empty();
    private String maxPrice;
    private String currency;

    CriteriaReader(Words words, String baseIri) {
        this.words = words;
        this.baseIri = baseIri;
        readers.put("text", this::text);
        readers.put("category", (name, value) -> term(name, value, CAT, SKOS.Concept.asNode(), "category"));
        readers.put("output", (name, value) -> term(name, value, DT, MC.SemanticType, "type"));
        readers.put("input", (name, value) -> term(name, value, DT, MC.SemanticType, "type"));
        readers.put("provider", (name, value) -> party(name, value, "providers/"));
        readers.put("organization", (name, value) -> party(name, value, "organizations/"));
        readers.put("segment", (name, value) -> term(name, value, CAT, MC.Segment, "segment"));
        readers.put("kind", (name, value) -> term(name, value, MC.NS, MC.Kind, "kind"));
        readers.put("box", this::box);
        readers.put(
                "pricingModel", (name, value) -> term("pricing-model", value, MC.NS, MC.PricingModel, "pricingModel"));
        readers.put("maxPrice", (name, value) -> maxPrice = value);
        readers.put("currency", (name, value) -> currency = value);
        readers.put("licence", (name, value) -> term(name, value, LIC, MC.Licence, "licence"));
        readers.put("commercial", this::commercial);
        readers.put("sort", this::sort);
        readers.put("limit", this::limit);
        readers.put("cursor", this::cursor);
    }

    /** @throws org.mercat.http.FailureException with all faults */
    Criteria read(Map<String, List<String>> parameters) {
        int values = parameters.values().stream().mapToInt(List::size).sum();
        if (values > Criteria.MOST_CRITERIA) {
            throw tooMany().asException(); // before each is compared with all terms
        }
        parameters.forEach(this::read);
        price();
        if (criteria.size() > Criteria.MOST_CRITERIA) {
            throw tooMany().asException();
        }
        after.filter(cursor -> cursor.sort() != sort)
                .ifPresent(cursor -> fault(
                        "cursor",
                        "This cursor goes on with sort=" + cursor.sort().word() + "."));
        if (!faults.isEmpty()) {
            throw new Failure.Malformed("The search cannot be understood; see errors for each of its faults.", faults)
                    .asException();
        }
        return new Criteria(criteria, sort, limit, after);
    }

    private static Failure tooMany() {
        return new Failure.Malformed(
                "A search has at most " + Criteria.MOST_CRITERIA + " criteria, words and repeated ones counted.");
    }

    private void read(String name, List<String> values) {
        BiConsumer<String, String> reader = readers.get(name);
        if (reader == null) {
            fault(
                    name,
                    "There is no parameter \"" + name + "\". Do you mean " + nearest(name) + "? There are "
                            + String.join(", ", readers.keySet()) + ".");
        } else if (values.size() > 1 && !List.of("category", "input", "output").contains(name)) {
            fault(name, "Write " + name + " once; category, input and output may be repeated.");
        } else {
            values.forEach(value -> reader.accept(name, value));
        }
    }

    private String nearest(String name) {
        JaroWinklerSimilarity similarity = new JaroWinklerSimilarity();
        return readers.keySet().stream()
                .max((a, b) -> Double.compare(similarity.apply(a, name), similarity.apply(b, name)))
                .orElseThrow();
    }

    private void text(String name, String value) {
        List<String> found = Arrays.stream(WORD_GAP.split(value))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        if (found.isEmpty() || found.size() > MOST_WORDS || value.length() > 200) {
            fault(name, "Write 1 to " + MOST_WORDS + " words in at most 200 characters.");
            return;
        }
        found.forEach(word -> add("text", "word", ParameterType.STRING.node(word)));
    }

    private void term(String query, String value, String namespace, Node type, String parameter) {
        Optional<Node> term = words.iri(value, namespace);
        String name = query.equals("pricing-model") ? "pricingModel" : query;
        if (term.isEmpty()) {
            fault(name, "\"" + shortened(value) + "\" is neither a word nor an IRI.");
        } else if (!words.isKnown(term.get(), type)) {
            fault(name, "\"" + shortened(value) + "\" is not known. " + words.nearest(shortened(value), type));
        } else {
            add(query, parameter, term.get());
        }
    }

    private void party(String name, String value, String collection) {
        words.iri(value, baseIri + collection)
                .ifPresentOrElse(
                        party -> add(name, name, party),
                        () -> fault(name, "\"" + shortened(value) + "\" is neither an id nor an IRI."));
    }

    private void box(String name, String value) {
        try {
            criteria.add(Box.parse(value).criterion());
        } catch (IllegalArgumentException e) {
            fault(name, e.getMessage());
        }
    }

    private void price() {
        if (maxPrice == null && currency == null) {
            return;
        }
        boolean sound = maxPrice != null && NUMBER.matcher(maxPrice).matches() && !maxPrice.startsWith("-");
        if (!sound) {
            fault("maxPrice", "Write the most you would pay as a number with a point: maxPrice=0.01&currency=EUR");
        }
        if (currency == null || !CURRENCY.matcher(currency).matches()) {
            fault("currency", "Write the currency of maxPrice by its three letters (ISO 4217): currency=EUR");
        } else if (sound) {
            criteria.add(new Criterion(
                    "price",
                    Map.of(
                            "maxPrice",
                            decimal(new BigDecimal(maxPrice)),
                            "currency",
                            ParameterType.STRING.node(currency))));
        }
    }

    private void commercial(String name, String value) {
        if (value.equals("true")) {
            criteria.add(new Criterion("commercial", Map.of()));
        } else if (!value.equals("false")) {
            fault(name, "Write commercial=true, or leave it out.");
        }
    }

    private void sort(String name, String value) {
        Sort.of(value).ifPresentOrElse(found -> sort = found, () -> fault(name, "Write newest, title or price."));
    }

    private void limit(String name, String value) {
        if (value.matches("\\d{1,3}") && Integer.parseInt(value) >= 1 && Integer.parseInt(value) <= Criteria.MOST) {
            limit = Integer.parseInt(value);
        } else {
            fault(name, "Write a number from 1 to " + Criteria.MOST + ".");
        }
    }

    private void cursor(String name, String value) {
        after = Cursor.decode(value);
        if (after.isEmpty()) {
            fault(name, "This is no cursor of this catalogue. Take the one in the \"next\" link of a page, or none.");
        }
    }

    private void add(String query, String parameter, Node value) {
        criteria.add(new Criterion(query, Map.of(parameter, value)));
    }

    private void fault(String name, String message) {
        faults.add(new Fault(
                message, "/" + name.replace("~", "~0").replace("/", "~1"), 0, 0, null, null, null, null, null));
    }

    private static Node decimal(BigDecimal number) {
        return ParameterType.DECIMAL.node(number.toPlainString());
    }

    private static String shortened(String value) {
        return value.length() > 200 ? value.substring(0, 200) + "…" : value;
    }
}
