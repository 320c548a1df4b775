// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One fault in what was sent. Fields that do not apply are empty or 0 and are left out of the answer.
 *
 * @param message what is wrong and what to write
 * @param pointer JSON pointer (RFC 6901) into the body
 * @param line line of the body, from 1
 * @param column column of that line, from 1
 * @param focusNode IRI of the node that is at fault
 * @param path property of it, as an IRI
 * @param value the value at fault
 * @param constraint IRI of the shape that refuses it
 * @param severity {@code violation} or {@code warning}
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Fault(
        String message,
        String pointer,
        int line,
        int column,
        String focusNode,
        String path,
        String value,
        String constraint,
        String severity) {
    /** A fault of syntax: a place and a message. */
    public static Fault at(String pointer, int line, int column, String message) {
        return new Fault(message, pointer, line, column, null, null, null, null, null);
    }
}
