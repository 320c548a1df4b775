// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import java.nio.charset.StandardCharsets;

/**
 * An event as it goes to a browser's {@code EventSource}, and to all else that listens.
 *
 * @param id by which a reader comes back, one line
 * @param type one word
 * @param data one line
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML, Server-sent events</a>
 */
public record ServerEvent(String id, String type, String data) {
    /** The media type of a stream of events. */
    public static final String MEDIA_TYPE = "text/event-stream";

    public ServerEvent {
        if ((id + type + data).chars().anyMatch(c -> c == '\n' || c == '\r')) {
            throw new IllegalArgumentException("An event's parts are lines: " + id);
        }
    }

    byte[] bytes() {
        return ("id: " + id + "\nevent: " + type + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
