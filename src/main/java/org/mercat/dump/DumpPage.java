// SPDX-License-Identifier: Apache-2.0
package org.mercat.dump;

import java.util.List;
import java.util.Locale;

/**
 * A dump as a page shows it.
 *
 * @param issued day and time in UTC
 * @param files none if they are not kept any more
 */
public record DumpPage(
        long revision,
        String issued,
        long triples,
        long entities,
        List<File> files,
        String citation,
        List<Count> resources,
        List<Count> classes) {
    private static final int MOST = 20;

    /** A file to take. @param size in words */
    public record File(String name, String size, String sha256) {}

    /** How many there are of something. */
    public record Count(String name, long number) {}

    static DumpPage of(Dump dump, boolean isKept, String citation) {
        Statistics all = dump.statistics();
        return new DumpPage(
                dump.revision(),
                dump.issued().replace('T', ' ').replace("Z", " UTC"),
                all.triples(),
                all.entities(),
                isKept
                        ? dump.files().stream()
                                .map(file -> new File(
                                        dump.revision() + "." + file.format().ending(),
                                        size(file.bytes()),
                                        file.sha256()))
                                .toList()
                        : List.of(),
                citation,
                all.resources().entrySet().stream()
                        .map(count -> new Count(count.getKey(), count.getValue()))
                        .toList(),
                all.classes().entrySet().stream()
                        .sorted((one, other) -> Long.compare(other.getValue(), one.getValue()))
                        .limit(MOST)
                        .map(count -> new Count(count.getKey(), count.getValue()))
                        .toList());
    }

    private static String size(long bytes) {
        if (bytes < 1_000_000) {
            return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
        }
        return bytes < 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
    }
}
