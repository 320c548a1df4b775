// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.jena.graph.Node;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.ns.MC;
import org.mercat.rdf.Change;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Home;
import org.mercat.rdf.JsonContext;
import org.mercat.rdf.Store;
import org.mercat.rdf.Submission;
import org.mercat.rdf.Syntax;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Vocabularies;
import org.mercat.search.Criteria;
import org.mercat.search.Degree;
import org.mercat.search.OfferingChanges.Step;
import org.mercat.search.Position;
import org.mercat.search.SearchEngine;
import org.mercat.search.StandingSearches;

/** Generated offerings meet generated demands exactly when the search finds them, and in the same degree. */
class StandingSearchesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Collection OFFERINGS = new Collection("offerings", MC.Offering, 3, "http://example.org/");
    private static final int COUNT = 400;
    private static final int SEARCHES = 1_500;
    private static final List<String> DEGREES = List.of("exact", "plugin", "subsumes", "overlap", "fail");
    private static final List<String> MORE = List.of(
            "{\"kind\": \"function\", \"text\": \"data\"}",
            "{\"text\": \"real time data about free places and more\"}",
            "{\"text\": \"\\\"real time\\\" city\"}",
            "{\"text\": \"the\"}",
            "{\"text\": \"parkng madrd\"}",
            "{\"text\": \"wheather in berlin\"}",
            "{\"text\": \"qqqqqqqq\"}",
            "{\"place\": \"Madrid\"}",
            "{\"near\": \"2.17,41.38\", \"radius\": 5000}",
            "{\"within\": \"POLYGON((-9 36, 3 36, 3 43, -9 36))\", \"pricingModel\": [\"FREE\", \"PER_ACCESS\"]}",
            "{\"valueType\": \"number\", \"protocol\": \"HTTP_GET\", \"commercial\": true}",
            "{\"input\": [\"Latitude\", \"Longitude\", \"SearchRadius\"]}",
            "{\"input\": [\"Latitude\", \"Longitude\"], \"text\": \"parking\", \"degree\": \"overlap\"}",
            "{\"unit\": \"DEG_F\"}",
            "{\"modifiedSince\": \"2020-01-01\", \"licence\": \"CC0-1.0\"}",
            "{\"modifiedSince\": \"2999-01-01\"}",
            "{\"from\": \"2020-01-01\", \"organization\": \"org1\"}");

    @TempDir
    static Path folder;

    private static Store store;
    private static SearchEngine engine;
    private static StandingSearches standing;
    private static final List<Node> OFFERED = new ArrayList<>();
    private static final Map<String, Criteria> SOUGHT = new TreeMap<>();

    @BeforeAll
    static void open() throws IOException {
        Home home = new Home(Optional.of(Path.of(".")));
        Terms terms = Terms.of(Vocabularies.read(home).byName().values());
        JsonContext context = JsonContext.load(home.file("vocabularies", "context.jsonld"), OFFERINGS.baseIri());
        Documents documents = new Documents(context);
        store = Store.open(folder.resolve("data"));
        engine = new SearchEngine(
                folder.resolve("index"),
                store,
                terms,
                context,
                documents,
                OFFERINGS,
                "1",
                Duration.ofSeconds(30),
                InstantSource.system());
        engine.catchUp((made, all) -> {});
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        new OfferingGenerator(terms.graph(), 1).write(COUNT, lines);
        for (String line : lines.toString(StandardCharsets.UTF_8).split("\n")) {
            if (line.contains("\"@type\":\"Offering\"")) {
                Submission its = documents.read(line.getBytes(StandardCharsets.UTF_8), Syntax.JSON, OFFERINGS);
                store.write(view -> Change.of(its.resource(), its.graph()));
                OFFERED.add(its.resource());
            }
        }
        DemandPool pool = new DemandPool(terms.graph(), COUNT, 1);
        for (int i = 0; i < SEARCHES; i++) {
            ObjectNode search = pool.search(i);
            if (i % 3 == 0) {
                search.put("degree", DEGREES.get(i / 3 % DEGREES.size()));
            }
            seek(i + " " + search, search.toString());
        }
        MORE.forEach(search -> seek(search, search));
        standing = engine.standingSearches();
        standing.put(SOUGHT);
    }

    private static void seek(String id, String search) {
        SOUGHT.put(id, engine.criteria(search.getBytes(StandardCharsets.UTF_8)));
    }

    @AfterAll
    static void close() {
        engine.close();
        store.close();
    }

    @Test
    void an_offering_meets_the_searches_that_find_it() {
        Map<String, Map<String, Optional<Degree>>> found = new HashMap<>();
        SOUGHT.forEach((id, criteria) -> {
            for (Step step : engine.changes()
                    .after(Position.at(0, 0), COUNT, Optional.of(criteria))
                    .steps()) {
                found.computeIfAbsent(step.change().offering(), offering -> new TreeMap<>())
                        .put(id, step.degree());
            }
        });
        long all = 0;
        for (Node offering : OFFERED) {
            String id = OFFERINGS.idOf(offering).orElseThrow();
            Map<String, Optional<Degree>> met = standing.met(offering, store.graph(offering));
            assertThat(met).as(id).isEqualTo(found.getOrDefault(id, Map.of()));
            all += met.size();
        }
        assertThat(all).isGreaterThan(10L * COUNT);
    }

    @Test
    void what_was_taken_away_is_met_no_more() {
        Node offering = OFFERED.get(0);
        Map<String, Optional<Degree>> before = standing.met(offering, store.graph(offering));
        assertThat(before).isNotEmpty();
        before.keySet().forEach(standing::remove);
        assertThat(standing.met(offering, store.graph(offering))).isEmpty();
        standing.put(SOUGHT);
        assertThat(standing.met(offering, store.graph(offering))).isEqualTo(before);
    }
}
