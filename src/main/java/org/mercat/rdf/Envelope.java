// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A box in degrees. One whose west is greater than its east crosses the date line.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7946#section-5">RFC 7946, section 5</a>
 */
record Envelope(double west, double south, double east, double north) {
    private static final String NUMBER = "[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d{1,3})?";
    /** A coordinate begins a list or follows a comma; a third number, the height, is passed over. */
    private static final Pattern COORDINATE =
            Pattern.compile("[(,]\\s*(" + NUMBER + ")\\s+(" + NUMBER + ")(?=[\\s,)])");

    /** The box around a geometry, longitude before latitude; empty if there is no coordinate in the text. */
    static Optional<Envelope> ofWkt(String wkt) {
        double west = Double.POSITIVE_INFINITY;
        double south = Double.POSITIVE_INFINITY;
        double east = Double.NEGATIVE_INFINITY;
        double north = Double.NEGATIVE_INFINITY;
        Matcher coordinates = COORDINATE.matcher(wkt);
        while (coordinates.find()) {
            double longitude = Double.parseDouble(coordinates.group(1));
            double latitude = Double.parseDouble(coordinates.group(2));
            west = Math.min(west, longitude);
            east = Math.max(east, longitude);
            south = Math.min(south, latitude);
            north = Math.max(north, latitude);
        }
        return west > east ? Optional.empty() : Optional.of(new Envelope(west, south, east, north));
    }

    /** Whether the two have a point in common, be it on the edge. */
    boolean touches(Envelope other) {
        if (south > other.north || other.south > north) {
            return false;
        }
        if (west > east) {
            return new Envelope(west, south, 180, north).touches(other)
                    || new Envelope(-180, south, east, north).touches(other);
        }
        return other.west > other.east ? other.touches(this) : west <= other.east && other.west <= east;
    }
}
