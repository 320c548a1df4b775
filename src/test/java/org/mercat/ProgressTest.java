// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void it_tells_count_rate_and_time_left() {
        assertThat(Progress.text(52_000, "lines", 0.5, Duration.ofSeconds(100)))
                .isEqualTo("[===============               ]  50 %  52,000 lines, 520/s, 1:40 left");
    }

    @Test
    void without_a_size_it_tells_no_time() {
        assertThat(Progress.text(10, "offerings", 0, Duration.ofSeconds(2))).isEqualTo("10 offerings, 5/s");
    }

    @Test
    void at_the_very_beginning_nobody_can_tell_how_long_it_takes() {
        assertThat(Progress.text(10, "lines", 0.001, Duration.ofSeconds(2))).isEqualTo("10 lines, 5/s");
    }

    @Test
    void it_tells_nothing_of_what_is_quick() {
        StringWriter out = new StringWriter();
        Progress progress = new Progress(new PrintWriter(out), false, "lines");
        progress.at(1, 0.5);
        progress.end();
        assertThat(out.toString()).isEmpty();
    }
}
