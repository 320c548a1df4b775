// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mercat.dump.DumpPlan;

/** The options of dumps. */
class DumpSettingsTest {
    private static DumpPlan plan(String kept, String hours, String licence, List<String> faults) {
        DumpSettings settings = new DumpSettings();
        settings.kept = kept;
        settings.hours = hours;
        settings.licence = licence;
        return settings.plan(faults);
    }

    @Test
    void what_is_not_given_is_as_usual() {
        List<String> faults = new ArrayList<>();
        assertThat(plan(null, null, null, faults)).isEqualTo(DumpPlan.DEFAULT);
        assertThat(faults).isEmpty();
    }

    @Test
    void what_is_given_counts() {
        List<String> faults = new ArrayList<>();
        String licence = "https://creativecommons.org/publicdomain/zero/1.0/";
        assertThat(plan("7", " 0 ", licence, faults)).isEqualTo(new DumpPlan(7, Duration.ZERO, Optional.of(licence)));
        assertThat(faults).isEmpty();
    }

    @Test
    void all_that_is_wrong_is_told_with_what_to_write() {
        List<String> faults = new ArrayList<>();
        plan("0", "daily", "CC0", faults);
        assertThat(faults).hasSize(3);
        assertThat(faults.get(0)).contains("--dumps (MERCAT_DUMPS) is \"0\"", "1 to 1000");
        assertThat(faults.get(1)).contains("--dump-interval (MERCAT_DUMP_INTERVAL) is \"daily\"", "hours");
        assertThat(faults.get(2)).contains("--data-licence (MERCAT_DATA_LICENCE) is \"CC0\"", "https://");
    }
}
