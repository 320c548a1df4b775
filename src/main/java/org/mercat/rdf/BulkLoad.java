// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.jena.atlas.lib.tuple.Tuple;
import org.apache.jena.atlas.lib.tuple.TupleFactory;
import org.apache.jena.atlas.lib.tuple.TupleMap;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.query.TxnType;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.tdb2.store.DatasetGraphTDB;
import org.apache.jena.tdb2.store.NodeId;
import org.apache.jena.tdb2.store.nodetable.NodeTable;
import org.apache.jena.tdb2.store.nodetupletable.NodeTupleTable;
import org.apache.jena.tdb2.store.tupletable.TupleIndex;
import org.mercat.rdf.Change.Replacement;

/**
 * Brings many new graphs into the catalogue at once: it writes them into new files beside those in use, which take their
 * place when all is there. A crash before that leaves the catalogue as it was, with no part of the load in it. Listeners
 * are not told.
 *
 * <p>Offline: nobody else writes meanwhile but the thread that has made this, and all but {@link #stamped} is for that
 * thread.
 */
public final class BulkLoad implements AutoCloseable {
    /** Statements that are put in order before they go into an index: neighbours then go into the same page. */
    private static final int SORTED = 500_000;

    private final DatasetGraph catalogue;
    private final Transaction transaction;
    private final Runnable settle;
    private final DatasetGraphTDB files;
    private final NodeTable nodes;
    private final TupleIndex[] indexes;
    private final List<Tuple<NodeId>> statements = new ArrayList<>(SORTED);
    private boolean open = true;

    /** @param settle brings all that was answered into the catalogue */
    BulkLoad(DatasetGraph catalogue, Transaction transaction, Runnable settle) {
        this.catalogue = catalogue;
        this.settle = settle;
        this.transaction = transaction;
        this.files = Layout.filesBeside(catalogue);
        NodeTupleTable table = files.getQuadTable().getNodeTupleTable();
        this.nodes = table.getNodeTable();
        this.indexes = table.getTupleTable().getIndexes();
        files.begin(TxnType.WRITE);
    }

    /** The revision for what comes next: one more than the newest of all. */
    public long nextRevision() {
        return transaction.skip();
    }

    /** A resource's graph as the catalogue keeps it. For any thread. */
    public static Graph stamped(Replacement replacement, long revision) {
        return Transaction.stamped(replacement, revision);
    }

    /** Adds the graph of a resource that the catalogue does not have, and that was not added before. */
    public void add(Node name, Graph stamped) {
        NodeId graph = nodes.getAllocateNodeId(name);
        stamped.find()
                .forEachRemaining(triple -> statements.add(TupleFactory.tuple(
                        graph,
                        nodes.getAllocateNodeId(triple.getSubject()),
                        nodes.getAllocateNodeId(triple.getPredicate()),
                        nodes.getAllocateNodeId(triple.getObject()))));
        if (statements.size() >= SORTED) {
            flush();
        }
    }

    private void flush() {
        for (TupleIndex index : indexes) {
            statements.sort(inOrderOf(index.getMapping()));
            index.addAll(statements);
        }
        statements.clear();
    }

    private static Comparator<Tuple<NodeId>> inOrderOf(TupleMap index) {
        int[] slots = new int[index.length()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = index.getSlotIdx(i);
        }
        return (a, b) -> {
            int order = 0;
            for (int i = 0; i < slots.length && order == 0; i++) {
                order = NodeId.compare(a.get(slots[i]), b.get(slots[i]));
            }
            return order;
        };
    }

    /** Adds what the catalogue had before, and puts the new files in use. @return the revision of the catalogue */
    public long finish() {
        flush();
        settle.run();
        catalogue.executeRead(() -> catalogue.find().forEachRemaining(files::add));
        long revision = transaction.revision();
        Transaction.keepRevision(files, revision);
        files.commit();
        files.end();
        open = false;
        Layout.putInUse(catalogue, files);
        return revision;
    }

    /** Drops what was not finished. */
    @Override
    public void close() {
        if (open) {
            open = false;
            try {
                files.abort();
                files.end();
            } finally {
                Layout.drop(files);
            }
        }
    }
}
