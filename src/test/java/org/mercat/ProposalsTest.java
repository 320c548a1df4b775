// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code /proposals}: from the proposal of a term to the vocabulary that has it. */
class ProposalsTest {
    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final String EARLY = "{\"early\": true, \"text\": \"Everybody was asked\"}";

    /** A category of acme's, with a label of its own, in the languages of the vocabulary. */
    private static String category(String name) {
        return """
                {"organization": "acme", "vocabulary": "categories", "broader": ["BikeSharing"],
                 "label": {"en": "NAME en", "de": "NAME de", "es": "NAME es", "ca": "NAME ca", "it": "NAME it"},
                 "definition": {"en": "What NAME is about."}, "rationale": "It is there.",
                 "example": "A list of them"}""".replace("NAME", name);
    }

    private static Answer propose(String id, String body) {
        return SERVER.as(TestServer.ACME).json("PUT", "/proposals/" + id, body);
    }

    private static Answer step(String client, String id, String step, String body) {
        return SERVER.as(client).json("POST", "/proposals/" + id + "/steps/" + step, body);
    }

    private static Answer offer(String client, String id, String category) {
        return SERVER.as(client)
                .json(
                        "PUT",
                        Offerings.pathOf(id),
                        Offerings.small(id).put("category", category).toString());
    }

    private static String iri(String id) {
        return TestServer.BASE + "proposals/" + id;
    }

    private static List<String> found(String query) {
        List<String> ids = new ArrayList<>();
        SERVER.as(TestServer.NOBODY)
                .get("/offerings?limit=100&" + query)
                .mustBe(200)
                .json()
                .path("offerings")
                .forEach(offering -> ids.add(offering.path("id").asText()));
        return ids;
    }

