// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.resultset.ResultSetLang;
import org.apache.jena.riot.rowset.RowSetWriter;
import org.apache.jena.riot.rowset.RowSetWriterRegistry;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.exec.RowSetStream;
import org.apache.jena.sparql.util.Context;
import org.mercat.http.Wanted;
import org.mercat.rdf.Syntax;

/**
 * What a query of the library is answered with: rows in one of SPARQL's formats, or the query itself.
 *
 * @see <a href="https://www.w3.org/TR/sparql11-results-json/">SPARQL 1.1 Query Results JSON Format</a>
 */
enum RowFormat {
    JSON("application/sparql-results+json", "json", ResultSetLang.RS_JSON),
    XML("application/sparql-results+xml", "xml", ResultSetLang.RS_XML),
    CSV("text/csv", "csv", ResultSetLang.RS_CSV),
    TSV("text/tab-separated-values", "tsv", ResultSetLang.RS_TSV),
    /** No rows: the query, ready to be sent to {@code /sparql}. */
    QUERY("application/sparql-query", "rq", null);

    /** By media type; the first of them where all are wanted alike. */
    private static final Map<String, RowFormat> OFFERS = new LinkedHashMap<>();

    static {
        OFFERS.put(JSON.mediaType, JSON);
        OFFERS.put("application/json", JSON);
        for (RowFormat format : values()) {
            OFFERS.putIfAbsent(format.mediaType, format);
        }
    }

    private final String mediaType;
    private final String extension;
    private final Lang lang;

    RowFormat(String mediaType, String extension, Lang lang) {
        this.mediaType = mediaType;
        this.extension = extension;
        this.lang = lang;
    }

    /** Without the dot. */
    String extension() {
        return extension;
    }

    /** As the {@code Content-Type} of an answer. */
    String contentType() {
        return mediaType.startsWith("text/") ? mediaType + ";charset=utf-8" : mediaType;
    }

    /** The best one for an {@code Accept} header; empty if none will do. */
    static Optional<RowFormat> accepted(String accept) {
        if (accept == null || accept.isBlank()) {
            return Optional.of(JSON);
        }
        return Syntax.accepted(accept, List.copyOf(OFFERS.keySet())).map(OFFERS::get);
    }

    /** Whether a page is wanted rather than any of them, as browsers do. */
    static boolean isPage(String accept) {
        List<String> all = new ArrayList<>(OFFERS.keySet());
        all.add(Wanted.HTML);
        return accept != null
                && Syntax.accepted(accept, all).filter(Wanted.HTML::equals).isPresent();
    }

    /** All media types. */
    static Set<String> offered() {
        return OFFERS.keySet();
    }

    /** All media types, for who accepts none of them. */
    static String mediaTypes() {
        return String.join(", ", OFFERS.keySet());
    }

    /** The one whose extension ends a path. */
    static Optional<RowFormat> endingOf(String path) {
        return Arrays.stream(values())
                .filter(format -> path.endsWith("." + format.extension))
                .findFirst();
    }

    /** Rows in this format. @param next address of those behind them, which JSON has a place for */
    byte[] write(List<Var> variables, List<Binding> rows, Optional<String> next) {
        RowSetWriter writer = RowSetWriterRegistry.getFactory(lang).create(lang);
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        writer.write(out, RowSetStream.create(variables, rows.iterator()), new Context());
        if (this != JSON || next.isEmpty()) {
            return out.toByteArray();
        }
        String head = "\"head\": {";
        return out.toString(StandardCharsets.UTF_8)
                .replaceFirst(
                        Pattern.quote(head), Matcher.quoteReplacement(head + " \"link\": [ \"" + next.get() + "\" ] ,"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
