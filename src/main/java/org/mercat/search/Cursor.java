// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.mercat.rdf.ParameterType;

/**
 * Where a page ended. It names the last offering itself and not a number of rows, so that the next page neither repeats
 * nor skips what was there all the time, whatever is written meanwhile.
 *
 * @param key of the last offering in the order, lexical form
 * @param offering IRI of the last offering
 */
public record Cursor(Sort sort, String key, String offering) {
    private static final int VERSION = 1;
    private static final int LONGEST = 8_192;
    private static final ObjectMapper JSON = new ObjectMapper();

    public Cursor {
        sort.keyType().node(key);
        ParameterType.IRI.node(offering);
    }

    /** As it is handed out: to be sent back as it is, not to be understood. */
    String encode() {
        try {
            byte[] json = JSON.writeValueAsBytes(List.of(VERSION, sort.word(), key, offering));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
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
            boolean sound = parts.isArray()
                    && parts.size() == 4
                    && parts.get(0).isInt()
                    && parts.get(0).asInt() == VERSION
                    && parts.get(1).isTextual()
                    && parts.get(2).isTextual()
                    && parts.get(3).isTextual();
            return sound
                    ? Sort.of(parts.get(1).asText())
                            .map(sort -> new Cursor(
                                    sort, parts.get(2).asText(), parts.get(3).asText()))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
