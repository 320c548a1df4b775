// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes elements of UBL: {@code cac} ones have others in them, {@code cbc} ones a text. */
final class UblWriter {
    private static final String UBL = "urn:oasis:names:specification:ubl:schema:xsd:";
    private static final String CAC = UBL + "CommonAggregateComponents-2";
    private static final String CBC = UBL + "CommonBasicComponents-2";

    /** What XML 1.0 has not, even as a reference. */
    private static final Pattern NO_XML =
            Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private final XMLStreamWriter out;

    /** Writes some elements. */
    @FunctionalInterface
    interface Content {
        void write(UblWriter to) throws XMLStreamException;
    }

    private UblWriter(XMLStreamWriter out) {
        this.out = out;
    }

    /** @param root such as {@code Invoice} */
    static byte[] document(String root, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter out = XMLOutputFactory.newInstance().createXMLStreamWriter(bytes, "UTF-8");
            out.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            out.setDefaultNamespace(UBL + root + "-2");
            out.writeStartElement(UBL + root + "-2", root);
            out.writeDefaultNamespace(UBL + root + "-2");
            out.writeNamespace("cac", CAC);
            out.writeNamespace("cbc", CBC);
            content.write(new UblWriter(out));
            out.writeEndDocument();
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e); // it is in memory
        }
        return bytes.toByteArray();
    }

    void cac(String name, Content content) throws XMLStreamException {
        out.writeStartElement("cac", name, CAC);
        content.write(this);
        out.writeEndElement();
    }

    /** Nothing for an empty text. */
    void cbc(String name, String text) throws XMLStreamException {
        if (!text.isEmpty()) {
            out.writeStartElement("cbc", name, CBC);
            write(text);
        }
    }

    /** With an attribute, such as the currency of an amount. */
    void cbc(String name, String text, String attribute, String value) throws XMLStreamException {
        out.writeStartElement("cbc", name, CBC);
        out.writeAttribute(attribute, value);
        write(text);
    }

    private void write(String text) throws XMLStreamException {
        out.writeCharacters(NO_XML.matcher(text).replaceAll(" "));
        out.writeEndElement();
    }
}
