// SPDX-License-Identifier: Apache-2.0
package org.mercat.contract;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.DCTerms;
import org.mercat.http.Caller;
import org.mercat.http.Failure;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Fault;
import org.mercat.http.Rules;
import org.mercat.ns.MC;
import org.mercat.party.Parties;
import org.mercat.rdf.Change;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Command.View;
import org.mercat.rdf.Submission;

/**
 * The terms of business of provider organizations and of the marketplace, a resource for each version of them. Versions
 * that are in force do not change. Who concludes a contract accepts the newest ones.
 */
public final class Conditions implements Rules {
    private static final List<Node> SAID =
            List.of(DCTerms.title.asNode(), DCTerms.description.asNode(), Contract.FROM, MC.organization);

    private final Collection collection;
    private final Parties parties;
    private final InstantSource clock;

    Conditions(Parties parties, String baseIri, InstantSource clock) {
        this.clock = clock;
        this.parties = parties;
        this.collection = new Collection("conditions", MC.Conditions, 2, baseIri);
    }

    public Collection collection() {
        return collection;
    }

    @Override
    public void mayWrite(Caller caller, String id) {
        caller.mustOwn(id);
    }

    @Override
    public void check(Submission submission) {
        try {
            from(submission.graph(), submission.resource());
        } catch (DateTimeParseException e) {
            String message = "The time has to say its zone: write \"validFrom\": \"2026-12-01T00:00:00Z\".";
            var place = submission.locator().fault(submission.resource(), Contract.FROM, null, message);
            throw new Failure.Invalid(
                            message, List.of(Fault.at(place.pointer(), place.line(), place.column(), message)))
                    .asException();
        }
    }

    @Override
    public void complete(Node resource, Graph next, Graph present, Instant now) {
        next.remove(resource, MC.organization, Node.ANY);
        next.add(resource, MC.organization, organization(resource));
    }

    /** Whose they are; the marketplace's have the operator's id in place of an organization's. */
    private Node organization(Node conditions) {
        String id = collection.idOf(conditions).orElseThrow();
        return parties.organizations().resource(id.substring(0, id.indexOf('/')));
    }

    @Override
    public Decision decide(View view, Proposal proposal) {
        Node conditions = proposal.resource();
        Node organization = organization(conditions);
        boolean isMarketplaces = organization.equals(parties.organizations().resource(Parties.OPERATOR));
        if (!isMarketplaces && !Parties.isLive(view.catalogue(organization), organization)) {
            throw Kind.CONFLICT.because("There is no organization \""
                    + parties.organizations().idOf(organization).orElseThrow()
                    + "\" whose conditions these could be.");
        }
        Graph present = view.catalogue(conditions);
        if (isInForce(present, conditions, clock.instant())
                && !said(present, conditions).equals(said(proposal.next(), conditions))) {
            throw inForce(conditions);
        }
        return Decision.of(Change.of(conditions, proposal.next()));
    }

    @Override
    public Change decideWithdrawal(View view, Node resource, Graph tombstone) {
        if (isInForce(view.catalogue(resource), resource, clock.instant())) {
            throw inForce(resource);
        }
        return Change.of(resource, tombstone);
    }

    private RuntimeException inForce(Node conditions) {
        return Kind.CONFLICT.because(
                "The conditions \"" + collection.idOf(conditions).orElseThrow()
                        + "\" are in force, and contracts rest on them: they stay as they are. Register a new version beside them.");
    }

    private static Set<Triple> said(Graph graph, Node conditions) {
        return SAID.stream()
                .flatMap(property -> graph.find(conditions, property, Node.ANY).toList().stream())
                .collect(Collectors.toSet());
    }

    private static Optional<Instant> from(Graph graph, Node conditions) {
        return Contract.one(graph, conditions, Contract.FROM)
                .map(time -> OffsetDateTime.parse(time.getLiteralLexicalForm()).toInstant());
    }

    private static boolean isInForce(Graph graph, Node conditions, Instant now) {
        return from(graph, conditions).map(from -> !from.isAfter(now)).orElse(false);
    }

    /** Those that who uses something of a provider accepts: its organization's and the marketplace's newest, if any. */
    List<Node> newest(View view, String provider, Instant now) {
        return Stream.of(provider.substring(0, provider.indexOf('/')), Parties.OPERATOR)
                .map(parties.organizations()::resource)
                .map(organization -> newest(view, organization, now))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Of two that came into force at once, the one whose id is the last. */
    private Optional<Node> newest(View view, Node organization, Instant now) {
        Node newest = null;
        Instant since = null;
        for (Node one : view.having(MC.organization, organization)) {
            Optional<Instant> from = collection
                    .idOf(one)
                    .flatMap(id -> from(view.catalogue(one), one))
                    .filter(its -> !its.isAfter(now));
            if (from.isPresent()) {
                int order = since == null ? 1 : from.get().compareTo(since);
                if (order > 0 || order == 0 && one.getURI().compareTo(newest.getURI()) > 0) {
                    newest = one;
                    since = from.get();
                }
            }
        }
        return Optional.ofNullable(newest);
    }

    /**
     * Refuses who has not accepted what is asked for, or accepts what is not.
     *
     * @param asked that are in force
     * @param before that were accepted with an earlier step
     * @param accepts that are accepted now
     */
    void mustBeAccepted(List<Node> asked, Set<Node> before, Set<Node> accepts) {
        List<Node> missing = asked.stream()
                .filter(one -> !accepts.contains(one) && !before.contains(one))
                .toList();
        if (!missing.isEmpty()) {
            Set<Node> all = new LinkedHashSet<>(asked);
            all.removeAll(before);
            throw new Failure.Invalid(
                            "There are conditions that are not accepted: "
                                    + missing.stream()
                                            .map(one -> "<" + one.getURI() + ">")
                                            .collect(Collectors.joining(" and "))
                                    + ". Read them, and if you agree send \"accepts\": [\"" + ids(all) + "\"].",
                            List.of())
                    .asException();
        }
        List<Node> others = accepts.stream().filter(one -> !asked.contains(one)).toList();
        if (!others.isEmpty()) {
            throw new Failure.Invalid(
                            "\"accepts\" names what is not asked for: \"" + ids(others) + "\". "
                                    + (asked.isEmpty()
                                            ? "There are no conditions to accept here: leave it out."
                                            : "Those in force are \"" + ids(asked) + "\"."),
                            List.of())
                    .asException();
        }
    }

    private String ids(java.util.Collection<Node> conditions) {
        return conditions.stream()
                .map(one -> collection.idOf(one).orElse(one.toString()))
                .collect(Collectors.joining("\", \""));
    }

    /** What JSON names by id or address. */
    Set<Node> named(List<String> words) {
        return words.stream()
                .map(word -> word.startsWith(collection.iri())
                        ? word.substring(collection.iri().length())
                        : word)
                .map(collection::resource)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
