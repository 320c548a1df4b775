// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.ARQ;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.pfunction.PropertyFunctionRegistry;
import org.apache.jena.sparql.util.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.http.FailureException;
import org.mercat.http.Fault;
import org.mercat.ns.MC;
import org.mercat.rdf.Change;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Home;
import org.mercat.rdf.JsonContext;
import org.mercat.rdf.Store;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Vocabularies;

/** Searches composed of all criteria, on a real database with the real vocabularies. */
class SearchTest {
    private static final String BASE = "http://example.org/";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static Store store;
    private static SearchEngine engine;

    @BeforeAll
    static void open() {
        Home home = new Home(Optional.of(Path.of(".")));
        Vocabularies vocabularies = Vocabularies.read(home);
        store = Store.open(folder);
        vocabularies.publish(store).join();
        DatasetGraph data = DatasetGraphFactory.create();
        RDFParser.source("src/test/resources/queries/search/data.trig").parse(data);
        List<Node> graphs = new ArrayList<>();
        data.listGraphNodes().forEachRemaining(graphs::add);
        graphs.stream()
                .filter(graph -> graph.getURI().startsWith(BASE))
                .forEach(graph -> store.write(view -> Change.of(graph, data.getGraph(graph))));
        JsonContext context = JsonContext.load(home.file("vocabularies", "context.jsonld"), BASE);
        engine = new SearchEngine(
                folder.resolve("index"),
                store,
                Terms.of(vocabularies.byName().values()),
                context,
                new Documents(context),
                new Collection("offerings", MC.Offering, 1, BASE),
                "1",
                LIMIT,
                InstantSource.system());
        engine.catchUp((made, all) -> {});
    }

    @AfterAll
    static void close() {
        engine.close();
        store.close();
    }

    @Test
    void without_criteria_all_active_offerings_come_the_newest_first() {
        assertThat(found()).containsExactly("three", "two", "one");
    }

    @Test
    void category_is_understood_as_word_compact_iri_and_alias() {
        for (String parking : List.of(
                "Parking",
                "cat:Parking",
                "https://w3id.org/mercat/categories#Parking",
                "urn:big-iot:ParkingCategory",
                "urn:big-iot:ParkingSpaceCategory")) {
            assertThat(found("category=" + parking)).as(parking).containsExactly("two", "one");
        }
    }

    @Test
    void outputs_are_found_at_any_depth_and_by_alias() {
        assertThat(found("output=Latitude")).containsExactly("two", "one");
        assertThat(found("output=schema:latitude")).containsExactly("two", "one");
        assertThat(found("output=Latitude", "input=Temperature")).containsExactly("one", "two");
        assertThat(found("input=Temperature")).containsExactly("one");
        assertThat(found("output=Latitude", "output=AirTemperature")).isEmpty();
    }

    @Test
    void text_finds_all_words_whatever_case_accents_and_language() {
        assertThat(found("text=zurich")).containsExactly("three", "one");
        assertThat(found("text=ZÜRICH AIR")).containsExactly("three", "one");
        assertThat(found("text=collapse straße")).containsExactly("two");
        assertThat(found("text=zurich", "category=Parking")).containsExactly("one");
        assertThat(found("text=breite", "sort=newest")).containsExactly("two", "one");
        assertThat(found("text=stellplatz", "output=Latitude", "sort=newest")).containsExactly("two", "one");
    }

    @Test
    void all_criteria_hold_together() {
        assertThat(found(
                        "text=plätze",
                        "category=Mobility",
                        "output=Position",
                        "input=AirTemperature",
                        "provider=a/acme",
                        "organization=http://example.org/organizations/a",
                        "segment=Cities",
                        "kind=information",
                        "box=8,47,9,48",
                        "pricingModel=FREE",
                        "maxPrice=0.5",
                        "currency=EUR"))
                .containsExactly("one");
    }

    @Test
    void box_touches_across_the_date_line_and_needs_a_geometry() {
        assertThat(found("box=8.5,47.4,8.5,47.4")).containsExactly("one");
        assertThat(found("box=179,-20,-170,-10")).containsExactly("two");
        assertThat(found("box=-180,-90,180,90")).containsExactly("two", "one");
    }

