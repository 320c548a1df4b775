// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers of JSON as JSON-LD reads them: an integer is an xsd:integer, any other an xsd:double.
 *
 * @see <a href="https://www.w3.org/TR/json-ld11-api/#data-round-tripping">JSON-LD 1.1 API, Data Round Tripping</a>
 */
final class JsonNumbers {
    static final String TOO_LARGE = "The number is too large or too small: write it with fewer than 100 digits.";

    private static final int MOST_DIGITS = 100;
    private static final BigDecimal INTEGER_END = new BigDecimal("1E21");
    private static final MathContext PRECISION = new MathContext(16, RoundingMode.HALF_EVEN);

    private JsonNumbers() {}

    /** Null if its digits, written out, would fill more than a line: 1e999999999 is short to write and dear to expand. */
    static BigDecimal exact(JsonNode value) {
        BigDecimal number = value.decimalValue();
        return Math.abs((long) number.scale()) > MOST_DIGITS ? null : number;
    }

    static boolean isInteger(BigDecimal number) {
        return number.abs().compareTo(INTEGER_END) < 0
                && number.stripTrailingZeros().scale() <= 0;
    }

    /** The canonical lexical form of an xsd:double, with 16 digits at most. */
    static String canonicalDouble(BigDecimal number) {
        BigDecimal rounded = number.round(PRECISION).stripTrailingZeros();
        if (rounded.signum() == 0) {
            return "0.0E0";
        }
        String digits = rounded.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - rounded.scale();
        String fraction = digits.length() > 1 ? digits.substring(1) : "0";
        return (rounded.signum() < 0 ? "-" : "") + digits.charAt(0) + "." + fraction + "E" + exponent;
    }
}
