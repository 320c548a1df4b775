// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import java.util.Random;

/** Where offerings are reached, over all protocols but mostly plain HTTP. */
final class Endpoints {
    private static final Weighted<String> PROTOCOLS =
            Weighted.of("HTTP_GET 72, MQTT 9, HTTP_POST 7, WEBSOCKET 6, AMQP 3, COAP 2, HTTP_PUT 1");
    private static final Map<String, String> SCHEMES =
            Map.of("MQTT", "mqtts", "WEBSOCKET", "wss", "AMQP", "amqps", "COAP", "coaps");

    private Endpoints() {}

    /** A protocol; functions are called by POST more often than information is. */
    static String protocol(boolean function, Random random) {
        return function && random.nextBoolean() ? "HTTP_POST" : PROTOCOLS.draw(random);
    }

    /** Writes {@code "endpoint"}. @param provider its id, of two parts */
    static void write(JsonGenerator json, String protocol, String provider, long number, Random random)
            throws IOException {
        String[] parts = provider.split("/");
        String host = "://" + parts[1] + "." + parts[0] + ".example/";
        json.writeObjectFieldStart("endpoint");
        json.writeStringField("url", SCHEMES.getOrDefault(protocol, "https") + host + number);
        json.writeStringField("protocol", protocol);
        if (random.nextInt(10) < 3) {
            json.writeStringField("accessInterface", "EXTERNAL");
        }
        if (random.nextInt(10) < 4) {
            json.writeStringField("description", "https" + host + "openapi.json");
        }
        json.writeEndObject();
    }
}
