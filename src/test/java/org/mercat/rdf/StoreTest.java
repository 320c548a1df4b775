// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.core.Quad;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.ns.MC;
import org.mercat.rdf.Change.Replacement;

class StoreTest {
    @TempDir
    private Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    static Node node(String name) {
        return NodeFactory.createURI("http://example.org/" + name);
    }

    /** A graph of the resource with one value. */
    static Graph content(Node resource, String value) {
        return TestGraphs.turtle("<" + resource + "> <http://example.org/value> \"" + value + "\" .");
    }

    static Command put(String name, String value) {
        return view -> Change.of(node(name), content(node(name), value));
    }

    /** Holds the writer until it is released, so that what is submitted meanwhile is one batch. */
    private CountDownLatch hold() {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        store.submit(List.of(view -> {
            held.countDown();
            await(release);
            return Change.NONE;
        }));
        await(held);
        return release;
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String valueOf(String name) {
        return store.read(catalogue -> catalogue
                .getGraph(node(name))
                .find(node(name), node("value"), Node.ANY)
                .mapWith(triple -> triple.getObject().getLiteralLexicalForm())
                .toList()
                .toString());
    }

    private long revisionOf(String name) {
        return store.read(catalogue ->
                Resources.revisionOf(catalogue.getGraph(node(name)), node(name)).orElse(0L));
    }

    @Test
    void many_commands_share_few_revisions() {
        CountDownLatch release = hold();
        List<CompletableFuture<Long>> answers = store.submit(
                IntStream.range(0, 500).mapToObj(i -> put("r" + i, "v" + i)).toList());
        release.countDown();
        answers.forEach(CompletableFuture::join);
        assertThat(store.revision()).isEqualTo(1);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(1));
        assertThat(valueOf("r499")).isEqualTo("[v499]");
        assertThat(revisionOf("r499")).isEqualTo(1);
    }

    @Test
    void a_command_that_refuses_does_not_spoil_its_batch() {
        CountDownLatch release = hold();
        List<CompletableFuture<Long>> answers = store.submit(List.of(
                put("a", "1"),
                view -> {
                    throw new IllegalArgumentException("no");
                },
                put("b", "2")));
        release.countDown();
        assertThat(answers.get(0).join()).isEqualTo(answers.get(2).join()).isEqualTo(1);
        assertThatThrownBy(answers.get(1)::join).hasRootCauseMessage("no");
        assertThat(valueOf("a") + valueOf("b")).isEqualTo("[1][2]");
    }

    @Test
    void a_change_that_fails_half_applied_leaves_nothing_and_does_not_spoil_its_batch() {
        List<Commit> commits = new CopyOnWriteArrayList<>();
        store.listen(commits::add);
        CountDownLatch release = hold();
        Graph closed = content(node("torn2"), "x");
        closed.close();
        Command torn = view -> new Change(
                List.of(new Replacement(node("torn1"), content(node("torn1"), "x")), new Replacement(null, closed)),
                List.of(new Replacement(node("secret"), content(node("secret"), "x"))));
        List<CompletableFuture<Long>> answers = store.submit(List.of(put("a", "1"), torn, put("b", "2")));
        release.countDown();
        assertThat(answers.get(0).join()).isEqualTo(answers.get(2).join()).isEqualTo(1);
        assertThat(answers.get(1)).failsWithin(1, TimeUnit.SECONDS);
        assertThat(valueOf("a") + valueOf("torn1") + valueOf("b")).isEqualTo("[1][][2]");
        assertThat(store.<Boolean>readLedger(ledger -> ledger.isEmpty())).isTrue();
        assertThat(commits).hasSize(1);
        assertThat(commits.get(0).patches())
                .extracting(Commit.Patch::graph)
                .containsExactlyInAnyOrder(node("a"), node("b"));
    }

    @Test
    void an_error_in_a_command_is_its_answer_and_the_writer_goes_on() {
        CompletableFuture<Long> answer = store.submit(List.of(view -> {
                    throw new StackOverflowError("too deep");
                }))
                .get(0);
        assertThatThrownBy(answer::join).hasRootCauseInstanceOf(StackOverflowError.class);
        assertThat(store.write(put("a", "1"))).isEqualTo(1);
        assertThat(store.isHealthy()).isTrue();
    }

