// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;

/** What a parameter of a query may be bound to. */
public enum ParameterType {
    IRI(null),
    STRING(XSDDatatype.XSDstring),
    INTEGER(XSDDatatype.XSDinteger),
    DECIMAL(XSDDatatype.XSDdecimal),
    BOOLEAN(XSDDatatype.XSDboolean),
    DATETIME(XSDDatatype.XSDdateTime);

    /** Absolute, and nothing in it that would end it in a query's text. */
    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[^\\x00-\\x20<>\"{}|^`\\\\]+");

    private final XSDDatatype datatype;

    ParameterType(XSDDatatype datatype) {
        this.datatype = datatype;
    }

    /** The type that a header calls so. */
    static ParameterType of(String word) {
        return Arrays.stream(values())
                .filter(type -> type.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + word + "\" is no type: write one of "
                        + Arrays.stream(values()).map(ParameterType::word).toList()));
    }

    /** What a header calls it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of its literals; empty for IRIs. */
    public Optional<String> datatype() {
        return Optional.ofNullable(datatype).map(XSDDatatype::getURI);
    }

    /** The node for a text. @throws IllegalArgumentException if it is none of this type */
    public Node node(String text) {
        Node node = this == IRI ? NodeFactory.createURI(text) : NodeFactory.createLiteralDT(text, datatype);
        if (!accepts(node)) {
            throw new IllegalArgumentException("\"" + text + "\" is no " + word());
        }
        return node;
    }

    /** Whether the node is one of this type, and well formed. */
    public boolean accepts(Node node) {
        if (this == IRI) {
            return node.isURI() && ABSOLUTE.matcher(node.getURI()).matches() && IriSyntax.fault(node.getURI()) == null;
        }
        return node.isLiteral()
                && node.getLiteralDatatype().equals(datatype)
                && datatype.isValid(node.getLiteralLexicalForm());
    }
}
