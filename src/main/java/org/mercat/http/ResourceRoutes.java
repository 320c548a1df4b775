// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.jena.graph.Node;
import org.mercat.http.Registrar.Registered;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Resources.Document;
import org.mercat.rdf.Submission;
import org.mercat.rdf.Syntax;

/** Reading, registering, changing and withdrawing single resources of a collection over HTTP. */
public final class ResourceRoutes {
    /** In headers, which are not the place for long lists; a dry run tells all. */
    private static final int MOST_WARNINGS = 10;

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String path;
    private final List<String> parameters;
    private final Registrar registrar;
    private final Documents documents;
    private final Visible resources;
    private final Collection collection;
    private final UnaryOperator<byte[]> json;

    /** @param path of a member, a parameter in braces for each segment of its id */
    public ResourceRoutes(String path, Registrar registrar, Documents documents, Resources resources) {
        this(path, registrar, documents, Visible.toAll(resources), body -> body);
    }

    /** @param json makes of a body in JSON one that the context describes */
    public ResourceRoutes(
            String path, Registrar registrar, Documents documents, Visible resources, UnaryOperator<byte[]> json) {
        this.json = json;
        this.path = path;
        this.parameters =
                PARAMETER.matcher(path).results().map(match -> match.group(1)).toList();
        this.registrar = registrar;
        this.documents = documents;
        this.resources = resources;
        this.collection = registrar.collection();
    }

    /** GET, PUT, PATCH and DELETE of a member. */
    public List<Route> routes(Access writers) {
        return List.of(
                Route.get(path, Access.PUBLIC, this::read),
                Route.put(path, writers, this::put),
                Route.patch(path, writers, this::patch),
                Route.delete(path, writers, this::withdraw));
    }

    /** The id in the path of a request, without an ending such as {@code .ttl}. */
    public String idOf(Context ctx) {
        String id = idInPath(ctx);
        return Syntax.endingOf(id)
                .map(syntax -> id.substring(0, id.length() - syntax.extension().length() - 1))
                .orElse(id);
    }

    private String idInPath(Context ctx) {
        return String.join("/", parameters.stream().map(ctx::pathParam).toList());
    }

    private void read(Context ctx) {
        Optional<Syntax> ending = Syntax.endingOf(idInPath(ctx));
        Syntax syntax = ending.orElseGet(() -> Negotiation.accepted(ctx));
        String id = idOf(ctx);
        Document document = found(ctx, id, syntax);
        String tag = Preconditions.tag(document.revision(), syntax, documents.version());
        ctx.header("ETag", tag)
                .header("Vary", document.isPrivate() ? "Accept, Authorization" : "Accept")
                .header("Cache-Control", document.isPrivate() ? "private, no-cache" : "no-cache");
        if (Preconditions.of(ctx).isFresh(tag)) {
            ctx.status(304);
            return;
        }
        ctx.contentType(syntax.contentType()).result(document.content());
    }

    private Document found(Context ctx, String id, Syntax syntax) {
        Document document = resources
                .find(Authentication.callerOf(ctx), collection.resource(id), syntax)
                .orElseThrow(() -> Failure.Kind.NOT_FOUND.because("There is no " + collection.memberName() + " \"" + id
                        + "\". GET /" + collection.name() + " finds those that are."));
        if (document.withdrawn()) {
            throw Failure.Kind.GONE.because(
                    "\"" + id + "\" was withdrawn. GET /" + collection.name() + " finds those that are there.");
        }
        return document;
    }

    private void put(Context ctx) {
        Node resource = collection.resource(idOf(ctx));
        Syntax syntax = Bodies.syntax(ctx);
        byte[] body = body(ctx, syntax);
        store(ctx, documents.read(body, syntax, collection, resource), Preconditions.of(ctx), false);
    }

    /** Registers what a body describes, at the address that it names itself. */
    public void create(Context ctx) {
        Syntax syntax = Bodies.syntax(ctx);
        byte[] body = body(ctx, syntax);
        Preconditions none = new Preconditions(null, null); // tags are those of members, and this is the collection
        store(ctx, documents.read(body, syntax, collection), none, true);
    }

