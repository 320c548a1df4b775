// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.usage.UsageEvent.Key;
import org.mercat.usage.UsageEvent.Side;

/** Events are counted once, with their sums, whatever is sent twice, at once, late or before a crash. */
class UsageLogTest {
    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
    private static final String CONTRACT = "bob/parking";

    @TempDir
    private Path folder;

    private UsageLog log;

    @BeforeEach
    void open() {
        log = UsageLog.open(folder.resolve("usage"));
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void an_event_is_on_record_with_all_that_it_says() {
        UsageEvent event = new UsageEvent(
                new Key("acme/lots", "https://gateway.acme.example/1", "a-1"),
                CONTRACT,
                Side.PROVIDER,
                Instant.parse("2026-11-03T23:59:59.999Z"),
                Optional.of(Instant.parse("2026-11-04T00:00:59.999Z")),
                new TreeMap<>(Map.of("access", decimal("3.0"), "byte", decimal("123456789012345.000000001"))));
        assertThat(append(event)).containsExactly(new Outcome.Accepted(NOVEMBER));
        assertThat(log.find(event.key()).map(Booked::event)).contains(event);
        assertThat(log.find(new Key("acme/lots", "https://gateway.acme.example/1", "a-2")))
                .isEmpty();
        assertThat(log.totals(CONTRACT, NOVEMBER))
                .containsExactlyInAnyOrder(
                        new DayTotal(LocalDate.of(2026, 11, 3), Side.PROVIDER, "access", 1, decimal("3")),
                        new DayTotal(
                                LocalDate.of(2026, 11, 3),
                                Side.PROVIDER,
                                "byte",
                                1,
                                decimal("123456789012345.000000001")));
    }

    @Test
    void the_same_again_is_accepted_once_also_in_one_batch() {
        UsageEvent event = event("a", 3, "access", "5");
        assertThat(append(event, event))
                .containsExactly(new Outcome.Accepted(NOVEMBER), new Outcome.Repeated(NOVEMBER));
        assertThat(append(event)).containsExactly(new Outcome.Repeated(NOVEMBER));
        assertThat(sum("access")).isEqualByComparingTo("5");
    }

    @Test
    void the_same_key_with_other_content_is_refused_with_the_difference() {
        append(event("a", 3, "access", "5"));
        assertThat(append(event("a", 3, "access", "6")))
                .containsExactly(new Outcome.Contradicts("\"access\" is 5 there and 6 here"));
        assertThat(append(event("a", 4, "access", "5")))
                .containsExactly(new Outcome.Contradicts(
                        "the time is 2026-11-03T12:00:00Z there and 2026-11-04T12:00:00Z here"));
        assertThat(append(event("b", 4, "access", "1"), event("b", 4, "record", "1")))
                .containsExactly(
                        new Outcome.Accepted(NOVEMBER),
                        new Outcome.Contradicts("\"access\" is 1 there and not said here"));
        assertThat(sum("access")).isEqualByComparingTo("6");
    }

    @Test
    void reporters_and_sources_have_ids_of_their_own() {
        assertThat(append(
                        reported("acme/lots", "gateway", "1"),
                        reported("acme/lots", "other", "1"),
                        reported("bob/app", "gateway", "1"),
                        reported("acme/lot", "sgateway", "1")))
                .containsOnly(new Outcome.Accepted(NOVEMBER));
    }

    @Test
    void late_events_go_to_the_open_month_and_very_late_ones_are_refused() {
        log.close(NOVEMBER);
        assertThat(log.closed()).contains(NOVEMBER);
        assertThat(append(event("a", 30, "access", "7"))).containsExactly(new Outcome.Accepted(NOVEMBER.plusMonths(1)));
        assertThat(log.totals(CONTRACT, NOVEMBER)).isEmpty();
        assertThat(log.totals(CONTRACT, NOVEMBER.plusMonths(1)))
                .containsExactly(new DayTotal(LocalDate.of(2026, 11, 30), Side.PROVIDER, "access", 1, decimal("7")));
        log.close(NOVEMBER.plusMonths(2));
        assertThat(append(event("b", 30, "access", "7"))).containsExactly(new Outcome.TooLate(YearMonth.of(2026, 12)));
        log.close(NOVEMBER); // it does not open what is closed
        assertThat(log.closed()).contains(NOVEMBER.plusMonths(2));
        assertThat(append(event("a", 30, "access", "7"))).containsExactly(new Outcome.Repeated(NOVEMBER.plusMonths(1)));
    }

    @Test
    void events_are_read_in_pages_of_a_contract_and_month_alone() {
        List<UsageEvent> events = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            events.add(event("e" + i, 1 + i % 28, "access", "1"));
        }
        UsageEvent other = new UsageEvent(
                new Key("acme/lots", "gateway", "x"),
                "bob/other",
                Side.PROVIDER,
                events.get(0).time(),
                Optional.empty(),
                events.get(0).quantities());
        append(other);
        append(events.toArray(UsageEvent[]::new));
        append(other);
        List<UsageEvent> read = new ArrayList<>();
        long[] last = {0};
        int before = -1;
        while (read.size() > before) {
            before = read.size();
            log.events(CONTRACT, NOVEMBER, last[0], 10, booked -> {
                read.add(booked.event());
                last[0] = booked.number();
            });
        }
        assertThat(read).containsExactlyElementsOf(events);
        assertThat(log.totals("bob/never", NOVEMBER)).isEmpty();
    }

