// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Places in and around the cities of {@code generator/cities.csv}: points, boxes and other polygons. */
final class Places {
    /** How far from the centre most places are, degrees. */
    private static final double SPREAD = 0.05;

    private static final int SCALE = 100_000;

    private final Map<String, Weighted<City>> byLanguage;

    /** @param weight inhabitants in thousands */
    record City(String name, double longitude, double latitude, String language, double weight) {}

    Places() {
        List<City> cities = ResourceLines.of("cities.csv").stream()
                .map(line -> line.split(","))
                .map(c -> new City(
                        c[0],
                        Double.parseDouble(c[1]),
                        Double.parseDouble(c[2]),
                        c[3],
                        Math.sqrt(Double.parseDouble(c[4]))))
                .toList();
        byLanguage = cities.stream()
                .collect(Collectors.groupingBy(
                        City::language,
                        Collectors.collectingAndThen(Collectors.toList(), its -> new Weighted<>(its, City::weight))));
    }

    City city(String language, Random random) {
        return byLanguage.get(language).draw(random);
    }

    /** Writes {@code "place"}: a name, a geometry or, mostly, both. */
    void write(JsonGenerator json, City city, Random random) throws IOException {
        int form = random.nextInt(100);
        json.writeObjectFieldStart("place");
        if (form < 96) {
            json.writeStringField("name", city.name);
        }
        if (form >= 8) {
            double longitude = city.longitude + random.nextGaussian() * SPREAD;
            double latitude = city.latitude + random.nextGaussian() * SPREAD * 0.7;
            json.writeStringField("wkt", geometry(longitude, latitude, random));
        }
        json.writeEndObject();
    }

    /** Half of them points, 30 % boxes, 20 % polygons of five to ten corners around the centre. */
    private static String geometry(double longitude, double latitude, Random random) {
        int form = random.nextInt(10);
        if (form < 5) {
            return point(new StringBuilder("POINT("), longitude, latitude)
                    .append(')')
                    .toString();
        }
        double radius = 0.01 * Math.exp(random.nextGaussian());
        int corners = form < 8 ? 4 : 5 + random.nextInt(6);
        StringBuilder wkt = new StringBuilder("POLYGON((");
        for (int i = 0; i <= corners; i++) {
            double angle = 2 * Math.PI * (i % corners + 0.5) / corners;
            point(
                            wkt.append(i == 0 ? "" : ", "),
                            longitude + radius * Math.cos(angle),
                            latitude + radius * Math.sin(angle))
                    .append(i == corners ? "))" : "");
        }
        return wkt.toString();
    }

    /** With five decimals, about a metre, and never with an exponent. */
    private static StringBuilder point(StringBuilder wkt, double longitude, double latitude) {
        return decimal(decimal(wkt, longitude).append(' '), latitude);
    }

    private static StringBuilder decimal(StringBuilder wkt, double value) {
        long scaled = Math.round(Math.abs(value) * SCALE);
        String fraction = String.valueOf(SCALE + scaled % SCALE).substring(1);
        return wkt.append(value < 0 ? "-" : "")
                .append(scaled / SCALE)
                .append('.')
                .append(fraction);
    }
}
