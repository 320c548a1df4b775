// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How well offerings answer requests, as people judged it.
 *
 * @param grades by request, then by offering; 0 (not relevant) or greater. A pair without a grade counts as 0
 */
public record Judgments(Map<String, Map<String, Integer>> grades) {
    private static final String HOW = "write \"request 0 offering grade\", as in \"r1 0 acme/parking/free-spaces 3\".";

    public Judgments {
        Map<String, Map<String, Integer>> copy = new LinkedHashMap<>();
        grades.forEach((request, its) -> {
            its.forEach((offering, grade) -> {
                if (grade < 0) {
                    throw new IllegalArgumentException(
                            "The grade of " + offering + " for " + request + " is below 0: " + grade);
                }
            });
            copy.put(request, Map.copyOf(its));
        });
        grades = Map.copyOf(copy);
    }

    /**
     * Reads TREC lines {@code request 0 offering grade}, parted by blanks; the second column is not used.
     *
     * @throws IllegalArgumentException naming file and line of what is wrong
     */
    public static Judgments read(Path file) {
        Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
        TextLines.of(file).forEach(line -> {
            String[] parts = line.text().trim().split("\\s+");
            if (parts.length != 4) {
                throw line.fault("there are " + parts.length + " columns and not four: " + HOW);
            }
            Integer before =
                    grades.computeIfAbsent(parts[0], r -> new HashMap<>()).put(parts[2], grade(line, parts[3]));
            if (before != null && !before.equals(grade(line, parts[3]))) {
                throw line.fault("this pair has the grade " + before + " further up: leave one of the two lines out.");
            }
        });
        return new Judgments(grades);
    }

    private static int grade(TextLines.Line line, String text) {
        try {
            int grade = Integer.parseInt(text);
            if (grade >= 0) {
                return grade;
            }
        } catch (NumberFormatException e) {
            // said below, as for a negative number
        }
        throw line.fault("\"" + text + "\" is no grade, which is a whole number from 0 on: " + HOW);
    }

    /** The grades of a request by offering; empty if nothing was judged. */
    public Map<String, Integer> of(String request) {
        return grades.getOrDefault(request, Map.of());
    }

    /** The offerings with at least that grade; 1 for all that are relevant in any way. */
    public Set<String> relevant(String request, int atLeast) {
        return of(request).entrySet().stream()
                .filter(entry -> entry.getValue() >= atLeast)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