    @Test
    void price_has_a_limit_that_free_offerings_always_keep() {
        assertThat(found("maxPrice=0.01", "currency=EUR")).containsExactly("two", "one");
        assertThat(found("maxPrice=0.009", "currency=EUR")).containsExactly("one");
        assertThat(found("maxPrice=100", "currency=USD")).containsExactly("one");
        assertThat(found("pricingModel=PER_MONTH")).containsExactly("three");
    }

    @Test
    void orders_are_kept_over_pages_of_one() {
        assertThat(pages("sort=newest", "limit=1")).containsExactly("three", "two", "one");
        assertThat(pages("sort=title", "limit=1")).containsExactly("three", "two", "one");
        assertThat(pages("sort=price", "limit=1")).containsExactly("one", "two", "three");
        assertThat(pages("sort=price", "limit=1", "category=Mobility")).containsExactly("one", "two");
    }

    @Test
    void a_page_neither_repeats_nor_skips_when_something_is_written_meanwhile() {
        Search.Page first = engine.search().page(criteria("sort=newest", "limit=2"), Set.of(Search.Extra.NEXT));
        Node late = NodeFactory.createURI(BASE + "offerings/late");
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.fromString("""
                        PREFIX mc: <https://w3id.org/mercat/core#>
                        PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
                        <http://example.org/offerings/late> a mc:Offering ;
                          mc:activeUntil "2999-01-01T00:00:00Z"^^xsd:dateTime ;
                          <http://purl.org/dc/terms/created> "2026-06-01T00:00:00Z"^^xsd:dateTime .
                        """, Lang.TURTLE).parse(graph);
        store.write(view -> Change.of(late, graph));
        try {
            String cursor = first.next().orElseThrow().encode();
            assertThat(names(engine.search().page(criteria("sort=newest", "limit=2", "cursor=" + cursor), Set.of())))
                    .containsExactly("one");
        } finally {
            store.write(view -> Change.of(late, GraphFactory.createDefaultGraph()));
        }
    }

    @Test
    void the_composed_query_is_sparql_that_gives_the_same_offerings() {
        for (String[] asked : List.of(
                new String[] {},
                new String[] {"category=Parking", "output=Latitude", "text=zurich"},
                new String[] {"text=zurich air", "sort=title"},
                new String[] {"box=-180,-90,180,90", "commercial=true", "sort=price"})) {
            String text = SearchFunction.query(criteria(asked), Map.of()).serialize();
            List<String> rows = rows(text).stream()
                    .map(row -> row.get("offering").getLocalName())
                    .toList();
            assertThat(rows).as(text).isEqualTo(found(asked));
        }
    }

    @Test
    void every_fault_is_told_with_the_nearest_known_names() {
        List<Fault> faults = faults(
                "categry=Parking",
                "category=Parkin",
                "output=a b",
                "box=1,2,3",
                "maxPrice=cheap",
                "limit=101",
                "sort=oldest",
                "commercial=maybe",
                "cursor=abc");
        assertThat(faults)
                .extracting(Fault::pointer)
                .containsExactlyInAnyOrder(
                        "/categry",
                        "/category",
                        "/output",
                        "/box",
                        "/maxPrice",
                        "/currency",
                        "/limit",
                        "/sort",
                        "/commercial",
                        "/cursor");
        assertThat(faults)
                .extracting(Fault::message)
                .anyMatch(message -> message.contains("Do you mean category?"))
                .anyMatch(message -> message.contains("https://w3id.org/mercat/categories#Parking)"));
    }

    @Test
    void boxes_that_are_none_are_faults() {
        for (String box :
                List.of("", "a,b,c,d", "1,2,3,4,5", "0,10,1,5", "-181,0,0,0", "0,0,0,91", "NaN,0,0,0", "1e9,0,0,0")) {
            assertThat(faults("box=" + box)).as(box).hasSize(1);
        }
    }

    @Test
    void hostile_cursors_are_faults() {
        for (String json : List.of(
                "[]",
                "[1,\"newest\",\"soon\",\"http://example.org/a\"]",
                "[2,\"newest\",\"2026-01-01T00:00:00Z\",\"http://example.org/a\"]",
                "[1,\"newest\",\"2026-01-01T00:00:00Z\",\"http://example.org/a> ?p ?o\"]",
                "[1,\"newest\",\"2026-01-01T00:00:00Z\",\"\"]",
                "[1,\"title\",\"a\",\"http://example.org/a\"]",
                "[1,\"price\",\"1\",\"http://example.org/a\"]",
                "{\"a\":".repeat(2000),
                "null",
                "")) {
            String cursor = Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
            assertThat(faults("cursor=" + cursor)).as(json).hasSize(1);
        }
        assertThat(faults("cursor=" + "A".repeat(100_000))).hasSize(1);
    }

