// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.Objects;
import org.apache.jena.graph.Node;

/**
 * One result of a validation.
 *
 * @param severity how bad it is; only {@link Severity#VIOLATION} refuses the data
 * @param focus the node that was looked at
 * @param path the IRI of the property at fault, of a longer path its first step; empty when the fault is that of the
 *     node as a whole
 * @param value the value at fault, or null where a value is missing or there are too many
 * @param shape the shape that found it, an IRI of the shapes files
 * @param component the kind of constraint, such as {@code sh:MinCountConstraintComponent}
 * @param message what is wrong and what to write instead
 * @see <a href="https://www.w3.org/TR/shacl/#validation-report">SHACL, validation report</a>
 */
public record Violation(
        Severity severity, Node focus, String path, Node value, Node shape, Node component, String message) {
    /** How bad a result is. */
    public enum Severity {
        /** The data are refused. */
        VIOLATION,
        /** The data are taken, but something should be better. */
        WARNING,
        /** Worth knowing. */
        INFO
    }

    public Violation {
        Objects.requireNonNull(severity);
        Objects.requireNonNull(focus);
        Objects.requireNonNull(path);
        Objects.requireNonNull(message);
    }

    /** Whether the data must be refused. */
    public boolean refuses() {
        return severity == Severity.VIOLATION;
    }
}
