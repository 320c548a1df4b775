// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.jena.base.Sys;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.ReadWrite;
import org.apache.jena.query.TxnType;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphReadOnly;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.VOID;

/**
 * The two databases, the catalogue (public) and the ledger (private), and their one writer. Nobody else holds a
 * dataset. Reads run in the caller's thread on a snapshot; writes are {@link Command}s, answered only when they are on
 * disk.
 */
public final class Store implements AutoCloseable {
    /** The public graph, and its one subject, in which the store keeps what it knows of itself. */
    public static final Node NAME = Transaction.STORE;

    private static final Node BASE_IRI = VOID.uriSpace.asNode();

    private final DatasetGraph catalogue;
    private final DatasetGraph ledger;
    private final Unsettled catalogueReads;
    private final Unsettled ledgerReads;
    private final Journal journal;
    private final Transaction transaction;
    private final Writer writer;
    private volatile CompletableFuture<Void> awaited = CompletableFuture.completedFuture(null);

    private Store(DatasetGraph catalogue, DatasetGraph ledger, Journal journal) {
        this.catalogue = catalogue;
        this.ledger = ledger;
        this.journal = journal;
        this.catalogueReads = new Unsettled(catalogue);
        this.ledgerReads = new Unsettled(ledger);
        this.transaction = new Transaction(catalogueReads, ledgerReads, journal);
        this.writer = new Writer(transaction);
    }

    /**
     * Opens or creates the databases {@code catalogue} and {@code ledger} and the {@code journal} below a folder, and
     * completes the databases by what a crash left in the journal. One process at a time: TDB2 locks the folder.
     *
     * @throws IllegalStateException if another process has it open or it cannot be written
     */
    public static Store open(Path folder) {
        Journal journal = Journal.open(folder.resolve("journal")).orElseThrow(() -> Layout.inUse(folder));
        List<DatasetGraph> databases = new ArrayList<>();
        try {
            for (String name : List.of("catalogue", "ledger")) {
                databases.add(Layout.connect(folder.resolve(name)));
            }
            return new Store(databases.get(0), databases.get(1), journal);
        } catch (RuntimeException e) {
            databases.forEach(Layout::release);
            journal.close();
            throw e;
        }
    }

    /**
     * The base IRI that all IRIs of this store begin with: the one that was given first, for ever.
     *
     * @param baseIri kept if there is none yet
     */
    public String baseIri(String baseIri) {
        String[] kept = {baseIri};
        write(view -> {
            Graph own = view.catalogue(Transaction.STORE);
            Optional<Node> first = own.find(Transaction.STORE, BASE_IRI, Node.ANY)
                    .nextOptional()
                    .map(Triple::getObject);
            if (first.isPresent()) {
                kept[0] = first.get().getLiteralLexicalForm();
                return Change.NONE;
            }
            Graph next = GraphFactory.createDefaultGraph();
            next.add(Transaction.STORE, BASE_IRI, NodeFactory.createLiteralString(baseIri));
            return Change.of(Transaction.STORE, next);
        });
        return kept[0];
    }

    /** The base IRI that a statement of an export says, if it says that. */
    public static Optional<String> baseIriIn(Quad quad) {
        return quad.getSubject().equals(NAME) && quad.getPredicate().equals(BASE_IRI)
                ? Optional.of(quad.getObject().getLiteralLexicalForm())
                : Optional.empty();
    }

    /** A node as it will be read back, so that the answer to a write is what the next reader gets. */
    public static Node asStored(Node node) {
        return Layout.asStored(node);
    }

    /** A public graph as it is now, empty if there is none. Not to be changed. Quicker than {@link #read}. */
    public Graph graph(Node name) {
        return catalogueReads.graph(name);
    }

    /** A private graph as it is now, empty if there is none. Not to be changed. Quicker than {@link #readLedger}. */
    public Graph ledgerGraph(Node name) {
        return ledgerReads.graph(name);
    }

    /**
     * Reads from a snapshot of the catalogue that has everything answered so far; nothing lazy may be returned from it.
     */
    public <T> T read(Function<DatasetGraph, T> reader) {
        settle();
        return in(catalogue, reader);
    }

