// SPDX-License-Identifier: Apache-2.0
package org.mercat.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.DCTerms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.contract.Contracts.End;
import org.mercat.ns.MC;
import org.mercat.party.Parties;
import org.mercat.rdf.Activities;
import org.mercat.rdf.Change;
import org.mercat.rdf.Store;

/** When contracts ceased to be in force is found by the time, whatever else there is. */
class ContractEndsTest {
    private static final String BASE = "http://example.org/";
    private static final Parties PARTIES = Parties.of(BASE);

    @TempDir
    Path folder;

    /** A contract with a step each minute from noon on. */
    private static Graph contract(Node node, Node... steps) {
        Graph graph = GraphFactory.createDefaultGraph();
        graph.add(node, org.apache.jena.vocabulary.RDF.Nodes.type, MC.Contract);
        graph.add(node, MC.offering, NodeFactory.createURI(BASE + "offerings/acme/parking/lots"));
        graph.add(node, DCTerms.creator.asNode(), PARTIES.consumers().resource("bob/app"));
        graph.add(node, DCTerms.publisher.asNode(), PARTIES.providers().resource("acme/parking"));
        graph.add(node, MC.status, MC.active);
        for (int minute = 0; minute < steps.length; minute++) {
            Activities.add(graph, node, Optional.empty(), steps[minute], at(minute), "");
        }
        return graph;
    }

    private static Instant at(int minute) {
        return Instant.parse("2026-01-01T12:00:00Z").plusSeconds(60L * minute);
    }

    @Test
    void each_end_after_an_instant_is_told_in_order_and_none_before() {
        try (Store store = Store.open(folder)) {
            Contracts contracts = new Contracts(store, PARTIES, BASE, InstantSource.system());
            write(contracts, "bob/often", MC.subscribe, MC.suspend, MC.resume, MC.suspend, MC.resume);
            write(contracts, "bob/once", MC.subscribe, MC.end);
            write(contracts, "bob/lasting", MC.subscribe);
            List<End> all = List.of(
                    new End(at(1), "bob/often", 0), new End(at(1), "bob/once", 0), new End(at(3), "bob/often", 1));
            assertThat(contracts.endsAfter(at(0))).containsExactlyInAnyOrderElementsOf(all);
            assertThat(contracts.endsAfter(at(1))).containsExactly(all.get(2));
            assertThat(contracts.endsAfter(at(3))).isEmpty();
            write(contracts, "bob/often", MC.subscribe, MC.suspend, MC.resume, MC.suspend, MC.resume, MC.end);
            assertThat(contracts.endsAfter(at(1))).containsExactly(all.get(2), new End(at(5), "bob/often", 2));
            assertThat(new Contracts(store, PARTIES, BASE, InstantSource.system()).endsAfter(at(1)))
                    .as("after a start")
                    .containsExactly(all.get(2), new End(at(5), "bob/often", 2));
        }
    }

    private static void write(Contracts contracts, String id, Node... steps) {
        Node node = contracts.collection().resource(id);
        contracts.write(node, view -> Change.ofLedger(node, contract(node, steps)));
    }
}
