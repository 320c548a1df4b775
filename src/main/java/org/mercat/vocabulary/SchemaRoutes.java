// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import io.javalin.http.Context;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.mercat.http.Access;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Route;
import org.mercat.rdf.Home;
import org.mercat.rdf.JsonContext;
import org.mercat.rdf.Syntax;

/** The documents that say how JSON, shapes and RDF belong together. */
public final class SchemaRoutes {
    private final JsonContext context;
    private final Supplier<Home> home;

    public SchemaRoutes(Supplier<Home> home, JsonContext context) {
        this.home = home;
        this.context = context;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/context/v1.jsonld", Access.PUBLIC, this::context),
                Route.get(
                        "/frames/{name}",
                        Access.PUBLIC,
                        ctx -> file(ctx, "vocabularies/frames", ".jsonld", Syntax.JSON_LD, "frame")),
                Route.get(
                        "/shapes/{name}",
                        Access.PUBLIC,
                        ctx -> file(ctx, "shapes", ".ttl", Syntax.TURTLE, "shapes file")));
    }

    private void context(Context ctx) {
        ctx.header("Cache-Control", "public, max-age=86400").header("Access-Control-Allow-Origin", "*");
        ctx.contentType(Syntax.JSON_LD.contentType()).result(context.text());
    }

    private void file(Context ctx, String folder, String ending, Syntax syntax, String what) {
        SortedMap<String, String> files = home.get().files(folder, ending);
        String asked = ctx.pathParam("name");
        String text = files.get(asked.endsWith(ending) ? asked : asked + ending);
        if (text == null) {
            throw Kind.NOT_FOUND.because(
                    "There is no " + what + " \"" + asked + "\". There are " + String.join(", ", files.keySet()) + ".");
        }
        ctx.contentType(syntax.contentType()).result(text);
    }
}
