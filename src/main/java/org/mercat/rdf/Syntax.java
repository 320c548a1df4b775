// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.jena.atlas.web.AcceptList;
import org.apache.jena.atlas.web.MediaRange;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;

/** The syntaxes a resource is read and written in: media type, the ending of a path, and Jena's language. */
public enum Syntax {
    /** Plain JSON, which is JSON-LD under the published context. */
    JSON("application/json", "json", Lang.JSONLD),
    JSON_LD("application/ld+json", "jsonld", Lang.JSONLD),
    TURTLE("text/turtle", "ttl", Lang.TURTLE),
    RDF_XML("application/rdf+xml", "rdf", Lang.RDFXML),
    N_TRIPLES("application/n-triples", "nt", Lang.NTRIPLES),
    TRIG("application/trig", "trig", Lang.TRIG);

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

    /** A graph in this syntax, with its own prefixes. */
    public byte[] write(Graph graph) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        RDFDataMgr.write(out, graph, lang);
        return out.toByteArray();
    }

    /** The best one for an {@code Accept} header with its q-values; JSON if there is none. */
    public static Optional<Syntax> accepted(String accept) {
        if (accept == null || accept.isBlank()) {
            return Optional.of(JSON);
        }
        return accepted(accept, Arrays.stream(values()).map(Syntax::mediaType).toList())
                .flatMap(Syntax::of);
    }

    /** The media type that an {@code Accept} header with its q-values likes best; of equals the first. */
    public static Optional<String> accepted(String accept, List<String> mediaTypes) {
        List<MediaRange> ranges = new AcceptList(accept).entries();
        String best = null;
        Wish most = Wish.NONE;
        for (String mediaType : mediaTypes) {
            Wish wish = Wish.of(mediaType, ranges);
            if (wish.compareTo(most) > 0) {
                best = mediaType;
                most = wish;
            }
        }
        return Optional.ofNullable(best);
    }

    /** How much a client wants a type: what its narrowest fitting range says. Of the same q the narrower one wins. */
    private record Wish(double q, int narrowness) implements Comparable<Wish> {
        static final Wish NONE = new Wish(0, Integer.MAX_VALUE);

        static Wish of(String mediaType, List<MediaRange> ranges) {
            String family = mediaType.substring(0, mediaType.indexOf('/'));
            Wish wish = NONE;
            for (MediaRange range : ranges) {
                String asked = range.getContentTypeStr().toLowerCase(Locale.ROOT);
                int narrowness =
                        asked.equals(mediaType) ? 2 : asked.equals(family + "/*") ? 1 : asked.equals("*/*") ? 0 : -1;
                if (narrowness >= 0 && (wish == NONE || narrowness > wish.narrowness)) {
                    wish = new Wish(range.get_q(), narrowness);
                }
            }
            return wish;
        }

        @Override
        public int compareTo(Wish other) {
            int order = Double.compare(q, other.q);
            return order == 0 ? Integer.compare(narrowness, other.narrowness) : order;
        }
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
