// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.query.Query;
import org.mercat.rdf.Syntax;

/**
 * The media types that queries are answered in: rows and truth values in SPARQL's formats, which are written as they are
 * found, and graphs in every syntax of RDF that Jena writes.
 */
final class AnswerType {
    /** Rows as a table for people to read, which is made in memory. */
    static final String TABLE = "text/plain";

    /** Of SELECT and ASK; the first where all are wanted alike. */
    static final List<String> ROWS = List.of(
            "application/sparql-results+json",
            "application/json",
            "application/sparql-results+xml",
            "application/xml",
            "text/csv",
            "text/tab-separated-values",
            AnswerType.TABLE);

    /** Of CONSTRUCT and DESCRIBE, and of graphs. */
    static final List<String> GRAPHS = List.of(
            "text/turtle",
            "application/ld+json",
            "application/n-triples",
            "application/rdf+xml",
            "application/trig",
            "application/n-quads",
            "application/rdf+json",
            "application/trix+xml",
            "application/rdf+thrift");

    /** Short names that stand for both kinds, as Fuseki's users write them. */
    private static final Map<String, String> ROW_NAMES = Map.of(
            "json", ROWS.get(0),
            "xml", ROWS.get(2),
            "csv", ROWS.get(4),
            "tsv", ROWS.get(5),
            "text", TABLE);

    private static final Map<String, String> GRAPH_NAMES = Map.of(
            "ttl", "text/turtle",
            "turtle", "text/turtle",
            "json", "application/ld+json",
            "jsonld", "application/ld+json",
            "json-ld", "application/ld+json",
            "nt", "application/n-triples",
            "xml", "application/rdf+xml",
            "rdf", "application/rdf+xml",
            "trig", "application/trig",
            "nq", "application/n-quads");

    private AnswerType() {}

    /** The type that a request wants its query answered in; empty if it is not offered. */
    static Optional<String> of(HttpServletRequest request, Query query) {
        return of(request, !(query.isConstructType() || query.isDescribeType()));
    }

    /** The type that a request wants a graph in; empty if it is not offered. */
    static Optional<String> ofGraph(HttpServletRequest request) {
        return of(request, false);
    }

    /** What {@code format} or {@code output} says goes before the header: an address can be sent on, a header not. */
    private static Optional<String> of(HttpServletRequest request, boolean isRows) {
        List<String> offered = offered(isRows);
        String said = said(request);
        if (said != null) {
            String type = (isRows ? ROW_NAMES : GRAPH_NAMES).getOrDefault(said.toLowerCase(Locale.ROOT), said);
            return Optional.of(type).filter(offered::contains);
        }
        String accept = request.getHeader("Accept");
        if (accept == null || accept.isBlank()) {
            return Optional.of(offered.get(0));
        }
        return Syntax.accepted(accept, offered).or(() -> jsonLd(accept, isRows));
    }

    /** All JSON here is JSON-LD where it is RDF. */
    private static Optional<String> jsonLd(String accept, boolean isRows) {
        return isRows
                ? Optional.empty()
                : Syntax.accepted(accept, List.of("application/json")).map(json -> GRAPH_NAMES.get("json"));
    }

    private static String said(HttpServletRequest request) {
        String format = request.getParameter("format");
        return format == null ? request.getParameter("output") : format;
    }

    static List<String> offered(boolean isRows) {
        return isRows ? ROWS : GRAPHS;
    }

    /** Why a request cannot be answered, with all that it could be. */
    static String refusal(HttpServletRequest request, boolean isRows) {
        String said = said(request);
        return "\"" + (said == null ? request.getHeader("Accept") : said) + "\" is not offered for "
                + (isRows ? "SELECT and ASK" : "graphs") + ". There are " + String.join(", ", offered(isRows))
                + "; or short, format="
                + String.join(
                        "|",
                        (isRows ? ROW_NAMES : GRAPH_NAMES)
                                .keySet().stream().sorted().toList()) + ".";
    }
}