    /** Reads from a snapshot of the ledger as {@link #read} does from the catalogue. */
    public <T> T readLedger(Function<DatasetGraph, T> reader) {
        settle();
        return in(ledger, reader);
    }

    /** The same without offerings for some only, which say what their providers write: what the catalogue put on record. */
    public <T> T readRecords(Function<DatasetGraph, T> reader) {
        return readLedger(all -> reader.apply(new Records(all)));
    }

    private static <T> T in(DatasetGraph database, Function<DatasetGraph, T> reader) {
        database.begin(ReadWrite.READ);
        try {
            return reader.apply(database);
        } finally {
            database.end();
        }
    }

    /**
     * The catalogue for a SPARQL service: a view that refuses every write, with the union as default graph. A
     * transaction on it has everything answered before it began.
     */
    public DatasetGraph readOnlyCatalogue() {
        return readOnly(catalogue);
    }

    /** The ledger, which refuses every write, too. Who has it must not show it to anybody but in parts of his own. */
    public DatasetGraph readOnlyLedger() {
        return readOnly(ledger);
    }

    private DatasetGraph readOnly(DatasetGraph database) {
        return new DatasetGraphReadOnly(database) {
            @Override
            public void begin() {
                settle();
                super.begin();
            }

            @Override
            public void begin(TxnType type) {
                settle();
                super.begin(type);
            }

            @Override
            public void begin(ReadWrite mode) {
                settle();
                super.begin(mode);
            }
        };
    }

    /**
     * Runs a command and waits until it is on disk.
     *
     * @return the revision that it is part of
     * @throws RuntimeException what the command threw to refuse
     */
    public long write(Command command) {
        try {
            return submit(List.of(command)).get(0).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw e;
        }
    }

    /** Queues commands together, so that they share a transaction as far as possible; each succeeds or fails alone. */
    public List<CompletableFuture<Long>> submit(List<Command> commands) {
        return writer.submit(commands);
    }

    /**
     * Is told of every commit, in order, on the writer thread, before the writers are answered. It must be quick, and it
     * cannot read the databases: they follow.
     */
    public void listen(Consumer<Commit> listener) {
        writer.listen(listener);
    }

    /**
     * Is told in the same way what each commit of the catalogue did to the ledger, which may be nothing. Who listens must
     * not show it to anybody but in parts of his own.
     */
    public void listenLedger(Consumer<Commit> listener) {
        writer.listenLedger(listener);
    }

    /** The revision of the newest commit, 0 for an empty store. */
    public long revision() {
        return transaction.revision();
    }

    /** What is being written before all later reads, as if it were answered already. */
    public void readsFollow(CompletableFuture<Void> writing) {
        awaited = writing;
    }

    private void settle() {
        writer.settle(); // first: it tells a listener that it must not wait
        if (!awaited.isDone()) {
            awaited.join();
            writer.settle();
        }
    }

    /** How many commands wait. */
    public int backlog() {
        return writer.backlog();
    }

    /** Whether commands are still taken and the last transaction went well. */
    public boolean isHealthy() {
        return writer.isHealthy();
    }

    /**
     * What a compaction did.
     *
     * @param before bytes on disk
     * @param after bytes on disk
     */
    public record Compacted(long before, long after) {}

    /** Rewrites both databases without the leftovers of old commits. Offline: nothing else may use the store meanwhile. */
    public Compacted compact() {
        settle();
        long before = Layout.size(catalogue) + Layout.size(ledger);
        Layout.compact(catalogue);
        Layout.compact(ledger);
        return new Compacted(before, Layout.size(catalogue) + Layout.size(ledger));
    }

    /** Whether this system can: Windows does not rename a folder whose files are mapped into memory. */
    public static boolean canLoadInBulk() {
        return !Sys.isWindows;
    }

    /**
     * Begins to bring many new graphs into the catalogue at once. Offline: nothing else may use the store before it is
     * closed, but commands of this same thread that wait for their answers.
     */
    public BulkLoad bulkLoad() {
        settle();
        return new BulkLoad(catalogue, transaction, this::settle);
    }

    /** Writes what is queued, then closes the databases. */
    @Override
    public void close() {
        writer.close();
        Layout.release(catalogue);
        Layout.release(ledger);
        journal.close(); // last: it is the lock
    }
}
