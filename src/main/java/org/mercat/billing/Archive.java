// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.jena.graph.Node;
import org.mercat.http.Caller;
import org.mercat.http.Failure.Kind;
import org.mercat.ns.MC;
import org.mercat.rdf.Amounts;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Store;

/** Invoices, settlements and credit notes as they are kept, for those who may read them. */
record Archive(Store store, Places places, OwnGraphs own) {
    /** By issuer, then by number. */
    static final Comparator<String> ORDER = Comparator.comparing((String iri) -> iri.substring(0, iri.lastIndexOf('/')))
            .thenComparing(String::length)
            .thenComparing(Comparator.naturalOrder());

    /** The addresses of those that a caller reads. */
    List<Node> all(Caller caller, Collection collection, Optional<YearMonth> month, Optional<Node> status) {
        return store.readRecords(ledger -> {
            Set<Node> found = new TreeSet<>(Comparator.comparing(Node::getURI, ORDER));
            own.of(caller, ledger).stream()
                    .filter(node -> node.getURI().startsWith(collection.iri()))
                    .filter(node -> month.map(its -> ledger.contains(node, node, MC.month, Description.month(its)))
                            .orElse(true))
                    .filter(node -> status.map(its -> ledger.contains(node, node, MC.status, its))
                            .orElse(true))
                    .forEach(found::add);
            return new ArrayList<>(found);
        });
    }

    /** One of them, with amounts as they are shown. @throws org.mercat.http.FailureException if it is not the caller's */
    Description find(Caller caller, Collection collection, String id) {
        Node node = collection.resource(id);
        Description paper = new Description(Amounts.shown(store.ledgerGraph(node)), node);
        if (!own.reads(caller, paper)) {
            throw Kind.NOT_FOUND.because("There is no " + collection.memberName() + " \"" + id + "\" of yours. GET /"
                    + collection.name() + " lists those that are.");
        }
        return paper;
    }
}
