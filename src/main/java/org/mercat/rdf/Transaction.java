// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.mem2.GraphMem2Fast;
import org.apache.jena.query.TxnType;
import org.apache.jena.rdfpatch.changes.RDFChangesApply;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.graph.GraphReadOnly;
import org.apache.jena.sparql.util.NodeFactoryExtra;
import org.mercat.ns.MC;
import org.mercat.rdf.Change.Replacement;
import org.mercat.rdf.Commit.Patch;

/**
 * One write transaction over both databases and their journal, for the writer thread alone. It stays open over many
 * batches: {@link #seal} makes a batch durable in the journal, {@link #settle} all of them in the databases. What fails
 * is taken back to the last sealed batch.
 */
final class Transaction implements Command.View {
    /** The graph, and its one subject, that keeps the revision and the base IRI. */
    static final Node STORE = NodeFactory.createURI("urn:mercat:store");

    private final DatasetGraph catalogue;
    private final DatasetGraph ledger;
    private final Journal journal;
    private final Unsettled catalogueReads;
    private final Unsettled ledgerReads;
    private volatile long revision;
    private boolean open;
    private boolean unsettled;
    private boolean torn;
    private Batch batch;

    /** What has been applied since {@link #begin}, and the graphs, by name, as that left them. */
    private record Batch(
            long revision,
            List<Patch> patches,
            List<Patch> ledgerPatches,
            Map<Node, Graph> graphs,
            Map<Node, Graph> ledgerGraphs) {
        Batch(long revision) {
            this(revision, new ArrayList<>(), new ArrayList<>(), new HashMap<>(), new HashMap<>());
        }
    }

    /** Brings the databases up to the journal, which a crash may have left ahead of them. */
    Transaction(Unsettled catalogue, Unsettled ledger, Journal journal) {
        this.catalogueReads = catalogue;
        this.ledgerReads = ledger;
        this.catalogue = catalogue.database();
        this.ledger = ledger.database();
        this.journal = journal;
        this.revision = Resources.revisionOf(catalogue.graph(STORE), STORE).orElse(0L);
        recover();
        settle();
    }

    /** Of the newest batch that was sealed. */
    long revision() {
        return revision;
    }

    /** A revision for what does not come through here; only while no batch is under way. */
    long skip() {
        long next = revision + 1;
        revision = next;
        return next;
    }

    /** Whether something is in the journal that is not in the databases. */
    boolean isUnsettled() {
        return unsettled;
    }

    /** Whether a change was applied in part: then the whole batch has to begin again, and that takes it back. */
    boolean isTorn() {
        return torn;
    }

    /** Begins a batch. */
    void begin() {
        if (torn) {
            recover();
        }
        beginDatabases();
        batch = new Batch(revision + 1);
    }

    private void beginDatabases() {
        if (!open) {
            catalogue.begin(TxnType.READ_PROMOTE);
            ledger.begin(TxnType.READ_PROMOTE);
            open = true;
        }
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
        return having(catalogue, property, value);
    }

    @Override
    public List<Node> ledgerHaving(Node property, Node value) {
        return having(ledger, property, value);
    }

    private static List<Node> having(DatasetGraph database, Node property, Node value) {
        List<Node> subjects = new ArrayList<>();
        database.find(Node.ANY, Node.ANY, property, value).forEachRemaining(quad -> subjects.add(quad.getSubject()));
        return subjects;
    }

    /** Whether this batch has already given a revision to something that the change writes. */
    boolean hasWritten(Change change) {
        return change.catalogue().stream().map(Replacement::graph).anyMatch(batch.graphs::containsKey);
    }

    /** Writes a change. What can fail by a fault of the change itself fails before anything is written. */
    void apply(Change change) {
        Map<Node, Graph> graphs = made(change.catalogue(), name -> true);
        Map<Node, Graph> ledgerGraphs = made(change.ledger(), graphs::containsKey); // which moves between the two
        torn = true;
        ledgerGraphs.forEach((name, content) -> batch.ledgerPatches.add(replace(ledger, name, content)));
        graphs.forEach((name, content) -> batch.patches.add(replace(catalogue, name, content)));
        torn = false;
        batch.ledgerGraphs.putAll(ledgerGraphs);
        batch.graphs.putAll(graphs);
    }

    /** The graphs to be, a resource's with the revision that writes it: it is its entity tag. */
    private Map<Node, Graph> made(List<Replacement> replacements, Predicate<Node> isStamped) {
        Map<Node, Graph> made = new LinkedHashMap<>();
        for (Replacement replacement : replacements) {
            made.put(
                    replacement.graph(),
                    isStamped.test(replacement.graph())
                            ? stamped(replacement, batch.revision)
                            : asStored(replacement.content()));
        }
        return made;
    }

