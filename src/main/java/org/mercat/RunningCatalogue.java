// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFWriter;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.http.QueryExceptionHTTP;
import org.apache.jena.sparql.exec.http.QueryExecHTTP;
import org.mercat.rdf.Queries;
import org.mercat.rdf.QueryFile;
import org.mercat.rdf.Store;

/** Another catalogue, read over its SPARQL endpoint. */
final class RunningCatalogue {
    private static final String QUERY = "impact/graphs";
    private static final long MINUTES = 2;

    private final String endpoint;

    /** @param url its address */
    RunningCatalogue(String url) {
        this.endpoint = url.replaceFirst("/+$", "") + "/sparql";
    }

    /**
     * Writes all public graphs as N-Quads, some graphs at a time.
     *
     * @return the base IRI that its resources have, if it says so
     * @throws IllegalArgumentException if it cannot be read
     */
    Optional<String> export(OutputStream out) {
        StreamRDF quads = StreamRDFWriter.getWriterStream(out, Lang.NQUADS);
        quads.start();
        Optional<String> base = Optional.empty();
        QueryFile query = query();
        String after = "";
        while (true) {
            String last = after;
            for (Binding row : rows(query, after)) {
                Quad quad = Quad.create(row.get("graph"), row.get("subject"), row.get("property"), row.get("value"));
                quads.quad(quad);
                last = quad.getGraph().getURI().compareTo(last) > 0
                        ? quad.getGraph().getURI()
                        : last;
                base = base.isPresent() ? base : Store.baseIriIn(quad);
            }
            if (last.equals(after)) {
                quads.finish();
                return base;
            }
            after = last;
        }
    }

    private List<Binding> rows(QueryFile query, String after) {
        Map<String, Node> values = Map.of("after", NodeFactory.createLiteralString(after));
        try (QueryExecHTTP execution = QueryExecHTTP.service(endpoint)
                .query(query.bind(values))
                .timeout(MINUTES, TimeUnit.MINUTES)
                .build()) {
            return execution.select().materialize().stream().toList();
        } catch (QueryExceptionHTTP e) {
            throw new IllegalArgumentException(
                    "Cannot read " + endpoint + (e.getStatusCode() > 0 ? ", which answers " + e.getStatusCode() : "")
                            + ": give --url the address of a catalogue that runs.",
                    e);
        }
    }

    private static QueryFile query() {
        try (InputStream in = RunningCatalogue.class.getResourceAsStream("/" + QUERY + ".rq")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Queries.parse(Map.of(QUERY + ".rq", text)).query(QUERY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
