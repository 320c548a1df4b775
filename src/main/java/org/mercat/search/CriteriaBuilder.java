// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.jena.datatypes.RDFDatatype;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDF;
import org.apache.lucene.geo.Point;
import org.mercat.rdf.ParameterType;

/**
 * Collects what a search asks for and checks it, whether it came over REST or as arguments of {@code mc:search}. All that
 * is wrong is said at once. For one search.
 */
final class CriteriaBuilder {
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toSet());
    private static final Set<Key> OF_THE_ANSWER = EnumSet.of(Key.SORT, Key.LIMIT, Key.CURSOR);
    private static final int LONGEST_TEXT = 1_000;
    private static final int LONGEST_SHAPE = 20_000;
    private static final BigDecimal HALF_ROUND_THE_EARTH = BigDecimal.valueOf(20_037_508);

    private final Words words;
    private final Facts facts;
    private final int answers;
    private final int mostAnswers;
    private final BiConsumer<String, String> faults;
    private final Map<Key, List<Node>> values = new EnumMap<>(Key.class);
    private final Set<Key> given = EnumSet.noneOf(Key.class);
    private int count;
    private boolean isTooMany;
    private int faulty;

    /**
     * @param answers the limit where none is given
     * @param mostAnswers the greatest limit
     * @param faults is told the word of a key and what is wrong with its value
     */
    CriteriaBuilder(Lexicon lexicon, int answers, int mostAnswers, BiConsumer<String, String> faults) {
        this.words = lexicon.words();
        this.facts = lexicon.facts();
        this.answers = answers;
        this.mostAnswers = mostAnswers;
        this.faults = faults;
    }

    /** Takes a value. */
    void add(Key key, Node value) {
        count += OF_THE_ANSWER.contains(key) ? 0 : 1;
        if (count > Criteria.MOST_CRITERIA) {
            if (!isTooMany) {
                isTooMany = true;
                fault(key.word(), "A search has at most " + Criteria.MOST_CRITERIA + " values in all.");
            }
            return;
        }
        given.add(key);
        if (!key.isRepeatable() && values.containsKey(key)) {
            fault(key.word(), "Write " + key.word() + " once.");
            return;
        }
        Optional<String> fault = faultOf(key, value);
        fault.ifPresent(message -> fault(key.word(), message));
        if (fault.isEmpty()) {
            values.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
        }
    }

    /** Notes that a key was given a value which is none. */
    void refuse(Key key, String message) {
        given.add(key);
        fault(key.word(), message);
    }

    void fault(String word, String message) {
        faulty++;
        faults.accept(word, message);
    }

    private Optional<String> faultOf(Key key, Node value) {
        if (key.datatype() == null) {
            return value.isURI() ? faultOfTerm(key, value) : Optional.of("Write an IRI.");
        }
        if (!value.isLiteral()
                || !takes(key.datatype(), value.getLiteralDatatype())
                || !key.datatype().isValid(value.getLiteralLexicalForm())) {
            return Optional.of("Write a value of " + key.datatype().getURI() + ".");
        }
        String text = value.getLiteralLexicalForm();
        return switch (key) {
            case TEXT, PLACE ->
                text.length() > LONGEST_TEXT
                        ? Optional.of("Write at most " + LONGEST_TEXT + " characters.")
                        : text.codePoints().noneMatch(Character::isLetterOrDigit)
                                ? Optional.of("Write at least one word of letters or digits.")
                                : Optional.empty();
            case WITHIN -> faultOfShape(text);
            case NEAR ->
                Geometry.ifSound(text)
                                .filter(shape -> shape.parts().size() == 1
                                        && shape.parts().get(0) instanceof Point)
                                .isPresent()
                        ? Optional.empty()
                        : Optional.of("Write longitude and latitude of one point in degrees: POINT(-3.81 43.46).");
            case RADIUS ->
                between(value, BigDecimal.ZERO, HALF_ROUND_THE_EARTH)
                        ? Optional.empty()
                        : Optional.of("Write a number of metres from 0 to " + HALF_ROUND_THE_EARTH + ".");
            case MAX_PRICE ->
                new BigDecimal(text).signum() < 0
                        ? Optional.of("Write a price that is not negative.")
                        : Optional.empty();
            case CURRENCY ->
                CURRENCIES.contains(text)
                        ? Optional.empty()
                        : Optional.of("Write the currency by its three letters (ISO 4217), such as EUR.");
            case SORT ->
                Sort.of(text).isPresent() ? Optional.empty() : Optional.of("Write relevance, newest, price or name.");
            case LIMIT ->
                between(value, BigDecimal.ONE, BigDecimal.valueOf(mostAnswers))
                        ? Optional.empty()
                        : Optional.of("Write a number from 1 to " + mostAnswers + ".");
            case CURSOR ->
                Cursor.decode(text).isPresent()
                        ? Optional.empty()
                        : Optional.of(
                                "This is no cursor of this catalogue. Take the one in the \"next\" link of a page,"
                                        + " or none.");
            default -> Optional.empty();
        };
    }

    /** Whole numbers are decimal ones, and a text may name its language. */
    private static boolean takes(RDFDatatype wanted, RDFDatatype given) {
        return given.equals(wanted)
                || wanted.equals(XSDDatatype.XSDdecimal) && given.equals(XSDDatatype.XSDinteger)
                || wanted.equals(XSDDatatype.XSDstring) && given.equals(RDF.dtLangString);
    }

    private static boolean between(Node number, BigDecimal least, BigDecimal most) {
        BigDecimal value = new BigDecimal(number.getLiteralLexicalForm());
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    private static Optional<String> faultOfShape(String text) {
        if (text.length() > LONGEST_SHAPE) {
            return Optional.of("Write a shape of at most " + LONGEST_SHAPE + " characters.");
        }
        try {
            Geometry.parse(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(
                    "This is no area in well-known text, longitude before latitude, such as POLYGON((-3.9 43.4,"
                            + " -3.7 43.4, -3.7 43.5, -3.9 43.4)): " + e.getMessage());
        }
    }

    private Optional<String> faultOfTerm(Key key, Node term) {
        if (key == Key.PERMISSION) {
            return facts.actions().contains(term)
                    ? Optional.empty()
                    : Optional.of("No licence speaks of <" + shortened(term) + ">. Write one of "
                            + facts.actions().stream().map(Node::getLocalName).collect(Collectors.joining(", ")) + ".");
        }
        if (!ParameterType.IRI.accepts(term)) {
            return Optional.of("<" + shortened(term) + "> is no IRI.");
        }
        return key.type() == null || words.isKnown(term, key.type())
                ? Optional.empty()
                : Optional.of("<" + shortened(term) + "> is not known. " + words.nearest(shortened(term), key.type()));
    }

    private static String shortened(Node term) {
        String text = term.getURI();
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    /** All of it, if there was no fault. */
    Optional<Criteria> finish() {
        together(Key.NEAR, Key.RADIUS, "Write how far from the point in metres: radius=500");
        together(Key.RADIUS, Key.NEAR, "Write from which point: near=-3.81,43.46");
        together(Key.MAX_PRICE, Key.CURRENCY, "Write the currency of maxPrice: currency=EUR");
        together(Key.CURRENCY, Key.MAX_PRICE, "Write the most you would pay: maxPrice=0.01");
        if (faulty > 0) {
            return Optional.empty();
        }
        Criteria criteria = criteria();
        if (criteria.one(Key.FROM).isPresent() && criteria.one(Key.UNTIL).isPresent()) {
            long from = Projection.millis(criteria.one(Key.FROM).get());
            if (from > Projection.millis(criteria.one(Key.UNTIL).get())) {
                fault(Key.UNTIL.word(), "The time ends before it begins: write an until that is not before from.");
            }
        }
        criteria.after()
                .filter(cursor -> !belongs(cursor, criteria))
                .ifPresent(cursor -> fault(
                        Key.CURSOR.word(),
                        "This cursor goes on with another search: leave it out, or ask what its page asked."));
        return faulty > 0 ? Optional.empty() : Optional.of(criteria);
    }

    private static boolean belongs(Cursor cursor, Criteria criteria) {
        try {
            if (cursor.offerings().isEmpty()) {
                cursor.place(criteria.sort());
            } else if (!criteria.asksNeighbours()) {
                return false;
            }
            return cursor.search() == criteria.fingerprint();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void together(Key one, Key missing, String message) {
        if (given.contains(one) && !given.contains(missing)) {
            fault(missing.word(), message);
        }
    }

    private Criteria criteria() {
        Map<Key, List<Node>> wanted = new EnumMap<>(values);
        OF_THE_ANSWER.forEach(wanted::remove);
        return new Criteria(
                wanted,
                text(Key.SORT).flatMap(Sort::of).orElse(Sort.RELEVANCE),
                text(Key.LIMIT).map(Integer::valueOf).orElse(answers),
                text(Key.CURSOR).flatMap(Cursor::decode));
    }

    private Optional<String> text(Key key) {
        return values.getOrDefault(key, List.of()).stream().findFirst().map(Node::getLiteralLexicalForm);
    }
}
