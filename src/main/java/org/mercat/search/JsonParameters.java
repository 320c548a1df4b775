// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mercat.http.Failure;
import org.mercat.http.Fault;

/** A search as a JSON object: the names and values that the URL of the same search has. */
final class JsonParameters {
    private static final int MOST_DIGITS = 24;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonParameters() {}

    /** @throws org.mercat.http.FailureException if it is no object of texts, numbers and truth values */
    static Map<String, List<String>> read(byte[] json) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        try {
            JsonNode body = JSON.readTree(json);
            if (!body.isObject()) {
                throw new Failure.Malformed("Send a JSON object, such as {\"category\": \"Parking\"}.").asException();
            }
            body.properties()
                    .forEach(member -> parameters.put(member.getKey(), texts(member.getKey(), member.getValue())));
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            throw new Failure.Malformed(
                            "The body is not JSON.", List.of(Fault.at(null, line, column, e.getOriginalMessage())))
                    .asException();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parameters;
    }

    private static List<String> texts(String name, JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isArray() && value.isEmpty()) {
            Fault fault = Fault.at("/" + name, 0, 0, "Write a value, or leave it out.");
            throw new Failure.Malformed("\"" + name + "\" is empty.", List.of(fault)).asException();
        }
        for (JsonNode one : value.isArray() ? value : List.of(value)) {
            if (!one.isValueNode() || one.isNull()) {
                throw new Failure.Malformed(
                                "\"" + name + "\" is a text, a number, true or false, or an array of these.")
                        .asException();
            }
            texts.add(one.isNumber() ? digits(one.decimalValue()) : one.asText());
        }
        return name.equals("box") ? List.of(String.join(",", texts)) : texts;
    }

    /** Without an exponent, unless that would be long: 1e999999999 has few letters and many digits. */
    private static String digits(BigDecimal number) {
        return number.precision() + Math.abs((long) number.scale()) > MOST_DIGITS
                ? number.toString()
                : number.toPlainString();
    }
}
