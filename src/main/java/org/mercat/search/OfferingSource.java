// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.mercat.ns.MC;
import org.mercat.party.AccessLists;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Commit;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;

/** Where the offerings of an index are, and how it follows them. */
interface OfferingSource {
    /** What is said of an offering; empty if it is not here. */
    Graph graph(Node offering);

    /** The revision of the newest commit. */
    long revision();

    /** Those to look at after a revision, or all that are here. @param revision -1 for all */
    List<Node> changedAfter(long revision);

    /** Whether an index that has missed something is made anew, because nobody knows what has left. */
    boolean isMadeAnew();

    /** Is told of every commit, in order, on the writer's thread. */
    void listen(Consumer<Commit> listener);

    /** A document with what it is beside what it is found by. */
    Document completed(Document document, Node offering);

    /** The public ones. One that has left is in the ledger with a newer revision. */
    static OfferingSource catalogue(Store store, Collection offerings) {
        return new OfferingSource() {
            @Override
            public Graph graph(Node offering) {
                return store.graph(offering);
            }

            @Override
            public long revision() {
                return store.revision();
            }

            @Override
            public List<Node> changedAfter(long revision) {
                Stream<Node> left = revision < 0
                        ? Stream.empty()
                        : store.readLedger(ledger -> restricted(ledger, revision)).stream();
                return Stream.concat(store.read(catalogue -> changed(catalogue, offerings, revision)).stream(), left)
                        .toList();
            }

            @Override
            public boolean isMadeAnew() {
                return false;
            }

            @Override
            public void listen(Consumer<Commit> listener) {
                store.listen(listener);
            }

            @Override
            public Document completed(Document document, Node offering) {
                return document;
            }
        };
    }

    private static List<Node> changed(DatasetGraph catalogue, Collection offerings, long revision) {
        List<Node> changed = new ArrayList<>();
        catalogue.find(Node.ANY, Node.ANY, MC.revision, Node.ANY).forEachRemaining(quad -> {
            if (quad.getGraph().equals(quad.getSubject())
                    && quad.getSubject().getURI().startsWith(offerings.iri())
                    && Long.parseLong(quad.getObject().getLiteralLexicalForm()) > revision) {
                changed.add(quad.getGraph());
            }
        });
        return changed;
    }

    private static List<Node> restricted(DatasetGraph ledger, long revision) {
        List<Node> changed = new ArrayList<>();
        ledger.find(Node.ANY, Node.ANY, MC.restricted, Node.ANY).forEachRemaining(quad -> {
            Node offering = quad.getGraph();
            Optional<Long> its = Resources.revisionOf(ledger.getGraph(offering), offering);
            if (its.orElse(0L) > revision) {
                changed.add(offering);
            }
        });
        return changed;
    }

    /** Those for some only, each with the organizations that may see it. */
    static OfferingSource ledger(Store store, AccessLists lists) {
        return new OfferingSource() {
            @Override
            public Graph graph(Node offering) {
                return store.ledgerGraph(offering);
            }

            @Override
            public long revision() {
                return store.revision();
            }

            @Override
            public List<Node> changedAfter(long revision) {
                return store.readLedger(ledger -> restricted(ledger, revision));
            }

            @Override
            public boolean isMadeAnew() {
                return true;
            }

            @Override
            public void listen(Consumer<Commit> listener) {
                store.listenLedger(listener);
            }

            @Override
            public Document completed(Document document, Node offering) {
                lists.organizations(offering)
                        .forEach(organization ->
                                document.add(new StringField(Fields.LISTED, organization.getURI(), Field.Store.NO)));
                return document;
            }
        };
    }
}
