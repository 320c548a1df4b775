// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.mercat.contract.Contract;
import org.mercat.contract.Contracts;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Bodies;
import org.mercat.http.Caller;
import org.mercat.http.Failure;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Route;
import org.mercat.usage.Metering.Refused;
import org.mercat.usage.UsageEvent.Side;

/**
 * Usage over HTTP: reported as CloudEvents, one, many or a line each, and read as sums of days or as it was reported.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">CloudEvents,
 *     HTTP protocol binding</a>
 */
public final class UsageRoutes {
    private static final String EVENT = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String LINES = "application/x-ndjson";
    private static final String BINARY = "ce-";
    private static final int EVENT_LIMIT = 64 << 10;
    private static final int BATCH_LIMIT = 8 << 20;
    private static final int MOST = 10_000;
    private static final int CHUNK = 1_000;
    private static final int MOST_WAITING = 200_000;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST_READ = 10_000;
    private static final List<String> ATTRIBUTES = List.of("specversion", "id", "source", "type", "subject", "time");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(20).build());
    }

    private final Supplier<UsageLog> log;
    private final Contracts contracts;
    private final Metering metering;
    private final java.time.InstantSource clock;

    /** @param log is asked for at the first request @param clock that says what is in the future */
    public UsageRoutes(Supplier<UsageLog> log, Contracts contracts, java.time.InstantSource clock) {
        this.log = log;
        this.contracts = contracts;
        this.metering = new Metering(contracts, clock);
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/usage", Access.PARTIES, this::report),
                Route.get("/usage", Access.PARTIES, this::totals),
                Route.get("/usage/events", Access.PARTIES, this::events));
    }

    private void report(Context ctx) throws IOException {
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
        if (ctx.header(BINARY + "specversion") != null) {
            answerOne(ctx, taken(List.of(binary(ctx)), caller).get(0));
        } else if (type.equals(LINES)) {
            lines(ctx, caller);
        } else if (type.equals(EVENT) || type.equals(BATCH) || type.equals("application/json")) {
            JsonNode body = parsed(Bodies.read(ctx, type.equals(EVENT) ? EVENT_LIMIT : BATCH_LIMIT));
            if (body.isArray()) {
                answerMany(ctx, taken(batch((ArrayNode) body), caller));
            } else {
                answerOne(ctx, taken(List.of(body), caller).get(0));
            }
        } else {
            throw Kind.UNSUPPORTED_MEDIA_TYPE.because("Send one event as " + EVENT + ", an array of them as " + BATCH
                    + ", a line each as " + LINES + ", or one in binary mode with the headers ce-specversion, ce-id,"
                    + " ce-source, ce-type, ce-subject and ce-time and its data as application/json.");
        }
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new Failure.Malformed(
                            "This is not JSON: (line " + e.getLocation().getLineNr() + ", column "
                                    + e.getLocation().getColumnNr() + ") " + e.getOriginalMessage())
                    .asException();
        } catch (IOException e) {
            throw new IllegalStateException(e); // it is in memory
        }
    }

    private static List<JsonNode> batch(ArrayNode events) {
        if (events.size() > MOST) {
            throw Kind.TOO_LARGE.because("A batch has at most " + MOST + " events; this one has " + events.size()
                    + ". Send them in several, or a line each as " + LINES + ".");
        }
        List<JsonNode> all = new ArrayList<>(events.size());
        events.forEach(all::add);
        return all;
    }

    private static JsonNode binary(Context ctx) {
        ObjectNode event = JSON.createObjectNode();
        for (String attribute : ATTRIBUTES) {
            String value = ctx.header(BINARY + attribute);
            if (value != null) {
                event.put(attribute, java.net.URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        event.set("data", parsed(Bodies.read(ctx, EVENT_LIMIT)));
        return event;
    }

    /** What became of one, for its reporter. @param status of HTTP */
    private record Answer(String id, String source, int status, String word, YearMonth month, String detail) {
        ObjectNode json() {
            ObjectNode json = JSON.createObjectNode();
            json.put("id", id).put("source", source).put("result", word);
            if (month != null) {
                json.put("month", month.toString());
            }
            if (detail != null) {
                json.put("detail", detail);
            }
            return json;
        }
    }

    private List<Answer> taken(List<JsonNode> sent, Caller caller) {
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
        List<Answer> answers = new ArrayList<>(sent.size());
        int next = 0;
        for (int i = 0; i < sent.size(); i++) {
            String id = sent.get(i).path("id").asText();
            String source = sent.get(i).path("source").asText();
            answers.add(
                    refusals.get(i) != null
                            ? new Answer(id, source, 422, "refused", null, refusals.get(i))
                            : answer(id, source, outcomes.get(next++)));
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

    private static Answer answer(String id, String source, Outcome outcome) {
        if (outcome instanceof Outcome.Accepted accepted) {
            return new Answer(id, source, 201, "accepted", accepted.month(), null);
        } else if (outcome instanceof Outcome.Repeated repeated) {
            return new Answer(id, source, 200, "repeated", repeated.month(), null);
        } else if (outcome instanceof Outcome.Contradicts contradicts) {
            return new Answer(
                    id,
                    source,
                    409,
                    "contradicts",
                    null,
                    "You have reported another event with this source and id: " + contradicts.difference()
                            + ". The one before counts; if this is a new one, give it an id of its own.");
        }
        Outcome.TooLate late = (Outcome.TooLate) outcome;
        return new Answer(
                id,
                source,
                422,
                "refused",
                null,
                "Its month is closed, and later ones, too: events from " + late.earliest() + " on are taken.");
    }

    private static void answerOne(Context ctx, Answer answer) {
        if (answer.status == 409) {
            throw Kind.CONFLICT.because(answer.detail);
        } else if (answer.status == 422) {
            throw new Failure.Invalid(answer.detail, List.of()).asException();
        }
        ctx.status(answer.status).json(answer.json());
    }

    private static void answerMany(Context ctx, List<Answer> answers) {
        ObjectNode json = JSON.createObjectNode();
        counts(json, answers);
        ArrayNode results = json.putArray("results");
        answers.forEach(answer -> results.add(answer.json()));
        ctx.status(200).contentType("application/json").result(json.toString());
    }

    private static void counts(ObjectNode json, List<Answer> answers) {
        for (String word : List.of("accepted", "repeated", "contradicts", "refused")) {
            json.put(
                    word,
                    answers.stream().filter(answer -> answer.word.equals(word)).count());
        }
    }

    /** A result in a line for each line, while the others are still coming; what was answered is on disk. */
    private void lines(Context ctx, Caller caller) throws IOException {
        ctx.status(200).contentType(LINES);
        var out = ctx.res().getOutputStream();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(ctx.bodyInputStream(), StandardCharsets.UTF_8))) {
            List<JsonNode> chunk = new ArrayList<>();
            for (String line = line(reader); line != null; line = line(reader)) {
                if (!line.isBlank()) {
                    chunk.add(lenient(line));
                }
                if (chunk.size() == CHUNK) {
                    write(out, taken(chunk, caller));
                    chunk.clear();
                }
            }
            write(out, taken(chunk, caller));
        }
    }

    /** A line, as far as an event can be long. */
    private static String line(BufferedReader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = reader.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (line.length() <= EVENT_LIMIT) {
                line.append((char) next);
            }
            next = reader.read();
        }
        return line.toString();
    }

    /** What is no JSON is refused as an event, and the lines after it count. */
    private static JsonNode lenient(String line) {
        try {
            return line.length() > EVENT_LIMIT ? JSON.missingNode() : JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static void write(java.io.OutputStream out, List<Answer> answers) throws IOException {
        for (Answer answer : answers) {
            out.write(answer.json().toString().getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        }
        out.flush();
    }

    private void totals(Context ctx) {
        Contract contract = contract(ctx);
        YearMonth month = month(ctx);
        List<DayTotal> totals = log.get().totals(contract.id(), month);
        ObjectNode json = JSON.createObjectNode();
        json.put("contract", contract.id()).put("month", month.toString());
        json.put("open", log.get().closed().map(last -> last.isBefore(month)).orElse(true));
        ArrayNode sums = json.putArray("totals");
        Comparison.of(totals).forEach(comparison -> sums.add(comparison.json(JSON)));
        ArrayNode days = json.putArray("days");
        for (DayTotal total : totals) {
            days.addObject()
                    .put("day", total.day().toString())
                    .put("side", word(total.side()))
                    .put("metric", total.metric())
                    .put("quantity", total.quantity().toPlainString())
                    .put("events", total.events());
        }
        ctx.header("Cache-Control", "private, no-cache")
                .contentType("application/json")
                .result(json.toString());
    }

    static String word(Side side) {
        return side.name().toLowerCase(Locale.ROOT);
    }

    private void events(Context ctx) {
        Contract contract = contract(ctx);
        YearMonth month = month(ctx);
        long after = number(ctx, "after", 0, Long.MAX_VALUE - 1);
        int limit = (int) Math.max(1, number(ctx, "limit", DEFAULT_LIMIT, MOST_READ));
        List<Booked> page = new ArrayList<>();
        log.get().events(contract.id(), month, after, limit + 1, page::add);
        ObjectNode json = JSON.createObjectNode();
        json.put("contract", contract.id()).put("month", month.toString());
        ArrayNode events = json.putArray("events");
        page.stream().limit(limit).forEach(booked -> events.add(cloudEvent(booked)));
        if (page.size() > limit) {
            String next = contracts.collection().baseIri() + "usage/events?contract=" + contract.id() + "&month="
                    + month + "&limit=" + limit + "&after="
                    + page.get(limit - 1).number();
            json.put("next", next);
            ctx.header("Link", "<" + next + ">; rel=\"next\"");
        }
        ctx.header("Cache-Control", "private, no-cache")
                .contentType("application/json")
                .result(json.toString());
    }

    /** As it could be sent again, with who reported it and its place in the order. */
    private static ObjectNode cloudEvent(Booked booked) {
        UsageEvent event = booked.event();
        ObjectNode json = JSON.createObjectNode();
        json.put("specversion", "1.0")
                .put("id", event.key().id())
                .put("source", event.key().source())
                .put("type", Metering.TYPE)
                .put("subject", event.contract())
                .put("time", event.until().orElse(event.time()).toString())
                .put("reporter", event.key().reporter())
                .put("side", word(event.side()))
                .put("number", booked.number());
        ObjectNode data = json.putObject("data");
        event.until()
                .ifPresent(end -> data.put("start", event.time().toString()).put("end", end.toString()));
        ObjectNode quantities = data.putObject("quantities");
        event.quantities().forEach((metric, quantity) -> quantities.put(metric, quantity.toPlainString()));
        return json;
    }

    private Contract contract(Context ctx) {
        String id = ctx.queryParam("contract");
        if (id == null) {
            throw Kind.BAD_REQUEST.because("Say of which contract: ?contract=bob/parking&month=2026-11.");
        }
        return contracts
                .find(id)
                .filter(contract -> contracts.isOf(Authentication.callerOf(ctx), contract))
                .orElseThrow(() -> Kind.NOT_FOUND.because("There is no contract \"" + id
                        + "\" in which you take part. GET /contracts lists those that are yours."));
    }

    private YearMonth month(Context ctx) {
        String word = ctx.queryParam("month");
        try {
            return word == null
                    ? YearMonth.from(clock.instant().atOffset(java.time.ZoneOffset.UTC))
                    : YearMonth.parse(word);
        } catch (DateTimeParseException e) {
            throw Kind.BAD_REQUEST.because("month is written as 2026-11, not \"" + word + "\".");
        }
    }

    private static long number(Context ctx, String name, long other, long most) {
        String word = ctx.queryParam(name);
        if (word == null) {
            return other;
        }
        if (word.matches("\\d{1,18}") && Long.parseLong(word) <= most) {
            return Long.parseLong(word);
        }
        throw Kind.BAD_REQUEST.because(name + " is a number from 0 to " + most + ", not \"" + word + "\".");
    }
}
