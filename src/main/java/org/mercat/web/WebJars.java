// SPDX-License-Identifier: Apache-2.0
package org.mercat.web;

import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
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
public final class WebJars {
    private static final String PATH = "/webjars/{library}/{version}/{file}";

    /** No path, no hidden file, nothing above. */
    private static final Pattern NAME = Pattern.compile("\\w[\\w.-]*");

    /** Where libraries have what a browser loads, beside their top. */
    private static final List<String> FOLDERS = List.of("", "dist/", "css/", "build/");

    private static final Map<String, String> VERSIONS = new ConcurrentHashMap<>();

    private WebJars() {}

    static Route route() {
        return Route.get(PATH, Access.PUBLIC, WebJars::serve);
    }

    /** Where the files of a library are served. */
    static String path(String library, String version) {
        return PATH.replace("{library}", library).replace("{version}", version).replace("/{file}", "");
    }

    /** The address of a file of a library from npm, in the version that the pom names. */
    public static String file(String library, String file) {
        return path(library, VERSIONS.computeIfAbsent(library, name -> version("org.webjars.npm", name))) + "/" + file;
    }

    /** The version of a library, which stands in the pom alone. */
    static String version(String group, String library) {
        Properties properties = new Properties();
        String file = "/META-INF/maven/" + group + "/" + library + "/pom.properties";
        try (InputStream in = WebJars.class.getResourceAsStream(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static Optional<InputStream> content(String library, String file) {
        return FOLDERS.stream()
                .map(folder -> WebJars.class.getResourceAsStream("/META-INF/resources" + library + "/" + folder + file))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static void serve(Context ctx) {
        boolean named = Stream.of("library", "version", "file")
                .map(ctx::pathParam)
                .allMatch(name -> NAME.matcher(name).matches());
        String file = ctx.pathParam("file");
        ContentType type = ContentType.Companion.contentTypeByExtension(file.substring(file.lastIndexOf('.') + 1));
        Optional<InputStream> content = named && type != null
                ? content(path(ctx.pathParam("library"), ctx.pathParam("version")), file)
                : Optional.empty();
        if (content.isEmpty()) {
            throw Failure.Kind.NOT_FOUND.because("There is no such file. GET /docs uses those that are.");
        }
        ctx.header("Cache-Control", "public, max-age=31536000, immutable"); // their version is in their path
        ctx.header("Content-Security-Policy", "default-src 'none'").header("X-Content-Type-Options", "nosniff");
        ctx.contentType(type.isHumanReadable() ? type.getMimeType() + "; charset=utf-8" : type.getMimeType());
        ctx.result(content.get());
    }
}
