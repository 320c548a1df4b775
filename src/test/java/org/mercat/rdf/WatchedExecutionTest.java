// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.Syntax;
import org.apache.jena.query.TxnType;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.util.Context;
import org.apache.jena.system.Txn;
import org.apache.jena.tdb2.DatabaseMgr;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a query keeps in memory is counted, wherever it keeps it. */
class WatchedExecutionTest {
    private static final int THINGS = 100;
    private static final String TEXT = "x".repeat(2_000);

    private static final DatasetGraph DATA = DatabaseMgr.createDatasetGraph();

    @BeforeAll
    static void fill() {
        Node property = NodeFactory.createURI("urn:p");
        Txn.executeWrite(DATA, () -> {
            for (int i = 0; i < THINGS; i++) {
                DATA.getDefaultGraph()
                        .add(NodeFactory.createURI("urn:" + i), property, NodeFactory.createLiteralString("v" + i));
            }
        });
    }

    private static long kept(String query) {
        AtomicLong kept = new AtomicLong();
        Watch watch = new Watch() {
            @Override
            public void step() {
                assertThat(kept.get()).isNotNegative();
            }

            @Override
            public void keep(long bytes) {
                kept.addAndGet(bytes);
            }
        };
        return Txn.calc(DATA, TxnType.READ, () -> {
            Context context = Context.setupContextForDataset(new Context(), DATA);
            WatchedExecution.install(context, watch);
            try (QueryExec execution = QueryExec.dataset(DATA)
                    .query(QueryFactory.create(query.replace("TEXT", "\"" + TEXT + "\""), Syntax.syntaxARQ))
                    .context(context)
                    .build()) {
                execution.select().materialize();
            }
            return kept.get();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    10000  | SELECT (MEDIAN(1) AS ?x) { ?a ?b ?c }
                    10000  | SELECT (MODE(?c) AS ?x) { ?a ?b ?c }
                    10000  | SELECT (FOLD(?c) AS ?x) { ?a ?b ?c }
                    10000  | SELECT (COUNT(DISTINCT ?c) AS ?x) { ?a ?b ?c }
                    40000  | SELECT (COUNT(DISTINCT *) AS ?x) { ?a ?b ?c }
                    400000 | SELECT (GROUP_CONCAT(?c; separator=TEXT) AS ?x) { ?a ?b ?c }
                    400000 | SELECT * { ?a ?b ?c BIND(CONCAT(TEXT, ?c) AS ?z) } ORDER BY ?z
                    400000 | SELECT DISTINCT ?z { ?a ?b ?c BIND(CONCAT(TEXT, ?c) AS ?z) }
                    400000 | SELECT (SAMPLE(CONCAT(TEXT, ?c)) AS ?x) { ?a ?b ?c } GROUP BY ?a
                    400000 | SELECT ?z { ?a ?b ?c } GROUP BY (CONCAT(TEXT, ?c) AS ?z)""")
    void what_is_kept_counts(long least, String query) {
        assertThat(kept(query)).isBetween(least, 3 * least + 100_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SELECT * { ?a ?b ?c BIND(CONCAT(TEXT, ?c) AS ?z) }
                    SELECT (COUNT(*) AS ?x) { ?a ?b ?c }
                    SELECT (MAX(?c) AS ?x) { ?a ?b ?c }
                    SELECT (SUM(1) AS ?x) { ?a ?b ?c }""")
    void what_passes_by_does_not(String query) {
        assertThat(kept(query)).isZero();
    }
}
