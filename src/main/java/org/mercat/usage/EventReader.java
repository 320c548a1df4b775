// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.mercat.http.Bodies;
import org.mercat.http.Failure;
import org.mercat.http.Failure.Kind;

/** Reads events as they are sent: as JSON, as headers, a line each. What they say is for {@link Metering} to judge. */
final class EventReader {
    static final int EVENT_LIMIT = 64 << 10;

    private static final String BINARY = "ce-";
    private static final int MOST = 10_000;
    private static final List<String> ATTRIBUTES = List.of("specversion", "id", "source", "type", "subject", "time");

    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(20).build());
    }

    private EventReader() {}

    /** Whether an event is sent in the headers. */
    static boolean isBinary(Context ctx) {
        return ctx.header(BINARY + "specversion") != null;
    }

    static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new Failure.Malformed(
                            "This is not JSON: (line " + e.getLocation().getLineNr() + ", column "
                                    + e.getLocation().getColumnNr() + ") " + e.getOriginalMessage())
                    .asException();
        } catch (IOException e) {
            throw new IllegalStateException(e); // it is in memory
        }
    }

    static List<JsonNode> batch(ArrayNode events) {
        if (events.size() > MOST) {
            throw Kind.TOO_LARGE.because("A batch has at most " + MOST + " events; this one has " + events.size()
                    + ". Send them in several, or a line each as application/x-ndjson.");
        }
        List<JsonNode> all = new ArrayList<>(events.size());
        events.forEach(all::add);
        return all;
    }

    private static String decoded(String attribute, String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Failure.Malformed("The header " + BINARY + attribute + " is \"" + value
                            + "\": write a percent sign as %25, and other characters as % and their bytes in UTF-8.")
                    .asException();
        }
    }

    static JsonNode binary(Context ctx) {
        ObjectNode event = JSON.createObjectNode();
        for (String attribute : ATTRIBUTES) {
            String value = ctx.header(BINARY + attribute);
            if (value != null) {
                event.put(attribute, decoded(attribute, value));
            }
        }
        event.set("data", parsed(Bodies.read(ctx, EVENT_LIMIT)));
        return event;
    }

    /** A line, as far as an event can be long. */
    static String line(BufferedReader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = reader.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (line.length() <= EVENT_LIMIT) {
                line.append((char) next);
            }
            next = reader.read();
        }
        return line.toString();
    }

    /** What is no JSON is refused as an event, and the lines after it count. */
    static JsonNode lenient(String line) {
        try {
            return line.length() > EVENT_LIMIT ? JSON.missingNode() : JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
