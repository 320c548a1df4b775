// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mercat.vocabulary.TurtleDocument.Anonymous;
import org.mercat.vocabulary.TurtleDocument.Block;
import org.mercat.vocabulary.TurtleDocument.Name;
import org.mercat.vocabulary.TurtleDocument.Property;
import org.mercat.vocabulary.TurtleDocument.Remark;
import org.mercat.vocabulary.TurtleDocument.Sequence;
import org.mercat.vocabulary.TurtleDocument.Statement;
import org.mercat.vocabulary.TurtleDocument.Term;
import org.mercat.vocabulary.TurtleDocument.Value;

/**
 * Writes a document as text, in its order. What fits stands on one line; of what does not, each value has a line of its
 * own.
 */
final class TurtlePrinter {
    private static final int WIDTH = 120;

    private final TurtleDocument document;
    private final Prefixes prefixes;
    private final FlatTurtle flat;
    private final StringBuilder out = new StringBuilder();

    private TurtlePrinter(TurtleDocument document, Map<String, String> bound) {
        this.document = document;
        prefixes = new Prefixes(bound);
        flat = new FlatTurtle(prefixes);
    }

    static String print(TurtleDocument document) {
        var printer = new TurtlePrinter(document, document.prefixes());
        String text = printer.print();
        Map<String, String> needed = new HashMap<>(document.prefixes());
        needed.entrySet().retainAll(printer.prefixes.used().entrySet());
        // A prefix that goes may have taken the name of a usual one.
        return needed.size() == document.prefixes().size() ? text : new TurtlePrinter(document, needed).print();
    }

    private String print() {
        boolean afterLine = false;
        for (Block block : document.blocks()) {
            int start = out.length();
            boolean isLine = false;
            boolean goesOn = false;
            if (block instanceof Statement statement) {
                isLine = statement(statement);
                goesOn = afterLine && isLine && !statement.apart();
            } else if (block instanceof Remark remark) {
                lines(remark.lines(), "");
            }
            if (start > 0 && !goesOn) {
                out.insert(start, '\n');
            }
            afterLine = isLine;
        }
        return head() + out;
    }

    /** The header, and the prefixes that were used below it. */
    private String head() {
        List<String> parts = new ArrayList<>();
        document.header().forEach(remark -> parts.add(String.join("\n", remark.lines()) + "\n"));
        StringBuilder bindings = new StringBuilder();
        prefixes.used().forEach((prefix, namespace) -> {
            List<String> beside = namespace.equals(document.prefixes().get(prefix))
                    ? document.besidePrefixes().get(prefix)
                    : List.of();
            bindings.append("@prefix " + prefix + ": <" + namespace + "> ." + beside(beside) + "\n");
        });
        if (!bindings.isEmpty()) {
            parts.add(bindings.toString());
        }
        List<String> orphaned = new ArrayList<>();
        document.besidePrefixes().forEach((prefix, comments) -> {
            if (!document.prefixes().get(prefix).equals(prefixes.used().get(prefix))) {
                orphaned.addAll(comments);
            }
        });
        if (!orphaned.isEmpty()) {
            parts.add(String.join("\n", orphaned) + "\n");
        }
        return String.join("\n", parts) + (parts.isEmpty() || out.isEmpty() ? "" : "\n");
    }

    /** @return whether it is a single line */
    private boolean statement(Statement statement) {
        lines(statement.above(), "");
        int start = out.length();
        out.append(flat.term(statement.subject()).orElseGet(() -> broken(statement.subject(), "")));
        out.append(beside(statement.beside()));
        boolean goesOn = statement.beside().isEmpty();
        properties(statement.properties(), statement.rest(), "  ", " .", goesOn);
        if (!statement.rest().isEmpty() || statement.properties().isEmpty()) {
            lines(statement.rest(), "  ");
            out.append("  .\n");
        }
        return out.indexOf("\n", start) == out.length() - 1;
    }

    /** Lines of properties, each ended; if the first one goes on, the line before is not ended yet. */
    private void properties(
            List<Property> properties, List<String> rest, String indent, String end, boolean firstGoesOn) {
        if (!firstGoesOn || properties.isEmpty() || !properties.get(0).above().isEmpty()) {
            out.append('\n');
        }
        for (int i = 0; i < properties.size(); i++) {
            Property property = properties.get(i);
            if (i == 0 && firstGoesOn && property.above().isEmpty()) {
                out.append(' ');
            } else {
                lines(property.above(), indent);
                out.append(indent);
            }
            boolean last = i == properties.size() - 1 && rest.isEmpty();
            property(property, indent, last ? end : " ;");
        }
    }

    private void property(Property property, String indent, String end) {
        out.append(flat.verb(property));
        List<Value> values = property.values();
        Value last = values.get(values.size() - 1);
        Optional<String> line = flat.term(values.get(0).term());
        if (values.size() > 1 || !last.above().isEmpty()) {
            line = flat.values(values).filter(text -> fits(text, end));
        } else {
            line = line.filter(text -> last.term() instanceof Name || fits(text, end));
            if (line.isEmpty()) {
                line = Optional.of(broken(last.term(), indent));
            }
        }
        if (line.isPresent()) {
            out.append(' ').append(line.get()).append(end).append(beside(last.beside()));
            out.append('\n');
            return;
        }
        out.append('\n');
        for (Value value : values) {
            lines(value.above(), indent + "  ");
            out.append(indent).append("  ").append(value(value.term(), indent + "  "));
            out.append(value == last ? end : ",").append(beside(value.beside())).append('\n');
        }
    }

    private boolean fits(String text, String end) {
        int column = out.length() - (out.lastIndexOf("\n") + 1);
        return column + 1 + text.length() + end.length() <= WIDTH && text.indexOf('\n') < 0;
    }

    /** A value that begins at an indentation. */
    private String value(Term term, String indent) {
        return flat.term(term)
                .filter(text ->
                        term instanceof Name || indent.length() + text.length() + 2 <= WIDTH && text.indexOf('\n') < 0)
                .orElseGet(() -> broken(term, indent));
    }

    /** Over several lines, of which the first one goes on and the last one is not ended. */
    private String broken(Term term, String indent) {
        int start = out.length();
        if (term instanceof Anonymous node) {
            out.append("[");
            properties(node.properties(), node.rest(), indent + "  ", "", false);
            lines(node.rest(), indent + "  ");
            out.append(indent).append(']');
        } else if (term instanceof Sequence sequence) {
            out.append("(\n");
            for (Value member : sequence.members()) {
                lines(member.above(), indent + "  ");
                out.append(indent).append("  ").append(value(member.term(), indent + "  "));
                out.append(beside(member.beside())).append('\n');
            }
            lines(sequence.rest(), indent + "  ");
            out.append(indent).append(')');
        } else {
            return flat.term(term).orElseThrow();
        }
        String text = out.substring(start);
        out.setLength(start);
        return text;
    }

    private void lines(List<String> comments, String indent) {
        comments.forEach(comment -> out.append(indent).append(comment).append('\n'));
    }

    private static String beside(List<String> comments) {
        return comments.isEmpty() ? "" : " " + String.join(" ", comments);
    }
}
