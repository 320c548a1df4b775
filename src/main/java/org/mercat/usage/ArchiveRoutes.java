// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.mercat.http.Access;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Members;
import org.mercat.http.Route;
import org.mercat.rdf.Documents;

/** Archives of usage over HTTP, for the operator. What is asked for goes on when who asked does not wait for the answer. */
public final class ArchiveRoutes {
    private static final String ALL = "/usage/archives";
    private static final String ONE = ALL + "/{month}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final UsageArchives archives;
    private final Documents documents;
    private final Node operator;

    /** @param baseIri of the catalogue, with a slash at its end: the operator has it as an address */
    public ArchiveRoutes(UsageArchives archives, Documents documents, String baseIri) {
        this.archives = archives;
        this.documents = documents;
        this.operator = NodeFactory.createURI(baseIri);
    }

    public List<Route> routes() {
        return List.of(
                Route.get(ALL, Access.OPERATOR, this::list),
                Route.post(ALL, Access.OPERATOR, ctx -> answer(ctx, archives.archive(sent(ctx), operator))),
                Route.get(ONE, Access.OPERATOR, this::one),
                Route.post(ONE + "/restoration", Access.OPERATOR, ctx -> answer(ctx, archives.restore(month(ctx)))));
    }

    private void list(Context ctx) {
        ObjectNode json = JSON.createObjectNode();
        var all = json.putArray("archives");
        archives.all().forEach(archive -> all.add(archive.json()));
        json.put("count", all.size());
        answer(ctx, json);
    }

    private void one(Context ctx) {
        YearMonth month = month(ctx);
        answer(
                ctx,
                archives.find(month)
                        .orElseThrow(() -> Kind.NOT_FOUND.because(
                                "The usage of " + month + " is not archived. GET /usage/archives lists what is."))
                        .json());
    }

    private static void answer(Context ctx, ObjectNode json) {
        ctx.header("Cache-Control", "private, no-cache")
                .contentType("application/json")
                .result(json.toString());
    }

    private static void answer(Context ctx, CompletableFuture<Archive> work) {
        ctx.future(() -> work.handle((archive, failure) -> {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                throw cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
            }
            answer(ctx, archive.json());
            return null;
        }));
    }

    private YearMonth sent(Context ctx) {
        return Members.month(Members.of(ctx, documents, Set.of("month")).neededText("month", 7));
    }

    private static YearMonth month(Context ctx) {
        return Members.month(ctx.pathParam("month"));
    }
}