    private byte[] body(Context ctx, Syntax syntax) {
        byte[] body = Bodies.read(ctx, Bodies.RESOURCE_LIMIT);
        return syntax == Syntax.JSON ? json.apply(body) : body;
    }

    private void patch(Context ctx) {
        Preconditions preconditions = Preconditions.of(ctx);
        preconditions.mustNameVersion();
        if (ctx.contentType() == null || !ctx.contentType().startsWith("application/merge-patch+json")) {
            throw Failure.Kind.UNSUPPORTED_MEDIA_TYPE.because(
                    "A patch is a JSON object with the members to change (null removes one), sent as Content-Type: application/merge-patch+json.");
        }
        String id = idOf(ctx);
        Node resource = collection.resource(id);
        Document present = found(ctx, id, Syntax.JSON);
        preconditions.check(Optional.of(present.revision()));
        byte[] merged =
                MergePatch.apply(present.content(), documents.checkedJson(Bodies.read(ctx, Bodies.RESOURCE_LIMIT)));
        Submission submission = documents.read(json.apply(merged), Syntax.JSON, collection, resource);
        // What was patched is what must still be there when it is written.
        Preconditions unchanged = new Preconditions("\"" + present.revision() + "\"", null);
        store(ctx, submission, unchanged, false);
    }

    private void store(Context ctx, Submission submission, Preconditions preconditions, boolean mustBeNew) {
        Syntax syntax = Negotiation.accepted(ctx); // before anything is written: what is refused has no effect
        boolean dryRun = Negotiation.isDryRun(ctx);
        List<Fault> warnings;
        try {
            warnings = registrar.check(Authentication.callerOf(ctx), submission);
        } catch (FailureException e) {
            report(ctx, e, submission, syntax);
            return;
        }
        if (dryRun) {
            registrar.rehearse(Authentication.callerOf(ctx), submission, preconditions, mustBeNew);
            ctx.json(new DryRun(true, "It would be accepted; nothing was stored.", warnings));
            return;
        }
        Registered done = registrar.register(Authentication.callerOf(ctx), submission, preconditions, mustBeNew);
        warnings.stream().limit(MOST_WARNINGS).forEach(w -> ctx.res().addHeader("Mercat-Warning", headerOf(w)));
        answer(ctx, done, done.shownOnce().isEmpty() ? syntax : Syntax.JSON);
    }

    /** Who reads RDF is told what the shapes refuse in RDF; all else goes the way of every failure. */
    private void report(Context ctx, FailureException e, Submission submission, Syntax syntax) {
        if (!(e.failure() instanceof Failure.Invalid) || !Negotiation.wantsReport(ctx)) {
            throw e;
        }
        ctx.status(e.failure().status()).contentType(syntax.contentType());
        ctx.result(syntax.write(registrar.report(submission)));
    }

    /** Answer to {@code ?dryRun=true}. */
    public record DryRun(boolean acceptable, String detail, List<Fault> warnings) {}

    private static String headerOf(Fault warning) {
        String place =
                warning.pointer() != null ? warning.pointer() : warning.line() > 0 ? "line " + warning.line() : "";
        return (place + " " + warning.message())
                .replaceAll("[^\\x20-\\x7e]", "?")
                .strip();
    }

    private void answer(Context ctx, Registered done, Syntax syntax) {
        Map<String, String> once = done.shownOnce();
        if (!once.isEmpty()) {
            ctx.header("Cache-Control", "no-store");
        }
        ctx.status(done.created() ? 201 : 200).contentType(syntax.contentType());
        ctx.header("ETag", Preconditions.tag(done.revision(), syntax, documents.version()));
        if (done.created()) {
            ctx.header("Location", done.resource().getURI());
        }
        byte[] content = documents.write(done.graph(), done.resource(), syntax);
        ctx.result(once.isEmpty() ? content : with(content, once));
    }

    private static byte[] with(byte[] json, Map<String, String> members) {
        try {
            ObjectNode object = (ObjectNode) JSON.readTree(json);
            members.forEach(object::put);
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void withdraw(Context ctx) {
        registrar.withdraw(Authentication.callerOf(ctx), idOf(ctx), Preconditions.of(ctx));
        ctx.status(204);
    }
}
