// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;

/**
 * A search, checked.
 *
 * @param values what is asked for: all of it must be met, and of several values of one key all of categories, outputs and
 *     inputs and one of the others
 * @param sort in which order offerings come
 * @param limit how many are given, from 1
 * @param after where the last page ended
 */
public record Criteria(Map<Key, List<Node>> values, Sort sort, int limit, Optional<Cursor> after) {
    /** Offerings on a page at most. */
    public static final int MOST = 100;
    /** Values of a search at most. */
    public static final int MOST_CRITERIA = 30;

    public Criteria {
        Map<Key, List<Node>> copy = new EnumMap<>(Key.class);
        values.forEach((key, its) -> copy.put(key, List.copyOf(its)));
        values = copy;
    }

    /** All values that a key has. */
    List<Node> all(Key key) {
        return values.getOrDefault(key, List.of());
    }

    /** The value of a key that has one at most. */
    Optional<Node> one(Key key) {
        return all(key).stream().findFirst();
    }

    /** The text of the value of a key that has one at most. */
    Optional<String> text(Key key) {
        return one(key).map(Node::getLiteralLexicalForm);
    }

    /** The worst degree that outputs and inputs, and if it is asked for the category, may have. */
    Optional<Degree> worst() {
        return one(Key.DEGREE).flatMap(Degree::of);
    }

    /** Whether text and concepts only order the offerings and leave none out. */
    boolean isOpen() {
        return worst().equals(Optional.of(Degree.FAIL));
    }

    /** Whether offerings are ordered by what they resemble, too: they are by text, outputs and inputs. */
    boolean asksNeighbours() {
        return sort == Sort.RELEVANCE
                && (values.containsKey(Key.TEXT) || values.containsKey(Key.OUTPUT) || values.containsKey(Key.INPUT));
    }

    /** The same search without some of what it asks for, from its beginning. */
    Criteria without(Key... keys) {
        Map<Key, List<Node>> fewer = new EnumMap<>(Key.class);
        fewer.putAll(values);
        for (Key key : keys) {
            fewer.remove(key);
        }
        return new Criteria(fewer, sort, limit, Optional.empty());
    }

    /** The same search with some of what it asks for alone, and the degree. */
    Criteria only(List<Key> keys) {
        Map<Key, List<Node>> some = new EnumMap<>(Key.class);
        some.putAll(values);
        some.keySet().retainAll(keys);
        if (!some.isEmpty()) {
            one(Key.DEGREE).ifPresent(degree -> some.put(Key.DEGREE, List.of(degree)));
        }
        return new Criteria(some, sort, limit, Optional.empty());
    }

    /** The same search with another value of a key. */
    Criteria with(Key key, Node value) {
        Map<Key, List<Node>> more = new EnumMap<>(Key.class);
        more.putAll(values);
        more.put(key, List.of(value));
        return new Criteria(more, sort, limit, after);
    }

    /** The arguments of {@code mc:search} that ask the same: each property followed by its value. */
    List<Node> arguments() {
        List<Node> arguments = new ArrayList<>();
        values.forEach((key, its) -> its.forEach(value -> {
            arguments.add(key.property());
            arguments.add(value);
        }));
        arguments.add(Key.SORT.property());
        arguments.add(NodeFactory.createLiteralString(sort.word()));
        after.ifPresent(cursor -> {
            arguments.add(Key.CURSOR.property());
            arguments.add(NodeFactory.createLiteralString(cursor.encode()));
        });
        arguments.add(Key.LIMIT.property());
        arguments.add(NodeFactory.createLiteralDT(Integer.toString(limit), XSDDatatype.XSDinteger));
        return arguments;
    }

    /** Tells searches apart whose pages have nothing to do with each other. */
    int fingerprint() {
        return Objects.hash(values.toString(), sort.word());
    }

    /** The search as REST takes it: texts by the words of their keys. */
    public Map<String, List<String>> words() {
        Map<String, List<String>> words = new LinkedHashMap<>();
        values.forEach((key, its) -> words.put(
                key.word(),
                its.stream()
                        .map(value -> value.isLiteral() ? value.getLiteralLexicalForm() : value.getURI())
                        .toList()));
        return words;
    }

    /** Whether a search may have several values of that key. */
    public static boolean isRepeatable(String word) {
        return Key.of(word).filter(Key::isRepeatable).isPresent();
    }

    /** The search that a node of a graph stands for: each criterion is a property of it. */
    public static Criteria in(Graph graph, Node search) {
        Map<Key, List<Node>> values = new EnumMap<>(Key.class);
        for (Key key : Key.values()) {
            List<Node> its = graph.find(search, key.property(), Node.ANY)
                    .mapWith(Triple::getObject)
                    .toList();
            if (!its.isEmpty()) {
                values.put(key, its);
            }
        }
        return new Criteria(values, Sort.RELEVANCE, MOST, Optional.empty());
    }
}
