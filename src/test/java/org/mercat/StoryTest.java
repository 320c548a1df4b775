// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story of a month in {@code examples/story.sh}: run as anybody runs it, its sums are those that are worked out here. */
class StoryTest {
    @TempDir
    static Path folder;

    private static final String STORY = "docs/story.md";
    private static final String USUAL_PORT = "8158";

    private static String run(String port) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder("bash", "examples/story.sh").redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("MERCAT_"));
        builder.environment()
                .put(
                        "MERCAT",
                        java + " -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "
                                + absolute(System.getProperty("java.class.path")) + " org.mercat.Main");
        builder.environment().put("PORT", port);
        Path output = folder.resolve("story.txt");
        Process process = builder.redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String told = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(told).isZero();
        return told;
    }

    private static String absolute(String classPath) {
        return java.util.Arrays.stream(classPath.split(java.io.File.pathSeparator))
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .collect(java.util.stream.Collectors.joining(java.io.File.pathSeparator));
    }

    private static int freePort() throws IOException {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void the_story_adds_up() throws Exception {
        String port = String.valueOf(freePort());
        String story = run(port).replace(port, USUAL_PORT);
        assertThat(story)
                .as(
                        "30 days of 200 + 10 d accesses less 100 that are free at 0.02; 300 + d messages, 5,000 of them at 0.05")
                .contains("2,usage,routes/spaces,lots/sensors/spaces,,2026-09,access,10550,0.02,211.00,21,44.31,EUR")
                .contains("1,usage,drive/guidance,routes/guide/guidance,,2026-09,message,5000,0.05,250.00,21,52.50,EUR")
                .contains("2,usage,drive/guidance,routes/guide/guidance,,2026-09,message,4465,0.04,178.60,21,37.51,EUR")
                .contains("\"total\": \"255.31\"", "\"total\": \"518.61\"");
        assertThat(story)
                .as(
                        "10 percent and 1.00 for an offering to the marketplace, 30 percent of the rest of lots' sales to the city")
                .contains("\"payout\": \"176.24\"", "\"payout\": \"474.75\"", "\"payout\": \"56.97\"")
                .contains("\"income/fees\"\t\"amount\": \"-65.96\"");
        assertThat(story)
                .contains("\"provider\":\"9465\",\"consumer\":\"9153\",\"difference\":\"312\",\"agrees\":false");
        assertThat(story).contains("\"creditNote\": \"routes/1\"", "\"net\": \"12.48\"", "\"total\": \"15.10\"");
        List<String> told = Pattern.compile("(?ms)^```console\\n(.*?)^```$")
                .matcher(Files.readString(Path.of(STORY)))
                .results()
                .flatMap(block -> block.group(1).lines())
                .toList();
        assertThat(told).hasSizeGreaterThan(20);
        assertThat(story.lines().toList()).as(STORY).containsAll(told);
    }
}
