// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import io.javalin.http.Context;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.mercat.http.PrivateAnswers;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Syntax;

/** Answers with documents as they are shown. */
record Answers(Documents documents) {
    void answer(Context ctx, Graph graph, Node resource, Syntax syntax) {
        new PrivateAnswers(documents)
                .answer(
                        ctx,
                        Resources.revisionOf(graph, resource).orElse(0L),
                        syntax,
                        () -> documents.write(graph, resource, syntax));
    }
}
