// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.query.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mercat.bench.SearchCase.Kind;
import org.mercat.bench.Workload.Request;
import org.mercat.bench.Workload.Result;
import org.mercat.bench.Workload.Task;
import org.mercat.rdf.Home;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Vocabularies;

/** What {@code bench search} asks of both servers, on little data. */
class SearchBenchmarkTest {
    private static final int OFFERINGS = 200;
    private static final String BASE = "http://localhost:8080/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Graph VOCABULARIES = Terms.of(
                    Vocabularies.read(new Home(Optional.empty())).byName().values())
            .graph();
    private static final SearchPool POOL = new SearchPool(VOCABULARIES, OFFERINGS, 1);
    private static final EquivalentQueries QUERIES = new EquivalentQueries();
    private static final StringWriter SAID = new StringWriter();

    @TempDir
    static Path folder;

    private static SearchData databases;
    private static ChildServer mercat;
    private static ChildServer fuseki;

    @BeforeAll
    static void start() throws IOException {
        databases = new SearchData(folder, BASE, new PrintWriter(SAID));
        Path catalogue = databases.catalogue(VOCABULARIES, OFFERINGS, 1);
        Path others = databases.fuseki(catalogue);
        mercat = ChildServer.catalogue(folder, catalogue, SearchData.HEAP, "--base-iri", BASE);
        fuseki = ChildServer.start(folder.resolve("f.log"), "/$/ping", SearchBenchmark.fuseki(others));
    }

    @AfterAll
    static void stop() {
        Stream.of(mercat, fuseki).filter(server -> server != null).forEach(ChildServer::close);
    }

    private static List<SearchCase> some(Kind kind) {
        return POOL.cases(kind).subList(0, 60);
    }

    private static long onMercat(SearchCase search) {
        String url = mercat.base() + search.path();
        JsonNode total = json(new Request("GET", url, Map.of("Accept", "application/json"), null))
                .path("total");
        assertThat(total.isIntegralNumber()).as(url).isTrue();
        return total.asLong();
    }

    private static long onFuseki(SearchCase search) {
        return rows(QUERIES.of(search, 1).get(1))
                .path(0)
                .path("total")
                .path("value")
                .asLong();
    }

    private static JsonNode rows(Query query) {
        return json(SearchTasks.query(fuseki.base(), query)).path("results").path("bindings");
    }

    private static JsonNode json(Request request) {
        try {
            return JSON.readTree(Workload.send(request));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"TEXT, 40", "CATEGORY, 50", "OUTPUTS, 3", "DEEP, 40", "PROVIDER, 20"})
    void searches_of_each_kind_differ_and_find_something(Kind kind, int most) {
        assertThat(POOL.cases(kind).stream().distinct()).hasSizeGreaterThan(75);
        assertThat(some(kind).stream().filter(search -> onMercat(search) > 0)).hasSizeGreaterThan(most);
    }

    @Test
    void the_same_seed_gives_the_same_searches_and_another_one_others() {
        for (Kind kind : Kind.values()) {
            assertThat(new SearchPool(VOCABULARIES, OFFERINGS, 1).cases(kind)).isEqualTo(POOL.cases(kind));
            assertThat(new SearchPool(VOCABULARIES, OFFERINGS, 2).cases(kind)).isNotEqualTo(POOL.cases(kind));
        }
    }

    @Test
    void both_count_the_same_offerings_in_a_category() {
        for (SearchCase search : some(Kind.CATEGORY)) {
            assertThat(onFuseki(search)).as(search.path()).isEqualTo(onMercat(search));
        }
    }

    @Test
    void both_count_the_same_offerings_by_facet() {
        SearchCase search = new SearchCase(Kind.CATEGORY, Map.of("category", "Mobility", "facets", "true"), false);
        Map<String, Long> kinds = new TreeMap<>();
        rows(QUERIES.of(search, 1).get(2)).forEach(row -> {
            if (row.path("facet").path("value").asText().equals("kind")) {
                kinds.put(
                        row.path("counted").path("value").asText().replaceFirst(".*#", ""),
                        row.path("offerings").path("value").asLong());
            }
        });
        assertThat(kinds).containsOnlyKeys("information", "function");
        kinds.forEach((kind, count) -> assertThat(
                        onMercat(new SearchCase(Kind.CATEGORY, Map.of("category", "Mobility", "kind", kind), false)))
                .as(kind)
                .isEqualTo(count));
    }

    @Test
    void a_word_in_labels_and_texts_is_found_by_both() {
        long both = some(Kind.TEXT).stream()
                .filter(search -> onMercat(search) > 0 && onFuseki(search) > 0)
                .count();
        assertThat(both).isGreaterThan(35);
    }

    @Test
    void a_place_is_no_further_on_fuseki_than_on_mercat() {
        SearchCase search = new SearchCase(
                Kind.OUTPUTS,
                Map.of(
                        "output1", "Latitude",
                        "output2", "Longitude",
                        "box", "-20,30,40,70",
                        "maxPrice", "0.01",
                        "currency", "EUR"),
                false);
        assertThat(onFuseki(search)).isPositive().isLessThanOrEqualTo(onMercat(search));
    }

    @Test
    void clients_get_through_all_kinds_with_both() {
        List<Kind> mix = List.of(Kind.TEXT, Kind.CATEGORY, Kind.OUTPUTS, Kind.DEEP);
        SearchTasks tasks = new SearchTasks(POOL, mix);
        for (LongFunction<Task> server :
                List.of(tasks.mercat(mercat.base(), BASE), tasks.fuseki(fuseki.base(), QUERIES))) {
            Map<String, Result> results = Workload.runTasks(2, 2, new AtomicLong(), server);
            assertThat(results)
                    .containsOnlyKeys(Stream.concat(mix.stream().map(Kind::toString), Stream.of(Workload.ALL))
                            .toArray(String[]::new))
                    .allSatisfy((kind, result) -> {
                        assertThat(result.count()).isPositive();
                        assertThat(result.failed()).isZero();
                        assertThat(result.p50()).isBetween(0.001, result.max());
                    });
        }
    }

    @Test
    void what_is_there_is_used_again_and_what_others_made_is_not() throws IOException {
        assertThat(databases.catalogue(VOCABULARIES, OFFERINGS, 1)).isEqualTo(folder.resolve("mercat"));
        assertThat(SAID.toString()).contains("Uses " + folder.resolve("mercat") + ", made of 200 offerings, seed 1");
        assertThatThrownBy(() -> databases.catalogue(VOCABULARIES, OFFERINGS, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("200 offerings, seed 2", "give another --folder");
    }

    @Test
    void of_several_runs_the_median_of_each_figure_counts() {
        List<Map<String, Result>> runs = Stream.of(5, 1, 3)
                .map(n -> Map.of("text", new Result(n, n, 10 - n, n, n, n, 0)))
                .toList();
        assertThat(Result.median(runs)).containsExactly(Map.entry("text", new Result(9, 3, 7, 3, 3, 3, 0)));
    }
}
