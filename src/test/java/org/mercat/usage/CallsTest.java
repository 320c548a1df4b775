// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.http.Caller;
import org.mercat.http.Caller.Role;

/** Calls count to an organization and a month, once each, however many come at once. */
class CallsTest {
    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-30T23:59:59.999Z"));
    private UsageLog log;
    private Calls calls;
    private Function<String, Optional<Caller>> tokens;

    @BeforeEach
    void open() {
        log = UsageLog.open(folder.resolve("usage"));
        calls = new Calls(() -> log, now::get);
        tokens = calls.counting(token -> switch (token) {
            case "operator" -> Optional.of(new Caller("operator", Role.OPERATOR));
            case "acme" -> Optional.of(new Caller("acme", Role.ORGANIZATION));
            case "acme/parking" -> Optional.of(new Caller("acme/parking", Role.PROVIDER));
            default -> Optional.empty();
        });
    }

    @AfterEach
    void close() {
        calls.close();
        log.close();
    }

    @Test
    void systems_call_for_their_organization_and_the_operator_for_nobody() {
        for (String token : List.of("acme", "acme/parking", "operator", "forged")) {
            tokens.apply(token);
        }
        assertThat(calls.of(NOVEMBER)).isEqualTo(Map.of("acme", 2L));
    }

    @Test
    void each_counts_to_the_month_in_which_it_is_made() {
        tokens.apply("acme");
        now.set(Instant.parse("2026-12-01T00:00:00Z"));
        tokens.apply("acme");
        tokens.apply("acme");
        assertThat(calls.of(NOVEMBER)).isEqualTo(Map.of("acme", 1L));
        assertThat(calls.of(NOVEMBER.plusMonths(1))).isEqualTo(Map.of("acme", 2L));
        assertThat(calls.of(NOVEMBER.minusMonths(1))).isEmpty();
    }

    @Test
    void none_is_lost_or_doubled_while_they_are_written_and_the_log_is_opened_again() {
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(CompletableFuture.runAsync(() -> {
                for (int n = 0; n < 5_000; n++) {
                    tokens.apply("acme");
                }
            }));
        }
        long before = 0;
        while (threads.stream().anyMatch(thread -> !thread.isDone())) {
            long counted = calls.of(NOVEMBER).getOrDefault("acme", 0L);
            assertThat(counted).isGreaterThanOrEqualTo(before);
            before = counted;
        }
        threads.forEach(CompletableFuture::join);
        assertThat(calls.of(NOVEMBER)).isEqualTo(Map.of("acme", 20_000L));
        tokens.apply("acme");
        close();
        open();
        assertThat(calls.of(NOVEMBER)).isEqualTo(Map.of("acme", 20_001L));
    }
}
