// SPDX-License-Identifier: Apache-2.0
package org.mercat.contract;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.vocabulary.RDF;
import org.mercat.contract.Contract.Announced;
import org.mercat.http.Caller;
import org.mercat.http.FailureException;
import org.mercat.http.Preconditions;
import org.mercat.ns.MC;
import org.mercat.party.Parties;
import org.mercat.rdf.Change;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Command;
import org.mercat.rdf.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All contracts, in memory: a view of the ledger. For any number of threads. */
public final class Contracts {
    private static final Logger LOG = LoggerFactory.getLogger(Contracts.class);

    private final Store store;
    private final Collection collection;
    private final Parties parties;
    private final Conditions conditions;
    private final InstantSource clock;
    private final ConcurrentNavigableMap<String, Contract> all = new ConcurrentSkipListMap<>();
    private final NavigableSet<End> ends = new ConcurrentSkipListSet<>();

    /** Reads all from the ledger. @param baseIri of the catalogue @param clock that says what is in force */
    public Contracts(Store store, Parties parties, String baseIri, InstantSource clock) {
        this.clock = clock;
        this.store = store;
        this.parties = parties;
        this.conditions = new Conditions(parties, baseIri, clock);
        this.collection = new Collection("contracts", MC.Contract, 2, baseIri);
        List<Node> found = store.readRecords(ledger -> {
            List<Node> contracts = new ArrayList<>();
            ledger.find(Node.ANY, Node.ANY, RDF.Nodes.type, MC.Contract)
                    .forEachRemaining(quad -> contracts.add(quad.getGraph()));
            return contracts;
        });
        found.forEach(this::take);
    }

    public Collection collection() {
        return collection;
    }

    /** What is accepted with them. */
    public Conditions conditions() {
        return conditions;
    }

    /** The present moment. */
    Instant now() {
        return clock.instant();
    }

    /** Both sides. */
    public Parties parties() {
        return parties;
    }

    /** Runs a command that writes one contract, and knows it from then on. */
    void write(Node contract, Command command) {
        store.write(command);
        take(contract);
    }

    /** Goes through all that a command does, and writes nothing. */
    void rehearse(Command command) {
        store.write(view -> {
            command.decide(view);
            return Change.NONE;
        });
    }

    /** Whoever comes last has read last. */
    private synchronized void take(Node node) {
        String id = collection.idOf(node).orElseThrow();
        Contract.of(id, node, store.ledgerGraph(node), parties).ifPresent(contract -> {
            all.put(id, contract);
            End.of(contract).forEach(ends::add);
        });
    }

    /** When contracts ceased to be in force, after an instant, in order; those that were suspended and go on among them. */
    java.util.Collection<End> endsAfter(Instant instant) {
        return ends.tailSet(new End(instant.plusNanos(1), "", 0));
    }

    /**
     * The end of a time in which a contract was in force.
     *
     * @param contract its id
     * @param span which of its times that is, from 0
     */
    record End(Instant at, String contract, int span) implements Comparable<End> {
        private static final Comparator<End> ORDER =
                Comparator.comparing(End::at).thenComparing(End::contract).thenComparing(End::span);

        static List<End> of(Contract contract) {
            List<End> ends = new ArrayList<>();
            for (int i = 0; i < contract.spans().size(); i++) {
                int span = i;
                contract.spans().get(i).end().ifPresent(at -> ends.add(new End(at, contract.id(), span)));
            }
            return ends;
        }

        @Override
        public int compareTo(End other) {
            return ORDER.compare(this, other);
        }
    }

    /** That with an id. */
    public Optional<Contract> find(String id) {
        return Optional.ofNullable(all.get(id));
    }

    /** All of them, by their ids. */
    public java.util.Collection<Contract> all() {
        return java.util.Collections.unmodifiableCollection(all.values());
    }

    /** Those that are wanted, by their ids. @param after an id, or nothing to begin */
    List<Contract> page(Predicate<Contract> wanted, String after, int limit) {
        return all.tailMap(after, false).values().stream()
                .filter(wanted)
                .limit(limit)
                .toList();
    }

    /** The address of who does something; the operator has the catalogue's. */
    public Node agent(Caller caller) {
        return parties.resourceOf(caller).orElse(NodeFactory.createURI(collection.baseIri()));
    }

    /**
     * Does what is due: a tariff that was announced and signed takes effect, and where it was not signed the contract
     * ends.
     *
     * @return how many contracts that were
     */
    public int settle(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        int due = 0;
        for (Contract contract : all.values()) {
            Optional<Announced> announced =
                    contract.announced().filter(its -> !its.from().isAfter(today) && contract.status() != Status.ENDED);
            if (announced.isPresent()) {
                Step step = announced.get().signed() ? Step.CHANGE : Step.END;
                Preconditions unchanged = new Preconditions("\"" + contract.revision() + "\"", null);
                try {
                    write(
                            contract.node(),
                            new StepCommand(
                                    this,
                                    new StepCommand.Request(
                                            contract.id(),
                                            step,
                                            agent(Caller.ANYONE),
                                            step == Step.END ? "The announced tariff was not signed." : "",
                                            Optional.empty(),
                                            Set.of(),
                                            unchanged,
                                            now)));
                    due++;
                } catch (FailureException e) {
                    LOG.info("{} has changed meanwhile, and is looked at again: {}", contract.id(), e.getMessage());
                }
            }
        }
        return due;
    }

    /** Whether a caller takes part in a contract, on either side; the operator does in all. */
    public boolean isOf(Caller caller, Contract contract) {
        return caller.owns(contract.consumer()) || caller.owns(contract.provider());
    }

    /** The graphs of the contracts in which a caller takes part. */
    public Set<Node> privateGraphs(Caller caller, DatasetGraph ledger) {
        return all.values().stream()
                .filter(contract -> isOf(caller, contract))
                .map(Contract::node)
                .collect(Collectors.toSet());
    }
}
