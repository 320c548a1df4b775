// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.mercat.http.Caller;
import org.mercat.http.Failure;
import org.mercat.http.FailureException;
import org.mercat.http.Fault;
import org.mercat.http.Registrar;
import org.mercat.rdf.Submission;
import org.mercat.rdf.Unreadable;

/** Checks resources as they come and stores them as the operator, many in a transaction; keeps what was refused. */
final class LoadBatch {
    static final Caller OPERATOR = new Caller("operator", Caller.Role.OPERATOR);
    private static final int SIZE = 500;

    private final Way way;
    private final List<String> refusals = new ArrayList<>();
    private final List<String> places = new ArrayList<>();
    private final List<Checked> waiting = new ArrayList<>();
    private final Map<String, CompletableFuture<?>> underWay = new LinkedHashMap<>();
    private int stored;

    /** How resources of one collection are stored. */
    @FunctionalInterface
    interface Way {
        List<? extends CompletableFuture<?>> store(Registrar registrar, Caller operator, List<Submission> checked);
    }

    /** A resource and who stores it. */
    record Checked(Registrar registrar, Submission submission) {}

    LoadBatch(Way way) {
        this.way = way;
    }

    /** @param place where the file has it @param source reads it; what it throws is a refusal */
    void add(String place, Supplier<Checked> source) {
        try {
            Checked checked = source.get();
            if (!waiting.isEmpty() && waiting.get(0).registrar != checked.registrar) {
                await(); // a proposal makes a term that the offerings after it may use
            } else if (waiting.size() == SIZE) {
                flush();
            }
            checked.registrar.check(OPERATOR, checked.submission);
            waiting.add(checked);
            places.add(place);
        } catch (Unreadable | FailureException e) {
            refuse(place, reason(e));
        }
    }

    /** What a refusal says. */
    static String reason(RuntimeException refusal) {
        return refusal instanceof FailureException failed ? sentence(failed.failure()) : refusal.getMessage();
    }

    /** One is stored that did not come through here. */
    void stored() {
        stored++;
    }

    void refuse(String place, String reason) {
        refusals.add(place + ": " + reason);
    }

    /** Hands on what waits, to be stored while what comes next is checked. */
    private void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        var answers = way.store(
                waiting.get(0).registrar,
                OPERATOR,
                waiting.stream().map(Checked::submission).toList());
        join();
        for (int i = 0; i < answers.size(); i++) {
            underWay.put(places.get(i), answers.get(i));
        }
        waiting.clear();
        places.clear();
    }

    private void join() {
        underWay.forEach((place, answer) -> {
            try {
                answer.join();
                stored++;
            } catch (CompletionException e) {
                refuse(place, sentence(Registrar.failureOf(e)));
            }
        });
        underWay.clear();
    }

    /** Returns when all that was added is stored or refused. */
    void await() {
        Optional<Registrar> registrar = waiting.stream().map(Checked::registrar).findFirst();
        flush();
        join();
        registrar.ifPresent(Registrar::written);
    }

    Loader.Outcome finish() {
        await();
        return new Loader.Outcome(stored, List.copyOf(refusals));
    }

    /** All that a failure says, in a line. */
    static String sentence(Failure failure) {
        return failure.faults().isEmpty() ? failure.detail() : sentence(failure.faults());
    }

    private static String sentence(List<Fault> faults) {
        return String.join(
                "; ",
                faults.stream()
                        .filter(fault -> !"warning".equals(fault.severity()))
                        .map(fault -> (fault.pointer() == null ? "" : fault.pointer() + " ") + fault.message())
                        .toList());
    }
}
