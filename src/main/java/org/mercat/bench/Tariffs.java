// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Random;

/** Prices: a third is free, the others are spread log-normally around a usual amount for their pricing model. */
final class Tariffs {
    private static final Weighted<String> MODELS = Weighted.of("FREE 35, PER_ACCESS 25, PER_MONTH 12, PER_RECORD 9,"
            + " PER_MESSAGE 7, ONE_OFF 5, PER_DAY 4, PER_UNIT 2, PER_BYTE 1");
    private static final Weighted<String> CURRENCIES = Weighted.of("EUR 88, GBP 5, CHF 2, USD 2, SEK 1, PLN 1, DKK 1");

    /** The median by pricing model. */
    private static final Map<String, Double> USUAL = Map.of(
            "PER_ACCESS", 0.002,
            "PER_MONTH", 30.0,
            "PER_RECORD", 0.001,
            "PER_MESSAGE", 0.0005,
            "ONE_OFF", 150.0,
            "PER_DAY", 2.0,
            "PER_UNIT", 0.05,
            "PER_BYTE", 0.0000001);

    private static final MathContext TWO_DIGITS = new MathContext(2);

    private Tariffs() {}

    /** Writes {@code "price"}. */
    static void write(JsonGenerator json, Random random) throws IOException {
        String model = MODELS.draw(random);
        json.writeObjectFieldStart("price");
        json.writeStringField("pricingModel", model);
        if (USUAL.containsKey(model)) {
            double amount = USUAL.get(model) * Math.exp(1.2 * random.nextGaussian());
            json.writeStringField("price", new BigDecimal(amount, TWO_DIGITS).toPlainString());
            json.writeStringField("currency", CURRENCIES.draw(random));
            if (random.nextInt(7) == 0) {
                json.writeNumberField("freeQuota", 100 * (1 + random.nextInt(100)));
            }
        }
        json.writeEndObject();
    }
}