    @Test
    void a_command_sees_what_those_before_it_in_its_batch_wrote() {
        CountDownLatch release = hold();
        List<String> seen = new ArrayList<>();
        List<CompletableFuture<Long>> answers = store.submit(List.of(put("a", "1"), view -> {
            seen.add(view.catalogue(node("a")).size() + " "
                    + view.having(node("value"), NodeFactory.createLiteralString("1")));
            return Change.NONE;
        }));
        release.countDown();
        answers.forEach(CompletableFuture::join);
        assertThat(seen).containsExactly("2 [http://example.org/a]");
    }

    @Test
    void a_resource_gets_a_revision_of_its_own_for_each_write() {
        CountDownLatch release = hold();
        List<CompletableFuture<Long>> answers =
                store.submit(List.of(put("a", "1"), put("b", "1"), put("a", "2"), put("c", "1"), put("a", "3")));
        release.countDown();
        assertThat(answers.stream().map(CompletableFuture::join)).containsExactly(1L, 1L, 2L, 1L, 3L);
        assertThat(valueOf("a")).isEqualTo("[3]");
        assertThat(revisionOf("a")).isEqualTo(3);
    }

    @Test
    void a_command_cannot_write_through_its_view() {
        assertThatThrownBy(() -> store.write(view -> {
                    view.catalogue(node("a")).add(Quad.ANY.asTriple());
                    return Change.NONE;
                }))
                .isInstanceOf(RuntimeException.class);
        assertThat(store.revision()).isZero();
    }

    @Test
    void a_command_that_writes_nothing_makes_no_revision() {
        store.write(put("a", "1"));
        assertThat(store.write(view -> Change.NONE)).isEqualTo(1);
        assertThat(store.revision()).isEqualTo(1);
    }

    @Test
    void listeners_get_exactly_what_was_removed_and_added_in_the_order_of_revisions() {
        List<Commit> commits = new CopyOnWriteArrayList<>();
        store.listen(commits::add);
        store.write(put("a", "1"));
        store.write(put("a", "2"));
        store.write(view -> Change.of(node("a"), Graph.emptyGraph));
        assertThat(commits).extracting(Commit::revision).containsExactly(1L, 2L, 3L);
        assertThat(patch(commits, 0)).isEqualTo("- + revision 1 value \"1\"");
        assertThat(patch(commits, 1)).isEqualTo("- revision 1 value \"1\" + revision 2 value \"2\"");
        assertThat(patch(commits, 2)).isEqualTo("- revision 2 value \"2\" +");
    }

    private static String patch(List<Commit> commits, int index) {
        Commit.Patch patch = commits.get(index).patches().get(0);
        return ("- " + words(patch.removed()) + "+ " + words(patch.added())).strip();
    }

    private static String words(List<org.apache.jena.graph.Triple> triples) {
        StringBuilder words = new StringBuilder();
        triples.stream()
                .map(t -> t.getPredicate().getLocalName() + " "
                        + (t.getPredicate().equals(MC.revision)
                                ? t.getObject().getLiteralLexicalForm()
                                : t.getObject().toString()))
                .sorted()
                .forEach(word -> words.append(word).append(' '));
        return words.toString();
    }

    @Test
    void who_listens_to_the_catalogue_hears_no_private_name() {
        List<Commit> open = new CopyOnWriteArrayList<>();
        List<Commit> ledger = new CopyOnWriteArrayList<>();
        store.listen(open::add);
        store.listenLedger(ledger::add);
        store.write(view -> Change.ofPrivate(node("a"), content(node("a"), "1")));
        assertThat(open).containsExactly(new Commit(1, List.of()));
        assertThat(patch(ledger, 0)).isEqualTo("- + revision 1 value \"1\"");
        store.write(put("b", "1"));
        assertThat(ledger.get(1)).isEqualTo(new Commit(2, List.of()));
    }

