// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A failure as it is sent.
 *
 * @param type URI of the kind of problem; the API's document lists them
 * @param title the kind in words
 * @param status HTTP status code
 * @param detail what is wrong here and how to mend it
 * @param instance URI of this occurrence; its end is the request id, which stands on every log line of the request
 * @param errors the single faults
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, String instance, List<Fault> errors) {
    /** The media type of problems. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param requestId of this request, or null */
    public static Problem of(Failure failure, String requestId) {
        return new Problem(
                "https://w3id.org/mercat/problems/" + failure.type(),
                failure.title(),
                failure.status(),
                failure.detail(),
                requestId == null ? null : "urn:mercat:request:" + requestId,
                failure.faults());
    }

    /** As it is sent. */
    public byte[] toJson() {
        try {
            return JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
