// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mercat.vocabulary.TurtleDocument.Anonymous;
import org.mercat.vocabulary.TurtleDocument.Block;
import org.mercat.vocabulary.TurtleDocument.Label;
import org.mercat.vocabulary.TurtleDocument.Property;
import org.mercat.vocabulary.TurtleDocument.Sequence;
import org.mercat.vocabulary.TurtleDocument.Statement;
import org.mercat.vocabulary.TurtleDocument.Term;
import org.mercat.vocabulary.TurtleDocument.Value;

/**
 * Puts each blank node with a label where it is used, if that is in one place and what is said of it is one statement;
 * others keep their labels, and so does one node of a ring.
 */
final class BlankNodes {
    private final List<Block> blocks;
    private final Map<String, Integer> uses = new HashMap<>();
    private final Map<String, List<Statement>> statements = new HashMap<>();
    private final Set<String> nested = new HashSet<>();
    private final Set<String> kept = new HashSet<>();

    BlankNodes(List<Block> blocks) {
        this.blocks = blocks;
        for (Block block : blocks) {
            if (block instanceof Statement statement) {
                if (statement.subject() instanceof Label label) {
                    statements
                            .computeIfAbsent(label.label(), any -> new ArrayList<>())
                            .add(statement);
                }
                count(statement.subject() instanceof Label ? new Anonymous(List.of(), List.of()) : statement.subject());
                statement.properties().forEach(this::count);
            }
        }
    }

    private void count(Property property) {
        property.values().forEach(value -> count(value.term()));
    }

    private void count(Term term) {
        if (term instanceof Label label) {
            uses.merge(label.label(), 1, Integer::sum);
        } else if (term instanceof Anonymous node) {
            node.properties().forEach(this::count);
        } else if (term instanceof Sequence sequence) {
            sequence.members().forEach(value -> count(value.term()));
        }
    }

    List<Block> nested() {
        Map<Block, Statement> roots = new IdentityHashMap<>();
        for (Block block : blocks) {
            if (block instanceof Statement statement && !isNestable(statement.subject())) {
                roots.put(block, nested(statement));
            }
        }
        for (Block block : blocks) { // what nothing leads to is a ring
            if (block instanceof Statement statement
                    && statement.subject() instanceof Label label
                    && isNestable(label)
                    && !nested.contains(label.label())) {
                kept.add(label.label());
                roots.put(block, nested(statement));
            }
        }
        List<Block> result = new ArrayList<>();
        for (Block block : blocks) {
            if (!(block instanceof Statement)) {
                result.add(block);
            } else if (roots.containsKey(block)) {
                result.add(roots.get(block));
            }
        }
        return result;
    }

    private boolean isNestable(Term term) {
        return term instanceof Label label
                && uses.getOrDefault(label.label(), 0) == 1
                && statements.getOrDefault(label.label(), List.of()).size() <= 1
                && !kept.contains(label.label());
    }

    private Statement nested(Statement statement) {
        boolean isUnused = statement.subject() instanceof Label label
                && !uses.containsKey(label.label())
                && statements.get(label.label()).size() == 1;
        return new Statement(
                statement.apart(),
                statement.above(),
                isUnused ? new Anonymous(List.of(), List.of()) : nested(statement.subject()),
                statement.beside(),
                nested(statement.properties()),
                statement.rest());
    }

    private List<Property> nested(List<Property> properties) {
        return properties.stream()
                .map(property -> new Property(
                        property.above(),
                        property.verb(),
                        property.values().stream().map(this::nested).toList()))
                .toList();
    }

    private Value nested(Value value) {
        if (!isNestable(value.term())) {
            return new Value(value.above(), nested(value.term()), value.beside());
        }
        String label = ((Label) value.term()).label();
        nested.add(label);
        if (!statements.containsKey(label)) {
            return new Value(value.above(), new Anonymous(List.of(), List.of()), value.beside());
        }
        Statement statement = statements.get(label).get(0);
        List<String> above =
                TurtleTidying.both(value.above(), TurtleTidying.both(statement.above(), statement.beside()));
        return new Value(above, new Anonymous(nested(statement.properties()), statement.rest()), value.beside());
    }

    private Term nested(Term term) {
        if (term instanceof Anonymous node) {
            return new Anonymous(nested(node.properties()), node.rest());
        }
        if (term instanceof Sequence sequence) {
            return new Sequence(sequence.members().stream().map(this::nested).toList(), sequence.rest());
        }
        return term;
    }
}
