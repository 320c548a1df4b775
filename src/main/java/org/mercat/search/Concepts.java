// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.rdf.model.Resource;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.OWL2;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.rdf.Terms;

/**
 * The hierarchy of categories and types, by {@code skos:broader}, {@code rdfs:subClassOf} and what OWL adds: equivalent
 * classes are one, an intersection is below each of its members, each member of a union below the union. A deprecated term
 * is the one that replaces it, wherever it was itself. Immutable, for any number of threads.
 */
public final class Concepts {
    private static final Set<Node> EVERYTHING = Set.of(OWL.Thing.asNode(), RDFS.Resource.asNode());
    private static final double STEP = 0.25;
    private static final double SIDEWAYS = 0.4;
    private static final Comparator<Node> BY_IRI = Comparator.comparing(Node::toString);

    private final Terms terms;
    private final Map<Node, Node> representatives = new HashMap<>();
    private final Map<Node, Set<Node>> broader = new HashMap<>();
    private final Map<Node, Set<Node>> narrower = new HashMap<>();
    private final Set<Node> inScheme = new HashSet<>();
    private final Set<Node> replaced = new HashSet<>();
    private final Map<Node, Map<Node, Integer>> ancestors = new ConcurrentHashMap<>();
    private final Map<Node, Map<Node, Integer>> descendants = new ConcurrentHashMap<>();

    private final Map<Node, Map<Node, Degree>> degrees = new ConcurrentHashMap<>();

    /** @param terms of all vocabularies */
    public Concepts(Terms terms) {
        this.terms = terms;
        Graph graph = terms.graph();
        each(graph, OWL.equivalentClass, (a, b) -> {
            if (a.isURI() && b.isURI()) {
                unite(a, b);
            }
        });
        each(graph, DCTerms.isReplacedBy, this::replace);
        each(graph, SKOS.broader, this::place);
        each(graph, SKOS.narrower, (wide, narrow) -> place(narrow, wide));
        each(graph, RDFS.subClassOf, this::place);
        each(graph, OWL.equivalentClass, (a, b) -> {
            if (a.isURI() != b.isURI()) {
                place(a, b);
                place(b, a);
            }
        });
        each(graph, OWL.intersectionOf, (whole, list) -> members(list).forEach(member -> place(whole, member)));
        each(graph, OWL.unionOf, (whole, list) -> members(list).forEach(member -> place(member, whole)));
        each(graph, RDF.type, (concept, type) -> {
            if (type.equals(SKOS.Concept.asNode())) {
                inScheme.add(canonical(concept));
            }
        });
    }

    /** The concept that stands for all that are the same. */
    public Node canonical(Node concept) {
        Node known = terms.canonical(concept);
        Node found = known;
        for (Node next = representatives.get(found); next != null; next = representatives.get(found)) {
            found = next;
        }
        return found;
    }

    private void unite(Node a, Node b) {
        Node first = canonical(a);
        Node second = canonical(b);
        int order = BY_IRI.compare(first, second);
        if (order != 0) {
            representatives.put(order < 0 ? second : first, order < 0 ? first : second);
        }
    }

    /** What is deprecated stands for what replaces it, if that is one thing. */
    private void replace(Node old, Node next) {
        Node first = canonical(old);
        Node second = canonical(next);
        boolean isOne = object(old, OWL2.deprecated.asNode()).isPresent()
                && terms.graph()
                                .find(old, DCTerms.isReplacedBy.asNode(), Node.ANY)
                                .toList()
                                .size()
                        == 1;
        if (isOne && next.isURI() && !first.equals(second) && !representatives.containsKey(first)) {
            representatives.put(first, second);
            replaced.add(old);
        }
    }

    private void place(Node narrow, Node wide) {
        if (replaced.contains(narrow)) {
            return;
        }
        Node below = canonical(narrow);
        Node above = canonical(wide);
        if (!below.equals(above) && !EVERYTHING.contains(above) && !below.isLiteral() && !above.isLiteral()) {
            broader.computeIfAbsent(below, c -> new TreeSet<>(BY_IRI)).add(above);
            narrower.computeIfAbsent(above, c -> new TreeSet<>(BY_IRI)).add(below);
        }
    }

    private static void each(Graph graph, Resource property, BiConsumer<Node, Node> action) {
        graph.find(Node.ANY, property.asNode(), Node.ANY)
                .toList()
                .forEach(triple -> action.accept(triple.getSubject(), triple.getObject()));
    }

    private List<Node> members(Node list) {
        List<Node> members = new ArrayList<>();
        Set<Node> seen = new HashSet<>();
        for (Node rest = list; !rest.equals(RDF.Nodes.nil) && seen.add(rest); ) {
            object(rest, RDF.Nodes.first).ifPresent(members::add);
            rest = object(rest, RDF.Nodes.rest).orElse(RDF.Nodes.nil);
        }
        return members;
    }

    private Optional<Node> object(Node subject, Node property) {
        return terms.graph().find(subject, property, Node.ANY).nextOptional().map(Triple::getObject);
    }

    /** The concept itself (0) and all broader named ones, each with the fewest steps that lead there. */
    public Map<Node, Integer> ancestors(Node concept) {
        return ancestors.computeIfAbsent(canonical(concept), its -> reached(its, broader));
    }

