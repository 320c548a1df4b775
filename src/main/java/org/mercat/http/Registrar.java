// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.mercat.ns.MC;
import org.mercat.rdf.Acceptance;
import org.mercat.rdf.Change;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Command;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;
import org.mercat.rdf.Submission;
import org.mercat.rdf.Violation;

/**
 * Registers and withdraws the resources of one collection, whoever asks: REST, bulk, the demonstration data. Checked
 * in the caller's thread, decided on the writer's.
 */
public final class Registrar {
    static final Node INVALIDATED = NodeFactory.createURI("http://www.w3.org/ns/prov#invalidatedAtTime");

    private final Store store;
    private final Supplier<Acceptance> acceptance;
    private final Collection collection;
    private final Rules rules;
    private final InstantSource clock;

    /** By the machine's time. */
    public Registrar(Store store, Supplier<Acceptance> acceptance, Collection collection, Rules rules) {
        this(store, acceptance, collection, rules, InstantSource.system());
    }

    /** @param clock that says when something was registered */
    public Registrar(
            Store store, Supplier<Acceptance> acceptance, Collection collection, Rules rules, InstantSource clock) {
        this.store = store;
        this.acceptance = acceptance;
        this.collection = collection;
        this.rules = rules;
        this.clock = clock;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Of the resources that this registers. */
    public Collection collection() {
        return collection;
    }

    /**
     * What came of a registration.
     *
     * @param graph as stored, with its revision
     * @param shownOnce what the answer tells now and never again, by JSON member
     */
    public record Registered(
            Node resource, Graph graph, long revision, boolean created, Map<String, String> shownOnce) {}

    /** Whether something is or was registered under that id. */
    public boolean isThere(String id) {
        return store.read(
                database -> !database.getGraph(collection.resource(id)).isEmpty());
    }

    /** Checks the caller, then the shapes. @return the warnings @throws FailureException if it is not acceptable */
    public List<Fault> check(Caller caller, Submission submission) {
        String id = collection.idOf(submission.resource()).orElseThrow(() -> badId(submission.resource()));
        rules.mayWrite(caller, id);
        List<Violation> found = acceptance.get().check(rules.shaped(submission));
        List<Fault> faults =
                found.stream().map(violation -> faultOf(violation, submission)).toList();
        long broken = found.stream().filter(Violation::refuses).count();
        if (broken > 0) {
            throw new Failure.Invalid(
                            broken + (broken == 1 ? " rule is" : " rules are")
                                    + " broken; nothing was stored. Mend what" + " \"errors\" lists and send it again.",
                            faults)
                    .asException();
        }
        rules.check(submission);
        return Stream.concat(faults.stream(), rules.advice(submission).stream()).toList();
    }

    /** What the shapes say, as a {@code sh:ValidationReport}. */
    Graph report(Submission submission) {
        return acceptance.get().report(rules.shaped(submission));
    }

    private FailureException badId(Node resource) {
        return new Failure.Malformed("<" + resource + "> cannot be the address of " + article(collection.memberName())
                        + ": it is " + collection.iri() + " followed by " + collection.segments()
                        + " segment(s) split by \"/\", each " + Collection.SEGMENT_RULE + ".")
                .asException();
    }

    private static String article(String noun) {
        return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
    }

    private static Fault faultOf(Violation violation, Submission submission) {
        Node path = violation.path().contains(":") && !violation.path().startsWith("<")
                ? NodeFactory.createURI(violation.path())
                : null;
        var place = submission.locator().fault(violation.focus(), path, violation.value(), violation.message());
        return new Fault(
                violation.message(),
                place.pointer(),
                place.line(),
                place.column(),
                violation.focus().toString(),
                violation.path(),
                violation.value() == null ? null : violation.value().toString(),
                violation.shape() == null ? null : violation.shape().toString(),
                violation.severity().name().toLowerCase(java.util.Locale.ROOT));
    }

    /** Registers what was checked. */
    public Registered register(Caller caller, Submission checked, Preconditions preconditions, boolean mustBeNew) {
        Registration registration = new Registration(caller, checked, rules, preconditions, mustBeNew, now());
        long revision = store.write(registration);
        rules.written();
        return registered(registration, revision);
    }

    /** After all of {@link #registerAll} or {@link #restoreAll} are answered: does what has to be done besides. */
    public void written() {
        rules.written();
    }

    /** Goes through all that registering does, and writes nothing. @throws FailureException as registering would */
    public void rehearse(Caller caller, Submission checked, Preconditions preconditions, boolean mustBeNew) {
        Registration registration = new Registration(caller, checked, rules, preconditions, mustBeNew, now());
        store.write(view -> {
            registration.decide(view);
            return Change.NONE;
        });
    }

    /**
     * What registering would write, now, as a view has it; it writes nothing. For files that the operator loads: no
     * request comes here.
     *
     * @throws FailureException as registering would
     */
    public Change decide(Caller operator, Submission checked, Command.View view) {
        return new Registration(operator, checked, rules, new Preconditions(null, null), false, now()).decide(view);
    }

    /** Registers many that were checked, in as few transactions as possible; each succeeds or fails alone. */
    public List<CompletableFuture<Registered>> registerAll(Caller caller, List<Submission> checked) {
        Preconditions none = new Preconditions(null, null);
        List<Registration> registrations = checked.stream()
                .map(s -> new Registration(caller, s, rules, none, false, now()))
                .toList();
        List<CompletableFuture<Long>> written = store.submit(List.copyOf(registrations));
        return java.util.stream.IntStream.range(0, written.size())
                .mapToObj(i -> written.get(i).thenApply(revision -> registered(registrations.get(i), revision)))
                .toList();
    }

    /**
     * Puts many that were checked back as an export has them, with their times, withdrawn ones too; what does not say
     * when it was created is registered as of now. For files that the operator loads: no request comes here.
     */
    public List<CompletableFuture<Long>> restoreAll(Caller operator, List<Submission> checked) {
        Preconditions none = new Preconditions(null, null);
        return store.submit(checked.stream()
                .map(s -> Restoration.isExported(s)
                        ? new Restoration(
                                operator, collection.idOf(s.resource()).orElseThrow(), s, rules)
                        : new Registration(operator, s, rules, none, false, now()))
                .toList());
    }

    private static Registered registered(Registration done, long revision) {
        Graph graph = done.next();
        graph.add(done.resource(), MC.revision, org.apache.jena.sparql.util.NodeFactoryExtra.intToNode(revision));
        return new Registered(done.resource(), graph, revision, done.created(), done.shownOnce());
    }

    /** Withdraws a resource: what stays is that it was there, and until when. */
    public void withdraw(Caller caller, String id, Preconditions preconditions) {
        rules.mayWrite(caller, id);
        Node resource = collection.resource(id);
        Node now = Resources.time(now());
        store.write(view -> {
            Graph stored = rules.present(view, resource);
            if (stored.isEmpty()) {
                throw Failure.Kind.NOT_FOUND.because("There is no " + collection.memberName() + " \"" + id + "\".");
            }
            if (Resources.isWithdrawn(stored, resource)) {
                throw Failure.Kind.GONE.because("\"" + id + "\" was withdrawn before.");
            }
            preconditions.check(Resources.revisionOf(stored, resource));
            return rules.decideWithdrawal(view, resource, tombstone(resource, id, now));
        });
    }

    static Graph tombstone(Node resource, String id, Node time) {
        Graph tombstone = GraphFactory.createDefaultGraph();
        tombstone.add(resource, RDF.Nodes.type, MC.Withdrawn);
        tombstone.add(resource, DCTerms.identifier.asNode(), NodeFactory.createLiteralString(id));
        tombstone.add(resource, INVALIDATED, time);
        return tombstone;
    }

    /** Turns what a queued registration was refused with into a failure. */
    public static Failure failureOf(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof FailureException refused) {
            return refused.failure();
        }
        return Optional.of(cause)
                .filter(java.util.concurrent.RejectedExecutionException.class::isInstance)
                .<Failure>map(e -> new Failure.Plain(Failure.Kind.UNAVAILABLE, e.getMessage()))
                .orElse(new Failure.Plain(
                        Failure.Kind.INTERNAL, "It was not stored; the operator finds the cause in the log."));
    }
}
