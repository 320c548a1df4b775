// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** Inputs and outputs: what the topic is about, and where, when and which, as most offerings have. */
final class Elements {
    private static final Weighted<String> ASKED = Weighted.of("SensorIdentifier 5, DeviceIdentifier 3, StartTime 4,"
            + " EndTime 4, ResultLimit 3, StreetName 2, StationIdentifier 3, SearchTerm 2");
    private static final Weighted<String> WHICH =
            Weighted.of("SensorIdentifier 5, DeviceIdentifier 3, StationIdentifier 3, PlaceIdentifier 1");
    private static final Weighted<String> WHEN = Weighted.of("ObservationTime 6, Timestamp 4, ModificationTime 1");

    private final Topics topics;

    Elements(Topics topics) {
        this.topics = topics;
    }

    /** What an offering of a topic gives; the first one or two are what it is about. */
    List<Topic.Type> outputs(Topic topic, Random random) {
        Set<Topic.Type> outputs = new LinkedHashSet<>();
        int count = 1 + random.nextInt(Math.min(4, topic.types().size()));
        for (int tries = 0; outputs.size() < count && tries < 20; tries++) {
            double skewed = random.nextDouble() * random.nextDouble();
            outputs.add(topic.types().get((int) (skewed * topic.types().size())));
        }
        if (random.nextInt(100) < 40) {
            outputs.add(topics.type(WHICH.draw(random)));
        }
        if (random.nextInt(100) < 35) {
            outputs.add(topics.type("Latitude"));
            outputs.add(topics.type("Longitude"));
        }
        if (random.nextInt(100) < 60) {
            outputs.add(topics.type(WHEN.draw(random)));
        }
        return List.copyOf(outputs);
    }

    /** What an offering needs; a function always needs something, and often what it works on. */
    List<Topic.Type> inputs(Topic topic, boolean function, Random random) {
        Set<Topic.Type> inputs = new LinkedHashSet<>();
        if (random.nextInt(100) < 30) {
            inputs.add(topics.type("Latitude"));
            inputs.add(topics.type("Longitude"));
            if (random.nextBoolean()) {
                inputs.add(topics.type("SearchRadius"));
            }
        }
        if (function && random.nextBoolean()) {
            inputs.add(topic.types().get(random.nextInt(topic.types().size())));
        }
        int more = inputs.isEmpty() && function ? 1 : random.nextInt(3) / 2;
        for (int i = 0; i < more; i++) {
            inputs.add(topics.type(ASKED.draw(random)));
        }
        return List.copyOf(inputs);
    }

    /**
     * Writes a list of data elements.
     *
     * @param location where an input goes; null for outputs
     */
    static void write(JsonGenerator json, String member, List<Topic.Type> types, String location, Random random)
            throws IOException {
        int style = random.nextInt(10);
        json.writeArrayFieldStart(member);
        for (Topic.Type type : types) {
            json.writeStartObject();
            json.writeStringField("name", key(type.name(), style));
            json.writeStringField("semanticType", type.name());
            json.writeStringField("valueType", type.valueType());
            if (!type.units().isEmpty()) {
                List<String> units = type.units();
                json.writeStringField("unit", units.get(random.nextInt(5) > 0 ? 0 : random.nextInt(units.size())));
            }
            if (location != null) {
                json.writeBooleanField("required", random.nextBoolean());
                json.writeStringField("location", location);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The key in the payload, in the style of who made it: camelCase, snake_case or all in one. */
    private static String key(String type, int style) {
        if (style < 7) {
            return type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
        }
        return (style < 9 ? type.replaceAll("(?<=[a-z])(?=[A-Z])", "_") : type).toLowerCase(Locale.ROOT);
    }
}
