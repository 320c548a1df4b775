// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The events of a month in a file.
 *
 * @param file its name
 * @param sha256 of it, in hexadecimal digits
 * @param archived when, as text
 * @param by address of who had it made
 * @param parts by id of a contract, where in the file its events are
 */
record Archive(
        YearMonth month,
        String file,
        long bytes,
        String sha256,
        String archived,
        String by,
        SortedMap<String, Part> parts) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The events of a contract, packed by themselves. @param from the first byte */
    record Part(long from, long length, long events) {}

    Archive {
        parts = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    long events() {
        return parts.values().stream().mapToLong(Part::events).sum();
    }

    /** What everybody may know who may know of it. */
    ObjectNode json() {
        return JSON.createObjectNode()
                .put("month", month.toString())
                .put("file", file)
                .put("bytes", bytes)
                .put("sha256", sha256)
                .put("contracts", parts.size())
                .put("events", events())
                .put("archived", archived)
                .put("by", by);
    }

    /** All of it. */
    byte[] bytesOfIndex() {
        ObjectNode json = json();
        ObjectNode its = json.putObject("parts");
        parts.forEach((contract, part) ->
                its.putArray(contract).add(part.from).add(part.length).add(part.events));
        return json.toPrettyString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** What {@link #bytesOfIndex} has written. */
    static Archive read(Path index) throws IOException {
        var json = JSON.readTree(Files.readAllBytes(index));
        TreeMap<String, Part> parts = new TreeMap<>();
        json.path("parts")
                .properties()
                .forEach(one -> parts.put(
                        one.getKey(),
                        new Part(
                                one.getValue().path(0).asLong(),
                                one.getValue().path(1).asLong(),
                                one.getValue().path(2).asLong())));
        return new Archive(
                YearMonth.parse(json.path("month").asText()),
                json.path("file").asText(),
                json.path("bytes").asLong(),
                json.path("sha256").asText(),
                json.path("archived").asText(),
                json.path("by").asText(),
                parts);
    }
}
