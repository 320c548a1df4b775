// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What differs between two states of vocabularies, for programs. */
public final class DiffJson {
    private DiffJson() {}

    public static ObjectNode of(VocabularyDiff diff) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("level", diff.level().toString());
        ArrayNode vocabularies = json.putArray("vocabularies");
        for (VocabularyVersion version : diff.versions()) {
            ObjectNode entry = vocabularies
                    .addObject()
                    .put("vocabulary", version.vocabulary())
                    .put("before", version.before())
                    .put("after", version.after())
                    .put("needed", version.needed().toString());
            version.fault().ifPresent(fault -> entry.put("fault", fault));
        }
        ArrayNode changes = json.putArray("changes");
        for (VocabularyChange change : diff.changes()) {
            ObjectNode entry = changes.addObject()
                    .put("level", change.level().toString())
                    .put("kind", change.kind().toString())
                    .put("reason", change.kind().reason())
                    .put("term", change.term())
                    .put("label", change.label())
                    .put("vocabulary", change.vocabulary());
            change.other().ifPresent(other -> entry.put("other", other));
            if (!change.property().isEmpty()) {
                entry.put("property", change.property());
            }
            if (!change.language().isEmpty()) {
                entry.put("language", change.language());
            }
            put(entry, "before", change.before());
            put(entry, "after", change.after());
        }
        return json;
    }

    private static void put(ObjectNode entry, String name, List<String> values) {
        ArrayNode array = entry.putArray(name);
        values.forEach(array::add);
    }
}
