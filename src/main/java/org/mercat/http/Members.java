// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mercat.http.Failure.Kind;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Syntax;

/**
 * The members of a JSON object that was sent, each refused by its place (422) if it is not what it should be.
 *
 * @param pointer where the object is in the body, as a JSON Pointer; empty for the body itself
 */
public record Members(JsonNode json, String pointer) {
    private static final int LONGEST_NUMBER = 20;
    private static final BigDecimal MOST = BigDecimal.TEN.pow(9);

    /** What a request has as its body; nothing at all is an empty object. */
    public static Members of(Context ctx, Documents documents, Set<String> known) {
        byte[] body = Bodies.read(ctx, Bodies.RESOURCE_LIMIT);
        if (body.length > 0 && Bodies.syntax(ctx) != Syntax.JSON) {
            throw Kind.UNSUPPORTED_MEDIA_TYPE.because("Send a JSON object as Content-Type: application/json.");
        }
        ObjectNode json = documents.checkedJson(body.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body);
        Members members = new Members(json, "");
        members.mustBeAmong(known);
        return members;
    }

    /** Refuses members of other names. */
    public void mustBeAmong(Set<String> known) {
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name) && !name.startsWith("@")) {
                throw refused(
                        name,
                        "There is no member \"" + name + "\" here; there are "
                                + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        });
    }

    /** A refusal of a member, by its place. */
    public RuntimeException refused(String member, String message) {
        String place = pointer + "/" + member;
        return new Failure.Invalid(message, List.of(Fault.at(place, 0, 0, message))).asException();
    }

    /** Whether it was sent. */
    public boolean has(String member) {
        return json.has(member);
    }

    /** A decimal that is not negative, as text or as a number; 0 if it is left out. @param most of it */
    public BigDecimal decimal(String member, BigDecimal most) {
        JsonNode value = json.path(member);
        if (value.isMissingNode()) {
            return BigDecimal.ZERO;
        }
        String text = value.isTextual() || value.isNumber() ? value.asText() : "";
        if (text.length() <= LONGEST_NUMBER && text.matches("\\d+(\\.\\d{1,9})?")) {
            BigDecimal number = new BigDecimal(text);
            if (number.compareTo(most) <= 0) {
                return number;
            }
        }
        throw refused(
                member,
                "\"" + member + "\" is a decimal number from 0 to " + most.toPlainString() + ": write \"" + member
                        + "\": \"2.50\", not " + value + ".");
    }

    /** A decimal from 0 to 1,000,000,000, as text or as a number; 0 if it is left out. */
    public BigDecimal decimal(String member) {
        return decimal(member, MOST);
    }

    /** A text, empty if it is left out. */
    public String text(String member, int longest) {
        JsonNode value = json.path(member);
        if (!value.isMissingNode() && !value.isTextual() || value.asText().length() > longest) {
            throw refused(member, "\"" + member + "\" is a text of up to " + longest + " characters.");
        }
        return value.asText().strip();
    }

    /** A text that has to be there. */
    public String neededText(String member, int longest) {
        String text = text(member, longest);
        if (text.isEmpty()) {
            throw refused(member, "\"" + member + "\" is missing: a text of up to " + longest + " characters.");
        }
        return text;
    }

    /** The texts of an array, none if it is left out. */
    public List<String> texts(String member, int most) {
        JsonNode array = json.path(member);
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.isTextual() ? one.asText().strip() : ""));
        if (!array.isMissingNode() && !array.isArray() || texts.size() > most || texts.contains("")) {
            throw refused(member, "\"" + member + "\" is an array of up to " + most + " texts.");
        }
        return texts;
    }

    /** The objects of an array, none if it is left out. */
    public List<Members> objects(String member) {
        JsonNode array = json.path(member);
        if (!array.isMissingNode() && !array.isArray()) {
            throw refused(member, "\"" + member + "\" is an array of objects.");
        }
        List<Members> objects = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            Members its = new Members(array.get(i), pointer + "/" + member + "/" + i);
            if (!its.json.isObject()) {
                throw refused(member + "/" + i, "Each of \"" + member + "\" is an object.");
            }
            objects.add(its);
        }
        return objects;
    }

    /** A month as an address or a member says it. */
    public static YearMonth month(String text) {
        try {
            if (text.matches("2\\d{3}-\\d{2}")) {
                return YearMonth.parse(text);
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw Kind.BAD_REQUEST.because("A month is written as 2026-11, not \"" + text + "\".");
    }
}
