// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.ns.MC;
import org.mercat.rdf.Change;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;

/** What fees are counted by. */
class CountersTest {
    private static final String BASE = "http://example.org/";

    @TempDir
    Path folder;

    private static Node offering(String id) {
        return NodeFactory.createURI(BASE + "offerings/" + id);
    }

    private static Graph created(Node offering, String day) {
        Graph graph = GraphFactory.createDefaultGraph();
        graph.add(offering, RDF.Nodes.type, MC.Offering);
        graph.add(offering, DCTerms.created.asNode(), Resources.time(Instant.parse(day + "T00:00:00Z")));
        return graph;
    }

    @Test
    void offerings_for_some_only_are_listed_like_all_others_from_their_month_on() {
        try (Store store = Store.open(folder)) {
            Node open = offering("acme/parking/open");
            Node hidden = offering("acme/parking/hidden");
            Node later = offering("acme/parking/later");
            store.write(view -> Change.of(open, created(open, "2026-01-31")));
            store.write(view -> Change.ofPrivate(hidden, created(hidden, "2026-01-31")));
            store.write(view -> Change.ofPrivate(later, created(later, "2026-02-01")));
            Counters counters = new Counters(store, new Places(BASE), null, null);
            assertThat(counters.offerings(YearMonth.parse("2026-01"))).isEqualTo(Map.of("acme", new BigDecimal(2)));
            assertThat(counters.offerings(YearMonth.parse("2026-02"))).isEqualTo(Map.of("acme", new BigDecimal(3)));
        }
    }
}
