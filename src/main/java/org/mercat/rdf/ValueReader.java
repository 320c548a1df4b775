// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;

/** Reads single values. Each method returns null after it has recorded a fault. */
final class ValueReader {
    /** The key of a language map under which texts without a language are. */
    static final String NO_LANGUAGE = "@none";

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern LANGUAGE = Pattern.compile("[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*");

    private ValueReader() {}

    static Node read(JsonTerm term, JsonNode value, String pointer, FaultList faults) {
        if (value.isNull()) {
            faults.add(pointer, "null says nothing here: leave the member out.");
            return null;
        }
        return switch (term.kind) {
            case NODE -> throw new IllegalArgumentException(term.name);
            case WORD, IRI -> iri(term, value, pointer, faults);
            case TEXT -> literal(value, "Write a text, or texts by language: {\"en\": \"...\"}", pointer, faults);
            case BOOLEAN ->
                value.isBoolean()
                        ? NodeFactory.createLiteralDT(value.asText(), term.datatype)
                        : wrong("Write true or false, without quotes.", pointer, faults);
            case INTEGER ->
                value.isIntegralNumber()
                        ? NodeFactory.createLiteralDT(value.asText(), term.datatype)
                        : wrong("Write a whole number, without quotes.", pointer, faults);
            case NUMBER ->
                value.isNumber()
                        ? number(value, pointer, faults)
                        : wrong("Write a number, without quotes.", pointer, faults);
            case DECIMAL -> decimal(term, value, pointer, faults);
            case STRING -> string(term, value, pointer, faults);
        };
    }

    /** A text in a language, or without one under {@link #NO_LANGUAGE}. */
    static Node text(String language, JsonNode value, String pointer, FaultList faults) {
        if (language.equals(NO_LANGUAGE)) {
            return literal(value, "Write a text.", pointer, faults);
        }
        if (!isLanguage(language)) {
            return wrong("The name is not a language tag: write en, de, es-MX ... or @none.", pointer, faults);
        }
        return literal(value, "Write a text.", pointer, faults) == null
                ? null
                : NodeFactory.createLiteralLang(value.textValue(), language);
    }

    static Node type(JsonNode value, JsonScope scope, String pointer, FaultList faults) {
        if (!value.isTextual()) {
            return wrong("Write the name of a class.", pointer, faults);
        }
        return checked(scope.expandWord(value.textValue()), value.textValue(), pointer, faults);
    }

    private static Node iri(JsonTerm term, JsonNode value, String pointer, FaultList faults) {
        boolean word = term.kind == JsonTerm.Kind.WORD;
        if (!value.isTextual()) {
            return wrong(word ? "Write a word, or an IRI, as text." : "Write an IRI as text.", pointer, faults);
        }
        String text = value.textValue();
        if (!word) {
            return checked(term.inner.expand(text), text, pointer, faults);
        }
        if (text.indexOf(':') < 0 && !IriSyntax.isWord(text)) {
            return wrong(
                    quoted(text) + " is not a name: write letters, digits and - _ . ~ + without spaces, or a full IRI.",
                    pointer,
                    faults);
        }
        String iri = term.inner.expandWord(text);
        if (IriSyntax.fault(iri) == null && IriSyntax.isPrefixed(iri)) {
            return NodeFactory.createURI(iri); // of an unknown prefix: the shapes refuse it and name the nearest term
        }
        return checked(iri, text, pointer, faults);
    }

    private static Node checked(String iri, String text, String pointer, FaultList faults) {
        String fault = IriSyntax.fault(iri);
        if (fault != null) {
            return wrong(quoted(text) + " is not an IRI: " + fault + ".", pointer, faults);
        }
        if (!IriSyntax.isFull(iri)) {
            return wrong(
                    quoted(text)
                            + " is not a full IRI, nor does it begin with a known prefix: write https://... or urn:...",
                    pointer,
                    faults);
        }
        return NodeFactory.createURI(iri);
    }

    private static Node decimal(JsonTerm term, JsonNode value, String pointer, FaultList faults) {
        if (!value.isNumber()) {
            return string(term, value, pointer, faults);
        }
        BigDecimal number = JsonNumbers.exact(value);
        return number == null
                ? wrong(JsonNumbers.TOO_LARGE, pointer, faults)
                : NodeFactory.createLiteralDT(number.toPlainString(), term.datatype);
    }

    private static Node number(JsonNode value, String pointer, FaultList faults) {
        BigDecimal number = JsonNumbers.exact(value);
        if (number == null) {
            return wrong(JsonNumbers.TOO_LARGE, pointer, faults);
        }
        return JsonNumbers.isInteger(number)
                ? NodeFactory.createLiteralDT(number.toBigInteger().toString(), XSDDatatype.XSDinteger)
                : NodeFactory.createLiteralDT(JsonNumbers.canonicalDouble(number), XSDDatatype.XSDdouble);
    }

    private static Node string(JsonTerm term, JsonNode value, String pointer, FaultList faults) {
        if (!value.isTextual()) {
            String form = term.datatype.getURI().replaceAll(".*[#/]", "");
            return wrong(form.equals("string") ? "Write a text." : "Write a text (" + form + ").", pointer, faults);
        }
        String fault = textFault(value.textValue());
        return fault == null
                ? NodeFactory.createLiteralDT(instant(term, value.textValue()), term.datatype)
                : wrong(fault, pointer, faults);
    }

    /** Where a time is asked for, a day stands for its first moment in UTC, and as an end for its last second. */
    private static String instant(JsonTerm term, String text) {
        if (!term.datatype.equals(XSDDatatype.XSDdateTime) || !DAY.matcher(text).matches()) {
            return text;
        }
        return text + (term.name.startsWith("end") || term.name.endsWith("Until") ? "T23:59:59Z" : "T00:00:00Z");
    }

    private static Node literal(JsonNode value, String hint, String pointer, FaultList faults) {
        if (!value.isTextual()) {
            return wrong(hint, pointer, faults);
        }
        String fault = textFault(value.textValue());
        return fault == null ? NodeFactory.createLiteralString(value.textValue()) : wrong(fault, pointer, faults);
    }

    static boolean isLanguage(String tag) {
        return LANGUAGE.matcher(tag).matches();
    }

    /** What is wrong with the characters of a text (all those that XML takes are fine), or null if nothing is. */
    static String textFault(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' && c != '\n' && c != '\r' || IriSyntax.isNoCharacter(text, i)) {
                return String.format(
                        Locale.ROOT,
                        "The text contains U+%04X at position %d, which is no character of text.",
                        (int) c,
                        i + 1);
            }
        }
        return null;
    }

    private static String quoted(String text) {
        return "\"" + (text.length() > 80 ? text.substring(0, 80) + "..." : text) + "\"";
    }

    private static Node wrong(String message, String pointer, FaultList faults) {
        faults.add(pointer, message);
        return null;
    }
}
