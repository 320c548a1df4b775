// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryBuildException;
import org.apache.jena.query.QueryExecException;
import org.apache.jena.sparql.engine.binding.Binding;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Caller;
import org.mercat.http.Failure.Kind;
import org.mercat.http.FailureException;
import org.mercat.http.Preconditions;
import org.mercat.http.Route;
import org.mercat.http.Wanted;
import org.mercat.rdf.Queries;
import org.mercat.rdf.QueryFile;
import org.mercat.rdf.Syntax;

/**
 * {@code GET /queries}: the questions that everybody may ask, and {@code GET /queries/{folder}/{name}}: the answer to one
 * of them. An answer is whole, or a page that the caller wanted so and that says where the next one is.
 */
final class LibraryRoutes {
    /** Functions that give another value each time, and the search, which leaves out offerings as their time ends. */
    private static final Pattern CHANGES_WITH_TIME =
            Pattern.compile("(?i)\\b(now|nowtz|rand|uuid|struuid|bnode|search)\\b");

    private final Supplier<Queries> queries;
    private final QueryRunner runner;
    private final Map<String, String> prefixes;
    private final String baseIri;
    private final LibraryPages pages;

    /** @param prefixes namespace by prefix, for IRIs that are written with one */
    LibraryRoutes(
            Supplier<Queries> queries,
            QueryRunner runner,
            Map<String, String> prefixes,
            String baseIri,
            LibraryPages pages) {
        this.queries = queries;
        this.runner = runner;
        this.prefixes = prefixes;
        this.baseIri = baseIri;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/queries", Access.PUBLIC, this::list),
                Route.get("/queries/{folder}/{name}", Access.PUBLIC, this::answer));
    }

    private void list(Context ctx) {
        Wanted wanted = Wanted.of(ctx, Syntax.JSON);
        if (wanted.isPage()) {
            pages.list(ctx, queries.get());
            return;
        }
        Syntax syntax = wanted.syntax().orElseThrow();
        shared(ctx).contentType(syntax.contentType());
        LibraryList list = new LibraryList(queries.get(), baseIri);
        if (syntax == Syntax.JSON) {
            boolean operator = Authentication.callerOf(ctx).role() == Caller.Role.OPERATOR;
            ctx.json(list.json(operator));
        } else {
            ctx.result(syntax.write(list.graph()));
        }
    }

    /** Whether a query may give another answer later though the data are the same. */
    static boolean changesWithTime(Query query) {
        return CHANGES_WITH_TIME.matcher(query.serialize()).find();
    }

    private static Context shared(Context ctx) {
        return ctx.header("Vary", "Accept").header("Cache-Control", "no-cache");
    }

    private void answer(Context ctx) {
        String asked = ctx.pathParam("folder") + "/" + ctx.pathParam("name");
        Optional<RowFormat> ending = RowFormat.endingOf(asked);
        String name = ending.map(format ->
                        asked.substring(0, asked.length() - format.extension().length() - 1))
                .orElse(asked);
        QueryFile file = queries.get().published(name).orElseThrow(() -> unknown(name));
        if (ending.isEmpty() && RowFormat.isPage(ctx.header("Accept"))) {
            pages.answer(ctx, file, (query, most) -> run(ctx, file, query, revision -> true, most));
            return;
        }
        RowFormat format = ending.or(() -> RowFormat.accepted(ctx.header("Accept")))
                .orElseThrow(() -> Kind.NOT_ACCEPTABLE.because(
                        "\"" + ctx.header("Accept") + "\" is not offered. There are " + RowFormat.mediaTypes() + "."));
        LibraryParameters parameters = LibraryParameters.read(file, ctx.queryParamMap(), prefixes);
        shared(ctx);
        if (format == RowFormat.QUERY) {
            Query query = page(file, parameters, parameters.limit());
            ctx.contentType(format.contentType()).result(query.serialize().getBytes(StandardCharsets.UTF_8));
            return;
        }
        rows(ctx, file, parameters, format, asked);
    }

    private FailureException unknown(String name) {
        String folder = name.substring(0, name.indexOf('/') + 1);
        List<String> others = queries.get().published().stream()
                .map(QueryFile::name)
                .filter(other -> other.startsWith(folder))
                .toList();
        return Kind.NOT_FOUND.because("There is no query \"" + name + "\". "
                + (others.isEmpty() ? "" : "There are " + String.join(", ", others) + ". ")
                + "GET /queries lists all.");
    }

    private void rows(Context ctx, QueryFile file, LibraryParameters parameters, RowFormat format, String asked) {
        int most = parameters.limit().orElse(LibraryParameters.MOST);
        Query query = page(file, parameters, Optional.of(most + 1)); // one more tells whether there are more
        Preconditions preconditions = Preconditions.of(ctx);
        boolean isStable = !changesWithTime(file.query());
        String version = Integer.toHexString(query.serialize().hashCode());
        QueryRunner.Rows found = run(
                ctx,
                file,
                query,
                revision -> !isStable || !preconditions.isFresh(tag(revision, format, version)),
                most + 1);
        ctx.header("Server-Timing", found.timing());
        String tag = tag(found.revision(), format, version);
        ctx.header("Mercat-Revision", Long.toString(found.revision()));
        if (isStable) {
            ctx.header("ETag", tag);
            if (preconditions.isFresh(tag)) {
                ctx.status(304);
                return;
            }
        }
        List<Binding> rows = found.rows();
        Optional<String> next = Optional.empty();
        if (rows.size() > most) {
            if (parameters.limit().isEmpty()) {
                throw Kind.BAD_REQUEST.because("queries/" + file.name() + " gives more than " + most
                        + " rows here: take them in pages, ?limit=1000, and follow the Link of rel=\"next\".");
            }
            rows = rows.subList(0, most);
            next = Optional.of(baseIri + "queries/" + asked + "?"
                    + LibraryParameters.address(ctx.queryParamMap(), most, parameters.offset() + most));
        }
        next.ifPresent(address -> ctx.header("Link", "<" + address + ">; rel=\"next\""));
        ctx.contentType(format.contentType()).result(format.write(file.query().getProjectVars(), rows, next));
    }

    private QueryRunner.Rows run(Context ctx, QueryFile file, Query query, LongPredicate wanted, int most) {
        try {
            return runner.run(query, new Asker(Authentication.callerOf(ctx), ctx.ip()), wanted, most);
        } catch (Stopped e) {
            ctx.header("Retry-After", "1");
            throw e.failure().asException();
        } catch (Refused e) {
            ctx.header("Retry-After", e.seconds());
            throw e.failure().asException();
        } catch (QueryBuildException | QueryExecException e) {
            throw Kind.BAD_REQUEST.because("queries/" + file.name() + ": " + e.getMessage()); // what mc:search refuses
        }
    }

    private static String tag(long revision, RowFormat format, String version) {
        return "\"" + revision + "-" + format.extension() + "-" + version + "\"";
    }

    /** The query with its values, for some of its rows: of those that it gives itself, if it has a LIMIT of its own. */
    static Query page(QueryFile file, LibraryParameters parameters, Optional<Integer> most) {
        Query query = file.bind(parameters.values());
        long own = query.hasLimit() ? query.getLimit() - parameters.offset() : Long.MAX_VALUE;
        long limit = Math.max(0, Math.min(own, most.map(Integer::longValue).orElse(Long.MAX_VALUE)));
        if (limit < Long.MAX_VALUE) {
            query.setLimit(limit);
        }
        if (parameters.offset() > 0) {
            query.setOffset((query.hasOffset() ? query.getOffset() : 0) + parameters.offset());
        }
        return query;
    }
}
