// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.RDF;
import org.mercat.vocabulary.TurtleDocument.Anonymous;
import org.mercat.vocabulary.TurtleDocument.Block;
import org.mercat.vocabulary.TurtleDocument.Label;
import org.mercat.vocabulary.TurtleDocument.Name;
import org.mercat.vocabulary.TurtleDocument.Property;
import org.mercat.vocabulary.TurtleDocument.Sequence;
import org.mercat.vocabulary.TurtleDocument.Statement;
import org.mercat.vocabulary.TurtleDocument.Term;
import org.mercat.vocabulary.TurtleDocument.Value;

/**
 * Puts a document into its canonical order. What is said of a term in one section stands together, properties and
 * languages have a fixed order, blank nodes stand where they are used. The order of sections, of the terms in them and
 * of values without a language is its author's, since it tells readers something.
 */
final class TurtleTidying {
    private TurtleTidying() {}

    static TurtleDocument tidy(TurtleDocument document) {
        // Before blank nodes are counted, so that one which is named twice in a place is used once; and after, inside
        // them.
        List<Block> once = tidied(joined(document.blocks()));
        List<Block> blocks = tidied(new BlankNodes(once).nested());
        return new TurtleDocument(
                document.header(), document.prefixes(), document.besidePrefixes(), ontologyFirst(blocks));
    }

    private static List<Block> tidied(List<Block> blocks) {
        return blocks.stream()
                .map(block -> block instanceof Statement statement ? tidy(statement) : block)
                .toList();
    }

    /** One statement for each subject and section; a remark begins a section. */
    private static List<Block> joined(List<Block> blocks) {
        List<Block> joined = new ArrayList<>();
        Map<Term, Statement> section = new LinkedHashMap<>();
        for (Block block : blocks) {
            if (!(block instanceof Statement statement)) {
                section.clear();
                joined.add(block);
                continue;
            }
            boolean isNamed = statement.subject() instanceof Name || statement.subject() instanceof Label;
            Statement first = isNamed ? section.putIfAbsent(statement.subject(), statement) : null;
            if (first == null) {
                joined.add(statement);
            } else {
                List<String> comments = new ArrayList<>(statement.above());
                comments.addAll(statement.beside());
                first.properties().addAll(commented(comments, statement.properties()));
                first.rest().addAll(statement.rest());
            }
        }
        return joined;
    }

    private static List<Property> commented(List<String> comments, List<Property> properties) {
        Property first = properties.get(0);
        List<Property> all = new ArrayList<>(properties);
        all.set(0, new Property(both(comments, first.above()), first.verb(), first.values()));
        return all;
    }

    static List<String> both(List<String> first, List<String> second) {
        List<String> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    private static List<Block> ontologyFirst(List<Block> blocks) {
        List<Block> ontologies =
                blocks.stream().filter(TurtleTidying::isOntology).toList();
        List<Block> leading = blocks.stream()
                .filter(Statement.class::isInstance)
                .limit(ontologies.size())
                .toList();
        if (leading.equals(ontologies)) {
            return blocks;
        }
        List<Block> ordered = new ArrayList<>(ontologies);
        blocks.stream().filter(block -> !isOntology(block)).forEach(ordered::add);
        return ordered;
    }

    private static boolean isOntology(Block block) {
        return block instanceof Statement statement
                && statement.properties().stream()
                        .filter(property -> property.verb().equals(RDF.Nodes.type))
                        .flatMap(property -> property.values().stream())
                        .anyMatch(value -> value.term().equals(new Name(OWL.Ontology.asNode())));
    }

    private static Statement tidy(Statement statement) {
        return new Statement(
                statement.apart(),
                statement.above(),
                tidy(statement.subject()),
                statement.beside(),
                tidy(statement.properties()),
                statement.rest());
    }

    private static List<Property> tidy(List<Property> properties) {
        Map<Node, List<Value>> values = new LinkedHashMap<>();
        Map<Node, List<String>> above = new LinkedHashMap<>();
        for (Property property : properties) {
            List<Value> known = values.get(property.verb());
            List<Value> more = property.values().stream()
                    .map(value -> new Value(value.above(), tidy(value.term()), value.beside()))
                    .toList();
            if (known == null) {
                above.put(property.verb(), property.above());
                values.put(property.verb(), new ArrayList<>(more));
            } else {
                Value first = more.get(0);
                known.add(new Value(both(property.above(), first.above()), first.term(), first.beside()));
                known.addAll(more.subList(1, more.size()));
            }
        }
        return values.keySet().stream()
                .map(verb -> new Property(above.get(verb), verb, distinct(values.get(verb))))
                .sorted(PropertyOrder.PROPERTIES)
                .toList();
    }

    /** Each name once, with the comments of all its repetitions. */
    private static List<Value> distinct(List<Value> values) {
        Map<Object, Value> distinct = new LinkedHashMap<>();
        for (Value value : values) {
            boolean isNamed = value.term() instanceof Name || value.term() instanceof Label;
            Object key = isNamed ? value.term() : new Object();
            distinct.merge(
                    key,
                    value,
                    (one, other) -> new Value(
                            both(one.above(), other.above()), one.term(), both(one.beside(), other.beside())));
        }
        return distinct.values().stream().sorted(PropertyOrder.VALUES).toList();
    }

    private static Term tidy(Term term) {
        if (term instanceof Anonymous node) {
            List<Property> properties = tidy(node.properties());
            return asSequence(properties, node.rest())
                    .map(Term.class::cast)
                    .orElse(new Anonymous(properties, node.rest()));
        }
        if (term instanceof Sequence sequence) {
            return new Sequence(
                    sequence.members().stream()
                            .map(value -> new Value(value.above(), tidy(value.term()), value.beside()))
                            .toList(),
                    sequence.rest());
        }
        return term.equals(new Name(RDF.Nodes.nil)) ? new Sequence(List.of(), List.of()) : term;
    }

    /** A list that was written with {@code rdf:first} and {@code rdf:rest}. */
    private static Optional<Sequence> asSequence(List<Property> properties, List<String> rest) {
        if (properties.size() != 2
                || !properties.get(0).verb().equals(RDF.Nodes.first)
                || !properties.get(1).verb().equals(RDF.Nodes.rest)
                || properties.get(0).values().size() != 1
                || properties.get(1).values().size() != 1
                || !(properties.get(1).values().get(0).term() instanceof Sequence tail)) {
            return Optional.empty();
        }
        Value head = properties.get(0).values().get(0);
        Value next = properties.get(1).values().get(0);
        List<Value> members = new ArrayList<>();
        members.add(new Value(both(properties.get(0).above(), head.above()), head.term(), head.beside()));
        members.addAll(tail.members());
        List<String> comments = both(properties.get(1).above(), both(next.above(), next.beside()));
        return Optional.of(new Sequence(members, both(both(comments, tail.rest()), rest)));
    }
}
