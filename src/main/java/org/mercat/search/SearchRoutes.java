// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.atlas.web.AcceptList;
import org.apache.jena.atlas.web.MediaType;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.sparql.graph.GraphFactory;
import org.mercat.http.Access;
import org.mercat.http.Bodies;
import org.mercat.http.Failure;
import org.mercat.http.ResourceRoutes;
import org.mercat.http.Route;
import org.mercat.rdf.Documents;
import org.mercat.rdf.JsonContext;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Syntax;

/** {@code GET /offerings} and {@code POST /offerings/search}: the same search, by URL or by JSON. */
public final class SearchRoutes {
    private static final String SPARQL = "application/sparql-query";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Search search;
    private final Words words;
    private final JsonContext context;
    private final Documents documents;
    private final Resources resources;
    private final String baseIri;

    /** @param baseIri of the catalogue, ending in a slash */
    public SearchRoutes(
            Search search, Words words, JsonContext context, Documents documents, Resources resources, String baseIri) {
        this.search = search;
        this.words = words;
        this.context = context;
        this.documents = documents;
        this.resources = resources;
        this.baseIri = baseIri;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/offerings", Access.PUBLIC, ctx -> answer(ctx, ctx.queryParamMap())),
                Route.post(
                        "/offerings/search",
                        Access.PUBLIC,
                        ctx -> answer(ctx, JsonParameters.read(Bodies.read(ctx, Bodies.RESOURCE_LIMIT)))));
    }

    private void answer(Context ctx, Map<String, List<String>> parameters) {
        Criteria criteria = new CriteriaReader(words, baseIri).read(parameters);
        ctx.header("Vary", "Accept");
        try {
            if (wantsQuery(ctx)) {
                ctx.contentType(SPARQL).result(search.query(criteria).serialize());
                return;
            }
            Syntax syntax = ResourceRoutes.accepted(ctx);
            Search.Page page = search.page(criteria);
            Optional<String> next = page.next().map(cursor -> url(parameters, cursor));
            next.ifPresent(url -> ctx.header("Link", "<" + url + ">; rel=\"next\""));
            ctx.contentType(syntax.contentType());
            ctx.result(syntax == Syntax.JSON ? json(page, next) : union(page, syntax));
        } catch (QueryCancelledException e) {
            throw Failure.Kind.UNAVAILABLE.because("The search took too long. Add a criterion, such as a category.");
        }
    }

    private static boolean wantsQuery(Context ctx) {
        String accept = ctx.header("Accept");
        if (accept == null) {
            return false;
        }
        MediaType best = AcceptList.match(
                new AcceptList(accept), AcceptList.create(Syntax.JSON.mediaType(), Syntax.TURTLE.mediaType(), SPARQL));
        return best != null && best.getContentTypeStr().equals(SPARQL);
    }

    private byte[] json(Search.Page page, Optional<String> next) {
        List<byte[]> found = page.offerings().stream()
                .flatMap(offering -> resources.find(offering, Syntax.JSON).stream())
                .filter(document -> !document.withdrawn())
                .map(Resources.Document::content)
                .toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator writer = JSON.createGenerator(out)) {
            writer.writeStartObject();
            writer.writeStringField("@context", context.iri());
            writer.writeArrayFieldStart("offerings");
            for (byte[] offering : found) {
                writer.writeRawValue(new String(offering, StandardCharsets.UTF_8));
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

    private byte[] union(Search.Page page, Syntax syntax) {
        Graph union = GraphFactory.createDefaultGraph();
        for (Node offering : page.offerings()) {
            resources.graph(offering).ifPresent(graph -> graph.find().forEachRemaining(union::add));
        }
        return documents.writeAll(union, NodeFactory.createURI(baseIri + "offerings"), syntax);
    }

    private String url(Map<String, List<String>> parameters, Cursor cursor) {
        List<String> parts = new ArrayList<>();
        parameters.forEach((name, values) -> {
            if (!name.equals("cursor")) {
                values.forEach(value -> parts.add(name + "=" + encoded(value)));
            }
        });
        parts.add("cursor=" + cursor.encode());
        return baseIri + "offerings?" + String.join("&", parts);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
