// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.time.Duration;
import java.util.List;
import org.mercat.sparql.Limits;
import picocli.CommandLine.Option;

/** The options that limit queries; each can be an environment variable instead. */
final class SparqlSettings {
    private static final String TIME = "--sparql-time-limit";
    private static final String THREADS = "--sparql-threads";
    private static final String ROWS = "--sparql-rows";
    private static final String MEGABYTES = "--sparql-megabytes";
    private static final String QUOTA = "--sparql-quota";
    private static final String SLOW = "--sparql-slow";

    @Option(
            names = TIME,
            paramLabel = "SECONDS",
            defaultValue = "${env:MERCAT_SPARQL_TIME_LIMIT}",
            description =
                    "A SPARQL query that takes longer is stopped. Default: 30. Environment: MERCAT_SPARQL_TIME_LIMIT.")
    String time;

    @Option(
            names = THREADS,
            paramLabel = "N",
            defaultValue = "${env:MERCAT_SPARQL_THREADS}",
            description = "SPARQL queries that compute at one moment; others take turns with them."
                    + " Default: half of the processors, at least 1. Environment: MERCAT_SPARQL_THREADS.")
    String threads;

    @Option(
            names = ROWS,
            paramLabel = "N",
            defaultValue = "${env:MERCAT_SPARQL_ROWS}",
            description = "Rows of one answer of SPARQL, at most. Default: 1000000. Environment: MERCAT_SPARQL_ROWS.")
    String rows;

    @Option(
            names = MEGABYTES,
            paramLabel = "N",
            defaultValue = "${env:MERCAT_SPARQL_MEGABYTES}",
            description =
                    "Megabytes of one answer of SPARQL, at most. Default: 512. Environment: MERCAT_SPARQL_MEGABYTES.")
    String megabytes;

    @Option(
            names = QUOTA,
            paramLabel = "SECONDS",
            defaultValue = "${env:MERCAT_SPARQL_QUOTA}",
            description = "Seconds a minute that SPARQL queries from one address may compute; with an access token four"
                    + " times as many, for the operator without limit. 0: no limit. Default: 30."
                    + " Environment: MERCAT_SPARQL_QUOTA.")
    String quota;

    @Option(
            names = SLOW,
            paramLabel = "SECONDS",
            defaultValue = "${env:MERCAT_SPARQL_SLOW}",
            description = "SPARQL queries that compute for longer are logged with their text. Default: 5."
                    + " Environment: MERCAT_SPARQL_SLOW.")
    String slow;

    /** Checks them all. @param faults where to say what is wrong */
    Limits limits(List<String> faults) {
        Limits usual = Limits.DEFAULT;
        return new Limits(
                Duration.ofSeconds(number(TIME, time, usual.time().toSeconds(), "seconds", 1, 3_600, faults)),
                (int) number(THREADS, threads, usual.threads(), "a number", 1, 256, faults),
                number(ROWS, rows, usual.rows(), "a number", 1, 1_000_000_000, faults),
                number(MEGABYTES, megabytes, usual.bytes() >> 20, "a number", 1, 1_000_000, faults) << 20,
                Duration.ofSeconds(number(QUOTA, quota, usual.quota().toSeconds(), "seconds", 0, 3_600, faults)),
                Duration.ofSeconds(number(SLOW, slow, usual.slow().toSeconds(), "seconds", 0, 3_600, faults)));
    }

    private static long number(
            String option, String word, long usual, String what, long least, long most, List<String> faults) {
        if (word == null) {
            return usual;
        }
        try {
            long number = Long.parseLong(word.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        String variable = "MERCAT" + option.substring(1).replace('-', '_').toUpperCase(java.util.Locale.ROOT);
        faults.add(
                option + " (" + variable + ") is \"" + word + "\": write " + what + ", " + least + " to " + most + ".");
        return usual;
    }
}
