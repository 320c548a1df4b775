// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections of one or two lines, good and bad. */
class EvaluationCollectionTest {
    private static final String VOCABULARY = "<urn:a> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <urn:b> .\n";

    @TempDir
    Path folder;

    @BeforeEach
    void a_small_collection() throws IOException {
        write("offerings.jsonl", """
                {"id": "car_price.owls", "title": "Car price", "inputs": ["urn:a"], "outputs": ["urn:b"]}

                {"id": "acme/parking/free", "title": {"de": "Frei"}, "outputs": [{"name": "n", "semanticType": "Count"}]}
                """);
        write("requests.jsonl", """
                {"id": "r1", "title": "price of a car", "description": "any", "inputs": ["urn:a"], "need": "x"}
                {"id": "r2", "title": "frei", "outputs": [], "category": "urn:c"}
                """);
        write("qrels.txt", "r1 0 car_price.owls 3\nr1\t0  acme/parking/free 0\nr2 0 acme/parking/free 2\n");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private void mustFail(String file, String text, String... said) throws IOException {
        write(file, text);
        assertThatThrownBy(() -> EvaluationCollection.read(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file)
                .hasMessageContainingAll(said);
    }

    @Test
    void offerings_stay_as_they_are_written() {
        EvaluationCollection read = EvaluationCollection.read(folder);
        assertThat(read.offerings()).hasSize(2);
        assertThat(read.offerings().get(0).path("inputs").path(0).asText()).isEqualTo("urn:a");
        assertThat(read.offerings().get(1).path("title").path("de").asText()).isEqualTo("Frei");
        assertThat(read.parties()).isEmpty();
    }

    @Test
    void requests_have_what_is_said_and_nothing_else() {
        EvaluationCollection read = EvaluationCollection.read(folder);
        EvaluationRequest first = read.requests().get(0);
        assertThat(first.id()).isEqualTo("r1");
        assertThat(first.title()).isEqualTo("price of a car");
        assertThat(first.description()).contains("any");
        assertThat(first.inputs()).containsExactly("urn:a");
        assertThat(first.outputs()).isEmpty();
        assertThat(first.category()).isEmpty();
        assertThat(read.requests().get(1).category()).contains("urn:c");
    }

    @Test
    void judgments_are_grades_and_relevant_is_any_of_them_without_a_binary_file() throws IOException {
        EvaluationCollection graded = EvaluationCollection.read(folder);
        assertThat(graded.graded().orElseThrow().of("r1"))
                .isEqualTo(Map.of("car_price.owls", 3, "acme/parking/free", 0));
        assertThat(graded.graded().orElseThrow().of("r3")).isEmpty();
        assertThat(graded.relevant("r1")).containsExactly("car_price.owls");
        write("qrels-binary.txt", "r1 0 acme/parking/free 1\nr1 0 car_price.owls 0\n");
        assertThat(EvaluationCollection.read(folder).relevant("r1")).containsExactly("acme/parking/free");
    }

    @Test
    void without_judgments_there_is_nothing_relevant() throws IOException {
        Files.delete(folder.resolve("qrels.txt"));
        EvaluationCollection read = EvaluationCollection.read(folder);
        assertThat(read.graded()).isEmpty();
        assertThat(read.relevant("r1")).isEmpty();
    }

    @Test
    void a_vocabulary_may_be_packed() throws IOException {
        assertThat(EvaluationCollection.read(folder).vocabulary()).isEmpty();
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("vocabulary.nt.gz")))) {
            out.write(VOCABULARY.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(EvaluationCollection.read(folder).vocabulary().orElseThrow().size())
                .isEqualTo(1);
        write("vocabulary.nt", VOCABULARY + VOCABULARY.replace("urn:a", "urn:c"));
        assertThat(EvaluationCollection.read(folder).vocabulary().orElseThrow().size())
                .isEqualTo(2);
    }

    @Test
    void a_faulty_vocabulary_is_named() throws IOException {
        mustFail("vocabulary.nt", VOCABULARY + "<urn:a> <urn:b>", "line: 2", "N-Triples");
    }

    @Test
    void faulty_offerings_are_named_with_their_line() throws IOException {
        mustFail("offerings.jsonl", "{\"id\": \"a\"}\n{\"id\":", "line 2", "JSON");
        mustFail("offerings.jsonl", "{\"id\": \"a\"}\n\n{\"id\": \"a\"}", "line 3", "line 1", "\"a\"");
        mustFail("offerings.jsonl", "{\"title\": \"a\"}", "line 1", "\"id\"");
        mustFail("offerings.jsonl", "{\"id\": \"a\", \"id\": \"b\"}", "line 1", "uplicate");
        mustFail("offerings.jsonl", "{\"id\": \"a\"} {\"id\": \"b\"}", "line 1", "JSON");
        mustFail("offerings.jsonl", "[1]", "line 1", "JSON object");
        mustFail("offerings.jsonl", "\n", "empty");
    }

    @Test
    void faulty_requests_are_named_with_their_line() throws IOException {
        mustFail("requests.jsonl", "{\"id\": \"a\"}", "line 1", "\"title\"");
        mustFail("requests.jsonl", "{\"title\": \"a\"}", "line 1", "\"id\"");
        mustFail("requests.jsonl", "{\"id\": \"a\", \"title\": {\"en\": \"x\"}}", "line 1", "\"title\"");
        mustFail("requests.jsonl", "{\"id\": \"a\", \"title\": \"x\", \"inputs\": \"urn:a\"}", "line 1", "\"inputs\"");
        mustFail("requests.jsonl", "{\"id\": \"a\", \"title\": \"x\", \"outputs\": [\"a b\"]}", "line 1", "IRIs");
    }

    @Test
    void faulty_judgments_are_named_with_their_line() throws IOException {
        mustFail("qrels.txt", "r1 0 a 1\nr1 a 1\n", "line 2", "3 columns");
        mustFail("qrels.txt", "r1 0 a good\n", "line 1", "\"good\"", "grade");
        mustFail("qrels.txt", "r1 0 a -1\n", "line 1", "\"-1\"");
        mustFail("qrels.txt", "r1 0 a 1\nr1 0 a 2\n", "line 2", "grade 1");
    }

    @Test
    void a_missing_or_strangely_coded_file_is_named() throws IOException {
        Files.write(folder.resolve("qrels.txt"), new byte[] {'r', (byte) 0xE9, '\n'});
        assertThatThrownBy(() -> EvaluationCollection.read(folder)).hasMessageContainingAll("qrels.txt", "UTF-8");
        Files.delete(folder.resolve("requests.jsonl"));
        assertThatThrownBy(() -> EvaluationCollection.read(folder))
                .hasMessageContainingAll("no file", "requests.jsonl");
    }
}
