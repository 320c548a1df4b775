// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Node;

/**
 * A Turtle file as its author wrote it: its statements in their order, and every comment with what it stands at.
 * Comments keep their {@code #}. Those {@code above} stand on lines of their own before the thing, those {@code beside}
 * behind it on its line, and those in a {@code rest} before what closes the thing.
 *
 * @param header comments before the prefixes
 * @param prefixes namespace by prefix, each as it was bound first
 * @param besidePrefixes comments behind the binding of a prefix
 * @param blocks all the rest
 */
record TurtleDocument(
        List<Remark> header,
        Map<String, String> prefixes,
        Map<String, List<String>> besidePrefixes,
        List<Block> blocks) {
    sealed interface Block permits Remark, Statement {}

    /** Comment lines that stand for themselves, with blank lines around them, such as the title of a section. */
    record Remark(List<String> lines) implements Block {}

    /** @param apart whether a blank line stands before it */
    record Statement(
            boolean apart,
            List<String> above,
            Term subject,
            List<String> beside,
            List<Property> properties,
            List<String> rest)
            implements Block {}

    record Property(List<String> above, Node verb, List<Value> values) {}

    record Value(List<String> above, Term term, List<String> beside) {}

    sealed interface Term permits Name, Label, Anonymous, Sequence {}

    /** An IRI or a literal. */
    record Name(Node node) implements Term {}

    /** A blank node that has a label. */
    record Label(String label) implements Term {}

    record Anonymous(List<Property> properties, List<String> rest) implements Term {}

    record Sequence(List<Value> members, List<String> rest) implements Term {}
}
