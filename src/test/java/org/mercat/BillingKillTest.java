// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDF;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.ns.MC;
import org.mercat.rdf.Change;
import org.mercat.rdf.Store;

/** After {@code kill -9} at any moment of a billing run it goes on: no contract is charged twice, and none is forgotten. */
class BillingKillTest {
    private static final int CONTRACTS = 2_500;
    private static final int KILLS = 3;
    private static final String BASE = "http://localhost/";
    private static final String CONTRACT = """
            PREFIX mc: <https://w3id.org/mercat/core#>
            PREFIX dcterms: <http://purl.org/dc/terms/>
            PREFIX prov: <http://www.w3.org/ns/prov#>
            PREFIX schema: <http://schema.org/>
            PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
            BASE <http://localhost/contracts/cNUMBER/x>
            <> a mc:Contract ; dcterms:identifier "cNUMBER/x" ; mc:offering <http://localhost/offerings/acme/parking/x> ;
              dcterms:creator <http://localhost/consumers/cNUMBER/app> ; mc:status mc:active ; mc:revision 1 ;
              dcterms:publisher <http://localhost/providers/acme/parking> ; mc:tariff <#/tariff> ;
              mc:signed "2026-01-01T00:00:00Z"^^xsd:dateTime ; prov:wasInfluencedBy <#/history/0> .
            <#/tariff> mc:pricingModel mc:PER_MONTH ; schema:price 0.37 ; schema:priceCurrency "EUR" .
            <#/history/0> a prov:Activity ; mc:step mc:subscribe ; prov:endedAtTime "2026-01-01T00:00:00Z"^^xsd:dateTime .
            """;

    private final Random random = new Random(20_261_101);

    @Test
    void a_run_that_is_killed_goes_on_and_neither_doubles_nor_loses_anything(@TempDir Path data) throws Exception {
        conclude(data);
        killWhileItIssues(data);
        StringBuilder said = new StringBuilder();
        for (int kill = 0; kill < KILLS; kill++) {
            try (Program program = Program.serve(data)) { // goes on while it starts, and when it is ready
                program.process().waitFor(random.nextInt(1_200, 3_200), TimeUnit.MILLISECONDS);
                program.kill();
                said.append(program.output());
            }
        }
        try (Program program = Program.serve(data)) {
            HttpResponse<String> answer = issue(program, program.token());
            assertThat(answer.body()).contains("\"status\": \"issued\"");
            program.kill();
            said.append(program.output());
        }
        assertThat(said).contains("The billing run of 2026-01 was interrupted and goes on");
        try (Store store = Store.open(data)) {
            store.readLedger(ledger -> {
                check(ledger);
                return null;
            });
        }
    }

    private void killWhileItIssues(Path data) throws Exception {
        try (Program program = Program.serve(data)) {
            String token = program.token();
            Thread run = new Thread(() -> issue(program, token));
            run.start();
            while (run.isAlive() && !isIssuing(program, token)) {
                Thread.onSpinWait(); // each look is a request
            }
            program.process().waitFor(random.nextInt(200), TimeUnit.MILLISECONDS);
            program.kill();
            run.join(30_000);
        }
    }

    private static boolean isIssuing(Program program, String token) throws IOException {
        return program.send(program.request("/billing/runs/2026-01", token, "application/json")
                        .GET()
                        .build())
                .body()
                .contains("\"issuing\"");
    }

    private static void conclude(Path data) {
        try (Store store = Store.open(data)) {
            List<Change.Replacement> contracts = new ArrayList<>();
            for (int number = 0; number < CONTRACTS; number++) {
                Graph graph = GraphFactory.createDefaultGraph();
                RDFParser.fromString(CONTRACT.replace("NUMBER", String.valueOf(number)), Lang.TURTLE)
                        .parse(graph);
                Node name =
                        graph.find(Node.ANY, RDF.Nodes.type, MC.Contract).next().getSubject();
                contracts.add(new Change.Replacement(name, graph));
            }
            store.write(view -> new Change(List.of(), contracts));
        }
    }

    /** @return the answer; null if it was killed meanwhile */
    private static HttpResponse<String> issue(Program program, String token) {
        try {
            return program.send(program.request("/billing/runs/2026-01/steps/issue", token, "application/json")
                    .POST(BodyPublishers.noBody())
                    .build());
        } catch (IOException e) {
            return null;
        }
    }

    private static void check(DatasetGraph ledger) {
        Map<String, Integer> charged = new HashMap<>();
        ledger.find(Node.ANY, Node.ANY, MC.contract, Node.ANY)
                .forEachRemaining(quad -> charged.merge(quad.getObject().getURI(), 1, Integer::sum));
        assertThat(charged)
                .hasSize(CONTRACTS)
                .allSatisfy((contract, times) -> assertThat(times).as(contract).isEqualTo(1));
        TreeSet<Integer> numbers = new TreeSet<>();
        ledger.find(Node.ANY, Node.ANY, RDF.Nodes.type, MC.Invoice)
                .forEachRemaining(quad -> numbers.add(
                        Integer.valueOf(quad.getGraph().getURI().substring((BASE + "invoices/acme/").length()))));
        assertThat(numbers)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, CONTRACTS).boxed().toList());
        BigDecimal[] books = {BigDecimal.ZERO, BigDecimal.ZERO};
        ledger.find(Node.ANY, Node.ANY, MC.account, Node.ANY).forEachRemaining(quad -> {
            BigDecimal amount = new BigDecimal(ledger.find(quad.getGraph(), quad.getSubject(), MC.amount, Node.ANY)
                    .next()
                    .getObject()
                    .getLiteralLexicalForm());
            books[0] = books[0].add(amount);
            books[1] = books[1].add(amount.max(BigDecimal.ZERO));
        });
        assertThat(books[0]).isZero();
        assertThat(books[1]).isEqualByComparingTo(new BigDecimal("0.37").multiply(BigDecimal.valueOf(CONTRACTS)));
    }
}
