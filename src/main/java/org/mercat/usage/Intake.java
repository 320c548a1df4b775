// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.mercat.http.Authentication;
import org.mercat.http.Bodies;
import org.mercat.http.Caller;
import org.mercat.http.Failure;
import org.mercat.http.Failure.Kind;
import org.mercat.usage.Metering.Refused;

/** Takes what is reported: one event, a batch, or lines without end; what was answered is on disk. */
final class Intake {
    private static final String EVENT = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String LINES = "application/x-ndjson";
    private static final int BATCH_LIMIT = 8 << 20;
    private static final int CHUNK = 1_000;
    private static final int MOST_WAITING = 200_000;

    private final Supplier<UsageLog> log;
    private final Metering metering;

    Intake(Supplier<UsageLog> log, Metering metering) {
        this.log = log;
        this.metering = metering;
    }

    void report(Context ctx) throws IOException {
        Caller caller = Authentication.callerOf(ctx);
        if (log.get().backlog() > MOST_WAITING) {
            ctx.header("Retry-After", "1");
            throw Kind.UNAVAILABLE.because("More usage is reported than can be written: send it again in a second.");
        }
        Bodies.mustBeUtf8(ctx);
        String type = String.valueOf(ctx.contentType())
                .toLowerCase(Locale.ROOT)
                .split(";")[0]
                .strip();
        if (EventReader.isBinary(ctx)) {
            answerOne(ctx, taken(List.of(EventReader.binary(ctx)), caller).get(0));
        } else if (type.equals(LINES)) {
            lines(ctx, caller);
        } else if (type.equals(EVENT) || type.equals(BATCH) || type.equals("application/json")) {
            JsonNode body =
                    EventReader.parsed(Bodies.read(ctx, type.equals(EVENT) ? EventReader.EVENT_LIMIT : BATCH_LIMIT));
            if (body.isArray()) {
                answerMany(ctx, taken(EventReader.batch((ArrayNode) body), caller));
            } else {
                answerOne(ctx, taken(List.of(body), caller).get(0));
            }
        } else {
            throw Kind.UNSUPPORTED_MEDIA_TYPE.because("Send one event as " + EVENT + ", an array of them as " + BATCH
                    + ", a line each as " + LINES + ", or one in binary mode with the headers ce-specversion, ce-id,"
                    + " ce-source, ce-type, ce-subject and ce-time and its data as application/json.");
        }
    }

    private List<EventAnswer> taken(List<JsonNode> sent, Caller caller) {
        List<UsageEvent> events = new ArrayList<>(sent.size());
        List<String> refusals = new ArrayList<>(sent.size());
        for (JsonNode one : sent) {
            try {
                events.add(metering.read(one, caller));
                refusals.add(null);
            } catch (Refused e) {
                refusals.add(e.getMessage());
            }
        }
        List<Outcome> outcomes = appended(events);
        List<EventAnswer> answers = new ArrayList<>(sent.size());
        int next = 0;
        for (int i = 0; i < sent.size(); i++) {
            answers.add(
                    refusals.get(i) != null
                            ? EventAnswer.refused(sent.get(i), refusals.get(i))
                            : EventAnswer.of(sent.get(i), outcomes.get(next++)));
        }
        return answers;
    }

    private List<Outcome> appended(List<UsageEvent> events) {
        try {
            return events.isEmpty() ? List.of() : log.get().append(events).join();
        } catch (CompletionException e) {
            throw Kind.UNAVAILABLE.because("The usage could not be written, and none of it counts: send it again.");
        }
    }

    private static void answerOne(Context ctx, EventAnswer answer) {
        if (answer.status() == 409) {
            throw Kind.CONFLICT.because(answer.detail());
        } else if (answer.status() == 422) {
            throw new Failure.Invalid(answer.detail(), List.of()).asException();
        }
        ctx.status(answer.status()).json(answer.json());
    }

    private static void answerMany(Context ctx, List<EventAnswer> answers) {
        ObjectNode json = EventReader.JSON.createObjectNode();
        counts(json, answers);
        ArrayNode results = json.putArray("results");
        answers.forEach(answer -> results.add(answer.json()));
        ctx.status(200).contentType("application/json").result(json.toString());
    }

    private static void counts(ObjectNode json, List<EventAnswer> answers) {
        for (String word : List.of("accepted", "repeated", "contradicts", "refused")) {
            json.put(
                    word,
                    answers.stream()
                            .filter(answer -> answer.word().equals(word))
                            .count());
        }
    }

    /** A result in a line for each line, while the others are still coming; what was answered is on disk. */
    private void lines(Context ctx, Caller caller) throws IOException {
        ctx.status(200).contentType(LINES);
        var out = ctx.res().getOutputStream();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(ctx.bodyInputStream(), StandardCharsets.UTF_8))) {
            List<JsonNode> chunk = new ArrayList<>();
            for (String line = EventReader.line(reader); line != null; line = EventReader.line(reader)) {
                if (!line.isBlank()) {
                    chunk.add(EventReader.lenient(line));
                }
                if (chunk.size() == CHUNK) {
                    write(out, taken(chunk, caller));
                    chunk.clear();
                }
            }
            write(out, taken(chunk, caller));
        }
    }

    private static void write(java.io.OutputStream out, List<EventAnswer> answers) throws IOException {
        for (EventAnswer answer : answers) {
            out.write(answer.json().toString().getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        }
        out.flush();
    }
}
