// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDF;

/** Writes values: those of a member as our context has them, any other literal as a JSON-LD value object. */
final class ValueWriter {
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,20}");
    private static final Pattern DOUBLE = Pattern.compile("-?[0-9][.][0-9]{1,15}E-?[0-9]{1,2}");

    private final JsonGenerator out;

    ValueWriter(JsonGenerator out) {
        this.out = out;
    }

    /** Whether what {@link #write} writes for the value is read as the same value again. */
    static boolean fits(JsonTerm term, Node value) {
        return switch (term.kind) {
            case NODE -> value.isURI() || value.isBlank();
            case WORD -> value.isURI() && isReadBack(value.getURI(), term.inner.expandWord(shortest(term, value)));
            case IRI -> value.isURI() && isReadBack(value.getURI(), term.inner.expand(value.getURI()));
            case TEXT -> isString(value) || isTagged(value);
            case BOOLEAN -> isOf(term, value) && value.getLiteralLexicalForm().matches("true|false");
            case INTEGER ->
                isOf(term, value)
                        && INTEGER.matcher(value.getLiteralLexicalForm()).matches();
            case NUMBER -> isNativeNumber(value);
            case DECIMAL, STRING -> isOf(term, value);
        };
    }

    /** @param values at least one, all of which fit */
    void write(JsonTerm term, List<Node> values) throws IOException {
        switch (term.kind) {
            case TEXT -> writeTexts(term, values);
            case WORD ->
                writeTexts(
                        values.stream()
                                .map(value -> shortest(term, value))
                                .sorted()
                                .toList(),
                        term.set);
            case IRI -> writeTexts(values.stream().map(Node::getURI).toList(), term.set);
            default -> {
                boolean array = values.size() > 1 || term.set;
                if (array) {
                    out.writeStartArray();
                }
                for (Node value : values) {
                    writeLiteral(term, value.getLiteralLexicalForm());
                }
                if (array) {
                    out.writeEndArray();
                }
            }
        }
    }

    void writeTexts(List<String> texts, boolean set) throws IOException {
        if (texts.size() == 1 && !set) {
            out.writeString(texts.get(0));
            return;
        }
        out.writeStartArray();
        for (String text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }

    /** A JSON-LD value object. */
    void writeLiteral(Node literal, JsonScope scope) throws IOException {
        out.writeStartObject();
        out.writeStringField("@value", literal.getLiteralLexicalForm());
        if (!literal.getLiteralLanguage().isEmpty()) {
            out.writeStringField("@language", literal.getLiteralLanguage());
            if (literal.getLiteralBaseDirection() != null) {
                out.writeStringField(
                        "@direction", literal.getLiteralBaseDirection().direction());
            }
        } else if (!isString(literal)) {
            out.writeStringField("@type", scope.shorten(literal.getLiteralDatatypeURI()));
        }
        out.writeEndObject();
    }

    private void writeTexts(JsonTerm term, List<Node> values) throws IOException {
        if (values.stream().allMatch(ValueWriter::isString)) {
            writeTexts(values.stream().map(Node::getLiteralLexicalForm).toList(), term.set);
            return;
        }
        Map<String, List<String>> byLanguage = new TreeMap<>();
        for (Node value : values) {
            String language = isString(value) ? ValueReader.NO_LANGUAGE : value.getLiteralLanguage();
            byLanguage.computeIfAbsent(language, l -> new ArrayList<>(1)).add(value.getLiteralLexicalForm());
        }
        out.writeStartObject();
        for (Map.Entry<String, List<String>> texts : byLanguage.entrySet()) {
            out.writeFieldName(texts.getKey());
            writeTexts(texts.getValue(), false);
        }
        out.writeEndObject();
    }

    private void writeLiteral(JsonTerm term, String form) throws IOException {
        switch (term.kind) {
            case BOOLEAN -> out.writeBoolean(form.equals("true"));
            case INTEGER -> out.writeNumber(new BigInteger(form));
            case NUMBER -> out.writeNumber(plain(form));
            default -> out.writeString(form);
        }
    }

    /** Without an exponent where that is short. */
    private static String plain(String form) {
        BigDecimal number = new BigDecimal(form);
        boolean isShort = Math.abs(number.scale()) <= 20;
        return isShort ? number.toPlainString() : number.toString();
    }

    private static String shortest(JsonTerm term, Node value) {
        return term.inner.shortenWord(value.getURI());
    }

    private static boolean isReadBack(String iri, String read) {
        return read.equals(iri);
    }

    private static boolean isOf(JsonTerm term, Node value) {
        return value.isLiteral() && value.getLiteralDatatype().equals(term.datatype);
    }

    private static boolean isString(Node value) {
        return value.isLiteral() && value.getLiteralDatatype().equals(XSDDatatype.XSDstring);
    }

    private static boolean isTagged(Node value) {
        return value.isLiteral() && value.getLiteralDatatypeURI().equals(RDF.langString.getURI());
    }

    /** Whether it is the very form that a JSON number gives. */
    private static boolean isNativeNumber(Node value) {
        if (!value.isLiteral()) {
            return false;
        }
        String form = value.getLiteralLexicalForm();
        if (value.getLiteralDatatype().equals(XSDDatatype.XSDinteger)) {
            return INTEGER.matcher(form).matches();
        }
        if (!value.getLiteralDatatype().equals(XSDDatatype.XSDdouble)
                || !DOUBLE.matcher(form).matches()) {
            return false;
        }
        BigDecimal number = new BigDecimal(form);
        return !JsonNumbers.isInteger(number)
                && JsonNumbers.canonicalDouble(number).equals(form);
    }
}
