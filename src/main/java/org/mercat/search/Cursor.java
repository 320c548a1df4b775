// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.SortField;
import org.apache.lucene.util.BytesRef;

/**
 * Where a page ended. It names the last offering by all that it was ordered by, and the state of the index in which it
 * was found: while that is kept, the next page goes on in it, so that nothing is repeated or skipped whatever is written
 * meanwhile. After that it goes on in the newest state: behind the same place, or if neighbours had a say in the order,
 * behind as many offerings.
 *
 * @param search tells the search that it belongs to from others
 * @param snapshot of the index, as Lucene numbers them
 * @param values by which the last offering was ordered, as text
 */
public record Cursor(int search, long snapshot, List<String> values) {
    private static final int VERSION = 3;
    /** Before a text, which could be the word that stands for none. */
    private static final String TEXT = "=";

    private static final int LONGEST = 8_192;
    private static final ObjectMapper JSON = new ObjectMapper();

    public Cursor {
        values = List.copyOf(values);
    }

    static Cursor of(Criteria criteria, long snapshot, FieldDoc last) {
        List<String> values = new ArrayList<>();
        for (Object value : last.fields) {
            values.add(value instanceof BytesRef bytes ? TEXT + bytes.utf8ToString() : String.valueOf(value));
        }
        return new Cursor(criteria.fingerprint(), snapshot, values);
    }

    /** Behind the first offerings of a search whose best ones were put into an order of their own. */
    static Cursor behind(Criteria criteria, long snapshot, int offerings) {
        return new Cursor(criteria.fingerprint(), snapshot, List.of(Integer.toString(offerings)));
    }

    /** How many offerings are before it, if it is of {@link #behind}. */
    OptionalInt offerings() {
        return values.size() == 1 && values.get(0).matches("\\d{1,6}")
                ? OptionalInt.of(Integer.parseInt(values.get(0)))
                : OptionalInt.empty();
    }

    /** The place in that order. @throws IllegalArgumentException if it is none of it */
    FieldDoc place(Sort sort) {
        SortField[] fields = sort.lucene().getSort();
        if (fields.length != values.size()) {
            throw new IllegalArgumentException("another order");
        }
        Object[] place = new Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            String value = values.get(i);
            place[i] = switch (fields[i].getType()) {
                case SCORE -> Float.valueOf(value);
                case LONG -> Long.valueOf(value);
                case DOUBLE -> Double.valueOf(value);
                default -> value.startsWith(TEXT) ? new BytesRef(value.substring(TEXT.length())) : null;
            };
        }
        return new FieldDoc(Integer.MAX_VALUE, Float.NaN, place);
    }

    /** As it is handed out: to be sent back as it is, not to be understood. */
    String encode() {
        ArrayNode parts = JSON.createArrayNode().add(VERSION).add(search).add(snapshot);
        values.forEach(parts::add);
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(parts));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Empty if this catalogue cannot have handed that out. */
    static Optional<Cursor> decode(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            JsonNode parts = JSON.readTree(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
            if (!parts.isArray()
                    || parts.size() < 4
                    || parts.path(0).asInt() != VERSION
                    || !parts.path(1).isInt()
                    || !parts.path(2).isIntegralNumber()) {
                return Optional.empty();
            }
            List<String> values = new ArrayList<>();
            for (int i = 3; i < parts.size(); i++) {
                if (!parts.get(i).isTextual()) {
                    return Optional.empty();
                }
                values.add(parts.get(i).asText());
            }
            return Optional.of(new Cursor(parts.get(1).asInt(), parts.get(2).asLong(), values));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
