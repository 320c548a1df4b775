// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Strict JSON (RFC 8259): no duplicate member, nothing behind the end, limited nesting, numbers and strings.
 * Numbers are exact. A fault of the syntax has a line and a column.
 */
public final class JsonText {
    /** Objects and arrays within each other. */
    public static final int MAX_NESTING = 50;

    static final int MAX_NUMBER = 100;
    static final int MAX_NAME = 1_000;
    static final int MAX_STRING = 1_000_000;

    static final ObjectMapper MAPPER = mapper();

    private JsonText() {}

    /** Where a value begins. */
    record Position(int line, int column) {
        static final Position UNKNOWN = new Position(0, 0);

        Fault of(Fault fault) {
            return new Fault(fault.pointer(), line, column, fault.message());
        }
    }

    /**
     * Reads a body that must be one JSON object.
     *
     * @param json UTF-8
     * @throws Unreadable with one fault, for a body that is not JSON, exceeds a limit or is not an object
     */
    public static ObjectNode object(byte[] json) {
        if (value(json) instanceof ObjectNode object) {
            return object;
        }
        throw new Unreadable(new Fault("", 1, 1, "The body must be one JSON object: { ... }"));
    }

    /**
     * Reads a body of any JSON value.
     *
     * @param json UTF-8
     * @throws Unreadable with one fault, for a body that is not JSON or exceeds a limit
     */
    public static JsonNode value(byte[] json) {
        mustLookLikeUtf8(json);
        try {
            JsonNode value = MAPPER.readTree(json);
            if (value.isMissingNode()) {
                throw new Unreadable(new Fault("", 1, 1, "The body is empty: send a JSON object."));
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new Unreadable(fault(e));
        } catch (IOException e) {
            throw new Unreadable(new Fault("", "The body is not UTF-8: " + e.getMessage()));
        }
    }

    /** Jackson would read UTF-16 and UTF-32, too, which no other reader of the same body takes for text. */
    private static void mustLookLikeUtf8(byte[] json) {
        for (int i = 0; i < Math.min(json.length, 4); i++) {
            if (json[i] == 0 || json[i] == (byte) 0xFE || json[i] == (byte) 0xFF) {
                throw new Unreadable(new Fault("", 1, 1, "The body is not UTF-8."));
            }
        }
    }

    /** The position of every value, by its pointer. */
    static Map<String, Position> locate(byte[] json) {
        Map<String, Position> positions = new HashMap<>();
        try (JsonParser parser = MAPPER.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (!token.isStructEnd()) {
                    String pointer = parser.getParsingContext().pathAsPointer().toString();
                    positions.putIfAbsent(pointer, position(parser.currentTokenLocation()));
                }
            }
            return positions;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Fault fault(JsonProcessingException e) {
        Position position = position(e.getLocation());
        String pointer = e.getProcessor() instanceof JsonParser parser
                ? parser.getParsingContext().pathAsPointer().toString()
                : "";
        return new Fault(pointer, position.line(), position.column(), message(e));
    }

    private static String message(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        if (e instanceof StreamConstraintsException) {
            return "Too much for one body: it may nest " + MAX_NESTING + " levels deep, a number may have " + MAX_NUMBER
                    + " digits, a member name " + MAX_NAME + " characters and a string " + MAX_STRING + ".";
        }
        if (e instanceof JsonParseException && message.startsWith("Duplicate")) {
            return "The member is there twice: leave one out.";
        }
        return "This is not JSON: " + message.replaceAll(" *\\(start marker at [^)]*\\)[^)]*\\)", "");
    }

    private static Position position(JsonLocation location) {
        return location == null || location.getLineNr() < 1
                ? Position.UNKNOWN
                : new Position(location.getLineNr(), Math.max(location.getColumnNr(), 0));
    }

    private static ObjectMapper mapper() {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_NESTING)
                .maxNumberLength(MAX_NUMBER)
                .maxNameLength(MAX_NAME)
                .maxStringLength(MAX_STRING)
                .build();
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(limits)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }
}
