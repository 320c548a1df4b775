// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.jena.graph.Node;
import org.mercat.rdf.ParameterType;

/** A box in degrees; one whose west is greater than its east crosses the date line. */
record Box(BigDecimal west, BigDecimal south, BigDecimal east, BigDecimal north) {
    private static final String NUMBER = "\\s*(-?\\d{1,3}(?:\\.\\d{1,12})?)\\s*";
    private static final Pattern TEXT = Pattern.compile(String.join(",", NUMBER, NUMBER, NUMBER, NUMBER));
    private static final int MOST_WEST = 180;
    private static final int MOST_NORTH = 90;

    Box {
        if (isOver(west, MOST_WEST)
                || isOver(east, MOST_WEST)
                || isOver(south, MOST_NORTH)
                || isOver(north, MOST_NORTH)
                || south.compareTo(north) > 0) {
            throw new IllegalArgumentException("West and east are from -180 to 180 (west greater than east crosses the"
                    + " date line), south and north from -90 to 90, south not above north.");
        }
    }

    /** Reads {@code west,south,east,north}. @throws IllegalArgumentException that says what to write */
    static Box parse(String text) {
        Matcher sides = TEXT.matcher(text);
        if (!sides.matches()) {
            throw new IllegalArgumentException(
                    "Write four numbers, west,south,east,north in degrees: box=-3.9,43.4,-3.7,43.5");
        }
        return new Box(
                new BigDecimal(sides.group(1)),
                new BigDecimal(sides.group(2)),
                new BigDecimal(sides.group(3)),
                new BigDecimal(sides.group(4)));
    }

    private static boolean isOver(BigDecimal degrees, int most) {
        return degrees.abs().compareTo(BigDecimal.valueOf(most)) > 0;
    }

    Criterion criterion() {
        return new Criterion(
                "box", Map.of("west", node(west), "south", node(south), "east", node(east), "north", node(north)));
    }

    private static Node node(BigDecimal degrees) {
        return ParameterType.DECIMAL.node(degrees.toPlainString());
    }
}
