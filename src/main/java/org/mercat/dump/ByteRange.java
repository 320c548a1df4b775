// SPDX-License-Identifier: Apache-2.0
package org.mercat.dump;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that a request wants.
 *
 * @param first byte, from 0
 * @param last byte, which is in it
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14">RFC 9110, section 14</a>
 */
record ByteRange(long first, long last) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    long length() {
        return last - first + 1;
    }

    /** Whether it lies in a file of that size. */
    boolean fits(long size) {
        return first <= last && first < size;
    }

    /**
     * The one of a {@code Range} header; empty if it names several or cannot be read, which is as if it were not there.
     *
     * @param size bytes of the file
     */
    static Optional<ByteRange> of(String header, long size) {
        Matcher matcher = ONE.matcher(header == null ? "" : header.strip());
        if (!matcher.matches() || header.strip().equals("bytes=-")) {
            return Optional.empty();
        }
        String first = matcher.group(1);
        String last = matcher.group(2);
        if (first.isEmpty()) {
            long tail = Long.parseLong(last);
            return Optional.of(new ByteRange(tail == 0 ? size : Math.max(0, size - tail), size - 1));
        }
        long end = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
        return Optional.of(new ByteRange(Long.parseLong(first), end));
    }
}
