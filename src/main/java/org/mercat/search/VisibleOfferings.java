// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.mercat.http.Caller;
import org.mercat.http.Visible;
import org.mercat.party.AccessLists;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Resources.Document;
import org.mercat.rdf.Syntax;

/** Offerings as the one who asks may see them: the public ones, and those for some only that are for him. */
public final class VisibleOfferings implements Visible {
    private final Resources open;
    private final AccessLists lists;
    private final Documents documents;

    /** @param open the public ones */
    public VisibleOfferings(Resources open, AccessLists lists, Documents documents) {
        this.open = open;
        this.lists = lists;
        this.documents = documents;
    }

    @Override
    public Optional<Document> find(Caller caller, Node offering, Syntax syntax) {
        Optional<Document> found = open.find(offering, syntax);
        if (found.isPresent() || caller.role() == Caller.Role.ANYONE) {
            return found;
        }
        return Resources.ofLedger(its -> lists.visible(caller, its), documents)
                .find(offering, syntax)
                .or(() -> open.find(offering, syntax)); // it may have moved meanwhile
    }

    /** What is said of an offering; empty if there is none for this caller. */
    Graph graph(Caller caller, Node offering) {
        return open.graph(offering).orElseGet(() -> lists.visible(caller, offering));
    }
}
