// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.jena.atlas.web.AcceptList;
import org.apache.jena.atlas.web.MediaType;
import org.apache.jena.riot.Lang;

/** The syntaxes a resource is read and written in: media type, the ending of a path, and Jena's language. */
public enum Syntax {
    /** Plain JSON, which is JSON-LD under the published context. */
    JSON("application/json", "json", Lang.JSONLD),
    JSON_LD("application/ld+json", "jsonld", Lang.JSONLD),
    TURTLE("text/turtle", "ttl", Lang.TURTLE),
    RDF_XML("application/rdf+xml", "rdf", Lang.RDFXML),
    N_TRIPLES("application/n-triples", "nt", Lang.NTRIPLES),
    TRIG("application/trig", "trig", Lang.TRIG);

    private static final AcceptList OFFERED =
            AcceptList.create(Arrays.stream(values()).map(s -> s.mediaType).toArray(String[]::new));

    private final String mediaType;
    private final String extension;
    private final Lang lang;

    Syntax(String mediaType, String extension, Lang lang) {
        this.mediaType = mediaType;
        this.extension = extension;
        this.lang = lang;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Without the dot. */
    public String extension() {
        return extension;
    }

    public Lang lang() {
        return lang;
    }

    /** As the {@code Content-Type} of an answer. */
    public String contentType() {
        return this == TURTLE || this == TRIG ? mediaType + ";charset=utf-8" : mediaType;
    }

    /** The best one for an {@code Accept} header with its q-values; JSON if there is none. */
    public static Optional<Syntax> accepted(String accept) {
        if (accept == null || accept.isBlank()) {
            return Optional.of(JSON);
        }
        MediaType best = AcceptList.match(new AcceptList(accept), OFFERED);
        return Optional.ofNullable(best).flatMap(type -> of(type.getContentTypeStr()));
    }

    /** The one of a {@code Content-Type}, parameters left aside. */
    public static Optional<Syntax> of(String contentType) {
        if (contentType == null) {
            return Optional.empty();
        }
        String plain = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(s -> s.mediaType.equals(plain)).findFirst();
    }

    /** The one whose extension ends a path. */
    public static Optional<Syntax> endingOf(String path) {
        return Arrays.stream(values())
                .filter(s -> path.endsWith("." + s.extension))
                .findFirst();
    }
}
