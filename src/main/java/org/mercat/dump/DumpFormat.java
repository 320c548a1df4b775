// SPDX-License-Identifier: Apache-2.0
package org.mercat.dump;

import java.util.Arrays;
import java.util.Optional;
import org.apache.jena.riot.Lang;

/** The files of a dump. */
enum DumpFormat {
    /** Everything, with the graph of each statement: what {@code mercat load} brings back. */
    QUADS("nq", Lang.NQUADS),
    /** The statements without their graphs, as {@code /sparql} has them in its default graph. */
    TURTLE("ttl", Lang.TURTLE);

    /** Media type of the compressed file. */
    static final String GZIP = "application/gzip";

    private final String extension;
    private final Lang lang;

    DumpFormat(String extension, Lang lang) {
        this.extension = extension;
        this.lang = lang;
    }

    /** Ending of the file, without the first dot. */
    String ending() {
        return extension + ".gz";
    }

    Lang lang() {
        return lang;
    }

    String mediaType() {
        return lang.getContentType().getContentTypeStr();
    }

    static Optional<DumpFormat> ofEnding(String ending) {
        return Arrays.stream(values())
                .filter(format -> format.ending().equals(ending))
                .findFirst();
    }
}
