// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.TxnType;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.graph.GraphReadOnly;
import org.apache.jena.sparql.util.NodeFactoryExtra;
import org.mercat.ns.MC;
import org.mercat.rdf.Change.Replacement;
import org.mercat.rdf.Commit.Patch;

/**
 * One write transaction over both databases, for the writer thread alone. The ledger is committed first: what makes a
 * resource exist is its public graph, so a crash in between leaves nothing that anybody can see, and registering it
 * again mends the private part.
 */
final class Transaction implements Command.View {
    /** The graph, and its one subject, that keeps the revision and the base IRI. */
    static final Node STORE = NodeFactory.createURI("urn:mercat:store");

    private final DatasetGraph catalogue;
    private final DatasetGraph ledger;
    private final List<Patch> patches = new ArrayList<>();
    private final Set<Node> written = new HashSet<>();
    private boolean ledgerTouched;
    private volatile long revision;

    Transaction(DatasetGraph catalogue, DatasetGraph ledger) {
        this.catalogue = catalogue;
        this.ledger = ledger;
        catalogue.begin(TxnType.READ);
        try {
            this.revision = revisionOf(catalogue.getGraph(STORE), STORE).orElse(0L);
        } finally {
            catalogue.end();
        }
    }

    static Optional<Long> revisionOf(Graph graph, Node resource) {
        return graph.find(resource, MC.revision, Node.ANY)
                .nextOptional()
                .map(triple -> Long.parseLong(triple.getObject().getLiteralLexicalForm()));
    }

    /** Of the newest commit. */
    long revision() {
        return revision;
    }

    void begin() {
        patches.clear();
        written.clear();
        ledgerTouched = false;
        catalogue.begin(TxnType.READ_PROMOTE);
        ledger.begin(TxnType.READ_PROMOTE);
    }

    @Override
    public Graph catalogue(Node graph) {
        return new GraphReadOnly(catalogue.getGraph(graph));
    }

    @Override
    public Graph ledger(Node graph) {
        return new GraphReadOnly(ledger.getGraph(graph));
    }

    @Override
    public List<Node> having(Node property, Node value) {
        List<Node> subjects = new ArrayList<>();
        catalogue.find(Node.ANY, Node.ANY, property, value).forEachRemaining(quad -> subjects.add(quad.getSubject()));
        return subjects;
    }

    /** Whether this transaction has already given a revision to something that the change writes. */
    boolean hasWritten(Change change) {
        return change.catalogue().stream().map(Replacement::graph).anyMatch(written::contains);
    }

    void apply(Change change) {
        for (Replacement replacement : change.ledger()) {
            replace(ledger, replacement.graph(), replacement.content());
            ledgerTouched = true;
        }
        for (Replacement replacement : change.catalogue()) {
            Patch patch = replace(catalogue, replacement.graph(), stamped(replacement));
            patches.add(patch);
            written.add(replacement.graph());
        }
    }

    /** A resource carries the revision that last wrote it: it is its entity tag. */
    private Graph stamped(Replacement replacement) {
        if (replacement.content().isEmpty()) {
            return replacement.content();
        }
        Graph stamped = GraphFactory.createDefaultGraph();
        replacement.content().find().forEachRemaining(stamped::add);
        stamped.remove(replacement.graph(), MC.revision, Node.ANY);
        stamped.add(replacement.graph(), MC.revision, NodeFactoryExtra.intToNode(revision + 1));
        return stamped;
    }

    /**
     * Takes away first and asks the database again what is left to add: it knows numbers and times by value, so that
     * what it has and what was sent can be the same for it and not for the graph in memory.
     */
    private static Patch replace(DatasetGraph database, Node graph, Graph content) {
        List<Triple> removed = new ArrayList<>();
        List<Triple> added = new ArrayList<>();
        Graph present = database.getGraph(graph);
        present.find().filterDrop(content::contains).forEachRemaining(removed::add);
        removed.forEach(triple -> database.delete(Quad.create(graph, triple)));
        content.find().filterDrop(present::contains).forEachRemaining(added::add);
        added.forEach(triple -> database.add(Quad.create(graph, triple)));
        return new Patch(graph, removed, added);
    }

    /** Makes everything applied durable; answers what the public database gained, if it was touched. */
    Optional<Commit> commit() {
        if (ledgerTouched) {
            ledger.commit();
        }
        ledger.end();
        if (patches.isEmpty()) {
            catalogue.end();
            return Optional.empty();
        }
        catalogue.deleteAny(STORE, STORE, MC.revision, Node.ANY);
        catalogue.add(STORE, STORE, MC.revision, NodeFactoryExtra.intToNode(revision + 1));
        catalogue.commit();
        catalogue.end();
        revision++;
        return Optional.of(new Commit(revision, patches));
    }

    void abort() {
        for (DatasetGraph database : List.of(catalogue, ledger)) {
            if (database.isInTransaction()) {
                database.abort();
                database.end();
            }
        }
    }
}
