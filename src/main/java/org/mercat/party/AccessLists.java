// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.graph.GraphFactory;
import org.mercat.http.Caller;
import org.mercat.http.Caller.Role;
import org.mercat.ns.MC;
import org.mercat.rdf.Change;
import org.mercat.rdf.Change.Replacement;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Command.View;
import org.mercat.rdf.Resources;

/**
 * Offerings for some only. They are in the ledger, and never in what is public: a graph of what all who may see one
 * see of it, named by its address as in the catalogue, and beside it its access list in a graph of its own, for its
 * provider. Those organizations are on it, that of the provider is, and the operator is on every one.
 */
public final class AccessLists {
    private static final String LIST = "#/accessList";
    private static final Node TRUE = NodeFactory.createLiteralDT("true", XSDDatatype.XSDboolean);

    private final Function<Node, Graph> ledger;
    private final Collection offerings;
    private final Collection organizations;

    /** @param ledger a graph of the private database by its name, as it is now */
    public AccessLists(Function<Node, Graph> ledger, Collection offerings) {
        this.ledger = ledger;
        this.offerings = offerings;
        this.organizations = Parties.of(offerings.baseIri()).organizations();
    }

    /** Whether what is said of an offering makes it one for some only. */
    public static boolean isRestricted(Graph graph, Node offering) {
        return saysTrue(graph, offering) || graph.contains(offering, MC.accessList, Node.ANY);
    }

    private static boolean saysTrue(Graph graph, Node offering) {
        return graph.find(offering, MC.restricted, Node.ANY)
                .filterKeep(triple -> triple.getObject().getLiteralLexicalForm().matches("true|1"))
                .hasNext();
    }

    /** Whether it is said to be for everybody and for some only. */
    public static boolean isContradictory(Graph graph, Node offering) {
        return graph.contains(offering, MC.accessList, Node.ANY)
                && graph.contains(offering, MC.restricted, Node.ANY)
                && !saysTrue(graph, offering);
    }

    /** Says of an offering for some only that it is one, and nothing of another. */
    public static void state(Graph next, Node offering) {
        boolean isRestricted = isRestricted(next, offering);
        next.remove(offering, MC.restricted, Node.ANY);
        if (isRestricted) {
            next.add(offering, MC.restricted, TRUE);
        }
    }

    /** All that is said of an offering, with its access list if it has one; empty if there never was such an offering. */
    public static Graph present(View view, Node offering) {
        Graph open = view.catalogue(offering);
        return open.isEmpty() ? whole(view::ledger, offering) : open;
    }

    private static Graph whole(Function<Node, Graph> ledger, Node offering) {
        Graph whole = GraphFactory.createDefaultGraph();
        ledger.apply(offering).find().forEachRemaining(whole::add);
        if (!whole.isEmpty()) {
            ledger.apply(list(offering)).find(offering, MC.accessList, Node.ANY).forEachRemaining(whole::add);
        }
        return whole;
    }

    private static Node list(Node offering) {
        return NodeFactory.createURI(offering + LIST);
    }

    /** What to write so that an offering is as it says, and where it belongs, and nowhere else. */
    public Change change(View view, Node offering, Graph next) {
        Node list = list(offering);
        if (!isRestricted(next, offering)) {
            Graph gone = Graph.emptyGraph;
            return view.ledger(offering).isEmpty()
                    ? Change.of(offering, next)
                    : new Change(
                            List.of(new Replacement(offering, next)),
                            List.of(new Replacement(offering, gone), new Replacement(list, gone)));
        }
        Graph shown = GraphFactory.createDefaultGraph();
        Graph listed = GraphFactory.createDefaultGraph();
        next.find()
                .forEachRemaining(
                        triple -> (triple.getSubject().equals(offering) && triple.predicateMatches(MC.accessList)
                                        ? listed
                                        : shown)
                                .add(triple));
        listed.add(offering, MC.organization, organizationOf(idOf(offering)));
        return Change.ofPrivate(offering, shown, new Replacement(list, listed));
    }

