// SPDX-License-Identifier: Apache-2.0
package org.mercat.dump;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.jena.graph.Graph;
import org.mercat.http.Access;
import org.mercat.http.Failure.Kind;
import org.mercat.http.FailureException;
import org.mercat.http.Pages;
import org.mercat.http.Route;
import org.mercat.http.Tagged;
import org.mercat.http.Wanted;
import org.mercat.rdf.Syntax;

/** The dumps: their list, what each is and how to cite it, their files, and a new one for the operator. */
public final class DumpRoutes {
    private static final String LIST = "/dumps";
    private static final String NEWEST = "latest";
    private static final String VARY = "Accept, Accept-Language";
    private static final Pattern FILE = Pattern.compile("(\\d{1,18})\\.(nq\\.gz|ttl\\.gz)(\\.sha256)?");
    private static final long LONGEST_WAIT_SECONDS = 10;

    private final Dumps dumps;
    private final DatasetDescription description;
    private final DumpFiles files;
    private final Pages pages;

    /** @param plan what the dumps are made by */
    public DumpRoutes(Dumps dumps, String baseIri, DumpPlan plan, Pages pages) {
        this.dumps = dumps;
        this.description = new DatasetDescription(baseIri, plan, dumps);
        this.files = new DumpFiles(dumps);
        this.pages = pages;
    }

    /** The catalogue as a dataset. */
    public DatasetDescription description() {
        return description;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/.well-known/void", Access.PUBLIC, this::dataset),
                Route.get(LIST, Access.PUBLIC, this::list),
                Route.post(LIST, Access.OPERATOR, this::make),
                Route.get(LIST + "/{name}", Access.PUBLIC, this::one));
    }

    private void dataset(Context ctx) {
        Wanted wanted = Wanted.of(ctx, Syntax.TURTLE);
        if (wanted.isPage()) {
            ctx.status(303).header("Location", LIST);
        } else {
            write(ctx, wanted.syntax().get(), description.graph());
        }
    }

    private static void write(Context ctx, Syntax asked, Graph graph) {
        Syntax syntax = asked == Syntax.JSON ? Syntax.JSON_LD : asked;
        Tagged.answer(ctx, VARY, syntax.contentType(), syntax.write(graph));
    }

    private void list(Context ctx) {
        Wanted wanted = Wanted.of(ctx, Syntax.JSON);
        dumps.newest()
                .ifPresent(dump ->
                        ctx.header("Link", "<" + description.address(dump, DumpFormat.QUADS) + ">; rel=\"enclosure\""));
        if (wanted.isPage()) {
            pages.answer(
                    ctx,
                    "dumps",
                    Map.of("dumps", dumps.kept().stream().map(this::page).toList()));
        } else if (wanted.syntax().get() == Syntax.JSON) {
            json(
                    ctx,
                    () -> Map.of("dumps", dumps.kept().stream().map(this::json).toList()));
        } else {
            write(ctx, wanted.syntax().get(), description.list());
        }
    }

    private DumpPage page(Dump dump) {
        return DumpPage.of(dump, dumps.isKept(dump), description.citation(dump));
    }

    private static void json(Context ctx, Supplier<Map<String, Object>> content) {
        byte[] json = new ObjectMapper().valueToTree(content.get()).toString().getBytes(StandardCharsets.UTF_8);
        Tagged.answer(ctx, VARY, Syntax.JSON.contentType(), json);
    }

    private Map<String, Object> json(Dump dump) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("revision", dump.revision());
        json.put("address", description.node(dump).getURI());
        json.put("issued", dump.issued());
        json.put("quads", dump.statistics().quads());
        json.put("triples", dump.statistics().triples());
        json.put("entities", dump.statistics().entities());
        json.put("resources", dump.statistics().resources());
        json.put("citation", description.citation(dump));
        boolean isKept = dumps.isKept(dump);
        json.put("kept", isKept);
        json.put(
                "files",
                dump.files().stream()
                        .filter(file -> isKept)
                        .map(file -> json(dump, file))
                        .toList());
        return json;
    }

    private Map<String, Object> json(Dump dump, Dump.File file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("address", description.address(dump, file.format()));
        json.put("mediaType", file.format().mediaType());
        json.put("bytes", file.bytes());
        json.put("sha256", file.sha256());
        return json;
    }

    /** Waits for a while: small ones are there at once, large ones are told of. */
    private void make(Context ctx) {
        try {
            Dump dump = dumps.request().get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            ctx.status(201).header("Location", description.node(dump).getURI()).json(json(dump));
        } catch (TimeoutException e) {
            ctx.status(202).header("Retry-After", String.valueOf(LONGEST_WAIT_SECONDS));
            ctx.json(Map.of("message", "The dump is being made; GET " + LIST + " lists it when it is whole."));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void one(Context ctx) {
        String name = ctx.pathParam("name");
        if (name.startsWith(NEWEST)) {
            String newest =
                    dumps.newest().map(dump -> Long.toString(dump.revision())).orElseThrow(() -> unknown(name));
            ctx.status(307).header("Cache-Control", "no-cache");
            ctx.header("Location", LIST + "/" + newest + name.substring(NEWEST.length()));
            return;
        }
        Matcher file = FILE.matcher(name);
        if (file.matches()) {
            Dump dump = found(name, file.group(1));
            Dump.File its =
                    DumpFormat.ofEnding(file.group(2)).flatMap(dump::file).orElseThrow(() -> unknown(name));
            if (file.group(3) == null) {
                files.send(ctx, dump, its);
            } else {
                String line = its.sha256() + "  mercat-" + dump.revision() + "."
                        + its.format().ending() + "\n";
                Tagged.answer(ctx, "", "text/plain;charset=utf-8", line.getBytes(StandardCharsets.UTF_8));
            }
            return;
        }
        Wanted wanted = Wanted.of(ctx, name, asked -> asked.matches("\\d{1,18}"), Syntax.JSON);
        Dump dump = found(name, wanted.name());
        if (wanted.isPage()) {
            pages.answer(ctx, "dump", Map.of("dump", page(dump)));
        } else if (wanted.syntax().get() == Syntax.JSON) {
            json(ctx, () -> json(dump));
        } else {
            write(ctx, wanted.syntax().get(), description.graph(dump));
        }
    }

    private Dump found(String name, String revision) {
        return Optional.of(revision)
                .filter(digits -> digits.matches("\\d{1,18}"))
                .flatMap(digits -> dumps.find(Long.parseLong(digits)))
                .orElseThrow(() -> unknown(name));
    }

    private FailureException unknown(String name) {
        List<String> kept = dumps.kept().stream()
                .map(dump -> Long.toString(dump.revision()))
                .toList();
        return Kind.NOT_FOUND.because("There is no dump \"" + name + "\". "
                + (kept.isEmpty()
                        ? "None was made yet; the operator makes one by POST /dumps."
                        : "There are dumps of the revisions " + String.join(", ", kept) + ", as /dumps/" + kept.get(0)
                                + ", /dumps/" + kept.get(0)
                                + ".nq.gz, .ttl.gz, and .sha256 of both; /dumps/latest.nq.gz"
                                + " is the newest."));
    }
}
