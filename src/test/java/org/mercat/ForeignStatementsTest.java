// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that say more than what they are about, or something that cannot be kept: refused, and nothing is written. */
class ForeignStatementsTest {
    private static final String ID = "acme/parking/h";
    private static final String PATH = Offerings.pathOf(ID);

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private long before;

    @BeforeEach
    void remember() {
        before = SERVER.revision();
    }

    @AfterEach
    void nothing_is_written() {
        assertThat(SERVER.revision()).isEqualTo(before);
        SERVER.as(TestServer.NOBODY).get(PATH).mustBeProblem(404);
    }

    private static Answer put(String type, String body) {
        return SERVER.as(TestServer.PARKING).send("PUT", PATH, type, body);
    }

    private static Answer turtleWith(String more) {
        return put("text/turtle", Offerings.turtle(ID) + more);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<https://catalogue.example/offerings/other/parking/y> dcterms:title \"mine\"@en .",
                "<https://catalogue.example/offerings/acme/parking/h2> dcterms:title \"mine\"@en .",
                "<https://catalogue.example/providers/other/parking> schema:name \"mine\" .",
                "<https://w3id.org/mercat/categories#Parking> <http://www.w3.org/2004/02/skos/core#prefLabel> \"X\"@en .",
                "<urn:mercat:store> mc:revision 1 .",
                "[] schema:name \"hangs on nothing\" .",
                "<?x> schema:name \"a query of it\" ."
            })
    void a_statement_about_something_else_is_400(String statement) {
        Answer answer = turtleWith(statement).mustBeProblem(400);
        assertThat(answer.error().path("line").asInt()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<#y> a mc:Offering .",
                "<> a mc:Provider .",
                "<> a mc:Consumer .",
                "<> a <http://www.w3.org/ns/org#Organization> .",
                "<> a mc:Withdrawn .",
                "<#/endpoint> a mc:Withdrawn ."
            })
    void a_second_resource_in_disguise_is_400(String statement) {
        turtleWith(statement).mustBeProblem(400);
    }

    @Test
    void withdrawn_by_type_in_json_is_400() {
        String body =
                Offerings.changed(ID, o -> o.putArray("@type").add("Offering").add("mc:Withdrawn"));
        put("application/json", body).mustBeProblem(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<> dcterms:relation <dcat:foo> .",
                "<> dcterms:relation <<( <> schema:name 1 )>> .",
                "<> dcterms:relation <http://a b/> .",
                "<> <http://x.example/\\u0020> 1 .",
                "<> dcterms:relation <http://x.example/\\u202E> ."
            })
    void what_cannot_be_written_in_every_syntax_is_400(String statement) {
        turtleWith(statement).mustBeProblem(400);
    }

    @Test
    void a_body_that_names_another_address_is_400() {
        for (String member : new String[] {"id", "@id"}) {
            String value = member.equals("id") ? "acme/parking/other" : Offerings.iriOf("acme/parking/other");
            Answer answer = put("application/json", Offerings.changed(ID, o -> o.put(member, value)));
            assertThat(answer.mustBeProblem(400).error().path("pointer").asText())
                    .isEqualTo("/" + member);
        }
        turtleWith("<> dcterms:identifier \"acme/parking/other\" .").mustBeProblem(400);
        put(
                        "application/ld+json",
                        Offerings.changed(
                                ID,
                                o -> o.put("@context", TestServer.BASE + "context/v1.jsonld")
                                        .put("@id", Offerings.iriOf("acme/parking/other"))))
                .mustBeProblem(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://schema.org/", "http://127.0.0.1:1/x", "file:///etc/passwd"})
    void a_remote_context_is_400(String context) {
        String body = Offerings.changed(ID, o -> o.put("@context", context));
        assertThat(put("application/ld+json", body).mustBeProblem(400).detail()).contains("is not loaded");
        put("application/json", body).mustBeProblem(400);
    }

    @Test
    void no_body_makes_the_server_ask_another() throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            String address = "http://127.0.0.1:" + other.getLocalPort() + "/x";
            String rdf = "<r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/>";
            for (String type :
                    new String[] {"r SYSTEM \"" + address + "\"", "r [<!ENTITY % p SYSTEM \"" + address + "\"> %p;]"}) {
                Answer answer = put("application/rdf+xml", "<?xml version=\"1.0\"?><!DOCTYPE " + type + ">" + rdf);
                answer.mustBeProblem(answer.status());
            }
            put("application/ld+json", "{\"@context\": \"" + address + "\"}").mustBeProblem(400);
            put("application/ld+json", "{\"@context\": {\"@import\": \"" + address + "\"}}")
                    .mustBeProblem(400);
            put("text/turtle", "<> <http://www.w3.org/2002/07/owl#imports> <" + address + "> .")
                    .mustBeProblem(422);
            other.setSoTimeout(200);
            assertThatThrownBy(other::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void json_ld_with_a_named_graph_is_400() {
        put(
                        "application/ld+json",
                        "{\"@id\": \"https://x.example/g\", \"@graph\": [{\"@id\": \"" + Offerings.iriOf(ID)
                                + "\", \"http://schema.org/name\": \"x\"}]}")
                .mustBeProblem(400);
    }

    @Test
    void what_is_said_of_others_does_not_keep_them_from_leaving_204() {
        SERVER.system("providers", "other/leaving");
        String body = """
                <> <http://schema.org/name> "Parking" ;
                  <https://w3id.org/mercat/core#organization> <https://catalogue.example/organizations/acme> ;
                  <http://purl.org/dc/terms/publisher> <https://catalogue.example/providers/other/leaving> .""";
        SERVER.as(TestServer.ACME)
                .send("PUT", "/providers/acme/parking", "text/turtle", body)
                .mustBe(200);
        SERVER.as(TestServer.OTHER).delete("/providers/other/leaving").mustBe(204);
        before = SERVER.revision();
    }
}
