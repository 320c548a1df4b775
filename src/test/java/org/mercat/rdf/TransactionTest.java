// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.rdf.Change.Replacement;

/** What a crash leaves, made by leaving a transaction as it is: the databases are let go without a commit. */
class TransactionTest {
    @TempDir
    private Path folder;

    private DatasetGraph catalogue;
    private DatasetGraph ledger;
    private Journal journal;
    private Unsettled catalogueReads;
    private Unsettled ledgerReads;
    private Transaction transaction;

    @BeforeEach
    void open() {
        catalogue = Layout.connect(folder.resolve("catalogue"));
        ledger = Layout.connect(folder.resolve("ledger"));
        journal = Journal.open(folder.resolve("journal")).orElseThrow();
        catalogueReads = new Unsettled(catalogue);
        ledgerReads = new Unsettled(ledger);
        transaction = new Transaction(catalogueReads, ledgerReads, journal);
    }

    @AfterEach
    void crash() {
        journal.close();
        Layout.release(catalogue);
        Layout.release(ledger);
    }

    private void crashAndOpen() {
        crash();
        open();
    }

    private void put(String name, String value) {
        transaction.begin();
        transaction.apply(change(name, value));
        transaction.seal();
    }

    private static Change change(String name, String value) {
        Node graph = StoreTest.node(name);
        Graph content = value.isEmpty() ? Graph.emptyGraph : StoreTest.content(graph, value);
        return new Change(List.of(new Replacement(graph, content)), List.of(new Replacement(graph, content)));
    }

    /** Values of a graph in both databases. */
    private String valueOf(String name) {
        return value(catalogueReads.graph(StoreTest.node(name))) + value(ledgerReads.graph(StoreTest.node(name)));
    }

    private static String value(Graph graph) {
        return graph.find(Node.ANY, StoreTest.node("value"), Node.ANY)
                .mapWith(triple -> triple.getObject().getLiteralLexicalForm())
                .toList()
                .toString();
    }

    @Test
    void what_was_sealed_is_there_after_a_crash_and_what_was_not_is_not() {
        put("a", "1");
        put("b", "1");
        put("a", "2");
        put("b", "");
        transaction.begin();
        transaction.apply(change("c", "1"));
        crashAndOpen();
        assertThat(valueOf("a")).isEqualTo("[2][2]");
        assertThat(valueOf("b")).isEqualTo("[][]");
        assertThat(valueOf("c")).isEqualTo("[][]");
        assertThat(transaction.revision()).isEqualTo(4);
        assertThat(transaction.isUnsettled()).isFalse();
    }

    @Test
    void revisions_go_on_after_a_crash() {
        put("a", "1");
        crashAndOpen();
        put("a", "2");
        crashAndOpen();
        assertThat(transaction.revision()).isEqualTo(2);
        assertThat(Resources.revisionOf(catalogueReads.graph(StoreTest.node("a")), StoreTest.node("a")))
                .contains(2L);
    }

    @Test
    void a_crash_after_the_databases_were_written_and_before_the_journal_was_cleared_changes_nothing()
            throws IOException {
        put("a", "1");
        put("b", "1");
        put("a", "2");
        byte[] kept = Files.readAllBytes(folder.resolve("journal"));
        transaction.settle();
        String before = everything();
        Files.write(folder.resolve("journal"), kept);
        crashAndOpen();
        assertThat(everything()).isEqualTo(before).contains("\"2\"");
        assertThat(transaction.revision()).isEqualTo(3);
        assertThat(Files.size(folder.resolve("journal"))).isZero();
    }

    /** All quads of the catalogue as another thread sees them. */
    private String everything() {
        return CompletableFuture.supplyAsync(() -> catalogue
                        .calculateRead(() -> catalogue.stream()
                                .map(Object::toString)
                                .sorted()
                                .toList())
                        .toString())
                .join();
    }

    /** In which databases a resource is, as far as reads see it. */
    private String places(String name) {
        return (catalogueReads.graph(StoreTest.node(name)).isEmpty() ? "" : "public ")
                + (ledgerReads.graph(StoreTest.node(name)).isEmpty() ? "" : "private");
    }

    private void move(String name, boolean isPrivate) {
        Node graph = StoreTest.node(name);
        Replacement there = new Replacement(graph, StoreTest.content(graph, "1"));
        Replacement gone = new Replacement(graph, Graph.emptyGraph);
        transaction.begin();
        transaction.apply(
                isPrivate ? Change.ofPrivate(graph, there.content()) : new Change(List.of(there), List.of(gone)));
        transaction.seal();
    }

    @Test
    void what_moves_into_the_ledger_is_never_left_in_public_wherever_a_crash_cuts_it_short() {
        move("a", false);
        transaction.settle();
        move("a", true);
        assertThat(places("a")).isEqualTo("private");
        ledger.commit(); // and the catalogue is not
        ledger.end();
        crashAndOpen();
        assertThat(places("a")).isEqualTo("private");
        assertThat(everything()).doesNotContain("example.org/a");
        move("a", false);
        crashAndOpen();
        assertThat(places("a").strip()).isEqualTo("public");
        assertThat(Resources.revisionOf(catalogueReads.graph(StoreTest.node("a")), StoreTest.node("a")))
                .contains(3L);
    }

    @Test
    void what_is_moved_has_the_revision_of_the_commit_in_the_ledger_too() {
        move("a", true);
        move("a", true);
        assertThat(Resources.revisionOf(ledgerReads.graph(StoreTest.node("a")), StoreTest.node("a")))
                .contains(2L);
    }

    @Test
    void what_is_sealed_can_be_read_before_it_is_settled_and_after() {
        put("a", "1");
        put("a", "2");
        assertThat(everything()).isEqualTo("[]");
        assertThat(valueOf("a")).isEqualTo("[2][2]");
        transaction.settle();
        assertThat(valueOf("a")).isEqualTo("[2][2]");
        assertThat(everything()).contains("\"2\"").doesNotContain("\"1\" ");
    }

    @Test
    void a_batch_that_cannot_be_made_durable_is_taken_back() {
        put("a", "1");
        transaction.begin();
        transaction.apply(change("a", "2"));
        journal.close();
        assertThatThrownBy(transaction::seal).isInstanceOf(UncheckedIOException.class);
        assertThat(valueOf("a")).isEqualTo("[1][1]");
        crashAndOpen();
        assertThat(valueOf("a")).isEqualTo("[1][1]");
        assertThat(transaction.revision()).isEqualTo(1);
    }

    @Test
    void a_database_that_a_crash_left_half_made_is_made_anew_and_a_whole_one_never() throws IOException {
        crash();
        Path data = folder.resolve("catalogue/Data-0001");
        try (Stream<Path> files = Files.list(data)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".idn")).toList()) {
                Files.write(file, new byte[8192]);
            }
        }
        assertThatThrownBy(this::open).hasMessage("No known block type for 0");
        crash();
        Files.write(folder.resolve("catalogue.unfinished"), new byte[0]);
        open();
        put("a", "1");
        crashAndOpen();
        assertThat(valueOf("a")).isEqualTo("[1][1]");
    }

    @Test
    void a_settled_store_leaves_an_empty_journal() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("catalogue", "ledger", "journal");
        }
        put("a", "1");
        assertThat(Files.size(folder.resolve("journal"))).isPositive();
        transaction.settle();
        assertThat(Files.size(folder.resolve("journal"))).isZero();
    }
}
