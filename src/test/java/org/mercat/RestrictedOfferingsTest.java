// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mercat.rdf.QueryFile;

/** Offerings of acme for bob and carol alone. {@code other} is on no list. */
class RestrictedOfferingsTest {
    private static final String BOB = "bob";
    private static final String BOBS_APP = "bob/app";
    private static final String CAROL = "carol";
    private static final String OPEN = "acme/parking/open-to-all";

    /** A word that is in nothing else. */
    private static final String MARK = "Quagga";

    private static final String HUSH = "acme/parking/hush-hush";
    /** Was public before. */
    private static final String ONCE = "acme/parking/once-known";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @BeforeAll
    static void register() {
        SERVER.organization(BOB);
        SERVER.organization(CAROL);
        SERVER.system("consumers", BOBS_APP);
        SERVER.system("consumers", "carol/app");
        SERVER.system("consumers", "other/app");
        put(OPEN, "Zebra").mustBe(201);
        put(HUSH, MARK, BOB, CAROL).mustBe(201);
        put(ONCE, MARK).mustBe(201);
        assertThat(found(TestServer.NOBODY, MARK)).containsExactly(ONCE);
        put(ONCE, MARK, BOB, CAROL).mustBe(200);
    }

    private static Answer put(String id, String title, String... list) {
        return SERVER.as(TestServer.PARKING).json("PUT", Offerings.pathOf(id), body(id, title, list));
    }

    private static String body(String id, String title, String... list) {
        return Offerings.changed(id, offering -> {
            offering.putObject("title").put("en", title);
            offering.putObject("price")
                    .put("pricingModel", "PER_ACCESS")
                    .put("price", "0.05")
                    .put("currency", "EUR");
            offering.put("activeUntil", "2036-01-01T00:00:00Z");
            if (list.length > 0) {
                var names = offering.putArray("accessList");
                List.of(list).forEach(names::add);
            }
        });
    }

    private static Answer get(String client, String id) {
        return SERVER.as(client).get(Offerings.pathOf(id));
    }

    private static JsonNode search(String client, String criteria) {
        return SERVER.as(client).get("/offerings?" + criteria).mustBe(200).json();
    }

    private static List<String> found(String client, String text) {
        return ids(search(client, "text=" + text));
    }

