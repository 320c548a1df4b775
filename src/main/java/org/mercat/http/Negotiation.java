// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import io.javalin.http.Context;
import java.util.Locale;
import org.mercat.rdf.Syntax;

/** What a request wants to be answered with. */
public final class Negotiation {
    private Negotiation() {}

    /** The syntax that a request wants, or a failure that lists what there is. */
    public static Syntax accepted(Context ctx) {
        return Syntax.accepted(ctx.header("Accept"))
                .orElseThrow(() -> Failure.Kind.NOT_ACCEPTABLE.because("\"" + ctx.header("Accept")
                        + "\" is not offered. There are application/json, application/ld+json, text/turtle, application/rdf+xml,"
                        + " application/n-triples and application/trig."));
    }

    /** Whether a refusal by the shapes is wanted as RDF: by all who accept a syntax of RDF and do not name problems. */
    static boolean wantsReport(Context ctx) {
        String accept = ctx.header("Accept");
        return accepted(ctx) != Syntax.JSON && !accept.toLowerCase(Locale.ROOT).contains(Problem.MEDIA_TYPE);
    }

    /** Whether a request only asks what would come of it. */
    public static boolean isDryRun(Context ctx) {
        String value = ctx.queryParam("dryRun");
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true") || value.isEmpty()) {
            return true;
        }
        throw Failure.Kind.BAD_REQUEST.because("dryRun is true or false, not \"" + value + "\".");
    }
}
