// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who listens to a demand's events, on a thread of its own, until the server ends. */
final class DemandListener {
    private static final String TYPE = "event: ";
    private static final String DATA = "data: ";
    private static final String OFFERING = "\"offering\":\"";

    private final Map<String, Long> matched = new ConcurrentHashMap<>();

    private DemandListener() {}

    /**
     * Begins to listen; who is answered misses nothing from then on.
     *
     * @param demand its URL
     */
    static DemandListener to(String demand, Map<String, String> headers) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(demand + "/events").toURL().openConnection();
            headers.forEach(connection::setRequestProperty);
            connection.setRequestProperty("Accept", "text/event-stream");
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
            DemandListener listener = new DemandListener();
            Thread thread = new Thread(() -> listener.read(lines), "listener");
            thread.setDaemon(true);
            thread.start();
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(BufferedReader lines) {
        String type = "";
        try (lines) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(TYPE)) {
                    type = line.substring(TYPE.length());
                } else if (line.startsWith(DATA) && type.equals("matched")) {
                    int at = line.indexOf(OFFERING) + OFFERING.length();
                    matched.putIfAbsent(line.substring(at, line.indexOf('"', at)), System.nanoTime());
                }
            }
        } catch (IOException e) {
            Thread.currentThread().interrupt(); // the server has ended; what did not come is counted as lost
        }
    }

    /** When the first event of each offering came that met the demand, as {@link System#nanoTime}. */
    Map<String, Long> matched() {
        return matched;
    }
}
