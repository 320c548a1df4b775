// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON merge patch. @see <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396</a> */
final class MergePatch {
    private static final ObjectMapper JSON = new ObjectMapper();

    private MergePatch() {}

    /** The target, a JSON object as well, with the patch's members in place of its own. */
    static byte[] apply(byte[] target, ObjectNode patch) {
        try {
            return JSON.writeValueAsBytes(merge(JSON.readTree(target), patch));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode merged = target instanceof ObjectNode object ? object : JSON.createObjectNode();
        patch.properties().forEach(member -> {
            if (member.getValue().isNull()) {
                merged.remove(member.getKey());
            } else {
                merged.set(member.getKey(), merge(merged.path(member.getKey()), member.getValue()));
            }
        });
        return merged;
    }
}
