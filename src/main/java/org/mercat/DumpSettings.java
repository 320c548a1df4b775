// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mercat.dump.DumpPlan;
import picocli.CommandLine.Option;

/** The options of dumps; each can be an environment variable instead. */
final class DumpSettings {
    private static final Pattern IRI = Pattern.compile("https?://[^\\s<>\"{}|\\\\^`]+");

    @Option(
            names = "--dumps",
            paramLabel = "N",
            defaultValue = "${env:MERCAT_DUMPS}",
            description = "So many dumps stay to be taken and cited; of older ones only what they were is told."
                    + " Default: 4. Environment: MERCAT_DUMPS.")
    String kept;

    @Option(
            names = "--dump-interval",
            paramLabel = "HOURS",
            defaultValue = "${env:MERCAT_DUMP_INTERVAL}",
            description = "After that time a new dump is made, if something was written; 0 for none but those that the"
                    + " operator asks for. Default: 24. Environment: MERCAT_DUMP_INTERVAL.")
    String hours;

    @Option(
            names = "--data-licence",
            paramLabel = "IRI",
            defaultValue = "${env:MERCAT_DATA_LICENCE}",
            description = "Licence of the catalogue's data, stated with them. Default: none is stated."
                    + " Environment: MERCAT_DATA_LICENCE.")
    String licence;

    /** Checks them all. @param faults where to say what is wrong */
    DumpPlan plan(List<String> faults) {
        return new DumpPlan(
                number(kept, "--dumps (MERCAT_DUMPS)", "how many to keep, 1 to 1000", 1, 1_000, faults)
                        .orElse(DumpPlan.DEFAULT.kept()),
                number(
                                hours,
                                "--dump-interval (MERCAT_DUMP_INTERVAL)",
                                "hours, 0 to 8784; 0 for never",
                                0,
                                8_784,
                                faults)
                        .map(Duration::ofHours)
                        .orElse(DumpPlan.DEFAULT.every()),
                Optional.ofNullable(licence).map(iri -> iri(iri, faults)));
    }

    private static Optional<Integer> number(
            String word, String option, String what, int least, int most, List<String> faults) {
        if (word == null) {
            return Optional.empty();
        }
        if (word.strip().matches("\\d{1,4}")) {
            int number = Integer.parseInt(word.strip());
            if (number >= least && number <= most) {
                return Optional.of(number);
            }
        }
        faults.add(option + " is \"" + word + "\": write " + what + ".");
        return Optional.empty();
    }

    private static String iri(String word, List<String> faults) {
        if (!IRI.matcher(word).matches()) {
            faults.add("--data-licence (MERCAT_DATA_LICENCE) is \"" + word
                    + "\": write the IRI of a licence, such as https://creativecommons.org/publicdomain/zero/1.0/ .");
        }
        return word;
    }
}
