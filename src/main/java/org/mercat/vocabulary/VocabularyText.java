// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.rdf.TurtleReader;
import org.mercat.vocabulary.TurtleDocument.Block;
import org.mercat.vocabulary.TurtleDocument.Name;
import org.mercat.vocabulary.TurtleDocument.Property;
import org.mercat.vocabulary.TurtleDocument.Statement;
import org.mercat.vocabulary.TurtleDocument.Value;

/**
 * Changes what a vocabulary's file says and leaves all else of it as its author wrote it: comments, sections, order. What
 * is new of a term stands with the term; a new term stands behind the last one that has the same parent, else behind its
 * parent, else at the end.
 */
public final class VocabularyText {
    private static final Set<Node> PARENTS = Set.of(SKOS.broader.asNode(), RDFS.subClassOf.asNode());

    private final List<Block> blocks;

    private VocabularyText(List<Block> blocks) {
        this.blocks = new ArrayList<>(blocks);
    }

    /**
     * Formats a file with some triples more and some less.
     *
     * @param text Turtle
     * @param added without blank nodes
     * @param removed those that stand in the file; others make no difference
     * @throws IllegalStateException if the result would say something else; this is a fault of the program
     */
    public static String amended(String text, Graph added, Graph removed) {
        if (added.isEmpty() && removed.isEmpty()) {
            return text;
        }
        TurtleDocument document = TurtleParser.parse(text);
        VocabularyText amended = new VocabularyText(document.blocks());
        amended.remove(removed);
        bySubject(added).forEach(amended::add);
        String result = TurtlePrinter.print(TurtleTidying.tidy(
                new TurtleDocument(document.header(), document.prefixes(), document.besidePrefixes(), amended.blocks)));
        if (!graph(result).isIsomorphicWith(expected(text, added, removed))) {
            throw new IllegalStateException(
                    "Changed, the vocabulary's file would not say what was decided. That is a fault of this program: please report it with the file");
        }
        return result;
    }

    private static Graph expected(String text, Graph added, Graph removed) {
        Graph expected = graph(text);
        removed.find().forEachRemaining(expected::delete);
        added.find().forEachRemaining(expected::add);
        return expected;
    }

    private static Graph graph(String text) {
        Graph graph = GraphFactory.createDefaultGraph();
        TurtleReader.readFile(text, graph);
        return graph;
    }

    /** New terms after those that they are below of, if these are new, too. */
    private static Map<Node, List<Triple>> bySubject(Graph added) {
        Map<Node, List<Triple>> subjects = added.stream()
                .sorted(java.util.Comparator.comparing(Triple::toString))
                .collect(Collectors.groupingBy(Triple::getSubject, LinkedHashMap::new, Collectors.toList()));
        Map<Node, List<Triple>> ordered = new LinkedHashMap<>();
        while (!subjects.isEmpty()) {
            List<Node> ready = subjects.keySet().stream()
                    .filter(subject -> subjects.get(subject).stream()
                            .noneMatch(triple -> PARENTS.contains(triple.getPredicate()) && isOther(subjects, triple)))
                    .toList();
            List<Node> next = ready.isEmpty() ? List.copyOf(subjects.keySet()) : ready;
            next.forEach(subject -> ordered.put(subject, subjects.remove(subject)));
        }
        return ordered;
    }

    private static boolean isOther(Map<Node, List<Triple>> subjects, Triple triple) {
        return subjects.containsKey(triple.getObject()) && !triple.getObject().equals(triple.getSubject());
    }

    private void remove(Graph removed) {
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i) instanceof Statement statement && statement.subject() instanceof Name subject) {
                List<Property> kept = statement.properties().stream()
                        .map(property -> without(property, subject.node(), removed))
                        .filter(property -> !property.values().isEmpty())
                        .toList();
                blocks.set(i, with(statement, kept));
            }
        }
        blocks.removeIf(block ->
                block instanceof Statement statement && statement.properties().isEmpty());
    }

    private static Property without(Property property, Node subject, Graph removed) {
        List<Value> kept = property.values().stream()
                .filter(value ->
                        !(value.term() instanceof Name name && removed.contains(subject, property.verb(), name.node())))
                .toList();
        return new Property(property.above(), property.verb(), kept);
    }

    private static Statement with(Statement statement, List<Property> properties) {
        return new Statement(
                statement.apart(),
                statement.above(),
                statement.subject(),
                statement.beside(),
                new ArrayList<>(properties),
                new ArrayList<>(statement.rest()));
    }

    private void add(Node subject, List<Triple> triples) {
        List<Property> properties = new ArrayList<>(triples.stream()
                .map(triple -> new Property(
                        List.of(),
                        triple.getPredicate(),
                        List.of(new Value(List.of(), new Name(triple.getObject()), List.of()))))
                .toList());
        int place = lastOf(subject);
        if (place >= 0) {
            Statement present = (Statement) blocks.get(place);
            properties.addAll(0, present.properties());
            blocks.set(place, with(present, properties));
        } else {
            Statement statement =
                    new Statement(true, List.of(), new Name(subject), List.of(), properties, new ArrayList<>());
            blocks.add(placeOf(triples), statement);
        }
    }

    /** Where the last statement about a subject stands; -1 if there is none. */
    private int lastOf(Node subject) {
        for (int i = blocks.size() - 1; i >= 0; i--) {
            if (blocks.get(i) instanceof Statement statement
                    && statement.subject().equals(new Name(subject))) {
                return i;
            }
        }
        return -1;
    }

    private int placeOf(List<Triple> triples) {
        List<Node> parents = triples.stream()
                .filter(triple -> PARENTS.contains(triple.getPredicate()))
                .map(Triple::getObject)
                .toList();
        for (int i = blocks.size() - 1; i >= 0; i--) {
            if (blocks.get(i) instanceof Statement statement && isChildOf(statement, parents)) {
                return i + 1;
            }
        }
        return parents.stream()
                .map(this::lastOf)
                .filter(place -> place >= 0)
                .findFirst()
                .map(place -> place + 1)
                .orElse(blocks.size());
    }

    private static boolean isChildOf(Statement statement, List<Node> parents) {
        return statement.properties().stream()
                .filter(property -> PARENTS.contains(property.verb()))
                .flatMap(property -> property.values().stream())
                .anyMatch(value -> value.term() instanceof Name name && parents.contains(name.node()));
    }
}