    private static List<String> texts(JsonNode list, String member) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.path(member).asText()));
        return texts;
    }

    @Test
    void a_proposal_is_kept_with_its_course_201() {
        JsonNode made = propose("acme/made", category("Made")).mustBe(201).json();
        assertThat(made.path("status").asText()).isEqualTo("open");
        assertThat(made.path("commentsUntil").asText())
                .isGreaterThan(made.path("created").asText());
        assertThat(made.path("vocabulary").asText()).isEqualTo("categories");
        assertThat(made.path("history").size()).isEqualTo(1);
        assertThat(made.at("/history/0/step").asText()).isEqualTo("propose");
        assertThat(made.at("/history/0/agent").asText()).isEqualTo(TestServer.BASE + "organizations/acme");
        JsonNode again =
                propose("acme/made", category("Made again")).mustBe(200).json();
        assertThat(texts(again.path("history"), "step")).containsExactly("propose", "revise");
    }

    @Test
    void comments_are_awaited_anew_when_the_proposer_revises_and_not_when_a_steward_helps() {
        JsonNode made = propose("acme/later", category("Later")).mustBe(201).json();
        String until = made.path("commentsUntil").asText();
        JsonNode now = made;
        while (now.path("modified").asText().equals(made.path("modified").asText())) { // times are in seconds
            now = step(TestServer.ACME, "acme/later", "comment", "{\"text\": \"Soon\"}")
                    .mustBe(200)
                    .json();
        }
        assertThat(SERVER.as(TestServer.OPERATOR)
                        .json("PUT", "/proposals/acme/later", category("Later still"))
                        .mustBe(200)
                        .json()
                        .path("commentsUntil")
                        .asText())
                .isEqualTo(until);
        assertThat(propose("acme/later", category("Latest"))
                        .mustBe(200)
                        .json()
                        .path("commentsUntil")
                        .asText())
                .isGreaterThan(until);
    }

    @Test
    void a_proposal_reads_and_writes_as_turtle_too() {
        propose("acme/turtle", category("Turtle")).mustBe(201);
        String turtle = SERVER.as(TestServer.NOBODY)
                .get("/proposals/acme/turtle.ttl")
                .mustBe(200)
                .text();
        assertThat(turtle).contains("mc:Proposal", "prov:wasInfluencedBy", "mc:step", "mc:propose");
        Answer sent = SERVER.as(TestServer.ACME)
                .send("PUT", "/proposals/acme/turtle", "text/turtle", turtle)
                .mustBe(200);
        assertThat(texts(sent.json().path("history"), "step")).containsExactly("propose", "revise");
    }

    @Test
    void what_cannot_be_meant_is_422_with_its_place_and_what_may_be_meant() {
        Answer parent = propose("acme/bad", category("Bad").replace("BikeSharing", "BikeSharin"));
        assertThat(parent.mustBeProblem(422).json().at("/errors/0/pointer").asText())
                .startsWith("/broader");
        assertThat(parent.json().at("/errors/0/message").asText()).contains("BikeSharing");
        Answer label = propose("acme/bad", category("Bad").replace("Bad en", "parking"));
        assertThat(label.mustBeProblem(422).text()).contains("categories#Parking");
        assertThat(label.json().at("/errors").toString()).contains("/label");
        assertThat(propose("acme/bad", category("Bad").replace("categories", "core"))
                        .mustBeProblem(422)
                        .text())
                .contains("takes no new terms");
        assertThat(propose("acme/bad", "{\"organization\": \"acme\", \"rationale\": \"x\"}")
                        .mustBeProblem(422)
                        .text())
                .contains("deprecates");
        SERVER.as(TestServer.NOBODY).get("/proposals/acme/bad").mustBeProblem(404);
    }

    @Test
    void nobody_proposes_for_another_organization_403() {
        SERVER.as(TestServer.RIVAL)
                .json("PUT", "/proposals/acme/stolen", category("Stolen"))
                .mustBeProblem(403);
        SERVER.as(TestServer.PARKING)
                .json("PUT", "/proposals/acme/by-provider", category("By provider"))
                .mustBe(201);
    }

    @Test
    void a_proposed_term_is_the_organizations_own_at_once() {
        propose("acme/cargo", category("Cargo bikes")).mustBe(201);
        Answer offered = offer(TestServer.PARKING, "acme/parking/cargo", iri("acme/cargo"))
                .mustBe(201);
        assertThat(offered.header("Mercat-Warning")).contains("provisional");
        assertThat(found("category=BikeSharing")).contains("acme/parking/cargo");
        assertThat(found("category=" + iri("acme/cargo"))).containsExactly("acme/parking/cargo");
        assertThat(found("text=Cargo+bikes")).contains("acme/parking/cargo");
        assertThat(offer(TestServer.RIVAL, "other/parking/cargo", iri("acme/cargo"))
                        .mustBeProblem(422)
                        .text())
                .contains("/category", "only proposed", "acme");
    }

    @Test
    void what_is_accepted_is_in_the_vocabulary_and_offerings_move_there() {
        propose("acme/scooters", category("Kick scooters")).mustBe(201);
        offer(TestServer.PARKING, "acme/parking/scooters", iri("acme/scooters")).mustBe(201);
        String tag = SERVER.as(TestServer.NOBODY)
                .get("/offerings/acme/parking/scooters")
                .header("ETag");
        JsonNode impact = SERVER.as(TestServer.NOBODY)
                .get("/proposals/acme/scooters/impact")
                .mustBe(200)
                .json();
        assertThat(impact.path("offerings").asInt()).isEqualTo(1);
        assertThat(step(TestServer.OPERATOR, "acme/scooters", "accept", "{}")
                        .mustBeProblem(409)
                        .text())
                .contains("until");
        String before = version("categories");
        JsonNode accepted = step(TestServer.OPERATOR, "acme/scooters", "accept", EARLY)
                .mustBe(200)
                .json();
        assertThat(accepted.path("status").asText()).isEqualTo("accepted");
        assertThat(accepted.path("replacedBy").asText()).isEqualTo("KickScootersEn");
        assertThat(version("categories")).isNotEqualTo(before);
        Answer moved = SERVER.as(TestServer.NOBODY).get("/offerings/acme/parking/scooters");
        assertThat(moved.json().path("category").asText()).isEqualTo("KickScootersEn");
        assertThat(moved.header("ETag")).isNotEqualTo(tag);
        assertThat(found("category=KickScootersEn")).containsExactly("acme/parking/scooters");
        assertThat(found("category=" + iri("acme/scooters"))).containsExactly("acme/parking/scooters");
        Answer late = offer(TestServer.RIVAL, "other/parking/scooters", iri("acme/scooters"))
                .mustBe(201);
        assertThat(late.json().path("category").asText()).isEqualTo("KickScootersEn");
        assertThat(late.header("Mercat-Warning")).contains("KickScootersEn");
        assertThat(ask("KickScootersEn")).contains("true");
        assertThat(propose("acme/scooters", category("Kick scooters"))
                        .mustBeProblem(409)
                        .text())
                .contains("accepted");
        SERVER.as(TestServer.ACME)
                .with("If-Match", "*")
                .patch("/proposals/acme/scooters", "{\"rationale\": \"Better\"}")
                .mustBeProblem(409);
        assertThat(step(TestServer.OPERATOR, "acme/scooters", "reject", "{\"text\": \"no\"}")
                        .mustBeProblem(409)
                        .text())
                .contains("accepted");
    }

    @Test
    void proposals_of_the_same_name_have_pages_of_their_own_that_lead_to_what_is_accepted() {
        TestServer.Client reader = SERVER.as(TestServer.NOBODY).with("Accept", "text/html");
        propose("acme/samename", category("Tandem")).mustBe(201);
        String second = category("Tandem of others").replace("\"acme\"", "\"other\"");
        SERVER.as(TestServer.OTHER)
                .json("PUT", "/proposals/other/samename", second)
                .mustBe(201);
        for (String organization : List.of("acme", "other")) {
            String page = "/terms/proposals/" + organization + ":samename";
            assertThat(reader.get(page).mustBe(200).text()).contains(iri(organization + "/samename"));
            assertThat(reader.get("/vocabularies/proposals").text()).contains("\"" + page);
            String html = reader.get("/proposals/" + organization + "/samename")
                    .mustBe(303)
                    .header("Location");
            assertThat(reader.get(html).mustBe(303).header("Location")).isEqualTo(page);
            assertThat(texts(
                            SERVER.as(TestServer.NOBODY)
                                    .get("/terms?q=samename")
                                    .json()
                                    .path("terms"),
                            "page"))
                    .contains(page);
        }
        step(TestServer.OPERATOR, "acme/samename", "accept", EARLY).mustBe(200);
        assertThat(reader.get("/terms/proposals/acme:samename").mustBe(303).header("Location"))
                .isEqualTo("/terms/categories/TandemEn");
        reader.get("/terms/proposals/other:samename").mustBe(200);
        SERVER.as(TestServer.NOBODY)
                .get("/proposals/acme/samename.ttl", "text/html")
                .mustBe(200);
        reader.get("/proposals/acme/none").mustBe(404);
    }

    private static String version(String vocabulary) {
        JsonNode list = SERVER.as(TestServer.NOBODY).get("/vocabularies").json().path("vocabularies");
        for (JsonNode entry : list) {
            if (entry.path("name").asText().equals(vocabulary)) {
                return entry.path("version").asText();
            }
        }
        throw new AssertionError(list);
    }

    /** Whether SPARQL finds the term in the graph of its vocabulary. */
    private static String ask(String name) {
        String query =
                "PREFIX cat: <https://w3id.org/mercat/categories#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
                        + " ASK { GRAPH <https://w3id.org/mercat/categories> { cat:" + name + " a skos:Concept } }";
        return SERVER.as(TestServer.NOBODY)
                .with("Accept", "application/sparql-results+json")
                .send("POST", "/sparql", "application/sparql-query", query)
                .text();
    }

    @Test
    void what_is_rejected_stays_where_it_is_and_is_taken_nowhere_else() {
        propose("acme/hover", category("Hover boards")).mustBe(201);
        offer(TestServer.PARKING, "acme/parking/hover", iri("acme/hover")).mustBe(201);
        step(TestServer.OPERATOR, "acme/hover", "reject", "{}").mustBeProblem(422);
        step(TestServer.OPERATOR, "acme/hover", "reject", "{\"text\": \"They do not exist\"}")
                .mustBe(200);
        assertThat(found("category=BikeSharing")).contains("acme/parking/hover");
        assertThat(offer(TestServer.PARKING, "acme/parking/hover", iri("acme/hover"))
                        .mustBe(200)
                        .headers("Mercat-Warning"))
                .anyMatch(warning -> warning.contains("rejected: They do not exist"))
                .noneMatch(warning -> warning.contains("provisional"));
        assertThat(offer(TestServer.PARKING, "acme/parking/hover2", iri("acme/hover"))
                        .mustBeProblem(422)
                        .text())
                .contains("rejected", "They do not exist");
    }

    @Test
    void stewards_ask_for_changes_and_the_proposer_revises() {
        propose("acme/changing", category("Changing")).mustBe(201);
        step(TestServer.RIVAL, "acme/changing", "comment", "{\"text\": \"We have that, too\"}")
                .mustBe(200);
        step(TestServer.ACME, "acme/changing", "request-changes", "{\"text\": \"x\"}")
                .mustBeProblem(403);
        Answer asked = step(TestServer.OPERATOR, "acme/changing", "request-changes", "{\"text\": \"Say more\"}")
                .mustBe(200);
        assertThat(asked.json().path("status").asText()).isEqualTo("changesRequested");
        assertThat(step(TestServer.OPERATOR, "acme/changing", "accept", EARLY)
                        .mustBeProblem(409)
                        .text())
                .contains("revise");
        SERVER.as(TestServer.ACME)
                .with("If-Match", "\"1\"")
                .json("PUT", "/proposals/acme/changing", category("Changed"))
                .mustBeProblem(412);
        JsonNode revised =
                propose("acme/changing", category("Changed")).mustBe(200).json();
        assertThat(revised.path("status").asText()).isEqualTo("open");
        assertThat(texts(revised.path("history"), "step"))
                .containsExactly("propose", "comment", "requestChanges", "revise");
        assertThat(texts(revised.path("history"), "text")).contains("We have that, too", "Say more");
    }

    @Test
    void the_proposer_alone_withdraws() {
        propose("acme/gone", category("Gone")).mustBe(201);
        step(TestServer.OTHER, "acme/gone", "withdraw", "{}").mustBeProblem(403);
        step(TestServer.PARKING, "acme/gone", "withdraw", "{}").mustBe(200);
        propose("acme/gone", category("Gone")).mustBeProblem(409);
        SERVER.as(TestServer.NOBODY).get("/proposals/acme/gone").mustBe(200);
    }

    @Test
    void a_steward_is_made_by_the_operator_and_decides_on_proposals_of_others() {
        propose("acme/by-steward", category("Segways")).mustBe(201);
        String steward = "{\"id\": \"other\", \"name\": \"other\", \"steward\": true}";
        SERVER.as(TestServer.OTHER).json("PUT", "/organizations/other", steward).mustBeProblem(403);
        step(TestServer.OTHER, "acme/by-steward", "accept", EARLY).mustBeProblem(403);
        SERVER.as(TestServer.OPERATOR)
                .json("PUT", "/organizations/other", steward)
                .mustBe(200);
        SERVER.as(TestServer.OTHER)
                .json("PUT", "/organizations/other", "{\"id\": \"other\", \"name\": \"Others\"}")
                .mustBe(200);
        step(TestServer.OTHER, "acme/by-steward", "accept", EARLY).mustBe(200);
        SERVER.as(TestServer.OPERATOR)
                .json("PUT", "/organizations/other", "{\"id\": \"other\", \"name\": \"other\"}")
                .mustBe(200);
    }

    @Test
    void a_label_is_needed_in_every_language_before_a_term_is_accepted() {
        String english = category("Unicycles").replaceAll(", \"(de|es|ca|it)\": \"[^\"]*\"", "");
        Answer proposed = propose("acme/english", english).mustBe(201);
        assertThat(proposed.header("Mercat-Warning")).contains("ca, de, es, it");
        assertThat(step(TestServer.OPERATOR, "acme/english", "accept", EARLY)
                        .mustBeProblem(422)
                        .text())
                .contains("ca, de, es, it");
        SERVER.as(TestServer.OPERATOR)
                .with("If-Match", "*")
                .patch(
                        "/proposals/acme/english",
                        "{\"label\": {\"de\": \"Einräder\", \"es\": \"Monociclos\", \"ca\": \"Monocicles\", \"it\": \"Monocicli\"}}")
                .mustBe(200);
        step(TestServer.OPERATOR, "acme/english", "accept", EARLY).mustBe(200);
    }

    @Test
    void a_term_is_deprecated_in_favour_of_another() {
        offer(TestServer.PARKING, "acme/parking/deprecated", "CarSharing").mustBe(201);
        String body =
                "{\"organization\": \"acme\", \"deprecates\": \"CarSharing\", \"replacement\": \"BikeSharing\", \"rationale\": \"Nobody needs it.\"}";
        propose("acme/no-cars", body.replace("BikeSharing", "CarSharing")).mustBeProblem(422);
        Answer answer = propose("acme/no-cars", body).mustBe(201);
        assertThat(answer.headers("Mercat-Warning")).isEmpty();
        JsonNode proposed = answer.json();
        assertThat(proposed.path("vocabulary").asText()).isEqualTo("categories");
        assertThat(SERVER.as(TestServer.NOBODY)
                        .get("/proposals/acme/no-cars/impact")
                        .json()
                        .path("offerings")
                        .asInt())
                .isEqualTo(1);
        step(TestServer.OPERATOR, "acme/no-cars", "accept", EARLY).mustBe(200);
        assertThat(found("category=BikeSharing")).contains("acme/parking/deprecated");
        assertThat(offer(TestServer.PARKING, "acme/parking/deprecated", "CarSharing")
                        .mustBe(200)
                        .header("Mercat-Warning"))
                .contains("BikeSharing");
    }

    @Test
    void a_term_cannot_replace_itself_by_another_name_422() {
        propose("acme/unicorns", category("Unicorns")).mustBe(201);
        step(TestServer.OPERATOR, "acme/unicorns", "accept", EARLY).mustBe(200);
        String body =
                "{\"organization\": \"acme\", \"deprecates\": \"UnicornsEn\", \"replacement\": \"REPLACEMENT\", \"rationale\": \"x\"}";
        assertThat(propose("acme/no-unicorns", body.replace("REPLACEMENT", iri("acme/unicorns")))
                        .mustBeProblem(422)
                        .text())
                .contains("/replacement", "cannot replace itself");
    }

    @Test
    void who_deprecates_a_term_is_told_of_narrower_ones_that_stay() {
        String body =
                "{\"organization\": \"acme\", \"deprecates\": \"Charging\", \"replacement\": \"FuelStation\", \"rationale\": \"x\"}";
        assertThat(propose("acme/no-charging", body).mustBe(201).header("Mercat-Warning"))
                .contains("/deprecates", "categories#ChargingPoint", "not deprecated");
        step(TestServer.ACME, "acme/no-charging", "withdraw", "{}").mustBe(200);
    }

    @Test
    void proposals_are_not_above_each_other_422() {
        propose("acme/ring-1", category("Ring one")).mustBe(201);
        propose("acme/ring-2", category("Ring two").replace("BikeSharing", iri("acme/ring-1")))
                .mustBe(201);
        propose("acme/ring-3", category("Ring three").replace("BikeSharing", iri("acme/ring-2")))
                .mustBe(201);
        assertThat(propose("acme/ring-1", category("Ring one").replace("BikeSharing", iri("acme/ring-3")))
                        .mustBeProblem(422)
                        .text())
                .contains("/broader/0", "is below");
        offer(TestServer.PARKING, "acme/parking/ring", iri("acme/ring-3")).mustBe(201);
        assertThat(found("category=BikeSharing")).contains("acme/parking/ring");
    }

    @Test
    void labels_are_lines_and_not_without_end_422() {
        assertThat(propose("acme/lines", category("Lines").replace("Lines de", "Li\\nnes"))
                        .mustBeProblem(422)
                        .text())
                .contains("/label/de", "line breaks");
        String many = IntStream.rangeClosed(1, 51)
                .mapToObj(number -> "\"word " + number + "\"")
                .collect(Collectors.joining(", ", "\"altLabel\": {\"en\": [", "]}, \"rationale\""));
        assertThat(propose("acme/words", category("Words").replace("\"rationale\"", many))
                        .mustBeProblem(422)
                        .text())
                .contains("at most 50");
    }

    @Test
    void a_proposal_takes_200_comments_409() {
        propose("acme/talk", category("Talk")).mustBe(201);
        String longest = "{\"text\": \"" + "x".repeat(5_001) + "\"}";
        assertThat(step(TestServer.ACME, "acme/talk", "comment", longest)
                        .mustBeProblem(422)
                        .text())
                .contains("5000");
        for (int number = 0; number < 200; number++) {
            step(TestServer.ACME, "acme/talk", "comment", "{\"text\": \"And\"}").mustBe(200);
        }
        assertThat(step(TestServer.ACME, "acme/talk", "comment", "{\"text\": \"And\"}")
                        .mustBeProblem(409)
                        .text())
                .contains("200");
        step(TestServer.OPERATOR, "acme/talk", "reject", "{\"text\": \"Enough\"}")
                .mustBe(200);
    }

    @Test
    void the_list_is_by_status_vocabulary_and_organization_and_in_pages() {
        propose("acme/list-1", category("List one")).mustBe(201);
        propose("acme/list-2", category("List two")).mustBe(201);
        Answer first = SERVER.as(TestServer.NOBODY)
                .get("/proposals?status=open&vocabulary=categories&organization=acme&limit=1")
                .mustBe(200);
        assertThat(first.json().path("proposals").size()).isEqualTo(1);
        assertThat(first.json().path("next").asText()).contains("status=open", "vocabulary=categories", "cursor=");
        String next = first.json().path("next").asText().substring(TestServer.BASE.length() - 1);
        JsonNode second = SERVER.as(TestServer.NOBODY).get(next).mustBe(200).json();
        assertThat(texts(second.path("proposals"), "id"))
                .doesNotContainAnyElementsOf(texts(first.json().path("proposals"), "id"));
        assertThat(texts(
                        SERVER.as(TestServer.NOBODY)
                                .get("/proposals?organization=other&limit=100")
                                .json()
                                .path("proposals"),
                        "organization"))
                .doesNotContain("acme");
        SERVER.as(TestServer.NOBODY).get("/proposals?status=opened").mustBeProblem(400);
    }

    @Test
    void the_change_feed_tells_who_comes_later_each_step() {
        propose("acme/fed", category("Fed")).mustBe(201);
        step(TestServer.ACME, "acme/fed", "comment", "{\"text\": \"Any thoughts?\"}")
                .mustBe(200);
        step(TestServer.OPERATOR, "acme/fed", "request-changes", "{\"text\": \"Say more\"}")
                .mustBe(200);
        propose("acme/fed", category("Fed").replace("Fed en", "Well fed")).mustBe(200);
        step(TestServer.OPERATOR, "acme/fed", "reject", "{\"text\": \"No\"}").mustBe(200);
        List<JsonNode> told = new ArrayList<>();
        SERVER.as(TestServer.NOBODY)
                .get("/changes?after=0&limit=1000")
                .mustBe(200)
                .json()
                .path("changes")
                .forEach(told::add);
        assertThat(told.stream()
                        .filter(change -> change.path("proposal").asText().equals("acme/fed"))
                        .map(change -> change.path("type").asText()
                                + " " + change.path("step").asText()
                                + " " + change.path("status").asText()))
                .containsExactly(
                        "proposal propose open",
                        "proposal comment open",
                        "proposal request-changes changesRequested",
                        "proposal revise open",
                        "proposal reject rejected");
        assertThat(told.stream().map(change -> change.path("revision").asLong()))
                .isSorted();
    }

    @Test
    void who_listens_to_the_change_feed_is_told_of_steps() {
        try (Listener listener = SERVER.listen(TestServer.NOBODY, "/changes", null)) {
            propose("acme/heard", category("Heard")).mustBe(201);
            step(TestServer.OPERATOR, "acme/heard", "reject", "{\"text\": \"No\"}")
                    .mustBe(200);
            JsonNode first = toldOf("acme/heard", listener);
            assertThat(first.path("step").asText()).isEqualTo("propose");
            assertThat(toldOf("acme/heard", listener).path("status").asText()).isEqualTo("rejected");
            try (Listener later = SERVER.listen(
                    TestServer.NOBODY, "/changes", first.path("id").asText())) {
                assertThat(toldOf("acme/heard", later).path("step").asText()).isEqualTo("reject");
            }
        }
    }

    private static JsonNode toldOf(String proposal, Listener listener) {
        JsonNode data = listener.next().data();
        while (!data.path("proposal").asText().equals(proposal)) {
            data = listener.next().data();
        }
        return data;
    }

    @Test
    void what_mercat_check_would_find_in_the_file_is_not_accepted_422() {
        propose("acme/untidy", category("Untidy").replace("\"Untidy de\"", "\"Untidy de.\""))
                .mustBe(201);
        assertThat(step(TestServer.OPERATOR, "acme/untidy", "accept", EARLY)
                        .mustBeProblem(422)
                        .text())
                .contains("full stop");
    }

    @Test
    void a_semantic_type_is_proposed_for_outputs_and_moves_too() {
        String type = """
                {"organization": "acme", "vocabulary": "datatypes-mobility", "broader": ["dt:ParkingSpaceCount"],
                 "label": {"en": "Rack count", "de": "Anzahl der Racks", "es": "Número de racks", "ca": "Nombre de racks",
                           "it": "Numero di rack"},
                 "definition": {"en": "How many racks there are."}, "valueType": "integer", "units": ["NUM", "PERCENT"],
                 "rationale": "It is counted."}""";
        assertThat(propose("acme/racks", type.replace("NUM", "NUMS"))
                        .mustBeProblem(422)
                        .text())
                .contains("/units/0", "unit/NUM");
        assertThat(propose("acme/racks", type.replace("dt:ParkingSpaceCount", "Parking"))
                        .mustBeProblem(422)
                        .text())
                .contains("/broader/0", "no semantic type");
        propose("acme/racks", type).mustBe(201);
        assertThat(units(iri("acme/racks"))).contains("unit/NUM", "unit/PERCENT");
        String id = "acme/parking/racks";
        String body = Offerings.changed(
                id,
                offering -> ((com.fasterxml.jackson.databind.node.ObjectNode) offering.at("/outputs/0"))
                        .put("semanticType", iri("acme/racks"))
                        .put("valueType", "integer"));
        Answer offered = SERVER.as(TestServer.PARKING)
                .json("PUT", Offerings.pathOf(id), body)
                .mustBe(201);
        assertThat(offered.header("Mercat-Warning")).contains("provisional");
        assertThat(found("output=dt:ParkingSpaceCount")).contains(id);
        step(TestServer.OPERATOR, "acme/racks", "accept", EARLY).mustBe(200);
        assertThat(SERVER.as(TestServer.NOBODY)
                        .get(Offerings.pathOf(id))
                        .json()
                        .at("/outputs/0/semanticType")
                        .asText())
                .isEqualTo("RackCount");
        assertThat(found("output=RackCount")).containsExactly(id);
        assertThat(units("https://w3id.org/mercat/datatypes#RackCount")).contains("unit/NUM", "unit/PERCENT");
    }

    private static String units(String term) {
        String query = "SELECT ?unit { GRAPH ?vocabulary { <" + term
                + "> <http://qudt.org/schema/qudt/applicableUnit> ?unit } }";
        return SERVER.as(TestServer.NOBODY)
                .with("Accept", "application/sparql-results+json")
                .send("POST", "/sparql", "application/sparql-query", query)
                .mustBe(200)
                .text();
    }

    @Test
    void a_demand_for_a_proposed_term_asks_for_the_accepted_one_afterwards() {
        propose("acme/rollers", category("Rollers")).mustBe(201);
        String demand = "{\"title\": \"Rollers\", \"consumer\": \"acme/app\", \"search\": {\"category\": \""
                + iri("acme/rollers") + "\"}}";
        SERVER.as(TestServer.APP)
                .json("PUT", "/demands/acme/app/rollers", demand)
                .mustBe(201);
        assertThat(SERVER.as(TestServer.NOBODY)
                        .get("/proposals/acme/rollers/impact")
                        .json()
                        .path("demands")
                        .asInt())
                .isEqualTo(1);
        step(TestServer.OPERATOR, "acme/rollers", "accept", EARLY).mustBe(200);
        assertThat(SERVER.as(TestServer.NOBODY)
                        .get("/demands/acme/app/rollers")
                        .json()
                        .at("/search/category/0")
                        .asText())
                .isEqualTo("RollersEn");
    }

    @Test
    void a_term_below_a_proposed_one_is_accepted_after_it() {
        propose("acme/above", category("Above")).mustBe(201);
        propose("acme/below", category("Below").replace("BikeSharing", iri("acme/above")))
                .mustBe(201);
        offer(TestServer.PARKING, "acme/parking/below", iri("acme/below")).mustBe(201);
        assertThat(found("category=" + iri("acme/above"))).containsExactly("acme/parking/below");
        assertThat(step(TestServer.OPERATOR, "acme/below", "accept", EARLY)
                        .mustBeProblem(422)
                        .text())
                .contains("decide on that first");
        step(TestServer.OPERATOR, "acme/above", "accept", EARLY).mustBe(200);
        assertThat(step(TestServer.OPERATOR, "acme/below", "accept", EARLY)
                        .mustBe(200)
                        .json()
                        .at("/broader/0")
                        .asText())
                .isEqualTo("AboveEn");
        assertThat(found("category=AboveEn")).containsExactly("acme/parking/below");
    }

    @Test
    void a_step_holds_to_the_version_that_it_names() {
        propose("acme/tagged", category("Tagged")).mustBe(201);
        SERVER.as(TestServer.OPERATOR)
                .with("If-Match", "\"1\"")
                .json("POST", "/proposals/acme/tagged/steps/reject", "{\"text\": \"No\"}")
                .mustBeProblem(412);
        step(TestServer.OPERATOR, "acme/tagged", "approve", "{}").mustBeProblem(404);
        step(TestServer.OPERATOR, "acme/tagged", "comment", "{\"words\": \"x\"}")
                .mustBeProblem(422);
        step(TestServer.OPERATOR, "acme/nothing", "comment", "{\"text\": \"x\"}")
                .mustBeProblem(404);
    }
}