    /** What to write so that an offering is withdrawn where it is. */
    public Change withdrawal(View view, Node offering, Graph tombstone) {
        if (!view.catalogue(offering).isEmpty() || view.ledger(offering).isEmpty()) {
            return Change.of(offering, tombstone);
        }
        tombstone.add(offering, MC.restricted, TRUE);
        return Change.ofPrivate(offering, tombstone);
    }

    private String idOf(Node offering) {
        return offerings.idOf(offering).orElseThrow();
    }

    private Node organizationOf(String id) {
        return organizations.resource(id.split("/", 2)[0]);
    }

    /** The organizations that are on the list of an offering, by their addresses, its provider's with them. */
    public Set<Node> organizations(Node offering) {
        return ledger.apply(list(offering))
                .find(offering, Node.ANY, Node.ANY)
                .mapWith(Triple::getObject)
                .toSet();
    }

    /** Whether clients of an organization may see an offering for some only. @param client id of one of them */
    public static boolean isOn(View view, Node offering, String client, Collection organizations) {
        return view.ledger(list(offering))
                .contains(offering, Node.ANY, organizations.resource(client.split("/", 2)[0]));
    }

    /** The organization of a caller; empty for nobody and for the operator. */
    public Optional<Node> organizationOf(Caller caller) {
        return caller.role() == Role.ANYONE || caller.role() == Role.OPERATOR
                ? Optional.empty()
                : Optional.of(organizationOf(caller.id()));
    }

    /**
     * What a caller may see of an offering for some only: its provider and the operator see its access list. Empty if
     * there is none, or not for this caller; a withdrawn one is there.
     */
    public Graph visible(Caller caller, Node offering) {
        if (caller.role() == Role.ANYONE) {
            return Graph.emptyGraph;
        }
        boolean isOwn = isOwn(caller, offering);
        Graph graph = isOwn ? whole(ledger, offering) : ledger.apply(offering);
        boolean isVisible = caller.role() == Role.OPERATOR // who is on the list now, after the offering was read
                || organizations(offering).contains(organizationOf(caller.id()));
        return isVisible ? graph : Graph.emptyGraph;
    }

    private boolean isOwn(Caller caller, Node offering) {
        return caller.role() == Role.OPERATOR
                || offerings
                        .idOf(offering)
                        .map(id -> organizationOf(id).equals(organizationOf(caller.id())))
                        .orElse(false);
    }

    /** The graphs of the ledger that a caller may read: offerings, and the access lists of its own. */
    public Set<Node> privateGraphs(Caller caller, DatasetGraph data) {
        Set<Node> graphs = new HashSet<>();
        if (caller.role() == Role.ANYONE) {
            return graphs;
        }
        Node organization = organizationOf(caller).orElse(Node.ANY);
        for (Node property : List.of(MC.organization, MC.accessList)) {
            data.find(Node.ANY, Node.ANY, property, organization).forEachRemaining(quad -> {
                if (quad.getGraph().equals(list(quad.getSubject()))) {
                    graphs.add(quad.getSubject());
                    if (property.equals(MC.organization)) {
                        graphs.add(quad.getGraph());
                    }
                }
            });
        }
        return graphs;
    }

    /** All offerings for some only, with their access lists, by their addresses. @param data the ledger, in a transaction */
    public static Map<Node, Graph> all(DatasetGraph data) {
        Map<Node, Graph> all = new LinkedHashMap<>();
        data.find(Node.ANY, Node.ANY, MC.restricted, Node.ANY)
                .forEachRemaining(quad -> all.put(quad.getGraph(), whole(data::getGraph, quad.getGraph())));
        all.entrySet().removeIf(entry -> Resources.isWithdrawn(entry.getValue(), entry.getKey()));
        return all;
    }
}
