// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDF;
import org.mercat.LoadFile.Line;
import org.mercat.http.FailureException;
import org.mercat.http.Registrar;
import org.mercat.ns.MC;
import org.mercat.rdf.BulkLoad;
import org.mercat.rdf.Change;
import org.mercat.rdf.Change.Replacement;
import org.mercat.rdf.Command;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Store;
import org.mercat.rdf.Submission;
import org.mercat.rdf.Syntax;
import org.mercat.rdf.Unreadable;
import org.mercat.search.SearchEngine;

/**
 * Loads many offerings into a catalogue that has none, several times as fast as one by one: with the same checks, but
 * past the journal and the updates, into new database files and the search index at once. All else that the file has
 * goes the way of {@link Loader}, and so does what names an offering for the second time.
 *
 * @see BulkLoad
 */
final class BulkLoader {
    private static final int PROVIDERS = 10_000;

    private final Store store;
    private final SearchEngine engine;
    private final Documents documents;
    private final Loader loader;
    private final Registrar offerings;

    /** @param offerings those that are loaded in bulk */
    BulkLoader(Store store, SearchEngine engine, Documents documents, Loader loader, Registrar offerings) {
        this.store = store;
        this.engine = engine;
        this.documents = documents;
        this.loader = loader;
        this.offerings = offerings;
    }

    /** Whether that file can be loaded in this way, now. */
    boolean takes(Path file) {
        return LoadFile.isOne(file)
                && Store.canLoadInBulk()
                && store.read(catalogue -> {
                    Node type = RDF.Nodes.type;
                    return !catalogue.contains(Node.ANY, Node.ANY, type, MC.Offering)
                            && !catalogue.stream(Node.ANY, Node.ANY, type, MC.Withdrawn)
                                    .anyMatch(quad -> offerings
                                            .collection()
                                            .idOf(quad.getGraph())
                                            .isPresent());
                })
                && store.readLedger(ledger -> !ledger.contains(Node.ANY, Node.ANY, MC.restricted, Node.ANY));
    }

    /** Loads it. */
    Loader.Outcome load(Path file, Progress progress) {
        LoadBatch batch = new LoadBatch(Registrar::registerAll);
        BitSet again = new BitSet();
        try (BulkRun run = new BulkRun(this, store.bulkLoad(), batch, again)) {
            LoadFile.read(file, (lines, done) -> {
                lines.forEach(run::add);
                progress.at(lines.isEmpty() ? 0 : lines.get(lines.size() - 1).number(), done);
            });
            progress.step("All lines are read; the rest is being written.");
            run.finish();
        }
        if (!again.isEmpty()) {
            LoadFile.read(
                    file,
                    (lines, done) -> lines.stream()
                            .filter(line -> again.get(line.number()))
                            .forEach(line -> loader.add(batch, line)));
        }
        return batch.finish();
    }

    SearchEngine engine() {
        return engine;
    }

    Loader loader() {
        return loader;
    }

    /**
     * What a line is about.
     *
     * @param offering its address; null if it is something else or cannot be read
     * @param fault why it cannot be read; null if it can
     */
    record Item(Line line, Node offering, Unreadable fault) {}

    Item item(Line line) {
        try {
            ObjectNode json = loader.json(line);
            boolean isOffering = loader.registrarOf(json) == offerings;
            return new Item(line, isOffering ? Documents.addressOf(json, offerings.collection()) : null, null);
        } catch (Unreadable e) {
            return new Item(line, null, e);
        }
    }

    /**
     * What became of an offering.
     *
     * @param graph as it is to be stored; null if it is not
     * @param refusal why it is not stored; null if it goes the ordinary way
     */
    record Made(Line line, Node offering, Graph graph, String refusal) {}

    /** Checks an offering as if it were registered now, and puts it into the search index. For any number of threads. */
    Made make(Item item, long revision, Command.View view) {
        try {
            if (item.fault != null) {
                throw item.fault;
            }
            Submission submission =
                    documents.read(loader.body(item.line), Syntax.JSON, offerings.collection(), item.offering);
            offerings.check(LoadBatch.OPERATOR, submission);
            Change change = offerings.decide(LoadBatch.OPERATOR, submission, view);
            if (change.catalogue().size() != 1 || !change.ledger().isEmpty()) {
                return new Made(item.line, item.offering, null, null);
            }
            Replacement replacement = change.catalogue().get(0);
            Graph graph = BulkLoad.stamped(replacement, revision);
            engine.add(replacement.graph(), graph);
            return new Made(item.line, replacement.graph(), graph, null);
        } catch (Unreadable | FailureException e) {
            return new Made(item.line, item.offering, null, LoadBatch.reason(e));
        }
    }

    /** The catalogue as a new offering finds it: no other like it, and its provider. */
    Command.View view() {
        Cache<Node, Graph> providers =
                Caffeine.newBuilder().maximumSize(PROVIDERS).build();
        return new Command.View() {
            @Override
            public Graph catalogue(Node graph) {
                boolean offering =
                        graph.getURI().startsWith(offerings.collection().iri());
                return offering ? Graph.emptyGraph : providers.get(graph, store::graph);
            }

            @Override
            public Graph ledger(Node graph) {
                return Graph.emptyGraph;
            }

            @Override
            public List<Node> having(Node property, Node value) {
                throw new UnsupportedOperationException("Offerings do not ask for that");
            }

            @Override
            public List<Node> ledgerHaving(Node property, Node value) {
                throw new UnsupportedOperationException("Offerings do not ask for that");
            }
        };
    }
}
