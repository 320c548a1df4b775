// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.io.output.WriterOutputStream;
import org.apache.jena.graph.Graph;
import org.apache.jena.query.Query;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFWriter;
import org.apache.jena.riot.resultset.ResultSetLang;
import org.apache.jena.riot.rowset.RowSetWriterRegistry;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.exec.RowSet;
import org.apache.jena.sparql.util.Context;

/** How the answer to a query is written on the command line. */
enum QueryFormat {
    TABLE(ResultSetLang.RS_JSON, false),
    CSV(ResultSetLang.RS_CSV, false),
    TSV(ResultSetLang.RS_TSV, false),
    JSON(ResultSetLang.RS_JSON, false),
    XML(ResultSetLang.RS_XML, false),
    TTL(Lang.TURTLE, true),
    NT(Lang.NTRIPLES, true),
    JSONLD(Lang.JSONLD, true);

    private final Lang lang;
    private final boolean isOfGraphs;

    QueryFormat(Lang lang, boolean isOfGraphs) {
        this.lang = lang;
        this.isOfGraphs = isOfGraphs;
    }

    /** Its media type; for a table that of what the table is made from. */
    String mediaType() {
        return lang.getContentType().getContentTypeStr();
    }

    /** The one of that name for a query. @param word null for the usual one */
    static QueryFormat of(String word, Query query) {
        boolean isGraph = query.isConstructType() || query.isDescribeType();
        if (word == null) {
            return isGraph ? TTL : TABLE;
        }
        String names = Arrays.stream(values())
                .filter(format -> format.isOfGraphs == isGraph)
                .map(format -> format.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return Arrays.stream(values())
                .filter(format -> format.isOfGraphs == isGraph
                        && format.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--format is \"" + word + "\", and this query gives "
                        + (isGraph ? "a graph" : "rows") + ": write one of " + names + "."));
    }

    /** Runs a query and writes its answer. @param prefixes namespace by prefix, to shorten IRIs with */
    void write(QueryExec execution, PrintWriter out, Map<String, String> prefixes) {
        Query query = execution.getQuery();
        if (query.isAskType()) {
            write(execution.ask(), out);
        } else if (query.isSelectType()) {
            write(execution.select(), out, prefixes);
        } else {
            Graph graph = query.isConstructType() ? execution.construct() : execution.describe();
            graph.getPrefixMapping().setNsPrefixes(query.getPrefixMapping());
            bytes(out, bytes -> RDFWriter.source(graph).lang(lang).output(bytes));
        }
        out.flush();
    }

    private void write(boolean yes, PrintWriter out) {
        if (this == JSON || this == XML) {
            bytes(
                    out,
                    bytes -> RowSetWriterRegistry.getFactory(lang).create(lang).write(bytes, yes, new Context()));
        } else {
            out.println(yes);
        }
    }

    /** Rows that come from wherever. */
    void write(RowSet rows, PrintWriter out, Map<String, String> prefixes) {
        if (this == TABLE) {
            List<Binding> all = new ArrayList<>();
            rows.forEachRemaining(all::add);
            new TextTable(prefixes).print(out, rows.getResultVars(), all);
        } else {
            bytes(
                    out,
                    bytes -> RowSetWriterRegistry.getFactory(lang).create(lang).write(bytes, rows, new Context()));
        }
    }

    /** Writes bytes. */
    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /** Lets bytes be written where characters go, in UTF-8. */
    static void bytes(PrintWriter out, Writing writing) {
        try (OutputStream bytes = WriterOutputStream.builder()
                .setWriter(out)
                .setCharset(StandardCharsets.UTF_8)
                .get()) {
            writing.to(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
