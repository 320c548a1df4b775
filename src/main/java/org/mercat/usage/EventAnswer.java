// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.YearMonth;

/**
 * What became of one event, for its reporter.
 *
 * @param status of HTTP, as it would be for this event alone
 * @param word accepted, repeated, contradicts or refused
 * @param month that it counts to, or null
 * @param detail why it is refused, or null
 */
record EventAnswer(String id, String source, int status, String word, YearMonth month, String detail) {
    ObjectNode json() {
        ObjectNode json = EventReader.JSON.createObjectNode();
        json.put("id", id).put("source", source).put("result", word);
        if (month != null) {
            json.put("month", month.toString());
        }
        if (detail != null) {
            json.put("detail", detail);
        }
        return json;
    }

    static EventAnswer refused(JsonNode event, String why) {
        return new EventAnswer(event.path("id").asText(), event.path("source").asText(), 422, "refused", null, why);
    }

    static EventAnswer of(JsonNode event, Outcome outcome) {
        String id = event.path("id").asText();
        String source = event.path("source").asText();
        if (outcome instanceof Outcome.Accepted accepted) {
            return new EventAnswer(id, source, 201, "accepted", accepted.month(), null);
        } else if (outcome instanceof Outcome.Repeated repeated) {
            return new EventAnswer(id, source, 200, "repeated", repeated.month(), null);
        } else if (outcome instanceof Outcome.Contradicts contradicts) {
            return new EventAnswer(
                    id,
                    source,
                    409,
                    "contradicts",
                    null,
                    "You have reported another event with this source and id: " + contradicts.difference()
                            + ". The one before counts; if this is a new one, give it an id of its own.");
        }
        Outcome.TooLate late = (Outcome.TooLate) outcome;
        return new EventAnswer(
                id,
                source,
                422,
                "refused",
                null,
                "Its month is closed, and later ones, too: events from " + late.earliest() + " on are taken.");
    }
}
