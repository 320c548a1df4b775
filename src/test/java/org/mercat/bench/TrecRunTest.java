// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mercat.bench.TrecRun.Hit;

class TrecRunTest {
    private final StringBuilder text = new StringBuilder();
    private final TrecRun run = new TrecRun(text, "mercat");

    @Test
    void a_line_has_request_rank_and_score() {
        run.write("r1", List.of(new Hit("acme/parking/free", 1.5), new Hit("b", 1.5), new Hit("c", 0)));
        run.write("r2", List.of());
        run.write("r3", List.of(new Hit("b", -2)));
        assertThat(text).hasToString("""
                r1 Q0 acme/parking/free 1 1.5 mercat
                r1 Q0 b 2 1.5 mercat
                r1 Q0 c 3 0.0 mercat
                r3 Q0 b 1 -2.0 mercat
                """);
    }

    @Test
    void what_would_be_read_otherwise_is_refused() {
        assertThatThrownBy(() -> run.write("r1", List.of(new Hit("a", 1), new Hit("b", 2))))
                .hasMessageContainingAll("b at rank 2", "sort");
        assertThatThrownBy(() -> run.write("r 1", List.of())).hasMessageContaining("\"r 1\"");
        assertThatThrownBy(() -> run.write("r1", List.of(new Hit("a b", 1)))).hasMessageContaining("\"a b\"");
        assertThatThrownBy(() -> new Hit("a", Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new TrecRun(text, "")).hasMessageContaining("tag");
    }
}
