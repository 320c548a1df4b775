// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writes what a search found in the form that evaluation programs read: {@code request Q0 offering rank score tag}, a line
 * each, the rank from 1 on.
 *
 * <p>Such programs sort by score and let the rank be. So scores must not rise along a ranking; where two are equal they
 * may order the two in their own way.
 */
public final class TrecRun {
    private final Appendable out;
    private final String tag;

    /** @param tag names the program and its settings @throws IllegalArgumentException if it has blanks or none */
    public TrecRun(Appendable out, String tag) {
        this.out = out;
        this.tag = word("tag", tag);
    }

    /** An offering that was found, and how well it fits: greater is better. */
    public record Hit(String offering, double score) {
        public Hit {
            if (!Double.isFinite(score)) {
                throw new IllegalArgumentException("The score of " + offering + " is no number: " + score);
            }
        }
    }

    /**
     * Writes the ranking of one request.
     *
     * @param ranking best first
     * @throws IllegalArgumentException if an id has blanks, or a score is above the one before it
     */
    public void write(String request, List<Hit> ranking) {
        word("request", request);
        double before = Double.POSITIVE_INFINITY;
        int rank = 1;
        for (Hit hit : ranking) {
            if (hit.score > before) {
                throw new IllegalArgumentException("The score of " + hit.offering + " at rank " + rank
                        + " is above the one before it: sort the ranking by score.");
            }
            before = hit.score;
            append(request + " Q0 " + word("offering", hit.offering) + " " + rank + " " + hit.score + " " + tag + "\n");
            rank++;
        }
    }

    private void append(String line) {
        try {
            out.append(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String word(String what, String text) {
        if (!text.matches("\\S+")) {
            throw new IllegalArgumentException("A " + what + " in a run has no blanks: \"" + text + "\"");
        }
        return text;
    }
}
