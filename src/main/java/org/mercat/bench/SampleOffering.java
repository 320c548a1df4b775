// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Offerings as a city's sensor platform would register them, all different and complete: 44 triples each, 5 data elements. */
final class SampleOffering {
    private static final String[] CATEGORIES = {"ParkingSpace", "AirQuality", "Traffic", "BikeSharing", "Weather"};
    private static final String[] TYPES = {
        "ParkingSpaceStatus", "NitrogenDioxideConcentration", "VehicleSpeed", "AvailableBikeCount", "AirTemperature"
    };

    private SampleOffering() {}

    static String id(long number) {
        return "bench/city/o" + number;
    }

    /** One line of JSON. */
    static byte[] json(long number) {
        int kind = (int) (number % CATEGORIES.length);
        double longitude = -3.8 + number % 1000 / 10_000.0;
        double latitude = 43.4 + number / 1000 % 1000 / 10_000.0;
        String template = """
            {"id":"%s","title":{"en":"Sensor %d of the city","es":"Sensor %d de la ciudad"},\
            "description":{"en":"What sensor %d measures, each minute.",\
            "es":"Lo que mide el sensor %d, cada minuto."},"category":"%s","provider":"bench/city",\
            "licence":"CC-BY-4.0","kind":"information","place":{"wkt":"POINT(%.4f %.4f)"},\
            "inputs":[{"name":"longitude","semanticType":"Longitude","valueType":"number"},\
            {"name":"latitude","semanticType":"Latitude","valueType":"number"}],\
            "outputs":[{"name":"value","semanticType":"%s","valueType":"number"},\
            {"name":"id","semanticType":"SensorIdentifier","valueType":"text"},\
            {"name":"time","semanticType":"Timestamp","valueType":"datetime"}],\
            "endpoint":{"url":"https://city.example/sensors/%d","protocol":"HTTP_GET",\
            "description":"https://city.example/openapi.json"},\
            "price":{"pricingModel":"PER_ACCESS","price":"0.001","currency":"EUR"}}""";
        return String.format(
                        Locale.ROOT,
                        template,
                        id(number),
                        number,
                        number,
                        number,
                        number,
                        CATEGORIES[kind],
                        longitude,
                        latitude,
                        TYPES[kind],
                        number)
                .getBytes(StandardCharsets.UTF_8);
    }
}