    @Test
    void sums_are_those_of_the_events_however_they_come_and_survive_a_restart() {
        Random random = new Random(4);
        List<CompletableFuture<List<Outcome>>> answers = new ArrayList<>();
        Map<String, BigDecimal> expected = new TreeMap<>();
        for (int i = 0; i < 400; i++) {
            List<UsageEvent> batch = new ArrayList<>();
            for (int j = 0; j < 10; j++) {
                String quantity = random.nextInt(1_000) + "." + random.nextInt(1_000);
                int day = 1 + random.nextInt(28);
                batch.add(event(i + "-" + j, day, "record", quantity));
                expected.merge(LocalDate.of(2026, 11, day).toString(), decimal(quantity), BigDecimal::add);
            }
            answers.add(log.append(batch));
            if (i % 3 == 0) {
                answers.add(log.append(batch)); // again
            }
        }
        answers.forEach(CompletableFuture::join);
        log.close();
        open();
        Map<String, BigDecimal> found = new TreeMap<>();
        log.totals(CONTRACT, NOVEMBER)
                .forEach(total -> found.merge(total.day().toString(), total.quantity(), BigDecimal::add));
        expected.replaceAll((day, sum) -> UsageEvent.plain(sum));
        assertThat(found).isEqualTo(expected);
        assertThat(log.totals(CONTRACT, NOVEMBER).stream()
                        .mapToLong(DayTotal::events)
                        .sum())
                .isEqualTo(4_000);
        assertThat(append(event("0-0", 1, "record", "0.5"))).first().isInstanceOf(Outcome.Contradicts.class);
    }

    @Test
    void a_log_that_is_open_says_so_to_who_opens_it_again() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> UsageLog.open(folder.resolve("usage")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another catalogue");
    }

    private List<Outcome> append(UsageEvent... events) {
        return log.append(List.of(events)).join();
    }

    private BigDecimal sum(String metric) {
        return log.totals(CONTRACT, NOVEMBER).stream()
                .filter(total -> total.metric().equals(metric))
                .map(DayTotal::quantity)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static UsageEvent event(String id, int day, String metric, String quantity) {
        return new UsageEvent(
                new Key("acme/lots", "gateway", id),
                CONTRACT,
                Side.PROVIDER,
                NOVEMBER.atDay(day).atTime(12, 0).toInstant(java.time.ZoneOffset.UTC),
                Optional.empty(),
                new TreeMap<>(Map.of(metric, decimal(quantity))));
    }

    private static UsageEvent reported(String reporter, String source, String id) {
        UsageEvent event = event(id, 3, "access", "1");
        return new UsageEvent(
                new Key(reporter, source, id),
                CONTRACT,
                Side.PROVIDER,
                event.time(),
                Optional.empty(),
                event.quantities());
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
