// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import io.javalin.http.Context;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.mercat.http.Negotiation;
import org.mercat.http.Preconditions;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Syntax;

/** Answers with what belongs to the caller: in any syntax, and kept by nobody in between. */
record Answers(Documents documents) {
    /** The syntax that a request wants by the ending of its last segment, or by its header. */
    static Syntax syntax(Context ctx, String last) {
        return Syntax.endingOf(last).orElseGet(() -> Negotiation.accepted(ctx));
    }

    /** A segment without its ending. */
    static String plain(String last) {
        return Syntax.endingOf(last)
                .map(its -> last.substring(0, last.length() - its.extension().length() - 1))
                .orElse(last);
    }

    void answer(Context ctx, Graph graph, Node resource, Syntax syntax) {
        String tag = Preconditions.tag(Resources.revisionOf(graph, resource).orElse(0L), syntax, documents.version());
        ctx.header("ETag", tag).header("Vary", "Accept").header("Cache-Control", "private, no-cache");
        if (ctx.method().name().equals("GET") && Preconditions.of(ctx).isFresh(tag)) {
            ctx.status(304);
            return;
        }
        ctx.contentType(syntax.contentType()).result(documents.write(graph, resource, syntax));
    }
}