    @Test
    void while_something_moves_it_is_always_in_one_place_at_least() throws Exception {
        Command open = view -> new Change(
                List.of(new Replacement(node("a"), content(node("a"), "1"))),
                List.of(new Replacement(node("a"), Graph.emptyGraph)));
        store.write(open);
        AtomicInteger looked = new AtomicInteger();
        AtomicInteger missed = new AtomicInteger();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 100; i++) {
                store.write(view -> Change.ofPrivate(node("a"), content(node("a"), "1")));
                store.write(open);
            }
        });
        while (!writing.isDone()) {
            long before = store.revision();
            boolean isThere = !store.graph(node("a")).isEmpty()
                    || !store.ledgerGraph(node("a")).isEmpty()
                    || !store.graph(node("a")).isEmpty();
            if (store.revision() == before) { // else it may have moved to and fro between the looks
                looked.incrementAndGet();
                missed.addAndGet(isThere ? 0 : 1);
            }
        }
        writing.get(30, TimeUnit.SECONDS);
        assertThat(looked).hasPositiveValue();
        assertThat(missed).hasValue(0);
    }

    @Test
    void a_listener_that_fails_hurts_neither_writers_nor_other_listeners() {
        List<Long> told = new CopyOnWriteArrayList<>();
        store.listen(commit -> {
            throw new AssertionError("listener");
        });
        store.listen(commit -> told.add(commit.revision()));
        assertThat(store.write(put("a", "1"))).isEqualTo(1);
        assertThat(told).containsExactly(1L);
        assertThat(store.isHealthy()).isTrue();
    }

    @Test
    void listeners_are_told_before_the_writer_is_answered() {
        List<Long> told = new CopyOnWriteArrayList<>();
        store.listen(commit -> told.add(commit.revision()));
        for (int i = 1; i <= 20; i++) {
            store.write(put("a", "v" + i));
            assertThat(told).hasSize(i);
        }
    }

    @Test
    void revision_content_and_base_survive_reopening() {
        assertThat(store.baseIri("http://one.example/")).isEqualTo("http://one.example/");
        long revision = store.write(put("a", "1"));
        store.close();
        store = Store.open(folder);
        assertThat(store.revision()).isEqualTo(revision);
        assertThat(valueOf("a")).isEqualTo("[1]");
        assertThat(store.baseIri("http://two.example/")).isEqualTo("http://one.example/");
        assertThat(store.write(put("a", "2"))).isEqualTo(revision + 1);
        assertThat(store.baseIri("http://two.example/")).isEqualTo("http://one.example/");
    }

    @Test
    void sending_the_same_values_again_keeps_them_all() {
        String values = """
                <http://example.org/a> <http://example.org/value> "007"^^<http://www.w3.org/2001/XMLSchema#integer>, 0.10, 1.50e2, +5,
                "1"^^<http://www.w3.org/2001/XMLSchema#boolean>, "2026-01-01T00:00:00.000Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>,
                "2026-01-01T00:00:00+00:00"^^<http://www.w3.org/2001/XMLSchema#dateTime>, "x", "x"@en .""";
        Graph sent = TestGraphs.turtle(values);
        store.write(view -> Change.of(node("a"), sent));
        int size =
                store.<Integer>read(c -> c.getGraph(node("a")).find().toList().size());
        store.write(view -> Change.of(node("a"), sent));
        store.write(view -> Change.of(node("a"), sent));
        List<Boolean> kept = store.read(c -> sent.find()
                .mapWith(triple -> c.getGraph(node("a"))
                        .contains(triple.getSubject(), triple.getPredicate(), Store.asStored(triple.getObject())))
                .toList());
        assertThat(kept).doesNotContain(false);
        assertThat(store.<Integer>read(
                        c -> c.getGraph(node("a")).find().toList().size()))
                .isEqualTo(size);
    }

    @Test
    void private_things_are_in_the_ledger_only() {
        long revision = store.write(put("a", "1"));
        store.write(view -> new Change(List.of(), List.of(new Replacement(node("s"), content(node("s"), "secret")))));
        assertThat(store.revision()).isEqualTo(revision);
        assertThat(store.<Boolean>readLedger(ledger -> ledger.containsGraph(node("s"))))
                .isTrue();
        assertThat(store.<Boolean>readLedger(ledger -> ledger.containsGraph(node("a"))))
                .isFalse();
        assertThat(store.<Boolean>read(catalogue -> catalogue.containsGraph(node("s"))))
                .isFalse();
    }

    @Test
    void too_many_waiting_writes_are_refused_at_once() {
        CountDownLatch release = hold();
        List<CompletableFuture<Long>> answers =
                store.submit(java.util.Collections.nCopies(20_005, view -> Change.NONE));
        List<CompletableFuture<Long>> refused = answers.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .toList();
        assertThat(refused).hasSize(5);
        assertThat(refused)
                .allSatisfy(answer -> assertThatThrownBy(answer::join)
                        .hasRootCauseInstanceOf(RejectedExecutionException.class)
                        .hasRootCauseMessage("The store has too many writes waiting"));
        assertThat(store.backlog()).isEqualTo(20_000);
        release.countDown();
        assertThat(answers.get(19_999).join()).isZero();
    }

    @Test
    void closing_writes_what_is_queued_and_refuses_what_comes_later() {
        CountDownLatch release = hold();
        List<CompletableFuture<Long>> answers = store.submit(
                IntStream.range(0, 2_500).mapToObj(i -> put("r" + i, "v")).toList());
        Thread closing = new Thread(store::close);
        closing.start();
        release.countDown();
        answers.forEach(CompletableFuture::join);
        assertThatThrownBy(() -> closeThenWrite(closing)).isInstanceOf(RejectedExecutionException.class);
        store = Store.open(folder);
        assertThat(valueOf("r2499")).isEqualTo("[v]");
        assertThat(store.revision()).isEqualTo(5);
    }

    private void closeThenWrite(Thread closing) throws InterruptedException {
        closing.join(30_000);
        store.write(put("late", "1"));
    }

    @Test
    void who_finds_the_folder_in_use_changes_nothing_there_even_if_it_seems_unfinished() throws IOException {
        store.write(put("a", "1"));
        Path unfinished = Files.write(folder.resolve("catalogue.unfinished"), new byte[0]);
        assertThatThrownBy(() -> Store.open(folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is in use by another process");
        Files.delete(unfinished);
        store.write(put("b", "1"));
        store.close();
        store = Store.open(folder);
        assertThat(valueOf("a") + valueOf("b")).isEqualTo("[1][1]");
    }

    @Test
    void many_writes_of_one_resource_are_decided_twice_each_at_most() {
        CountDownLatch release = hold();
        AtomicInteger decisions = new AtomicInteger();
        Command write = view -> {
            decisions.incrementAndGet();
            return put("a", "1").decide(view);
        };
        List<CompletableFuture<Long>> answers = store.submit(java.util.Collections.nCopies(1_000, write));
        release.countDown();
        assertThat(answers.get(999).join()).isEqualTo(1_000);
        assertThat(decisions.get()).isLessThanOrEqualTo(2_000);
        assertThat(valueOf("a")).isEqualTo("[1]"); // a reader waits until the writer is done, not only with its answers
        assertThat(store.backlog()).isZero();
    }

    @Test
    void a_read_sees_a_snapshot() {
        store.write(put("a", "1"));
        String seen = store.read(catalogue -> {
            Thread writing = new Thread(() -> store.write(put("a", "2")));
            writing.start();
            try {
                writing.join(30_000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            assertThat(store.revision()).isEqualTo(2);
            return catalogue
                    .getGraph(node("a"))
                    .find(node("a"), node("value"), Node.ANY)
                    .toList()
                    .toString();
        });
        assertThat(seen).contains("\"1\"").doesNotContain("\"2\"");
        assertThat(valueOf("a")).isEqualTo("[2]");
    }

    @Test
    void a_second_opening_by_this_name_after_a_failure_works() {
        store.close();
        assertThatThrownBy(() -> Store.open(Path.of("pom.xml")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pom.xml");
        store = Store.open(folder);
        assertThat(store.isHealthy()).isTrue();
    }
}