    private static List<String> ids(JsonNode page) {
        return StreamSupport.stream(page.path("offerings").spliterator(), false)
                .map(offering -> offering.path("id").asText())
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void those_on_the_list_read_it_and_only_its_own_see_the_list() {
        for (String id : List.of(HUSH, ONCE)) {
            for (String client : List.of(BOB, BOBS_APP, CAROL, "carol/app")) {
                Answer answer = get(client, id).mustBe(200);
                assertThat(answer.json().path("restricted").asBoolean()).isTrue();
                assertThat(answer.json().at("/title/en").asText()).isEqualTo(MARK);
                assertThat(answer.json().has("accessList")).isFalse();
                assertThat(answer.text()).doesNotContain("organizations/bob", "carol");
                assertThat(answer.header("Cache-Control")).isEqualTo("private, no-cache");
                assertThat(answer.header("Vary")).contains("Authorization");
                assertThat(SERVER.as(client).get(Offerings.pathOf(id) + ".ttl").text())
                        .contains("mc:restricted", MARK)
                        .doesNotContain("accessList", "organizations/");
            }
            for (String client : List.of(
                    TestServer.ACME, TestServer.PARKING, TestServer.WEATHER, TestServer.APP, TestServer.OPERATOR)) {
                JsonNode own = get(client, id).mustBe(200).json();
                assertThat(texts(own.path("accessList"))).containsExactlyInAnyOrder(BOB, CAROL);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {HUSH, ONCE})
    void to_all_others_it_is_as_if_it_had_never_been(String id) {
        String nothing = nothingLike(id);
        for (String client : List.of(TestServer.NOBODY, TestServer.OTHER, TestServer.RIVAL, "other/app")) {
            for (String more : List.of("", ".ttl", "/match?text=" + MARK)) {
                mustBeAlike(get(client, id + more), get(client, nothing + more), id);
            }
        }
        for (String client : List.of(TestServer.OTHER, TestServer.RIVAL)) {
            for (String method : List.of("PUT", "PATCH", "DELETE")) {
                mustBeAlike(write(client, method, id), write(client, method, nothing), id);
            }
            mustBeAlike(activate(client, id), activate(client, nothing), id);
        }
        for (String consumer : List.of("other/app", BOBS_APP)) {
            mustBeAlike(subscribe("other/app", consumer, id), subscribe("other/app", consumer, nothing), id);
        }
    }

    /** An id of the same length that nothing has, so that places in bodies are the same. */
    private static String nothingLike(String id) {
        return id.substring(0, id.lastIndexOf('/') + 1) + "x".repeat(id.length() - id.lastIndexOf('/') - 1);
    }

    private static Answer write(String client, String method, String id) {
        TestServer.Client sender = SERVER.as(client).with("If-Match", "*");
        return switch (method) {
            case "PUT" -> sender.json("PUT", Offerings.pathOf(id), body(id, "Mine"));
            case "PATCH" -> sender.patch(Offerings.pathOf(id), "{\"licence\": \"ODbL-1.0\"}");
            default -> sender.delete(Offerings.pathOf(id));
        };
    }

    private static Answer activate(String client, String id) {
        return SERVER.as(client).json("PUT", Offerings.pathOf(id) + "/activation", "");
    }

    private static Answer subscribe(String client, String consumer, String id) {
        String name = id.substring(id.lastIndexOf('/') + 1);
        return SERVER.as(client)
                .json(
                        "POST",
                        "/contracts",
                        "{\"id\": \"%s/%s\", \"offering\": \"%s\", \"consumer\": \"%s\"}"
                                .formatted(consumer.split("/")[0], name, id, consumer));
    }

    /** Status, body and headers, but for the id and what differs from one request to the next. */
    private static void mustBeAlike(Answer its, Answer ofNothing, String id) {
        assertThat(its.status()).as("%s", its).isGreaterThanOrEqualTo(400);
        assertThat(told(its, id)).isEqualTo(told(ofNothing, nothingLike(id)));
    }

    private static Map<String, Object> told(Answer answer, String id) {
        Map<String, Object> told =
                new LinkedHashMap<>(answer.response().headers().map());
        told.keySet().removeAll(Set.of("x-request-id", "date", "content-length"));
        told.put("status", answer.status());
        ObjectNode problem = (ObjectNode) answer.json();
        problem.remove("instance");
        told.put("body", problem.toString().replace(id, "...").replace(id.substring(id.lastIndexOf('/')), "..."));
        return told;
    }

    @Test
    void those_on_the_list_find_it_among_the_public_ones_and_others_do_not() {
        for (String client : List.of(BOB, BOBS_APP, CAROL, TestServer.ACME, TestServer.PARKING, TestServer.OPERATOR)) {
            JsonNode page = search(client, "text=" + MARK + "&facets=true&explain=true");
            assertThat(ids(page)).as(client).containsExactlyInAnyOrder(HUSH, ONCE);
            assertThat(page.path("total").asInt()).isEqualTo(2);
            assertThat(page.at("/facets/provider/0/count").asInt()).isEqualTo(2);
            assertThat(page.at("/offerings/0/restricted").asBoolean()).isTrue();
            assertThat(page.at("/offerings/0").has("accessList")).isFalse();
            assertThat(page.at("/hits/0/scores/text").asDouble()).isPositive();
        }
        for (String client : List.of(TestServer.NOBODY, TestServer.OTHER, TestServer.RIVAL)) {
            JsonNode page = search(client, "text=" + MARK + "&facets=true");
            assertThat(page.path("total").asInt()).isZero();
            assertThat(page.path("facets"))
                    .allSatisfy(facet -> assertThat(facet).isEmpty());
        }
    }

    @Test
    void its_page_and_the_page_of_a_search_are_for_those_on_the_list() {
        assertThat(page(BOB, Offerings.pathOf(HUSH), 200))
                .contains(MARK, "For some only")
                .doesNotContain("carol");
        assertThat(page(TestServer.ACME, Offerings.pathOf(HUSH), 200)).contains("/organizations/carol");
        assertThat(page(BOB, "/offerings?text=" + MARK, 200)).contains("/offerings/" + HUSH);
        for (String client : List.of(TestServer.NOBODY, TestServer.OTHER)) {
            assertThat(page(client, Offerings.pathOf(HUSH), 404)).doesNotContain(MARK);
            assertThat(page(client, "/offerings?text=quagg", 200)).doesNotContain(MARK, HUSH);
        }
    }

    private static String page(String client, String path, int status) {
        return SERVER.as(client)
                .get(path, "text/html, */*;q=0.8") // as a browser asks
                .mustBe(status)
                .text();
    }

    @Test
    void it_is_found_by_every_criterion_in_every_order_and_page_by_page() {
        List<String> all = ids(search(BOB, "provider=acme/parking&sort=name&limit=100"));
        assertThat(all).contains(HUSH, ONCE, OPEN);
        for (String order : List.of("relevance", "newest", "price", "name")) {
            for (String criteria :
                    List.of("", "&category=Parking", "&output=Longitude", "&text=parking", "&place=Santander")) {
                Set<String> paged = new TreeSet<>();
                String next = "/offerings?limit=1&provider=acme/parking&sort=" + order + criteria;
                int pages = 0;
                for (; !next.isEmpty(); pages++) {
                    JsonNode page = SERVER.as(BOB).get(next).mustBe(200).json();
                    paged.addAll(ids(page));
                    next = page.path("next").asText().replace(TestServer.BASE, "/");
                }
                assertThat(paged).as(order + criteria).contains(HUSH, ONCE).hasSize(pages);
            }
        }
        String body = "{\"text\": \"" + MARK + "\", \"near\": \"-3.8,43.4\", \"radius\": 1000}";
        assertThat(SERVER.as(BOB)
                        .json("POST", "/offerings/search", body)
                        .mustBe(200)
                        .json()
                        .path("total")
                        .asInt())
                .as("none of them has a place on the map")
                .isZero();
        assertThat(SERVER.as(BOB)
                        .get(Offerings.pathOf(HUSH) + "/match?text=" + MARK)
                        .mustBe(200)
                        .json()
                        .path("found")
                        .asBoolean())
                .isTrue();
        assertThat(SERVER.as(BOB)
                        .get("/offerings?text=" + MARK, "text/turtle")
                        .mustBe(200)
                        .text())
                .contains("<" + Offerings.iriOf(HUSH) + ">")
                .doesNotContain("accessList");
    }

    @Test
    void who_has_begun_to_page_does_not_go_on_to_what_is_public_no_more() {
        for (String name : List.of("a", "b", "c")) {
            put("acme/parking/ibex-" + name, "Ibex").mustBe(201);
        }
        for (String order : List.of("name", "relevance")) {
            JsonNode first = search(TestServer.NOBODY, "text=ibex&limit=1&sort=" + order);
            String shown = ids(first).get(0);
            for (String name : List.of("a", "b", "c")) {
                if (!shown.endsWith(name)) {
                    put("acme/parking/ibex-" + name, "Ibex", BOB).mustBe(200);
                }
            }
            String next = first.path("next").asText().replace(TestServer.BASE, "/");
            assertThat(ids(SERVER.as(TestServer.NOBODY).get(next).mustBe(200).json()))
                    .isEmpty();
            assertThat(ids(SERVER.as(BOB).get(next).mustBe(200).json())).isNotEmpty();
            for (String name : List.of("a", "b", "c")) {
                put("acme/parking/ibex-" + name, "Ibex").mustBe(200);
            }
        }
        String next =
                search(TestServer.NOBODY, "text=ibex&limit=2").path("next").asText();
        SERVER.as(TestServer.PARKING)
                .delete(Offerings.pathOf("acme/parking/ibex-a"))
                .mustBe(204);
        assertThat(ids(SERVER.as(TestServer.NOBODY)
                        .get(next.replace(TestServer.BASE, "/"))
                        .json()))
                .as("pages go on in the state that they began in")
                .hasSize(1);
    }

    @Test
    void what_others_may_see_does_not_show_in_scores_and_counts() {
        put("acme/parking/okapi", "Okapi").mustBe(201);
        for (int i = 0; i < 5; i++) {
            put("acme/parking/okapi-" + i, "Okapi okapi unheard", CAROL).mustBe(201);
        }
        String criteria = "/offerings?text=okapi&facets=true&explain=true";
        String everybody =
                SERVER.as(TestServer.NOBODY).get(criteria).mustBe(200).text();
        assertThat(SERVER.as(TestServer.OTHER).get(criteria).text()).isEqualTo(everybody);
        JsonNode bobs = SERVER.as(BOB).get(criteria).json();
        assertThat(ids(bobs)).containsExactly("acme/parking/okapi");
        put("acme/parking/okapi-6", "Unlike", BOB).mustBe(201);
        assertThat(found(BOB, "unheart"))
                .as("a slip of a word that bob does not see")
                .isEmpty();
        assertThat(found(CAROL, "unheart")).hasSize(5);
        JsonNode before = SERVER.as(BOB).get(criteria).json();
        for (int i = 0; i < 5; i++) {
            SERVER.as(TestServer.PARKING)
                    .delete(Offerings.pathOf("acme/parking/okapi-" + i))
                    .mustBe(204);
        }
        assertThat(SERVER.as(BOB).get(criteria).json()).isEqualTo(before);
    }

    /** Everything that can be asked without a token or with that of others. */
    @ParameterizedTest
    @ValueSource(strings = {TestServer.NOBODY, TestServer.OTHER})
    void nothing_that_others_can_ask_tells_of_it(String client) {
        List<String> told = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        SERVER.as(TestServer.OPERATOR).send("POST", "/dumps", null, (byte[]) null);
        for (String address : addresses()) {
            for (String accept : client.isEmpty()
                    ? List.of("application/json", "text/turtle", "text/html")
                    : List.of("application/json")) {
                Answer answer = SERVER.as(client).get(address, accept);
                asked.add(address);
                String text = text(answer);
                if (text.contains(MARK) || text.contains("hush-hush") || text.contains("once-known")) {
                    told.add(address + " as " + accept + ": " + text);
                }
            }
        }
        assertThat(asked).hasSizeGreaterThan(100);
        assertThat(told).isEmpty();
    }

    private static List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        OpenApiDocument document = OpenApiDocument.ours();
        document.operations((name, operation) -> {
            if (name.startsWith("GET ")) {
                addresses.add(document.address(name, operation));
            }
        });
        for (String query : List.of(
                "SELECT * { ?s ?p ?o } LIMIT 100000",
                "SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 100000",
                "SELECT * { ?s ?p ?o FILTER(CONTAINS(STR(?o), \"Quagg\") || CONTAINS(STR(?s), \"hush\")) }",
                "DESCRIBE <https://catalogue.example/offerings/acme/parking/hush%2Dhush>",
                "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o . ?s ?p2 ?o2 FILTER(LCASE(STR(?o2)) = \"quagga\") }",
                "PREFIX mc: <https://w3id.org/mercat/core#> SELECT * { (?o ?s) mc:search (mc:text \"quagg\") }",
                "PREFIX mc: <https://w3id.org/mercat/core#> SELECT * { ?o mc:restricted ?r ; mc:accessList ?l }")) {
            addresses.add("/sparql?query=" + encoded(query));
            addresses.add("/sparql/explain?query=" + encoded(query));
        }
        addresses.addAll(List.of(
                "/offerings?text=quagg",
                "/offerings?limit=100&facets=true",
                "/offerings?provider=acme/parking&sort=newest&limit=100&explain=true",
                "/offerings?organization=acme&limit=100",
                "/graphs",
                "/changes?after=0",
                "/changes?after=0&limit=1000",
                "/dumps/latest",
                "/dumps/latest.nq.gz",
                "/dumps/latest.trig.gz",
                "/terms?q=quagg",
                "/providers/acme/parking",
                "/organizations/acme",
                "/terms/categories/Parking",
                "/vocabularies/categories",
                "/categories?counts=true",
                "/contracts/revoked",
                "/queries"));
        SERVER.catalogue().queries().stream()
                .filter(QueryFile::isPublic)
                .forEach(query -> addresses.add("/queries/" + query.name()));
        return addresses;
    }

    private static String text(Answer answer) {
        byte[] body = answer.response().body();
        if (body.length > 1 && body[0] == 0x1f && body[1] == (byte) 0x8b) {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return answer.text();
    }

    @Test
    void those_who_listen_hear_that_it_is_gone_and_nothing_else_of_it() {
        try (Listener listener = SERVER.listen(TestServer.NOBODY, "/changes", null)) {
            put("acme/parking/going", "Eland").mustBe(201);
            put("acme/parking/unheard", "Eland", BOB).mustBe(201);
            put("acme/parking/going", "Eland", BOB).mustBe(200);
            put("acme/parking/going", "Eland", BOB, CAROL).mustBe(200);
            put("acme/parking/unheard", "Eland").mustBe(200);
            assertThat(listener.until("created acme/parking/unheard"))
                    .containsExactly(
                            "created acme/parking/going",
                            "withdrawn acme/parking/going",
                            "created acme/parking/unheard");
        }
    }

    @Test
    void it_becomes_public_and_for_some_only_again_and_its_tag_stays_its_own() {
        String id = "acme/parking/to-and-fro";
        String list = body(id, "Tapir", BOB);
        TestServer.Client parking = SERVER.as(TestServer.PARKING);
        String first =
                parking.json("PUT", Offerings.pathOf(id), list).mustBe(201).tag();
        assertThat(get(BOB, id).mustBe(200).tag()).isEqualTo(first);
        parking.with("If-None-Match", "*")
                .json("PUT", Offerings.pathOf(id), list)
                .mustBeProblem(412);
        parking.with("If-Match", "\"1-json\"")
                .json("PUT", Offerings.pathOf(id), list)
                .mustBeProblem(412);
        Answer open = parking.with("If-Match", first)
                .patch(Offerings.pathOf(id), "{\"accessList\": null, \"restricted\": null}")
                .mustBe(200);
        assertThat(open.json().has("restricted")).isFalse();
        assertThat(get(TestServer.NOBODY, id).mustBe(200).tag())
                .isEqualTo(open.tag())
                .isNotEqualTo(first);
        assertThat(found(TestServer.NOBODY, "tapir")).containsExactly(id);
        assertThat(found(BOB, "tapir")).as("once").containsExactly(id);
        Answer again = parking.with("If-Match", open.tag())
                .patch(Offerings.pathOf(id), "{\"accessList\": [\"carol\"]}")
                .mustBe(200);
        assertThat(again.json().path("restricted").asBoolean()).isTrue();
        assertThat(again.json().path("created")).isEqualTo(open.json().path("created"));
        assertThat(again.json().path("revision").asLong())
                .isGreaterThan(open.json().path("revision").asLong());
        get(TestServer.NOBODY, id).mustBeProblem(404);
        get(BOB, id).mustBeProblem(404);
        get(CAROL, id).mustBe(200);
        assertThat(found(TestServer.NOBODY, "tapir")).isEmpty();
        assertThat(found(BOB, "tapir")).isEmpty();
        assertThat(found(CAROL, "tapir")).containsExactly(id);
        parking.with("If-None-Match", again.tag()).get(Offerings.pathOf(id)).mustBe(304);
        parking.with("If-None-Match", open.tag()).get(Offerings.pathOf(id)).mustBe(200);
    }

    @Test
    void a_list_that_is_emptied_leaves_it_to_its_own_organization() {
        String id = "acme/parking/draft";
        put(id, "Civet", BOB).mustBe(201);
        SERVER.as(TestServer.PARKING)
                .with("If-Match", "*")
                .patch(Offerings.pathOf(id), "{\"accessList\": []}")
                .mustBe(200);
        get(BOB, id).mustBeProblem(404);
        get(TestServer.NOBODY, id).mustBeProblem(404);
        assertThat(get(TestServer.WEATHER, id)
                        .mustBe(200)
                        .json()
                        .path("restricted")
                        .asBoolean())
                .isTrue();
        assertThat(found(TestServer.ACME, "civet")).containsExactly(id);
    }

    @Test
    void it_is_kept_alive_paused_and_withdrawn_like_any_other() {
        String id = "acme/parking/alive";
        put(id, "Serval", BOB).mustBe(201);
        SERVER.as(TestServer.PARKING)
                .delete(Offerings.pathOf(id) + "/activation")
                .mustBe(204);
        assertThat(found(BOB, "serval")).isEmpty();
        get(BOB, id).mustBe(200);
        assertThat(subscribe(BOBS_APP, BOBS_APP, id).mustBeProblem(422).detail())
                .contains("not active");
        SERVER.as(TestServer.PARKING)
                .json("PUT", Offerings.pathOf(id) + "/activation", "")
                .mustBe(200);
        assertThat(found(BOB, "serval")).containsExactly(id);
        get(TestServer.NOBODY, id).mustBeProblem(404);
        SERVER.as(TestServer.PARKING).delete(Offerings.pathOf(id)).mustBe(204);
        SERVER.as(TestServer.PARKING).delete(Offerings.pathOf(id)).mustBeProblem(410);
        get(BOB, id).mustBeProblem(410);
        assertThat(subscribe(BOBS_APP, BOBS_APP, id).mustBeProblem(422).detail())
                .contains("was withdrawn");
        mustBeAlike(get(TestServer.OTHER, id), get(TestServer.OTHER, nothingLike(id)), id);
        mustBeAlike(get(TestServer.NOBODY, id), get(TestServer.NOBODY, nothingLike(id)), id);
        assertThat(found(BOB, "serval")).isEmpty();
        put(id, "Serval", CAROL).mustBe(201);
        get(BOB, id).mustBeProblem(404);
    }

    /** They lie where bills and contracts are, which are found by their classes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Contract",
                "Dispute",
                "Conditions",
                "FeePlan",
                "ValueDistribution",
                "TaxRule",
                "Promotion",
                "BillingRun",
                "Invoice",
                "CreditNote",
                "Settlement"
            })
    void an_offering_is_nothing_of_what_is_put_on_record(String type) {
        String id = "acme/parking/forged";
        String turtle = SERVER.as(TestServer.OPERATOR)
                .get(Offerings.pathOf(HUSH) + ".ttl")
                .mustBe(200)
                .text()
                .replace(HUSH, id);
        for (String forged : List.of("<" + Offerings.iriOf(id) + ">", "<" + Offerings.iriOf(id) + "#x>")) {
            Answer answer = SERVER.as(TestServer.PARKING)
                    .send(
                            "PUT",
                            Offerings.pathOf(id),
                            "text/turtle",
                            turtle + "\n" + forged + " a <https://w3id.org/mercat/core#" + type + "> .");
            assertThat(answer.mustBeProblem(400).text()).contains("cannot be a", "here is one offering");
        }
    }

    @Test
    void an_offering_that_names_somebody_is_no_paper_of_his() {
        String id = "acme/parking/paper";
        put(id, "Paper", CAROL).mustBe(201);
        String turtle = SERVER.as(TestServer.OPERATOR)
                .get(Offerings.pathOf(id) + ".ttl")
                .mustBe(200)
                .text();
        SERVER.as(TestServer.PARKING)
                .send(
                        "PUT",
                        Offerings.pathOf(id),
                        "text/turtle",
                        turtle + "\n<" + Offerings.iriOf(id) + "> <https://w3id.org/mercat/core#recipient> <"
                                + TestServer.BASE
                                + "organizations/bob> ; <https://w3id.org/mercat/core#totalAmount> 99999.0 .")
                .mustBe(200);
        String query = "ASK { ?paper <https://w3id.org/mercat/core#totalAmount> 99999.0 }";
        assertThat(SERVER.as(BOB)
                        .get("/ledger/sparql?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                        .mustBe(200)
                        .json()
                        .path("boolean")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void what_cannot_be_meant_is_refused() {
        String id = "acme/parking/faulty";
        assertThat(put(id, "Faulty", "bobb").mustBeProblem(409).detail()).contains("organizations/bobb");
        String empty = Offerings.changed(id, offering -> offering.putArray("accessList"));
        Answer unclear = SERVER.as(TestServer.PARKING)
                .json("PUT", Offerings.pathOf(id), empty)
                .mustBeProblem(400);
        assertThat(unclear.error().path("pointer").asText()).isEqualTo("/accessList");
        assertThat(unclear.error().path("message").asText()).contains("\"restricted\": true");
        assertThat(SERVER.as(TestServer.PARKING)
                        .send(
                                "POST",
                                "/offerings",
                                "application/x-ndjson",
                                Answer.json(empty).toString())
                        .mustBe(200)
                        .json()
                        .path("status")
                        .asInt())
                .isEqualTo(400);
        String both = Offerings.changed(
                id,
                offering ->
                        offering.put("restricted", false).putArray("accessList").add(BOB));
        SERVER.as(TestServer.PARKING).json("PUT", Offerings.pathOf(id), both).mustBeProblem(422);
        get(TestServer.OPERATOR, id).mustBeProblem(404);
    }

    @Test
    void bulk_registration_keeps_it_from_others_too() {
        String id = "acme/parking/bulk";
        SERVER.as(TestServer.PARKING)
                .send(
                        "POST",
                        "/offerings",
                        "application/x-ndjson",
                        Answer.json(body(id, "Gnu", BOB)).toString())
                .mustBe(200);
        get(BOB, id).mustBe(200);
        get(TestServer.NOBODY, id).mustBeProblem(404);
    }

    @Test
    void those_on_the_list_subscribe_and_a_contract_outlives_the_list() {
        String id = "acme/parking/agreed";
        put(id, "Kudu", BOB).mustBe(201);
        subscribe(BOBS_APP, BOBS_APP, id).mustBe(201);
        subscribe("carol/app", "carol/app", id).mustBeProblem(422);
        String own = "{\"offering\": \"%s\", \"consumer\": \"carol/app\", \"tariff\": {\"pricingModel\": \"FREE\"}}"
                .formatted(id);
        assertThat(SERVER.as(TestServer.PARKING)
                        .json("POST", "/contracts", own)
                        .mustBeProblem(422)
                        .detail())
                .contains("not on the access list");
        assertThat(subscribe(BOBS_APP, "carol/app", id).status())
                .as("who is on the list is not told whether carol is")
                .isEqualTo(403);
        put(id, "Kudu", CAROL).mustBe(200);
        get(BOB, id).mustBeProblem(404);
        SERVER.as(BOBS_APP)
                .send("POST", "/contracts/bob/agreed/token", null, (byte[]) null)
                .mustBe(200);
        assertThat(SERVER.as(BOB)
                        .get("/contracts/bob/agreed")
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("active");
        subscribe("carol/app", "carol/app", id).mustBe(201);
    }

    @Test
    void a_proposed_term_becomes_the_accepted_one_there_too() {
        String label =
                "{\"en\": \"Caracal\", \"de\": \"Caracal\", \"es\": \"Caracal\", \"ca\": \"Caracal\", \"it\": \"Caracal\"}";
        SERVER.as(TestServer.ACME)
                .json("PUT", "/proposals/acme/caracal", """
                        {"organization": "acme", "vocabulary": "categories", "broader": ["BikeSharing"], "label": %s,
                         "definition": {"en": "What caracals do."}, "rationale": "It is there.", "example": "A list"}""".formatted(label))
                .mustBe(201);
        String id = "acme/parking/caracal";
        ObjectNode offering = (ObjectNode) Answer.json(body(id, "Caracals", BOB));
        offering.put("category", TestServer.BASE + "proposals/acme/caracal");
        SERVER.as(TestServer.PARKING)
                .json("PUT", Offerings.pathOf(id), offering.toString())
                .mustBe(201);
        assertThat(SERVER.as(TestServer.NOBODY)
                        .get("/proposals/acme/caracal/impact")
                        .json()
                        .path("offerings")
                        .asInt())
                .isZero();
        SERVER.as(TestServer.OPERATOR)
                .json("POST", "/proposals/acme/caracal/steps/accept", "{\"early\": true, \"text\": \"Asked\"}")
                .mustBe(200);
        assertThat(get(BOB, id).mustBe(200).json().path("category").asText()).isEqualTo("Caracal");
        assertThat(ids(search(BOB, "category=Caracal"))).containsExactly(id);
        get(TestServer.NOBODY, id).mustBeProblem(404);
    }

    @Test
    void its_income_is_shared_like_that_of_any_other() {
        put("acme/parking/shared", "Oryx", BOB).mustBe(201);
        String shares = "{\"shares\": [{\"organization\": \"carol\", \"percent\": \"30\"}]}";
        SERVER.as(TestServer.PARKING)
                .json("PUT", "/shares/acme/parking/shared/2036-01", shares)
                .mustBe(201);
    }

    @Test
    void a_demand_finds_it_and_is_told_of_none() {
        SERVER.as(BOBS_APP)
                .json(
                        "PUT",
                        "/demands/bob/app/dugong",
                        "{\"title\": \"Dugongs\", \"consumer\": \"bob/app\", \"search\": {\"text\": \"dugong\"}}")
                .mustBe(201);
        try (Listener listener = SERVER.listen(BOBS_APP, "/demands/bob/app/dugong/events", null)) {
            put("acme/parking/dugong", "Dugong", BOB).mustBe(201);
            put("acme/parking/dugong-of-all", "Dugong").mustBe(201);
            assertThat(listener.until("matched acme/parking/dugong-of-all")).hasSize(1);
        }
        JsonNode matches = SERVER.as(BOBS_APP)
                .get("/demands/bob/app/dugong/matches")
                .mustBe(200)
                .json();
        assertThat(ids(matches)).containsExactlyInAnyOrder("acme/parking/dugong", "acme/parking/dugong-of-all");
    }

    @Test
    void a_provider_that_has_one_is_not_withdrawn() {
        SERVER.system("providers", "acme/zoo");
        String id = "acme/zoo/hidden";
        SERVER.as(TestServer.ACME)
                .json("PUT", Offerings.pathOf(id), body(id, "Lynx", BOB))
                .mustBe(201);
        assertThat(SERVER.as(TestServer.ACME)
                        .delete("/providers/acme/zoo")
                        .mustBeProblem(409)
                        .detail())
                .contains(id);
        SERVER.as(TestServer.ACME).delete(Offerings.pathOf(id)).mustBe(204);
        SERVER.as(TestServer.ACME).delete("/providers/acme/zoo").mustBe(204);
    }

    @Test
    void sparql_over_what_is_ones_own_has_it_and_the_list_is_its_providers() {
        String query = encoded("PREFIX mc: <https://w3id.org/mercat/core#> SELECT ?o ?l {"
                + " ?o mc:restricted true OPTIONAL { ?o mc:accessList ?l } FILTER(CONTAINS(STR(?o), \"hush\")) }");
        Map<String, Integer> rows = new LinkedHashMap<>();
        Map<String, Integer> lists = new LinkedHashMap<>();
        for (String client : List.of(TestServer.ACME, BOBS_APP, TestServer.OTHER)) {
            JsonNode bindings = SERVER.as(client)
                    .get("/ledger/sparql?query=" + query)
                    .mustBe(200)
                    .json()
                    .at("/results/bindings");
            rows.put(client, bindings.size());
            lists.put(client, bindings.findValues("l").size());
        }
        assertThat(rows).isEqualTo(Map.of(TestServer.ACME, 2, BOBS_APP, 1, TestServer.OTHER, 0));
        assertThat(lists).isEqualTo(Map.of(TestServer.ACME, 2, BOBS_APP, 0, TestServer.OTHER, 0));
    }
}
