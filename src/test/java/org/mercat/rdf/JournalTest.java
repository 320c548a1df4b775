// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.jena.graph.Graph;
import org.apache.jena.rdfpatch.RDFPatchOps;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.sse.SSE;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.rdf.Commit.Patch;
import org.mercat.rdf.Journal.Entry;

class JournalTest {
    @TempDir
    private Path folder;

    private Path file;
    private Journal journal;

    @BeforeEach
    void open() {
        file = folder.resolve("journal");
        journal = Journal.open(file).orElseThrow();
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private static Patch patch(String graph, String removed, String added) {
        return new Patch(
                StoreTest.node(graph),
                removed.isEmpty() ? List.of() : List.of(SSE.parseTriple(removed)),
                added.isEmpty() ? List.of() : List.of(SSE.parseTriple(added)));
    }

    private void append(long revision) {
        journal.append(
                revision,
                List.of(patch(
                        "a", "(<urn:s> <urn:p> \"" + (revision - 1) + "\")", "(<urn:s> <urn:p> \"" + revision + "\")")),
                List.of(patch("secret", "", "(<urn:s> <urn:p> \"añ€😀\"@es)")));
    }

    private List<Entry> reopened() {
        journal.close();
        journal = Journal.open(file).orElseThrow();
        return journal.entries();
    }

    @Test
    void what_was_appended_is_read_again_in_its_order() {
        append(1);
        append(2);
        List<Entry> entries = reopened();
        assertThat(entries).extracting(Entry::revision).containsExactly(1L, 2L);
        DatasetGraph catalogue = DatasetGraphFactory.create();
        DatasetGraph ledger = DatasetGraphFactory.create();
        for (Entry entry : entries) {
            RDFPatchOps.applyChange(catalogue, entry.catalogue());
            RDFPatchOps.applyChange(ledger, entry.ledger());
        }
        Graph graph = catalogue.getGraph(StoreTest.node("a"));
        assertThat(graph.find().toList()).containsExactly(SSE.parseTriple("(<urn:s> <urn:p> \"2\")"));
        assertThat(catalogue.stream().count()).isEqualTo(1);
        assertThat(ledger.getGraph(StoreTest.node("secret")).find().toList())
                .containsExactly(SSE.parseTriple("(<urn:s> <urn:p> \"añ€😀\"@es)"));
    }

    @Test
    void a_record_cut_at_any_byte_is_left_out_and_the_ones_before_it_stay() throws IOException {
        append(1);
        long first = Files.size(file);
        append(2);
        byte[] whole = Files.readAllBytes(file);
        List<Integer> read = IntStream.range((int) first, whole.length)
                .mapToObj(length -> {
                    write(java.util.Arrays.copyOf(whole, length));
                    return reopened().size();
                })
                .distinct()
                .toList();
        assertThat(read).containsExactly(1);
        write(whole);
        assertThat(reopened()).hasSize(2);
    }

    private void write(byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_record_with_a_wrong_byte_is_left_out_and_overwritten_by_the_next() throws IOException {
        append(1);
        int first = (int) Files.size(file);
        append(2);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 3] ^= 1;
        write(bytes);
        assertThat(reopened()).extracting(Entry::revision).containsExactly(1L);
        append(7);
        assertThat(reopened()).extracting(Entry::revision).containsExactly(1L, 7L);
        bytes[first] = (byte) 0x7f; // a length beyond the file's end
        write(bytes);
        assertThat(reopened()).extracting(Entry::revision).containsExactly(1L);
    }

    @Test
    void a_cleared_journal_is_empty_and_takes_more() {
        append(1);
        journal.clear();
        assertThat(reopened()).isEmpty();
        append(2);
        assertThat(reopened()).extracting(Entry::revision).containsExactly(2L);
    }

    @Test
    void a_journal_that_cannot_be_written_says_so() {
        journal.close();
        assertThatThrownBy(() -> append(1))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("The journal cannot be written");
    }
}
