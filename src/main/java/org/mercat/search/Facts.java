// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.mercat.rdf.Terms;

/** What the vocabularies say of units and licences, and ids of parties. For any number of threads. */
final class Facts {
    private static final Node QUANTITY = NodeFactory.createURI("http://qudt.org/schema/qudt/hasQuantityKind");
    private static final Node PERMISSION = NodeFactory.createURI("http://www.w3.org/ns/odrl/2/permission");
    private static final Node ACTION = NodeFactory.createURI("http://www.w3.org/ns/odrl/2/action");
    private static final Pattern PROVIDER = Pattern.compile("(.*/)providers/([^/]+)/[^/]+");

    private final Graph graph;
    private final Terms terms;
    private final Concepts concepts;
    private final Map<Node, Set<Node>> quantities = new ConcurrentHashMap<>();
    private final Map<Node, Set<Node>> types = new ConcurrentHashMap<>();
    private final Map<Node, Set<Node>> permissions = new ConcurrentHashMap<>();

    Facts(Terms terms, Concepts concepts) {
        this.graph = terms.graph();
        this.terms = terms;
        this.concepts = concepts;
    }

    /** The kinds of quantity that a unit measures. */
    Set<Node> quantitiesOf(Node unit) {
        return quantities.computeIfAbsent(terms.canonical(unit), its -> objects(its, QUANTITY));
    }

    /** The most general types whose values a unit measures: of degrees Fahrenheit it is temperature. */
    Set<Node> typesOf(Node unit) {
        return types.computeIfAbsent(unit, its -> {
            Set<Node> measured = quantitiesOf(its).stream()
                    .flatMap(quantity -> subjects(QUANTITY, quantity).stream())
                    .filter(this::isType)
                    .map(concepts::canonical)
                    .collect(Collectors.toCollection(Facts::sorted));
            return measured.stream()
                    .filter(type -> concepts.ancestors(type).keySet().stream()
                            .noneMatch(above -> !above.equals(type) && measured.contains(above)))
                    .collect(Collectors.toCollection(Facts::sorted));
        });
    }

    private boolean isType(Node node) {
        return graph.contains(node, org.apache.jena.vocabulary.RDF.Nodes.type, Key.OUTPUT.type());
    }

    /** The actions that a licence permits. */
    Set<Node> permissionsOf(Node licence) {
        return permissions.computeIfAbsent(
                terms.canonical(licence),
                its -> objects(its, PERMISSION).stream()
                        .flatMap(permission -> objects(permission, ACTION).stream())
                        .collect(Collectors.toCollection(Facts::sorted)));
    }

    /** All actions that some licence permits. */
    Set<Node> actions() {
        return graph.find(Node.ANY, PERMISSION, Node.ANY).mapWith(Triple::getObject).toList().stream()
                .flatMap(permission -> objects(permission, ACTION).stream())
                .collect(Collectors.toCollection(Facts::sorted));
    }

    /** The organization whose provider it is, as its id says. */
    static Optional<Node> organizationOf(Node provider) {
        Matcher id = PROVIDER.matcher(provider.toString());
        return id.matches()
                ? Optional.of(NodeFactory.createURI(id.group(1) + "organizations/" + id.group(2)))
                : Optional.empty();
    }

    private Set<Node> objects(Node subject, Node property) {
        return collected(graph.find(subject, property, Node.ANY).toList(), Triple::getObject);
    }

    private Set<Node> subjects(Node property, Node object) {
        return collected(graph.find(Node.ANY, property, object).toList(), Triple::getSubject);
    }

    private static Set<Node> collected(Iterable<Triple> triples, Function<Triple, Node> part) {
        Set<Node> nodes = sorted();
        triples.forEach(triple -> nodes.add(part.apply(triple)));
        return nodes;
    }

    private static Set<Node> sorted() {
        return new TreeSet<>(Comparator.comparing(Node::toString));
    }
}