    @Test
    void hostile_values_never_widen_a_search() {
        for (String hostile : List.of(
                "x> ?p ?o . ?offering ?q <y",
                "\" } UNION { ?s ?p ?o } #",
                "\uD800",
                "\0",
                "?offering",
                "..",
                "%zz",
                "")) {
            for (String name : List.of(
                    "text",
                    "category",
                    "output",
                    "input",
                    "provider",
                    "organization",
                    "segment",
                    "kind",
                    "licence",
                    "pricingModel",
                    "currency",
                    "maxPrice",
                    "box",
                    "sort",
                    "limit",
                    "commercial",
                    "cursor")) {
                try {
                    assertThat(found("category=Weather", name + "=" + hostile)).isSubsetOf("three");
                } catch (FailureException refused) {
                    assertThat(refused.failure().status()).isEqualTo(400);
                }
            }
        }
    }

    @Test
    void json_bodies_say_the_same_as_urls() {
        assertThat(JsonParameters.read(
                        "{\"box\":[1,2.5,3,-4],\"category\":[\"A\",\"B\"],\"commercial\":true,\"maxPrice\":1e-3}"
                                .getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Map.of(
                        "box", List.of("1,2.5,3,-4"),
                        "category", List.of("A", "B"),
                        "commercial", List.of("true"),
                        "maxPrice", List.of("0.001")));
        for (String bad : List.of(
                "",
                "[]",
                "null",
                "{",
                "{\"a\":{}}",
                "{\"a\":null}",
                "{\"a\":1,\"a\":2}",
                "{} {}",
                "[".repeat(100_000))) {
            assertThatThrownBy(() -> JsonParameters.read(bad.getBytes(StandardCharsets.UTF_8)))
                    .as(bad.substring(0, Math.min(20, bad.length())))
                    .isInstanceOf(FailureException.class);
        }
        assertThat(JsonParameters.read("{\"maxPrice\":1e999999999}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Map.of("maxPrice", List.of("1E+999999999")));
    }

    private static Criteria criteria(String... pairs) {
        Map<String, List<String>> parameters = new java.util.LinkedHashMap<>();
        Arrays.stream(pairs)
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> parameters
                        .computeIfAbsent(pair[0], name -> new ArrayList<>())
                        .add(pair[1]));
        return engine.reader().read(parameters).criteria();
    }

    private static List<Binding> rows(String query) {
        Context context = ARQ.getContext().copy();
        PropertyFunctionRegistry functions = new PropertyFunctionRegistry();
        engine.functions().forEach(functions::put);
        PropertyFunctionRegistry.set(context, functions);
        return store.read(database -> {
            try (QueryExec execution =
                    QueryExec.dataset(database).query(query).context(context).build()) {
                List<Binding> rows = new ArrayList<>();
                execution.select().forEachRemaining(rows::add);
                return rows;
            }
        });
    }

    private static List<String> found(String... pairs) {
        return names(engine.search().page(criteria(pairs), Set.of()));
    }

    private static List<String> names(Search.Page page) {
        return page.hits().stream().map(hit -> hit.offering().getLocalName()).toList();
    }

    private static List<String> pages(String... pairs) {
        List<String> all = new ArrayList<>();
        Optional<Cursor> cursor = Optional.empty();
        do {
            List<String> asked = new ArrayList<>(List.of(pairs));
            cursor.map(Cursor::encode).ifPresent(text -> asked.add("cursor=" + text));
            Search.Page page = engine.search().page(criteria(asked.toArray(String[]::new)), Set.of(Search.Extra.NEXT));
            all.addAll(names(page));
            cursor = page.next();
        } while (cursor.isPresent() && all.size() < 100);
        return all;
    }

    private static List<Fault> faults(String... pairs) {
        try {
            criteria(pairs);
            return List.of();
        } catch (FailureException refused) {
            assertThat(refused.failure().status()).isEqualTo(400);
            return refused.failure().faults();
        }
    }
}
