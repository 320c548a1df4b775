// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

/**
 * One thing that is wrong in a JSON body.
 *
 * @param pointer where, as a JSON pointer (RFC 6901); empty for the whole body
 * @param line from 1; 0 if unknown
 * @param column from 1; 0 if unknown
 * @param message what is wrong and what to write
 */
public record Fault(String pointer, int line, int column, String message) {
    Fault(String pointer, String message) {
        this(pointer, 0, 0, message);
    }

    @Override
    public String toString() {
        String place = pointer.isEmpty() ? "" : pointer + " ";
        String position = line > 0 ? "(line " + line + ", column " + column + ") " : "";
        return place + position + message;
    }
}
