// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.bench.EvaluationCollection;
import org.mercat.rdf.Home;

/** A collection with terms of its own, of which every rank is known: only what OWL says tells its offerings apart. */
class EvaluateCommandTest {
    @TempDir
    Path folder;

    @BeforeEach
    void a_collection_of_five_offerings() throws IOException {
        write("offerings.jsonl", """
                {"id": "Banana.owls", "title": "Anything", "description": "at all", "outputs": ["https://cars.example/#Banana"]}
                {"id": "Car.owls", "title": "Anything", "description": "at all", "outputs": ["https://cars.example/#Car"]}
                {"id": "RedCar.owls", "title": "Anything", "description": "at all", "outputs": ["https://cars.example/#RedCar"]}
                {"id": "Auto.owls", "title": "Anything", "description": "at all", "outputs": ["https://cars.example/#Auto"]}
                {"id": "Cherry.owls", "title": "Anything", "description": "at all", "outputs": ["https://cars.example/#Cherry"]}
                """);
        write("requests.jsonl", """
                {"id": "car", "title": "Anything", "outputs": ["https://cars.example/#Car"]}
                {"id": "red", "title": "Anything", "outputs": ["https://cars.example/#RedCar"]}
                """);
        write("qrels.txt", "car 0 RedCar.owls 1\nred 0 Car.owls 1\nred 0 Auto.owls 1\n");
        write("vocabulary.nt", """
                <https://cars.example/> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Ontology> .
                <https://cars.example/#Auto> <http://www.w3.org/2002/07/owl#equivalentClass> <https://cars.example/#Car> .
                <https://cars.example/#RedCar> <http://www.w3.org/2002/07/owl#equivalentClass> _:both .
                _:both <http://www.w3.org/2002/07/owl#intersectionOf> _:first .
                _:first <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> <https://cars.example/#Red> .
                _:first <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:second .
                _:second <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> <https://cars.example/#Car> .
                _:second <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .
                """);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Run evaluate(String... more) {
        List<String> words = new ArrayList<>(List.of("evaluate", folder.toString()));
        words.addAll(List.of(more));
        return Run.of(words.toArray(String[]::new));
    }

    private static void mustFail(Run run, String... said) {
        assertThat(run.err()).contains(said).doesNotContain("\tat ");
        assertThat(run.exit()).isEqualTo(2);
    }

    /**
     * For a car: both cars, the red one, the fruit: AP 1/3, gain 1 at rank 3 of 1. For a red one: that, both cars, the
     * fruit: AP (1/2 + 2/3) / 2, gain 1 at ranks 2 and 3 of 1 and 2.
     */
    @Test
    void ranks_are_measured_as_by_hand() throws IOException {
        Path run = folder.resolve("run.txt");
        Run measured = evaluate("--run", run.toString(), "--least-map", "0.4583");
        assertThat(measured.err()).isEmpty();
        assertThat(measured.exit()).isZero();
        assertThat(measured.out())
                .contains("2 requests, 5 offerings")
                .containsPattern("car +0\\.3333 +0\\.5000 +0\\.1000 +\\d+\\.\\d")
                .containsPattern("red +0\\.5833 +0\\.6934 +0\\.2000 +\\d+\\.\\d")
                .contains("MAP   0.4583", "nDCG  0.5967 with gain 2^g-1, 0.5967 with gain g", "P@10  0.1500")
                .containsPattern("ms    \\d+\\.\\d median, \\d+\\.\\d p99");
        assertThat(Files.readAllLines(run))
                .hasSize(10)
                .anyMatch(line -> line.matches("car Q0 RedCar\\.owls 3 0\\.\\d+ mercat"))
                .anyMatch(line -> line.matches("red Q0 RedCar\\.owls 1 [01]\\.\\d+ mercat"));
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void a_map_below_the_least_is_exit_code_1() {
        Run run = evaluate("--least-map", "0.4584");
        assertThat(run.out()).contains("MAP   0.4583");
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void without_judgments_there_is_a_run_and_no_measure() throws IOException {
        Files.delete(folder.resolve("qrels.txt"));
        mustFail(evaluate("--least-map", "0.5"), "--least-map", "qrels.txt");
        Run run = evaluate();
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .containsPattern("car +- +- +- ")
                .contains("no judgments")
                .doesNotContain("MAP");
    }

    @Test
    void what_the_catalogue_refuses_is_named_and_the_temporary_folder_is_gone() throws IOException {
        write("offerings.jsonl", "{\"id\": \"Bare$1.owls\", \"title\": \"Anything\"}\n");
        Path place = Files.createDirectory(folder.resolve("place"));
        EvaluationCollection collection = EvaluationCollection.read(folder);
        assertThatThrownBy(() -> Evaluation.run(collection, new Home(Optional.empty()), place))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("1 of offerings.jsonl", "\"Bare$1.owls\"", "at least one input or output");
        assertThat(place).isEmptyDirectory();
    }

    @Test
    void a_term_that_no_vocabulary_has_is_named_with_its_request() throws IOException {
        write(
                "requests.jsonl",
                "{\"id\": \"odd\", \"title\": \"Anything\", \"category\": \"https://cars.example/#Nothing\"}\n");
        mustFail(evaluate(), "requests.jsonl, \"odd\"", "https://cars.example/#Nothing");
    }

    @Test
    void a_folder_that_is_no_collection_is_a_message() throws IOException {
        mustFail(Run.of("evaluate", folder.resolve("missing").toString()), "missing is no folder", "offerings.jsonl");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        mustFail(Run.of("evaluate", empty.toString()), "There is no file", "offerings.jsonl");
        mustFail(evaluate("--run", folder.resolve("no/where.txt").toString()), "--run cannot be written", "no/where");
        assertThat(Run.of("evaluate").exit()).isEqualTo(2);
    }

    @Test
    void a_long_text_is_cut_where_a_word_ends() {
        assertThat(Evaluation.shortened("a b")).isEqualTo("a b");
        assertThat(Evaluation.shortened("word ".repeat(300))).hasSize(999).endsWith(" word");
        assertThat(Evaluation.shortened("w".repeat(1_500))).hasSize(1_000);
        assertThat(Evaluation.shortened("w".repeat(1_000) + " x")).hasSize(1_000);
    }
}
