// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import org.apache.jena.fuseki.servlets.HttpAction;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.core.DatasetGraph;
import org.mercat.http.Caller;
import org.mercat.rdf.OwnGraphs;

/**
 * The query operation over what is private to its caller. Which graphs these are is fixed before the query runs, on a
 * dataset in which there are no others: neither FROM nor GRAPH nor a function can name what is not there.
 */
final class OwnQuery extends ReadOnlyQuery {
    /** Attribute of a request: its {@link Caller}. */
    static final String CALLER = "mercat.sparql.caller";

    private final PrivateGraphs graphs;
    private final PrivateGraphs.Made made;

    OwnQuery(Limits limits, PrivateGraphs graphs, PrivateGraphs.Made made) {
        super(limits);
        this.graphs = graphs;
        this.made = made;
    }

    @Override
    protected DatasetGraph getDataset(HttpAction action) {
        Caller caller = (Caller) action.getRequest().getAttribute(CALLER);
        DatasetGraph ledger = action.getActiveDSG();
        return new OwnGraphs(ledger, graphs.of(caller, ledger), name -> made.of(caller, name));
    }

    /** The ledger has no revision that others could name, and nobody keeps its answers. */
    @Override
    boolean isKnown(HttpAction action, Query query) {
        return false;
    }
}
