// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import java.util.Optional;
import org.apache.jena.graph.Node;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Resources.Document;
import org.mercat.rdf.Syntax;

/** Resources as the one who asks may see them. */
@FunctionalInterface
public interface Visible {
    /** The resource in that syntax; empty if there never was one, or if there is none for this caller. */
    Optional<Document> find(Caller caller, Node resource, Syntax syntax);

    /** Those that everybody sees. */
    static Visible toAll(Resources resources) {
        return (caller, resource, syntax) -> resources.find(resource, syntax);
    }
}