    /** The concept itself (0) and all narrower named ones, each with the fewest steps that lead there. */
    public Map<Node, Integer> descendants(Node concept) {
        return descendants.computeIfAbsent(canonical(concept), its -> reached(its, narrower));
    }

    /** What stands directly above. */
    public Set<Node> parents(Node concept) {
        return Set.copyOf(named(broader.getOrDefault(canonical(concept), Set.of()), broader));
    }

    private static Set<Node> named(Set<Node> concepts, Map<Node, Set<Node>> edges) {
        Set<Node> named = new TreeSet<>(BY_IRI);
        Set<Node> seen = new HashSet<>();
        Deque<Node> next = new ArrayDeque<>(concepts);
        while (!next.isEmpty()) {
            Node concept = next.remove();
            if (seen.add(concept)) {
                if (concept.isURI()) {
                    named.add(concept);
                } else {
                    next.addAll(edges.getOrDefault(concept, Set.of()));
                }
            }
        }
        return named;
    }

    /** Breadth first; steps through unnamed classes do not count. */
    private static Map<Node, Integer> reached(Node from, Map<Node, Set<Node>> edges) {
        Map<Node, Integer> reached = new LinkedHashMap<>();
        reached.put(from, 0);
        Deque<Node> next = new ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            Node concept = next.remove();
            for (Node neighbour : named(edges.getOrDefault(concept, Set.of()), edges)) {
                if (reached.putIfAbsent(neighbour, reached.get(concept) + 1) == null) {
                    next.add(neighbour);
                }
            }
        }
        return Collections.unmodifiableMap(reached);
    }

    /** Whether a concept is so general that to share it says nothing: a class without a broader one. */
    private boolean isRoot(Node concept) {
        return !inScheme.contains(concept)
                && broader.getOrDefault(concept, Set.of()).isEmpty();
    }

    /** How well an offered concept fits a wanted one. */
    public Degree degree(Node wanted, Node offered) {
        Map<Node, Degree> known = degrees.computeIfAbsent(wanted, w -> new ConcurrentHashMap<>());
        Degree degree = known.get(offered);
        if (degree == null) {
            degree = compared(wanted, offered);
            known.put(offered, degree);
        }
        return degree;
    }

    private Degree compared(Node wanted, Node offered) {
        Node want = canonical(wanted);
        Node offer = canonical(offered);
        if (want.equals(offer)) {
            return Degree.EXACT;
        }
        Map<Node, Integer> aboveOffer = ancestors(offer);
        if (aboveOffer.containsKey(want)) {
            return Degree.PLUGIN;
        }
        Map<Node, Integer> aboveWant = ancestors(want);
        if (aboveWant.containsKey(offer)) {
            return Degree.SUBSUMES;
        }
        return aboveWant.keySet().stream().anyMatch(shared -> aboveOffer.containsKey(shared) && !isRoot(shared))
                ? Degree.OVERLAP
                : Degree.FAIL;
    }

    /**
     * How alike two concepts are, from 0 to 1: less with each step between them, and less still when neither is above the
     * other.
     */
    public double similarity(Node wanted, Node offered) {
        Map<Node, Integer> up = ancestors(wanted);
        double best = 0;
        for (Map.Entry<Node, Integer> above : ancestors(offered).entrySet()) {
            Integer steps = up.get(above.getKey());
            if (steps != null) {
                double near = Math.exp(-STEP * (steps + above.getValue()));
                best = Math.max(best, steps > 0 && above.getValue() > 0 ? SIDEWAYS * near : near);
            }
        }
        return best;
    }

    /** The concepts that are alike to one in any degree. */
    Set<Node> relatives(Node concept) {
        Set<Node> relatives = new TreeSet<>(BY_IRI);
        ancestors(concept)
                .keySet()
                .forEach(above -> relatives.addAll(descendants(above).keySet()));
        return relatives;
    }

    /** Whether concepts that are not above one another are near through this one. */
    boolean isShared(Node concept) {
        return !isRoot(canonical(concept));
    }

    /**
     * The way from one concept to another: up to the nearest that both are, or are below, and down again.
     *
     * @return both ends included; empty when nothing leads there
     */
    public List<Node> path(Node from, Node to) {
        Map<Node, Integer> up = ancestors(from);
        Map<Node, Integer> down = ancestors(to);
        return up.keySet().stream()
                .filter(down::containsKey)
                .min(Comparator.<Node>comparingInt(top -> up.get(top) + down.get(top))
                        .thenComparing(BY_IRI))
                .map(top -> {
                    List<Node> way = new ArrayList<>(climb(canonical(from), top));
                    List<Node> back = climb(canonical(to), top);
                    for (int i = back.size() - 2; i >= 0; i--) {
                        way.add(back.get(i));
                    }
                    return way;
                })
                .orElse(List.of());
    }

    private List<Node> climb(Node from, Node top) {
        List<Node> way = new ArrayList<>(List.of(from));
        for (Node here = from; !here.equals(top); ) {
            here = named(broader.getOrDefault(here, Set.of()), broader).stream()
                    .filter(parent -> !parent.equals(from) && ancestors(parent).containsKey(top))
                    .min(Comparator.comparingInt(parent -> ancestors(parent).get(top)))
                    .orElseThrow();
            way.add(here);
        }
        return way;
    }
}
