// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.jena.atlas.web.AcceptList;
import org.apache.jena.atlas.web.MediaType;
import org.mercat.http.EventStreams;
import org.mercat.http.Failure;
import org.mercat.http.ServerEvent;
import org.mercat.rdf.Store;
import org.mercat.rdf.Syntax;
import org.mercat.search.OfferingChanges;
import org.mercat.search.OfferingChanges.Page;
import org.mercat.search.OfferingChanges.Step;
import org.mercat.search.Position;

/** Answers with events: as a stream to who listens, else as a page. */
final class Feed<E> {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 1_000;

    private final Store store;
    private final OfferingChanges index;
    private final EventStreams streams;
    private final Recent<E> recent;
    private final Listeners listeners;

    Feed(Store store, OfferingChanges index, EventStreams streams, Recent<E> recent, Listeners listeners) {
        this.store = store;
        this.index = index;
        this.streams = streams;
        this.recent = recent;
        this.listeners = listeners;
    }

    /**
     * Answers a request.
     *
     * @param key of the events
     * @param name of the list in a page
     * @param url of the first page
     */
    void answer(Context ctx, String key, String name, String url, Reader.Source<E> source) {
        ctx.header("Vary", "Accept");
        String last = ctx.header("Last-Event-ID");
        Optional<Position> from = Optional.ofNullable(last == null ? ctx.queryParam("after") : last)
                .map(this::position);
        if (wantsStream(ctx)) {
            stream(ctx, key, from.orElseGet(this::now), source);
        } else {
            ctx.header("Cache-Control", "no-cache").contentType(Syntax.JSON.contentType());
            int limit = limit(ctx);
            ctx.result(page(ctx, name, url, limit, source.missed(from.orElse(Position.at(0, 0)), limit), source));
        }
    }

    private Position now() {
        return Position.at(store.revision(), index.now());
    }

    private Position position(String id) {
        Position position = id.matches("\\d{1,18}")
                ? index.position(Math.min(Long.parseLong(id), store.revision()))
                : Position.parse(id)
                        .orElseThrow(() -> Failure.Kind.BAD_REQUEST.because(
                                "\"" + (id.length() > 200 ? id.substring(0, 200) + "…" : id)
                                        + "\" is no id of an event. Send the id of the last event as it was in"
                                        + " Last-Event-ID or after=..., or a revision, after=0 for everything."));
        if (position.revision() > store.revision()) {
            throw Failure.Kind.BAD_REQUEST.because("This catalogue has come to revision " + store.revision() + ", not "
                    + position.revision() + ": the id is of another one. Read everything: after=0");
        }
        return position;
    }

    private static boolean wantsStream(Context ctx) {
        String accept = ctx.header("Accept");
        if (accept == null) {
            return false;
        }
        MediaType best = AcceptList.match(
                new AcceptList(accept), AcceptList.create(Syntax.JSON.mediaType(), ServerEvent.MEDIA_TYPE));
        if (best == null) {
            throw Failure.Kind.NOT_ACCEPTABLE.because(
                    "There are application/json, a page, and text/event-stream, for who listens.");
        }
        return best.getContentTypeStr().equals(ServerEvent.MEDIA_TYPE);
    }

    private static int limit(Context ctx) {
        String word = ctx.queryParam("limit");
        if (word == null) {
            return DEFAULT_LIMIT;
        }
        if (word.matches("\\d{1,4}") && Integer.parseInt(word) >= 1 && Integer.parseInt(word) <= MOST) {
            return Integer.parseInt(word);
        }
        throw Failure.Kind.BAD_REQUEST.because("limit is a number from 1 to " + MOST + ".");
    }

    private void stream(Context ctx, String key, Position from, Reader.Source<E> source) {
        Runnable[] wake = new Runnable[1];
        streams.answer(
                ctx,
                new Reader<>(recent, key, from, source),
                its -> {
                    wake[0] = its;
                    listeners.add(key, its);
                },
                () -> listeners.remove(key, wake[0]));
    }

    private String page(Context ctx, String name, String url, int limit, Page page, Reader.Source<E> source) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode list = answer.putArray(name);
        for (Step step : page.steps()) {
            ServerEvent event = source.send(step.change(), source.event(step), step.position());
            list.addRawValue(new RawValue(event.data()));
        }
        answer.put("count", page.steps().size());
        answer.put("last", page.position().toString());
        if (page.more()) {
            String next = url + "?after="
                    + URLEncoder.encode(page.position().toString(), StandardCharsets.UTF_8)
                    + (limit == DEFAULT_LIMIT ? "" : "&limit=" + limit);
            answer.put("next", next);
            ctx.header("Link", "<" + next + ">; rel=\"next\"");
        }
        return answer.toString();
    }
}
