// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayDeque;
import java.util.Queue;

/** Finds the comments of a Turtle text that has no errors; Jena's tokenizer leaves them out. */
final class TurtleComments {
    /**
     * One comment.
     *
     * @param line from 1
     * @param column from 1, of the {@code #}
     * @param alone on its line
     * @param text with the {@code #}, without blanks behind it
     */
    record Comment(int line, int column, boolean alone, String text) {}

    private final String text;
    private final Queue<Comment> found = new ArrayDeque<>();
    private int line = 1;
    private int lineStart;

    private TurtleComments(String text) {
        this.text = text;
    }

    /** All comments, in their order. */
    static Queue<Comment> of(String text) {
        var comments = new TurtleComments(text);
        comments.search();
        return comments.found;
    }

    private void search() {
        int at = 0;
        while (at < text.length()) {
            int end = Math.min(end(at), text.length());
            if (text.charAt(at) == '#') {
                boolean alone = text.substring(lineStart, at).isBlank();
                found.add(new Comment(
                        line, at - lineStart + 1, alone, text.substring(at, end).stripTrailing()));
            }
            countLines(at, end);
            at = end;
        }
    }

    /** Where the string, IRI, comment or single character ends that begins there. */
    private int end(int at) {
        return switch (text.charAt(at)) {
            case '#' -> endOfLine(at);
            case '<' -> text.indexOf('>', at) + 1;
            case '"', '\'' -> endOfString(at);
            case '\\' -> at + 2; // of an escape in a local name
            default -> at + 1;
        };
    }

    private int endOfLine(int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        return at;
    }

    private int endOfString(int start) {
        String one = text.substring(start, start + 1);
        String quote = text.startsWith(one.repeat(3), start) ? one.repeat(3) : one;
        int at = start + quote.length();
        while (!text.startsWith(quote, at)) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at + quote.length();
    }

    private void countLines(int from, int to) {
        for (int at = from; at < to; at++) {
            if (text.charAt(at) == '\n') {
                line++;
                lineStart = at + 1;
            }
        }
    }
}
