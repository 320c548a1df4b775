// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code /ledger/sparql}. Two consumers of two organizations wait for the same offering with webhooks that answer
 * nobody, so that each has an event in the ledger; the secrets of all are there, too.
 */
class LedgerSparqlTest {
    private static final String OTHER_APP = "other/app";
    private static final String LEDGER = "urn:mercat:ledger:";
    private static final String MINE = "acme/app/newt";
    private static final String THEIRS = "other/app/newt";
    private static final String DEMANDS =
            "SELECT DISTINCT ?demand { ?delivery <" + LEDGER + "delivery> ?demand } ORDER BY ?demand";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @BeforeAll
    static void fail_to_deliver() {
        SERVER.system("consumers", OTHER_APP);
        for (String consumer : List.of(TestServer.APP, OTHER_APP)) {
            SERVER.as(consumer)
                    .json(
                            "PUT",
                            "/demands/" + consumer + "/newt",
                            "{\"consumer\": \"" + consumer
                                    + "\", \"title\": \"Newts\", \"search\": {\"text\": \"newt\"},"
                                    + " \"webhook\": \"http://127.0.0.1:1/\"}")
                    .mustBe(201);
        }
        String id = "acme/parking/newt";
        ObjectNode offering = Offerings.small(id);
        offering.putObject("title").put("en", "Newt");
        SERVER.as(TestServer.PARKING)
                .json("PUT", Offerings.pathOf(id), offering.toString())
                .mustBe(201);
        Instant end = Instant.now().plusSeconds(20);
        while (demandsOf(TestServer.OPERATOR).size() < 2 && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
    }

    private static Answer ask(String client, String query, String more) {
        return SERVER.as(client).get("/ledger/sparql?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + more);
    }

    private static Set<String> demandsOf(String client) {
        Set<String> demands = new TreeSet<>();
        ask(client, DEMANDS, "")
                .mustBe(200)
                .json()
                .at("/results/bindings")
                .forEach(row -> demands.add(row.at("/demand/value").asText()));
        return demands;
    }

    private static String graphOf(String demand) {
        return ask(TestServer.OPERATOR, "SELECT ?g { GRAPH ?g { ?g <" + LEDGER + "delivery> \"" + demand + "\" } }", "")
                .json()
                .at("/results/bindings/0/g/value")
                .asText();
    }

    @Test
    void each_reads_his_own_and_what_is_below_it_and_the_operator_all_200() {
        assertThat(demandsOf(TestServer.APP)).containsExactly(MINE);
        assertThat(demandsOf(TestServer.ACME)).containsExactly(MINE);
        assertThat(demandsOf(OTHER_APP)).containsExactly(THEIRS);
        assertThat(demandsOf(TestServer.OTHER)).containsExactly(THEIRS);
        assertThat(demandsOf(TestServer.PARKING)).isEmpty();
        assertThat(demandsOf(TestServer.OPERATOR)).containsExactly(MINE, THEIRS);
    }

    @Test
    void form_body_and_formats_are_those_of_sparql_200() {
        Answer body = SERVER.as(TestServer.APP)
                .with("Accept", "text/csv")
                .send("POST", "/ledger/sparql", "application/sparql-query", DEMANDS)
                .mustBe(200);
        assertThat(body.text().lines()).containsExactly("demand", MINE);
        Answer form = SERVER.as(TestServer.APP)
                .send(
                        "POST",
                        "/ledger/sparql",
                        "application/x-www-form-urlencoded",
                        "format=csv&query=" + URLEncoder.encode(DEMANDS, StandardCharsets.UTF_8));
        assertThat(form.text().lines()).containsExactly("demand", MINE);
        assertThat(body.header("Cache-Control")).contains("no-store");
        assertThat(body.header("ETag")).isEmpty();
    }

    /** With {0} for a graph of another and {1} for one with a secret of one's own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * { ?s ?p ?o }",
                "SELECT * { GRAPH ?g { ?s ?p ?o } }",
                "SELECT * { GRAPH <{0}> { ?s ?p ?o } }",
                "SELECT * { GRAPH <{1}> { ?s ?p ?o } }",
                "SELECT * FROM <{0}> { ?s ?p ?o }",
                "SELECT * FROM <{1}> { ?s ?p ?o }",
                "SELECT * FROM NAMED <{0}> { GRAPH ?g { ?s ?p ?o } }",
                "SELECT * FROM NAMED <{1}> FROM NAMED <{0}> { GRAPH ?g { ?s ?p ?o } }",
                "SELECT * FROM <urn:x-arq:UnionGraph> { ?s ?p ?o }",
                "SELECT * FROM <urn:x-arq:DefaultGraph> { ?s ?p ?o }",
                "SELECT * { GRAPH <urn:x-arq:UnionGraph> { ?s ?p ?o } }",
                "SELECT * { GRAPH <urn:x-arq:DefaultGraph> { ?s ?p ?o } }",
                "SELECT * { VALUES ?g { <{0}> <{1}> } GRAPH ?g { ?s ?p ?o } }",
                "SELECT * { BIND(IRI(\"{0}\") AS ?g) GRAPH ?g { ?s ?p ?o } }",
                "SELECT * { BIND(IRI(\"{1}\") AS ?s) ?s ?p ?o }",
                "SELECT * { <{0}> (!<urn:x>)* ?o }",
                "SELECT * { <{1}> (<urn:x>|!<urn:y>)+ ?o }",
                "SELECT * { ?s (^(!<urn:x>))* ?o }",
                "SELECT ?x { ?s ?p ?o BIND(EXISTS { GRAPH <{0}> { ?a ?b ?c } } AS ?found) FILTER(?found)"
                        + " BIND(\"other/app\" AS ?x) }",
                "SELECT * { FILTER EXISTS { <{1}> ?p ?o } BIND(\"secretHash\" AS ?x) }",
                "SELECT * { { SELECT * { GRAPH <{0}> { ?s ?p ?o } } } }",
                "SELECT * { OPTIONAL { GRAPH <{0}> { ?s ?p ?o } } }",
                "SELECT * { ?s ?p ?o MINUS { GRAPH <{0}> { ?s ?p ?o } } }",
                "DESCRIBE <{0}> <{1}>",
                "DESCRIBE ?s { ?s ?p ?o }",
                "CONSTRUCT { ?s ?p ?o } { GRAPH <{0}> { ?s ?p ?o } }",
                "CONSTRUCT WHERE { ?s ?p ?o }",
                "SELECT * { ?o <https://w3id.org/mercat/core#search> (<https://w3id.org/mercat/core#text> \"newt\") }",
                "SELECT * { <{0}> <http://jena.apache.org/ARQ/property#versionARQ> ?o }",
                "SELECT * { ?list <http://jena.apache.org/ARQ/list#member> ?o }",
                "SELECT * { ?s <http://www.w3.org/2000/01/rdf-schema#member> ?o }",
                "SELECT * { <https://catalogue.example/offerings/acme/parking/newt> ?p ?o }",
                "SELECT * { GRAPH <urn:mercat:store> { ?s ?p ?o } }"
            })
    void nothing_of_others_no_secret_and_nothing_public_can_be_reached_200(String attempt) {
        String query = attempt.replace("{0}", graphOf(THEIRS)).replace("{1}", "urn:mercat:client:acme/app");
        for (String more : List.of(
                "",
                "&default-graph-uri=" + graphOf(THEIRS),
                "&named-graph-uri=" + graphOf(THEIRS) + "&default-graph-uri=urn:mercat:webhook:acme/app/newt",
                "&named-graph-uri=urn:mercat:client:acme/app&default-graph-uri=urn:x-arq:UnionGraph")) {
            String answer = ask(TestServer.APP, query, more).mustBe(200).text();
            assertThat(answer)
                    .as(query + more)
                    .doesNotContain("other/app", "secretHash", "credential\"", "mcw_", "ledger:secret", "ledger:url");
            assertThat(answer).doesNotContain("dcterms", "http://purl.org/dc/terms/title");
        }
    }

    @Test
    void the_operator_reads_no_secrets_either_200() {
        Set<String> properties = new TreeSet<>();
        JsonNode rows = ask(TestServer.OPERATOR, "SELECT DISTINCT ?p { GRAPH ?g { ?s ?p ?o } }", "")
                .json()
                .at("/results/bindings");
        rows.forEach(row -> properties.add(row.at("/p/value").asText().replace(LEDGER, "")));
        assertThat(properties)
                .containsExactly("attempts", "body", "delivery", "event", "failure", "nextAttempt", "since");
    }

    @Test
    void nothing_reaches_out_or_writes() {
        assertThat(ask(TestServer.APP, "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "")
                        .status())
                .isBetween(400, 499);
        SERVER.as(TestServer.APP)
                .send("POST", "/ledger/sparql", "application/sparql-update", "CLEAR ALL")
                .mustBeProblem(415);
        ask(TestServer.APP, "DELETE WHERE { ?s ?p ?o }", "").mustBeProblem(400);
        assertThat(demandsOf(TestServer.APP)).containsExactly(MINE);
    }

    @Test
    void without_a_token_or_with_one_that_is_no_good_any_more_it_is_401() {
        ask(TestServer.NOBODY, DEMANDS, "").mustBeProblem(401);
        String token = SERVER.token(OTHER_APP);
        SERVER.remember(SERVER.as(OTHER_APP).send("POST", "/consumers/other/app/secret", null, (byte[]) null));
        SERVER.as(TestServer.NOBODY)
                .with("Authorization", "Bearer " + token)
                .get("/ledger/sparql?query=ASK%7B%7D")
                .mustBeProblem(401);
        assertThat(demandsOf(OTHER_APP)).containsExactly(THEIRS);
    }

    @Test
    void scripts_of_other_sites_can_ask_with_a_token() {
        Answer preflight = SERVER.as(TestServer.NOBODY)
                .with("Access-Control-Request-Headers", "authorization")
                .send("OPTIONS", "/ledger/sparql", null, (byte[]) null)
                .mustBe(204);
        assertThat(preflight.header("Access-Control-Allow-Headers")).contains("Authorization");
        assertThat(ask(TestServer.NOBODY, DEMANDS, "").header("Access-Control-Allow-Origin"))
                .isEqualTo("*");
    }
}
