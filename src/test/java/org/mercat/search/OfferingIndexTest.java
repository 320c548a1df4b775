// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.http.Caller;
import org.mercat.ns.MC;
import org.mercat.party.AccessLists;
import org.mercat.rdf.Change;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Home;
import org.mercat.rdf.JsonContext;
import org.mercat.rdf.Store;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Vocabularies;

/** The index follows the store, catches up with it, and is made anew when what it was made from has changed. */
class OfferingIndexTest {
    private static final Home HOME = new Home(Optional.of(Path.of(".")));
    private static final Terms TERMS = Terms.of(Vocabularies.read(HOME).byName().values());
    private static final Collection OFFERINGS = new Collection("offerings", MC.Offering, 3, "http://example.org/");

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(folder.resolve("data"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private SearchEngine engine(String name, String vocabularies) {
        JsonContext context = JsonContext.load(HOME.file("vocabularies", "context.jsonld"), OFFERINGS.baseIri());
        return new SearchEngine(
                folder.resolve(name),
                store,
                TERMS,
                context,
                new Documents(context),
                OFFERINGS,
                vocabularies,
                Duration.ofSeconds(10),
                InstantSource.system());
    }

    private void write(String id, String title) {
        write(id, title, false);
    }

    private void write(String id, String title, boolean isRestricted) {
        Node offering = OFFERINGS.resource("acme/parking/" + id);
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.fromString("""
                        PREFIX mc: <https://w3id.org/mercat/core#>
                        PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
                        <%s> a mc:Offering ; <http://purl.org/dc/terms/title> "%s"@en ;
                          mc:activeUntil "2999-01-01T00:00:00Z"^^xsd:dateTime ;
                          <http://purl.org/dc/terms/created> "2026-06-01T00:00:00Z"^^xsd:dateTime .
                        """.formatted(offering, title), Lang.TURTLE).parse(graph);
        if (isRestricted) {
            graph.add(offering, MC.restricted, NodeFactory.createLiteralByValue(true));
        }
        store.write(view -> new AccessLists(store::ledgerGraph, OFFERINGS).change(view, offering, graph));
    }

    private static List<String> found(SearchEngine engine, String text) {
        Criteria criteria = engine.reader().read(Map.of("text", List.of(text))).criteria();
        return engine.search().page(criteria, Set.of()).hits().stream()
                .map(hit -> hit.offering().getLocalName())
                .sorted()
                .toList();
    }

    private static long made(SearchEngine engine) {
        List<Long> made = new ArrayList<>(List.of(0L));
        engine.catchUp((done, all) -> made.add(done));
        return made.get(made.size() - 1);
    }

    @Test
    void what_a_crash_took_from_the_index_is_made_up_for_from_the_store() throws IOException {
        write("one", "Zebra");
        try (SearchEngine living = engine("index", "1")) {
            assertThat(made(living)).isEqualTo(1);
            write("two", "Zebra");
            write("one", "Giraffe");
            assertThat(found(living, "zebra")).containsExactly("two");
            copy(folder.resolve("index"), folder.resolve("crashed")); // as it was when it was last on disk
        }
        try (SearchEngine crashed = engine("crashed", "1")) {
            assertThat(made(crashed)).as("only what has changed since").isEqualTo(2);
            assertThat(found(crashed, "zebra")).containsExactly("two");
            assertThat(found(crashed, "giraffe")).containsExactly("one");
        }
    }

    @Test
    void it_is_complete_at_once_when_nothing_has_changed_and_made_anew_for_other_vocabularies() {
        write("one", "Zebra");
        write("two", "Zebra");
        try (SearchEngine first = engine("index", "1")) {
            assertThat(made(first)).isEqualTo(2);
        }
        try (SearchEngine again = engine("index", "1")) {
            assertThat(made(again)).isZero();
            assertThat(found(again, "zebra")).containsExactly("one", "two");
        }
        try (SearchEngine other = engine("index", "2")) {
            assertThat(made(other)).isEqualTo(2);
            assertThat(found(other, "zebra")).containsExactly("one", "two");
        }
    }

    /** What a client of the provider finds. */
    private List<String> foundByItsOwn(SearchEngine engine) {
        Criteria all = Criteria.in(Graph.emptyGraph, Node.ANY);
        return engine.searchOf(new Caller("acme", Caller.Role.ORGANIZATION)).page(all, Set.of()).hits().stream()
                .map(hit -> hit.offering().getLocalName())
                .sorted()
                .toList();
    }

    @Test
    void a_crash_leaves_nothing_in_the_public_index_that_is_public_no_more() throws IOException {
        write("one", "Zebra");
        write("two", "Zebra", true);
        try (SearchEngine living = engine("index", "1")) {
            made(living);
            write("one", "Zebra", true);
            write("two", "Zebra");
            assertThat(found(living, "zebra")).containsExactly("two");
            assertThat(foundByItsOwn(living)).containsExactly("one", "two");
            copy(folder.resolve("index"), folder.resolve("crashed"));
            copy(folder.resolve("index-restricted"), folder.resolve("crashed-restricted"));
        }
        try (SearchEngine crashed = engine("crashed", "1")) {
            made(crashed);
            assertThat(found(crashed, "zebra")).containsExactly("two");
            assertThat(foundByItsOwn(crashed)).containsExactly("one", "two");
        }
    }

    @Test
    void a_search_that_is_interrupted_leaves_the_index_whole() {
        try (SearchEngine engine = engine("index", "1")) {
            made(engine);
            for (int i = 0; i < 50; i++) {
                write("zebra" + i, "Zebra");
                Thread.currentThread().interrupt();
                try {
                    found(engine, "zebra");
                } catch (IllegalStateException interrupted) {
                    assertThat(interrupted).hasMessageContaining("stopping");
                } finally {
                    Thread.interrupted();
                }
            }
            assertThat(engine.isHealthy()).isTrue();
            assertThat(engine.search()
                            .page(Criteria.in(Graph.emptyGraph, Node.ANY), Set.of())
                            .hits())
                    .isNotEmpty();
        }
    }

    @Test
    void an_index_that_is_ahead_of_the_store_is_made_anew() {
        write("one", "Zebra");
        write("two", "Zebra");
        try (SearchEngine first = engine("index", "1")) {
            made(first);
        }
        store.close();
        store = Store.open(folder.resolve("older"));
        write("three", "Giraffe");
        try (SearchEngine engine = engine("index", "1")) {
            made(engine);
            assertThat(found(engine, "zebra")).isEmpty();
            assertThat(found(engine, "giraffe")).containsExactly("three");
        }
    }

    @Test
    void one_that_cannot_be_indexed_does_not_keep_the_others_from_being_found() {
        try (SearchEngine engine = engine("index", "1")) {
            made(engine);
            Node bad = OFFERINGS.resource("acme/parking/bad");
            Graph graph = GraphFactory.createDefaultGraph();
            RDFParser.fromString(
                            "<" + bad + "> <https://w3id.org/mercat/core#activeUntil> <urn:no-time> .", Lang.TURTLE)
                    .parse(graph);
            store.write(view -> Change.of(bad, graph));
            write("good", "Zebra");
            assertThat(found(engine, "zebra")).containsExactly("good");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!file.getFileName().toString().equals("write.lock")) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
    }
}
