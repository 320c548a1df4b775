// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Wanted;
import org.mercat.rdf.Syntax;

/**
 * How a document of billing is wanted: by the ending of its number, {@code 1.html}, or the {@code Accept} header.
 *
 * @param number without the ending
 * @param mediaType of a page, a table, an XML document or a syntax of RDF
 */
record PaperForm(String number, String mediaType) {
    static final String CSV = "text/csv";
    static final String XML = "application/xml";

    /** @param isXml whether there is one as an XML document */
    static PaperForm of(Context ctx, String last, boolean isXml) {
        List<String> offered = new ArrayList<>(List.of(Syntax.JSON.mediaType(), Wanted.HTML, CSV));
        for (Syntax syntax : Syntax.values()) {
            offered.add(syntax.mediaType());
        }
        if (isXml) {
            offered.add(XML);
        }
        int dot = last.indexOf('.');
        String ending = dot < 0 ? "" : last.substring(dot + 1);
        Optional<String> named = switch (ending) {
            case "html" -> Optional.of(Wanted.HTML);
            case "csv" -> Optional.of(CSV);
            case "xml" -> Optional.of(XML).filter(offered::contains);
            default -> Syntax.endingOf(last).map(Syntax::mediaType);
        };
        if (named.isPresent()) {
            return new PaperForm(last.substring(0, dot), named.get());
        }
        String accept = Optional.ofNullable(ctx.header("Accept"))
                .filter(header -> !header.isBlank())
                .orElse("*/*");
        return new PaperForm(
                last,
                Syntax.accepted(accept, offered)
                        .orElseThrow(() -> Kind.NOT_ACCEPTABLE.because("\"" + accept + "\" is not offered. There are "
                                + String.join(", ", offered.stream().distinct().toList()) + ".")));
    }
}
