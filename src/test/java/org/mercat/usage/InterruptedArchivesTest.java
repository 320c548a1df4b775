// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
import org.mercat.contract.Contracts;
import org.mercat.party.Parties;
import org.mercat.rdf.Change;
import org.mercat.rdf.Store;
import org.mercat.usage.UsageEvent.Key;
import org.mercat.usage.UsageEvent.Side;

/** Archiving that was cut off at any step loses nothing and doubles nothing, and is done by asking for it again. */
class InterruptedArchivesTest {
    private static final String BASE = "http://localhost/";
    private static final YearMonth JANUARY = YearMonth.of(2026, 1);
    private static final String CONTRACT = "c0/x";
    private static final Node OPERATOR = NodeFactory.createURI(BASE);
    private static final int EVENTS = 2_500;

    @TempDir
    private Path folder;

    private Store store;
    private UsageLog log;
    private UsageArchives archives;
    private List<Booked> events;

    @BeforeEach
    void open() throws IOException {
        store = Store.open(folder.resolve("store"));
        Graph contract = GraphFactory.createDefaultGraph();
        try (InputStream in = InterruptedArchivesTest.class.getResourceAsStream("/generator/contract.ttl")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            RDFParser.fromString(text.replace("NUMBER", "0").replace("PROVIDER", "p0"), Lang.TURTLE)
                    .parse(contract);
        }
        store.write(view -> Change.ofLedger(NodeFactory.createURI(BASE + "contracts/" + CONTRACT), contract));
        log = UsageLog.open(folder.resolve("usage"));
        begin();
        List<UsageEvent> reported = new ArrayList<>();
        for (int number = 0; number < EVENTS; number++) {
            reported.add(event(number));
        }
        log.append(reported).join();
        log.close(JANUARY);
        events = read();
    }

    /** As a catalogue does when it starts. */
    private void begin() {
        Contracts contracts = new Contracts(store, Parties.of(BASE), BASE, java.time.InstantSource.system());
        archives = new UsageArchives(folder.resolve("archives"), () -> log, contracts, InstantSource.system());
        archives.follow(log);
    }

    private static UsageEvent event(int number) {
        return new UsageEvent(
                new Key("p0/s", "gateway", "e" + number),
                CONTRACT,
                Side.PROVIDER,
                JANUARY.atDay(1 + number % 31).atTime(12, 0).toInstant(ZoneOffset.UTC),
                number % 3 == 0 ? Optional.of(Instant.parse("2026-02-01T00:00:00Z")) : Optional.empty(),
                new TreeMap<>(Map.of("access", new BigDecimal(number % 7 + ".5"))));
    }

    @AfterEach
    void close() {
        archives.close();
        log.close();
        store.close();
    }

    private List<Booked> read() {
        List<Booked> read = new ArrayList<>();
        log.events(CONTRACT, JANUARY, 0, Integer.MAX_VALUE, read::add);
        return read;
    }

    private int logged() {
        List<Booked> read = new ArrayList<>();
        log.logged(CONTRACT, JANUARY, 0, Integer.MAX_VALUE, read::add);
        return read.size();
    }

    @Test
    void one_that_was_cut_off_before_its_file_was_whole_is_made_anew() throws IOException {
        Files.createDirectories(folder.resolve("archives"));
        Files.writeString(folder.resolve("archives").resolve(JANUARY + ".part"), "half of it");
        Files.writeString(folder.resolve("archives").resolve(JANUARY + ".json"), "{}");
        begin();
        assertThat(read()).isEqualTo(events);
        assertThat(archives.archive(JANUARY, OPERATOR).join().events()).isEqualTo(EVENTS);
        assertThat(logged()).isZero();
        assertThat(read()).isEqualTo(events);
    }

    @Test
    void one_that_was_cut_off_while_events_left_the_log_reads_the_same_and_goes_on() {
        archives.archive(JANUARY, OPERATOR).join();
        log.bringBack(events.subList(1_000, EVENTS)); // as if only the first thousand had left
        begin();
        assertThat(read()).isEqualTo(events);
        assertThat(log.append(List.of(event(3), event(2_000))).join())
                .containsExactly(new Outcome.Repeated(JANUARY), new Outcome.Repeated(JANUARY));
        archives.archive(JANUARY, OPERATOR).join();
        assertThat(logged()).isZero();
        assertThat(read()).isEqualTo(events);
    }

    @Test
    void a_restoration_that_was_cut_off_goes_on() {
        archives.archive(JANUARY, OPERATOR).join();
        log.bringBack(events.subList(0, 1_500));
        begin();
        assertThat(read()).isEqualTo(events);
        archives.restore(JANUARY).join();
        assertThat(logged()).isEqualTo(EVENTS);
        assertThat(read()).isEqualTo(events);
        assertThat(log.append(List.of(event(2_000))).join()).containsExactly(new Outcome.Repeated(JANUARY));
        assertThat(log.totals(CONTRACT, JANUARY).stream()
                        .mapToLong(DayTotal::events)
                        .sum())
                .isEqualTo(EVENTS);
    }

    @Test
    void archived_events_are_read_in_pages() {
        archives.archive(JANUARY, OPERATOR).join();
        List<Booked> page = new ArrayList<>();
        log.events(CONTRACT, JANUARY, events.get(99).number(), 10, page::add);
        assertThat(page).isEqualTo(events.subList(100, 110));
    }
}
