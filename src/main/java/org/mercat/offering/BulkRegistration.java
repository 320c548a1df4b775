// SPDX-License-Identifier: Apache-2.0
package org.mercat.offering;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.mercat.http.Api;
import org.mercat.http.Authentication;
import org.mercat.http.Bodies;
import org.mercat.http.Caller;
import org.mercat.http.Failure;
import org.mercat.http.FailureException;
import org.mercat.http.Fault;
import org.mercat.http.Negotiation;
import org.mercat.http.Preconditions;
import org.mercat.http.Registrar;
import org.mercat.http.Registrar.Registered;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Submission;
import org.mercat.rdf.Syntax;
import org.mercat.rdf.Unreadable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers many offerings in one request: NDJSON, an offering a line, each line registered like a PUT of its own. The
 * answer is NDJSON too, a result a line, in order, sent while the rest is still being read. A bad line does not stop
 * the others; of two lines with one id the second is a bad one.
 */
final class BulkRegistration {
    static final String MEDIA_TYPE = "application/x-ndjson";

    /** So many offerings of a request are remembered, lest one comes twice. */
    private static final int REMEMBERED = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(BulkRegistration.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Registrar registrar;
    private final Documents documents;
    private final OfferingBody body;

    BulkRegistration(Registrar registrar, Documents documents) {
        this.registrar = registrar;
        this.documents = documents;
        this.body = new OfferingBody(documents);
    }

    /**
     * What came of one line.
     *
     * @param line number of the line, from 1
     * @param status as a PUT of it alone would have been answered
     * @param revision of the stored offering, null if nothing was stored
     * @param errors why it was refused
     * @param warnings what was accepted and should be better
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Result(
            int line, int status, String id, Long revision, String detail, List<Fault> errors, List<Fault> warnings) {}

    /** @param answer null where there is a failure, and when nothing is to be stored */
    private record Line(
            int number, String id, CompletableFuture<Registered> answer, Failure failure, List<Fault> warnings) {
        Line answered(CompletableFuture<Registered> by) {
            return new Line(number, id, by, failure, warnings);
        }
    }

    /**
     * One request.
     *
     * @param dryRun whether nothing is to be stored
     * @param accepted by id, the lines whose offerings were last accepted
     */
    private record Asked(Caller caller, boolean dryRun, Map<String, Integer> accepted) {
        /** Every change of one offering is a commit of its own: repeated ids would keep all others waiting. */
        void mustBeOnce(String id, int number) {
            Integer before = accepted.putIfAbsent(id, number);
            if (before != null) {
                throw Failure.Kind.CONFLICT.because("This line has the same id as line " + before + ", \"" + id
                        + "\", and was left out: send each offering once in a request.");
            }
        }
    }

    private static final class Remembered extends LinkedHashMap<String, Integer> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED;
        }
    }

    void handle(Context ctx) throws IOException {
        Bodies.mustBeUtf8(ctx);
        Asked asked = new Asked(Authentication.callerOf(ctx), Negotiation.isDryRun(ctx), new Remembered());
        ctx.status(200).contentType(MEDIA_TYPE);
        OutputStream out = ctx.res().getOutputStream();
        InputStream body = new BufferedInputStream(ctx.req().getInputStream(), 1 << 16);
        List<Line> waiting = List.of();
        int number = 0;
        for (boolean more = true; more; ) {
            List<byte[]> texts = new ArrayList<>();
            more = LineReader.read(body, texts);
            List<Line> lines = submit(asked, texts, number);
            number += texts.size();
            write(waiting, out);
            waiting = lines;
        }
        write(waiting, out);
        out.flush();
    }

    private List<Line> submit(Asked asked, List<byte[]> texts, int before) {
        List<Submission> accepted = new ArrayList<>(texts.size());
        List<Line> lines = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            if (LineReader.isBlank(texts.get(i))) {
                continue;
            }
            lines.add(check(asked, texts.get(i), before + i + 1, accepted));
        }
        List<CompletableFuture<Registered>> answers = registrar.registerAll(asked.caller, accepted);
        Iterator<CompletableFuture<Registered>> next = answers.iterator();
        lines.replaceAll(line -> line.failure != null || asked.dryRun ? line : line.answered(next.next()));
        return lines;
    }

    private Line check(Asked asked, byte[] text, int number, List<Submission> accepted) {
        String id = null;
        try {
            if (text.length > Bodies.RESOURCE_LIMIT) {
                throw Failure.Kind.TOO_LARGE.because("The line has more than " + Bodies.RESOURCE_LIMIT + " bytes.");
            }
            Submission submission = documents.read(body.apply(text), Syntax.JSON, registrar.collection());
            id = idOf(submission);
            List<Fault> warnings = registrar.check(asked.caller, submission);
            asked.mustBeOnce(id, number);
            if (asked.dryRun) {
                registrar.rehearse(asked.caller, submission, new Preconditions(null, null), false);
            } else {
                accepted.add(submission);
            }
            return new Line(number, id, null, null, warnings);
        } catch (Unreadable e) {
            return new Line(number, id, null, Api.failureOf(e), List.of());
        } catch (FailureException e) {
            return new Line(number, id, null, e.failure(), List.of());
        } catch (RuntimeException e) {
            LOG.error("Line {} failed", number, e);
            return new Line(number, id, null, Registrar.failureOf(e), List.of());
        }
    }

    private String idOf(Submission submission) {
        return registrar.collection().idOf(submission.resource()).orElse(null);
    }

    private static void write(List<Line> lines, OutputStream out) throws IOException {
        for (Line line : lines) {
            out.write(JSON.writeValueAsBytes(resultOf(line)));
            out.write('\n');
        }
    }

    private static Result resultOf(Line line) {
        Failure failure = line.failure;
        if (failure == null && line.answer == null) {
            return new Result(line.number, 200, line.id, null, null, List.of(), line.warnings);
        }
        if (failure == null) {
            try {
                Registered done = line.answer.join();
                int status = done.created() ? 201 : 200;
                return new Result(line.number, status, line.id, done.revision(), null, List.of(), line.warnings);
            } catch (RuntimeException e) {
                failure = Registrar.failureOf(e);
            }
        }
        return new Result(line.number, failure.status(), line.id, null, failure.detail(), failure.faults(), List.of());
    }
}
