// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.TxnType;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFLanguages;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFWriter;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.system.Txn;
import org.apache.jena.util.iterator.ExtendedIterator;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Preconditions;
import org.mercat.http.Route;
import org.mercat.sparql.CheckedResponse.Delivery;

/**
 * {@code GET /graphs?graph=IRI} and {@code ?default}: whole graphs, to read. They are written over REST, resource by
 * resource.
 *
 * @see <a href="https://www.w3.org/TR/sparql11-http-rdf-update/">SPARQL 1.1 Graph Store HTTP Protocol</a>
 */
final class GraphRoutes {
    /** Path of the graph store. */
    static final String PATH = "/graphs";

    private final DatasetGraph catalogue;
    private final QueryPool pool;
    private final Map<String, String> prefixes;

    /** @param prefixes namespace by prefix, for syntaxes that have them */
    GraphRoutes(DatasetGraph catalogue, QueryPool pool, Map<String, String> prefixes) {
        this.catalogue = catalogue;
        this.pool = pool;
        this.prefixes = prefixes;
    }

    List<Route> routes() {
        return List.of(Route.get(PATH, Access.PUBLIC, this::answer));
    }

    private void answer(Context ctx) {
        Node name = asked(ctx);
        String type = AnswerType.ofGraph(ctx.req())
                .orElseThrow(() -> Kind.NOT_ACCEPTABLE.because(AnswerType.refusal(ctx.req(), false)));
        RunningQuery running = enter(ctx);
        running.asks(PATH + " " + name);
        CheckedResponse response = new CheckedResponse(
                ctx.res(), running, Delivery.of(ctx.req()), pool.limits().bytes());
        try {
            pool.run(running, () -> {
                Txn.exec(catalogue, TxnType.READ, () -> answer(ctx, response, running, name, type));
                return null;
            });
        } catch (Stopped e) {
            ctx.header("Retry-After", "1");
            throw Kind.UNAVAILABLE.because(e.failure().detail() + " All of it is in the dumps: GET /dumps.");
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            pool.log().done(running, ctx.statusCode(), response.sent());
        }
    }

    private RunningQuery enter(Context ctx) {
        try {
            return pool.enter(new Asker(Authentication.callerOf(ctx), ctx.ip()));
        } catch (Refused e) {
            ctx.header("Retry-After", e.seconds());
            throw e.failure().asException();
        }
    }

    private static Node asked(Context ctx) {
        List<String> graphs = ctx.queryParams("graph");
        boolean isDefault = ctx.queryParamMap().containsKey("default");
        if (graphs.size() + (isDefault ? 1 : 0) != 1) {
            throw Kind.BAD_REQUEST.because("Say which graph: " + PATH + "?graph=IRI for one, " + PATH
                    + "?default for all of them together. Graphs are named by what they describe, an offering's by the"
                    + " IRI of the offering; each is at that address, too.");
        }
        if (isDefault) {
            return Quad.unionGraph;
        }
        Node name = NodeFactory.createURI(absolute(graphs.get(0)));
        return Quad.isDefaultGraph(name) ? Quad.unionGraph : name;
    }

    private static String absolute(String iri) {
        try {
            if (URI.create(iri).isAbsolute()) {
                return iri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw Kind.BAD_REQUEST.because(
                "graph is \"" + iri + "\": write an absolute IRI, percent-encoded, such as graph=https%3A%2F%2F...");
    }

    private void answer(Context ctx, CheckedResponse response, RunningQuery running, Node name, String type) {
        long revision = Snapshot.revisionOf(catalogue);
        String tag = Snapshot.tag(revision, type);
        ctx.header(Snapshot.HEADER, Long.toString(revision)).header("ETag", tag);
        ctx.header("Vary", "Accept").header("Cache-Control", "no-cache");
        if (Preconditions.of(ctx).isFresh(tag)) {
            ctx.status(304);
            return;
        }
        Graph graph = Quad.isUnionGraph(name) ? catalogue.getUnionGraph() : catalogue.getGraph(name);
        if (!graph.find().hasNext()) {
            ctx.removeHeader("ETag");
            throw Kind.NOT_FOUND.because("There is no graph <" + name.getURI()
                    + ">. Graphs are named by what they describe: the IRI of an offering, a provider, a vocabulary;"
                    + " the query \"SELECT DISTINCT ?g\" over GRAPH ?g lists them.");
        }
        Lang lang = RDFLanguages.contentTypeToLang(type);
        Optional<Graph> small =
                Quad.isUnionGraph(name) && StreamRDFWriter.registered(lang) ? Optional.empty() : small(graph, running);
        if (small.isEmpty() && !StreamRDFWriter.registered(lang)) {
            throw Kind.NOT_ACCEPTABLE.because("This graph has more than " + ReadOnlyQuery.LARGEST_GRAPH
                    + " triples, too many for " + type + ", which is made in memory. Take text/turtle or"
                    + " application/n-triples, or a dump: GET /dumps.");
        }
        ctx.contentType(type.startsWith("text/") ? type + ";charset=utf-8" : type);
        try {
            OutputStream out = response.getOutputStream();
            if (small.isPresent()) {
                RDFDataMgr.write(out, small.get(), lang);
            } else {
                stream(graph, StreamRDFWriter.getWriterStream(out, lang), running);
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the client has gone
        }
    }

    /** A copy in memory, empty if there is too much of it. */
    private Optional<Graph> small(Graph graph, RunningQuery running) {
        Graph copy = GraphFactory.createDefaultGraph();
        copy.getPrefixMapping().setNsPrefixes(prefixes);
        ExtendedIterator<Triple> all = graph.find();
        try {
            while (all.hasNext()) {
                running.step();
                copy.add(all.next());
                if (copy.size() > ReadOnlyQuery.LARGEST_GRAPH) {
                    return Optional.empty();
                }
            }
        } finally {
            all.close();
        }
        return Optional.of(copy);
    }

    private void stream(Graph graph, StreamRDF out, RunningQuery running) {
        out.start();
        prefixes.forEach(out::prefix);
        graph.find().forEachRemaining(triple -> {
            running.step();
            out.triple(triple);
        });
        out.finish();
    }
}