    /** A graph as the database keeps it, with the revision that writes it. */
    static Graph stamped(Replacement replacement, long revision) {
        Graph content = asStored(replacement.content());
        if (!content.isEmpty()) {
            content.remove(replacement.graph(), MC.revision, Node.ANY);
            content.add(replacement.graph(), MC.revision, NodeFactoryExtra.intToNode(revision));
        }
        return content;
    }

    private static Graph asStored(Graph content) {
        Graph stored = new GraphMem2Fast(); // compares terms, as the database does
        content.find()
                .forEachRemaining(triple ->
                        stored.add(triple.getSubject(), triple.getPredicate(), Layout.asStored(triple.getObject())));
        return stored;
    }

    private static Patch replace(DatasetGraph database, Node graph, Graph content) {
        Set<Triple> present = new HashSet<>();
        database.getGraph(graph).find().forEachRemaining(present::add);
        List<Triple> removed =
                present.stream().filter(triple -> !content.contains(triple)).toList();
        List<Triple> added = content.find().filterDrop(present::contains).toList();
        removed.forEach(triple -> database.delete(Quad.create(graph, triple)));
        added.forEach(triple -> database.add(Quad.create(graph, triple)));
        return new Patch(graph, removed, added);
    }

    /**
     * A batch that is durable.
     *
     * @param catalogue what the public database gained
     * @param ledger what the private one did
     */
    record Sealed(Commit catalogue, Commit ledger) {}

    /** Makes the batch durable. @return what was gained, if it made a revision: the ledger alone makes none */
    Optional<Sealed> seal() {
        if (batch.patches.isEmpty() && batch.ledgerPatches.isEmpty()) {
            return Optional.empty();
        }
        long sealed = batch.patches.isEmpty() ? revision : batch.revision;
        torn = true;
        journal.append(sealed, batch.patches, batch.ledgerPatches);
        torn = false;
        unsettled = true;
        revision = sealed;
        show();
        return batch.patches.isEmpty()
                ? Optional.empty()
                : Optional.of(new Sealed(commit(batch.patches), commit(batch.ledgerPatches)));
    }

    /** First what is new in the ledger, last what is gone from it: what moves is always in one of the two at least. */
    private void show() {
        Map<Node, Graph> there = new HashMap<>(batch.ledgerGraphs);
        there.values().removeIf(Graph::isEmpty);
        ledgerReads.putAll(there);
        catalogueReads.putAll(batch.graphs);
        ledgerReads.putAll(batch.ledgerGraphs);
    }

    /** Without what was said and changed nothing: the name of a private graph is nothing that public listeners hear. */
    private Commit commit(List<Patch> patches) {
        return new Commit(
                revision,
                patches.stream()
                        .filter(patch ->
                                !patch.removed().isEmpty() || !patch.added().isEmpty())
                        .toList());
    }

    /** Commits both databases, the private one first: what makes a resource exist is its public graph. */
    void settle() {
        if (torn) {
            recover();
        }
        if (!open) {
            return;
        }
        torn = true;
        if (unsettled) {
            keepRevision(catalogue, revision);
            ledger.commit();
            catalogue.commit();
        }
        ledger.end();
        catalogue.end();
        open = false;
        torn = false;
        if (unsettled) {
            journal.clear();
            catalogueReads.clear();
            ledgerReads.clear();
            unsettled = false;
        }
    }

    static void keepRevision(DatasetGraph catalogue, long revision) {
        catalogue.deleteAny(STORE, STORE, MC.revision, Node.ANY);
        catalogue.add(STORE, STORE, MC.revision, NodeFactoryExtra.intToNode(revision));
    }

    /** Takes back what is not settled and applies again what was sealed. */
    private void recover() {
        for (DatasetGraph database : List.of(catalogue, ledger)) {
            if (database.isInTransaction()) {
                database.abort();
                database.end();
            }
        }
        open = false;
        List<Journal.Entry> entries = journal.entries();
        if (!entries.isEmpty()) {
            beginDatabases();
            entries.forEach(this::redo);
            unsettled = true;
        }
        torn = false;
    }

    private void redo(Journal.Entry entry) {
        entry.ledger().apply(new Redo(ledger));
        entry.catalogue().apply(new Redo(catalogue));
        revision = Math.max(revision, entry.revision());
    }

    /** Writes statements and leaves the transaction as it is. */
    private static final class Redo extends RDFChangesApply {
        Redo(DatasetGraph database) {
            super(database);
        }

        @Override
        public void txnBegin() {}

        @Override
        public void txnCommit() {}

        @Override
        public void txnAbort() {}
    }
}
