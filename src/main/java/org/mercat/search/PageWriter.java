// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.mercat.http.Paging;
import org.mercat.rdf.Documents;
import org.mercat.rdf.JsonContext;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Syntax;

/** Answers with a page of resources, in any syntax, and with where the next one is. */
public final class PageWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonContext context;
    private final Documents documents;
    private final Resources resources;

    public PageWriter(JsonContext context, Documents documents, Resources resources) {
        this.context = context;
        this.documents = documents;
        this.resources = resources;
    }

    /** The same of other resources. @param graphs what is said of each */
    PageWriter of(Function<Node, Graph> graphs) {
        return new PageWriter(context, documents, Resources.ofLedger(graphs, documents));
    }

    /**
     * Answers a request.
     *
     * @param name of the collection, which is the JSON member that has the list
     * @param next URL of the next page
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8288">RFC 8288, Web Linking</a>
     */
    public void answer(Context ctx, String name, List<Node> page, Optional<String> next, Syntax syntax) {
        next.ifPresent(url -> ctx.header("Link", "<" + url + ">; rel=\"next\""));
        ctx.header("Vary", "Accept").contentType(syntax.contentType());
        ctx.result(syntax == Syntax.JSON ? json(name, page, next) : union(ctx.url(), page, syntax));
    }

    /**
     * Answers a request with a page of a collection's members.
     *
     * @param ids of the page's members and one more, if there is one
     */
    public void answer(Context ctx, String name, Paging paging, List<String> ids, Syntax syntax) {
        answer(ctx, name, paging.page(ids), paging.next(ids), syntax);
    }

    private byte[] json(String name, List<Node> page, Optional<String> next) {
        List<byte[]> found = page.stream()
                .flatMap(resource -> resources.find(resource, Syntax.JSON).stream())
                .filter(document -> !document.withdrawn())
                .map(Resources.Document::content)
                .toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator writer = JSON.createGenerator(out)) {
            writer.writeStartObject();
            writer.writeStringField("@context", context.iri());
            writer.writeArrayFieldStart(name);
            for (byte[] resource : found) {
                writer.writeRawValue(new String(resource, StandardCharsets.UTF_8));
            }
            writer.writeEndArray();
            writer.writeNumberField("count", found.size());
            if (next.isPresent()) {
                writer.writeStringField("next", next.get());
            }
            writer.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    private byte[] union(String graph, List<Node> page, Syntax syntax) {
        Graph union = GraphFactory.createDefaultGraph();
        for (Node resource : page) {
            resources.graph(resource).ifPresent(its -> its.find().forEachRemaining(union::add));
        }
        return documents.writeAll(union, NodeFactory.createURI(graph), syntax);
    }
}
