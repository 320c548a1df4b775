// SPDX-License-Identifier: Apache-2.0
package org.mercat.web;

import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.io.InputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mercat.http.Access;
import org.mercat.http.Failure;
import org.mercat.http.Route;

/**
 * Others' scripts and styles, out of the program itself. Not by the server's static files: those open the whole program
 * once more at each start.
 *
 * @see <a href="https://www.webjars.org/">WebJars</a>
 */
final class WebJars {
    private static final String PATH = "/webjars/{library}/{version}/{file}";

    /** No path, no hidden file, nothing above. */
    private static final Pattern NAME = Pattern.compile("\\w[\\w.-]*");

    private WebJars() {}

    static Route route() {
        return Route.get(PATH, Access.PUBLIC, WebJars::serve);
    }

    /** Where the files of a library are served. */
    static String path(String library, String version) {
        return PATH.replace("{library}", library).replace("{version}", version).replace("/{file}", "");
    }

    private static void serve(Context ctx) {
        boolean named = Stream.of("library", "version", "file")
                .map(ctx::pathParam)
                .allMatch(name -> NAME.matcher(name).matches());
        String file = ctx.pathParam("file");
        ContentType type = ContentType.Companion.contentTypeByExtension(file.substring(file.lastIndexOf('.') + 1));
        InputStream content = named && type != null
                ? WebJars.class.getResourceAsStream(
                        "/META-INF/resources" + path(ctx.pathParam("library"), ctx.pathParam("version")) + "/" + file)
                : null;
        if (content == null) {
            throw Failure.Kind.NOT_FOUND.because("There is no such file. GET /docs uses those that are.");
        }
        ctx.header("Cache-Control", "public, max-age=31536000, immutable"); // their version is in their path
        ctx.header("Content-Security-Policy", "default-src 'none'").header("X-Content-Type-Options", "nosniff");
        ctx.contentType(type.isHumanReadable() ? type.getMimeType() + "; charset=utf-8" : type.getMimeType());
        ctx.result(content);
    }
}
