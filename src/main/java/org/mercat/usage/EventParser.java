// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.system.StreamRDFBase;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.vocabulary.DCTerms;
import org.mercat.ns.MC;
import org.mercat.party.Parties;
import org.mercat.rdf.Collection;
import org.mercat.usage.UsageEvent.Key;
import org.mercat.usage.UsageEvent.Side;

/**
 * Makes events of what {@link EventTriples} has written, one after the other: all that is said of an event stands together.
 * What is said of anything else is passed over.
 */
final class EventParser extends StreamRDFBase {
    private final Parties parties;
    private final Collection contracts;
    private final Consumer<Booked> taker;
    private Node graph;
    private String number = "";
    private final Map<Node, Node> said = new HashMap<>();
    private final Map<String, BigDecimal> quantities = new TreeMap<>();

    EventParser(Parties parties, Collection contracts, Consumer<Booked> taker) {
        this.parties = parties;
        this.contracts = contracts;
        this.taker = taker;
    }

    @Override
    public void quad(Quad quad) {
        String events = quad.getGraph() + EventTriples.EVENTS;
        String subject = quad.getSubject().toString();
        if (!subject.startsWith(events)) {
            return;
        }
        String[] path = subject.substring(events.length()).split("/", 2);
        if (!path[0].equals(number) || !quad.getGraph().equals(graph)) {
            give();
            graph = quad.getGraph();
            number = path[0];
        }
        if (path.length == 1) {
            said.put(quad.getPredicate(), quad.getObject());
        } else if (quad.getPredicate().equals(MC.quantity)) {
            quantities.put(path[1], new BigDecimal(quad.getObject().getLiteralLexicalForm()));
        }
    }

    @Override
    public void finish() {
        give();
        number = "";
    }

    private void give() {
        if (number.isEmpty()) {
            return;
        }
        String name = graph.getURI();
        int split = name.lastIndexOf(UsageGraphs.USAGE);
        String contract = name.substring(contracts.iri().length(), split);
        YearMonth month = YearMonth.parse(name.substring(split + UsageGraphs.USAGE.length()));
        Key key = new Key(reporter(), text(DCTerms.source.asNode()), text(DCTerms.identifier.asNode()));
        UsageEvent event = new UsageEvent(
                key,
                contract,
                Side.valueOf(text(MC.side).toUpperCase(Locale.ROOT)),
                Instant.parse(text(EventTriples.STARTED)),
                Optional.ofNullable(said.get(EventTriples.ENDED))
                        .map(end -> Instant.parse(end.getLiteralLexicalForm())),
                new TreeMap<>(quantities));
        taker.accept(new Booked(event, month, Long.parseLong(number)));
        said.clear();
        quantities.clear();
    }

    private String text(Node property) {
        Node value = said.get(property);
        if (value == null) {
            throw new IllegalStateException("<" + graph + EventTriples.EVENTS + number + "> has no <" + property + ">");
        }
        return value.getLiteralLexicalForm();
    }

    private String reporter() {
        Node agent = said.get(EventTriples.AGENT);
        return Stream.of(parties.organizations(), parties.providers(), parties.consumers())
                .flatMap(collection -> collection.idOf(agent).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("<" + agent + "> is no party of this catalogue"));
    }
}
