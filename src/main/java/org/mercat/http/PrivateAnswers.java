// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Syntax;

/** Answers with what belongs to the caller: in any syntax, and kept by nobody in between. */
public record PrivateAnswers(Documents documents) {
    /** The syntax that a request wants by the ending of its last segment, or by its header. */
    public static Syntax syntax(Context ctx, String last) {
        return Syntax.endingOf(last).orElseGet(() -> Negotiation.accepted(ctx));
    }

    /** A segment, or several, without an ending such as {@code .ttl}. */
    public static String plain(String last) {
        return Syntax.endingOf(last)
                .map(its -> last.substring(0, last.length() - its.extension().length() - 1))
                .orElse(last);
    }

    /** Answers with a resource that is there. */
    public void answer(Context ctx, Resources resources, Node resource, Syntax syntax) {
        Resources.Document document = resources.find(resource, syntax).orElseThrow();
        answer(ctx, document.revision(), syntax, document::content);
    }

    /** Answers with what is written when it is needed: not if the caller has read this revision already. */
    public void answer(Context ctx, long revision, Syntax syntax, Supplier<byte[]> content) {
        String tag = Preconditions.tag(revision, syntax, documents.version());
        ctx.header("ETag", tag).header("Vary", "Accept").header("Cache-Control", "private, no-cache");
        if (ctx.method().name().equals("GET") && Preconditions.of(ctx).isFresh(tag)) {
            ctx.status(304);
            return;
        }
        ctx.contentType(syntax.contentType()).result(content.get());
    }

    /** The step that an address names. @throws FailureException 404 naming those that there are */
    public static <S> S step(Context ctx, List<S> steps, java.util.function.Function<S, String> word) {
        String wanted = ctx.pathParam("step");
        return steps.stream()
                .filter(step -> word.apply(step).equals(wanted))
                .findFirst()
                .orElseThrow(() -> Failure.Kind.NOT_FOUND.because("There is no step \"" + wanted + "\". There are "
                        + String.join(", ", steps.stream().map(word).toList()) + "."));
    }
}
