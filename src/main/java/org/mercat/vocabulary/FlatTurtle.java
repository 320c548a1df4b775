// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.jena.atlas.io.AWriter;
import org.apache.jena.atlas.io.Writer2;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.out.NodeFormatterTTL;
import org.apache.jena.riot.out.quoted.QuotedStringOutput;
import org.apache.jena.riot.out.quoted.QuotedStringOutputTTL_MultiLine;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.XSD;
import org.mercat.vocabulary.TurtleDocument.Anonymous;
import org.mercat.vocabulary.TurtleDocument.Label;
import org.mercat.vocabulary.TurtleDocument.Name;
import org.mercat.vocabulary.TurtleDocument.Property;
import org.mercat.vocabulary.TurtleDocument.Sequence;
import org.mercat.vocabulary.TurtleDocument.Term;
import org.mercat.vocabulary.TurtleDocument.Value;

/** Parts of a document written on one line; empty where a comment is in the way. */
final class FlatTurtle {
    private static final ShortForms SHORT_FORMS = new ShortForms();
    private static final QuotedStringOutput STRINGS = new QuotedStringOutputTTL_MultiLine('"');

    private final Prefixes prefixes;

    FlatTurtle(Prefixes prefixes) {
        this.prefixes = prefixes;
    }

    String verb(Property property) {
        return property.verb().equals(RDF.Nodes.type)
                ? "a"
                : prefixes.name(property.verb().getURI());
    }

    Optional<String> term(Term term) {
        if (term instanceof Name name) {
            return Optional.of(node(name.node()));
        }
        if (term instanceof Label label) {
            return Optional.of("_:" + label.label());
        }
        if (term instanceof Sequence sequence) {
            if (sequence.members().isEmpty() && sequence.rest().isEmpty()) {
                return Optional.of("()");
            }
            return sequence.rest().isEmpty()
                    ? joined(sequence.members().stream().map(this::value).toList(), " ")
                            .map(text -> "( " + text + " )")
                    : Optional.empty();
        }
        Anonymous node = (Anonymous) term;
        if (!node.rest().isEmpty()) {
            return Optional.empty();
        }
        return node.properties().isEmpty()
                ? Optional.of("[]")
                : joined(node.properties().stream().map(this::property).toList(), " ; ")
                        .map(text -> "[ " + text + " ]");
    }

    private Optional<String> property(Property property) {
        return property.above().isEmpty()
                ? joined(property.values().stream().map(this::value).toList(), ", ")
                        .map(text -> verb(property) + " " + text)
                : Optional.empty();
    }

    private Optional<String> value(Value value) {
        return value.above().isEmpty() && value.beside().isEmpty() ? term(value.term()) : Optional.empty();
    }

    /** Several values; a comment beside the last one is none of it. */
    Optional<String> values(List<Value> values) {
        List<Value> bare = new ArrayList<>(values);
        Value last = bare.remove(bare.size() - 1);
        bare.add(new Value(last.above(), last.term(), List.of()));
        return joined(bare.stream().map(this::value).toList(), ", ");
    }

    private static Optional<String> joined(List<Optional<String>> texts, String separator) {
        return texts.stream().allMatch(Optional::isPresent)
                ? Optional.of(texts.stream().map(Optional::get).collect(Collectors.joining(separator)))
                : Optional.empty();
    }

    private String node(Node node) {
        if (node.isURI()) {
            return prefixes.name(node.getURI());
        }
        String lexical = node.getLiteralLexicalForm();
        String datatype = node.getLiteralDatatypeURI();
        StringWriter text = new StringWriter();
        Writer2 writer = Writer2.wrapNoBuffer(text);
        if (!SHORT_FORMS.writeLiteralAbbreviated(writer, lexical, datatype)) {
            if (lexical.indexOf('\n') < 0 || lexical.indexOf('\r') >= 0) {
                STRINGS.writeStr(writer, lexical);
            } else {
                STRINGS.writeStrMultiLine(writer, lexical);
            }
            if (!node.getLiteralLanguage().isEmpty()) {
                text.append("@" + node.getLiteralLanguage());
                text.append(node.getLiteralBaseDirection() == null ? "" : "--" + node.getLiteralBaseDirection());
            } else if (!datatype.equals(XSD.xstring.getURI())) {
                text.append("^^" + prefixes.name(datatype));
            }
        }
        return text.toString();
    }

    /** The rules of Jena for {@code 1}, {@code 1.5}, {@code 1e0} and {@code true}. */
    private static final class ShortForms extends NodeFormatterTTL {
        @Override
        protected boolean writeLiteralAbbreviated(AWriter writer, String lexical, String datatype) {
            return super.writeLiteralAbbreviated(writer, lexical, datatype);
        }
    }
}
