// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invoices and settlements as people read them, and who does: bob has two applications, acme two providers. */
class PapersTest {
    private static final String LOTS = "acme/parking/lots";
    private static final String INVOICE = "/invoices/acme/1";
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final MovableClock CLOCK = new MovableClock("2026-09-01T08:00:00Z");

    @RegisterExtension
    static final TestServer SERVER = new TestServer(CLOCK);

    @BeforeAll
    static void issue() {
        SERVER.organization("bob");
        SERVER.organization("dan");
        SERVER.system("consumers", "bob/app");
        SERVER.system("consumers", "bob/other");
        SERVER.system("consumers", "dan/app");
        var offering = Offerings.full(LOTS);
        offering.withObject("/price").put("price", "0.10").put("freeQuota", 100);
        SERVER.as(TestServer.PARKING)
                .json("PUT", "/offerings/" + LOTS, offering.toString())
                .mustBe(201);
        SERVER.as("operator")
                .json("PUT", "/fee-plans/2026-09", "{\"currency\": \"EUR\", \"percentage\": \"10\"}")
                .mustBe(201);
        SERVER.as(TestServer.ACME)
                .json("PUT", "/taxes/acme/2026-09", "{\"rate\": \"21\", \"note\": \"IVA <i>\"}")
                .mustBe(201);
        SERVER.as(TestServer.PARKING)
                .json(
                        "PUT",
                        "/shares/" + LOTS + "/2026-09",
                        "{\"shares\": [{\"organization\": \"dan\", \"percent\": \"30\"}]}")
                .mustBe(201);
        for (String consumer : List.of("bob", "dan")) {
            SERVER.as(consumer + "/app")
                    .json("POST", "/contracts", "{\"id\": \"%s/lots\", \"offering\": \"%s\"}".formatted(consumer, LOTS))
                    .mustBe(201);
        }
        CLOCK.set("2026-10-01T08:00:00Z");
        report("a", "bob", 1_100);
        report("b", "bob", 235);
        report("c", "dan", 110);
        SERVER.as("operator")
                .json("POST", "/billing/runs/2026-09/steps/issue", "")
                .mustBe(200);
    }

    private static void report(String id, String consumer, int accesses) {
        report(id, TestServer.PARKING, consumer, "2026-09-10", accesses);
    }

    private static void report(String id, String reporter, String consumer, String day, int accesses) {
        String event = """
                {"specversion": "1.0", "id": "%s", "source": "/gateway", "type": "org.mercat.usage", "subject": "%s/lots",
                 "time": "%sT10:00:00Z", "data": {"quantities": {"access": "%s"}}}""".formatted(id, consumer, day, accesses);
        SERVER.as(reporter)
                .send("POST", "/usage", "application/cloudevents+json", event)
                .mustBe(201);
    }

    private static String page(String client, String path, String language) {
        Answer answer = SERVER.as(client)
                .with("Accept-Language", language)
                .get(path, BROWSER)
                .mustBe(200);
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        assertThat(answer.header("Cache-Control")).contains("private");
        return answer.text().replaceAll("\\s+", " ");
    }

    @Test
    void a_browser_gets_an_invoice_as_a_page_200() {
        assertThat(page("bob", INVOICE, "en"))
                .contains("<h1>Invoice acme/1", "September 2026", "October 1, 2026")
                .contains("Free parking", "bob/lots", "0.10\u00a0EUR per access", "100 free each month")
                .contains(">1,235 <small>accesses", ">0.10 <", ">123.50<", "At 21 %", "25.94", "149.44 EUR")
                .contains("IVA &lt;i&gt;")
                .contains("href=\"/invoices/acme/1/lines/2/trace\"");
        assertThat(page("bob", INVOICE + ".html", "de"))
                .contains(
                        "Rechnung acme/1",
                        "September 2026",
                        "0,10\u00a0EUR je Zugriff",
                        ">1.235 <small>Zugriffe",
                        "149,44 EUR");
    }

    @ParameterizedTest
    @CsvSource({"es, Factura acme/1", "ca, Factura acme/1", "it, Fattura acme/1"})
    void pages_are_in_other_languages_without_a_word_missing_200(String language, String title) {
        for (String path : List.of(INVOICE, INVOICE + "/lines/2/trace", "/settlements/1")) {
            String html = page(path.startsWith("/inv") ? "bob" : "acme", path, language);
            assertThat(html).doesNotContainPattern("[ >](paper|line|tariff|metric|trace)\\.[a-zA-Z]");
        }
        assertThat(page("bob", INVOICE, language)).contains(title);
    }

    @Test
    void why_a_line_is_there_is_a_page_that_leads_on_200() {
        String first = page("bob", INVOICE + "/lines/2/trace?limit=1", "en");
        assertThat(first)
                .contains(
                        "1,235 accesses × 0.10 EUR = 123.50 EUR",
                        "At 21 %: net, tax: 123.50, 25.94 EUR",
                        "0.10\u00a0EUR per access",
                        "<code>a</code>");
        var next = Pattern.compile("rel=\"next\" href=\"([^\"]*)\"").matcher(first);
        assertThat(next.find()).isTrue();
        assertThat(page("bob", next.group(1).replace("&amp;", "&"), "en"))
                .contains("<code>b</code>")
                .doesNotContain("<code>a</code>", "rel=\"next\"");
    }

    @Test
    void a_settlement_is_a_page_200() {
        assertThat(page("acme", "/settlements/1", "en"))
                .contains("Settlement 1", "the marketplace", "sales", ">124.50<")
                .contains("share given", "(dan)", "30 %", ">-33.62<", "Paid out", "EUR");
    }

    @Test
    void what_a_page_loads_is_there_200() {
        String html = page("bob", INVOICE, "en");
        assertThat(html).contains("/assets/paper.css");
        assertThat(SERVER.as(TestServer.NOBODY)
                        .get("/assets/paper.css")
                        .mustBe(200)
                        .text())
                .contains("@media print", "size: A4");
        for (String ending : List.of(".json", ".ttl", ".csv")) {
            assertThat(html).contains("href=\"" + INVOICE + ending + "\"");
            SERVER.as("bob").get(INVOICE + ending).mustBe(200);
        }
    }

    @Test
    void other_forms_are_refused_with_a_list_of_those_there_are_406() {
        assertThat(SERVER.as("bob").get(INVOICE, "image/png").mustBeProblem(406).detail())
                .contains("text/html", "text/csv", "application/xml");
        SERVER.as("bob").get(INVOICE + ".pdf").mustBeProblem(404);
        SERVER.as("acme").get("/settlements/1", "application/xml").mustBeProblem(406);
        SERVER.as("acme").get("/settlements/1.xml").mustBeProblem(404);
    }

    @Test
    void amounts_in_contracts_and_offerings_have_their_zeros_200() {
        JsonNode contract =
                SERVER.as("bob/app").get("/contracts/bob/lots").mustBe(200).json();
        assertThat(contract.at("/tariff/price").asText()).isEqualTo("0.10");
        assertThat(contract.path("category").asText())
                .isEqualTo(Offerings.full(LOTS).path("category").asText());
        JsonNode offering = SERVER.as(TestServer.NOBODY)
                .get("/offerings/" + LOTS)
                .mustBe(200)
                .json();
        assertThat(offering.at("/price/price").asText()).isEqualTo("0.10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob", "bob/app", "acme", "acme/parking", "operator"})
    void both_organizations_and_their_clients_with_a_line_read_it_200(String client) {
        SERVER.as(client).get(INVOICE).mustBe(200);
        SERVER.as(client).get(INVOICE + "/lines/1/trace").mustBe(200);
        assertThat(ids(client, "/invoices")).contains("acme/1");
        assertThat(rows(client)).contains(TestServer.BASE + "invoices/acme/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob/other", "acme/weather", "dan", "dan/app", "other", "other/parking"})
    void nobody_else_does_404(String client) {
        SERVER.as(client).get(INVOICE).mustBeProblem(404);
        SERVER.as(client).get(INVOICE + ".html").mustBeProblem(404);
        SERVER.as(client).get(INVOICE + "/lines/1/trace").mustBeProblem(404);
        assertThat(ids(client, "/invoices")).doesNotContain("acme/1");
        assertThat(rows(client)).doesNotContain(TestServer.BASE + "invoices/acme/1");
    }

    @Test
    void a_settlement_is_read_by_its_organization_and_whose_offerings_are_in_it_200() {
        assertThat(ids("acme", "/settlements")).containsExactly("1");
        assertThat(ids("acme/parking", "/settlements")).containsExactly("1");
        assertThat(ids("acme/weather", "/settlements")).isEmpty();
        assertThat(ids("dan", "/settlements")).containsExactly("2");
        assertThat(ids("dan/app", "/settlements")).isEmpty();
        SERVER.as("acme/parking").json("POST", INVOICE + "/steps/pay", "").mustBeProblem(403);
    }

    private static String asked(String client, Path query) throws IOException {
        String text = Files.readString(query);
        if (text.contains("#+ param: ?month ")) {
            text = text.replace("?month", "\"2026-10\"").replace("?tolerance", "0.01");
        }
        return SERVER.as(client)
                .get("/ledger/sparql?query=" + URLEncoder.encode(text, StandardCharsets.UTF_8), "text/csv")
                .mustBe(200)
                .text();
    }

    @Test
    void usage_on_no_invoice_and_discrepancies_are_seen_by_both_sides_200() throws IOException {
        CLOCK.set("2026-10-20T08:00:00Z");
        report("x", TestServer.PARKING, "bob", "2026-10-10", 700);
        report("y", TestServer.PARKING, "bob", "2026-10-11", 300);
        report("x", "bob/app", "bob", "2026-10-10", 600);
        for (String client : List.of("acme/parking", "bob/app", "operator")) {
            assertThat(asked(client, Path.of("queries/billing/unbilled-usage.rq")))
                    .contains("contracts/bob/lots,access,1000.0,0.1,EUR");
            assertThat(asked(client, Path.of("queries/billing/discrepancies.rq")))
                    .contains("contracts/bob/lots,access,1000.0,600.0,400.0");
        }
        assertThat(asked("acme", Path.of("queries/billing/revenue-by-category.rq")))
                .contains("2026-09,https://w3id.org/mercat/categories#", ",EUR,124.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dan", "dan/app", "other", "acme/weather"})
    void no_question_of_the_library_tells_one_party_what_another_has_200(String client) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("queries/billing"))) {
            List<Path> queries = files.toList();
            assertThat(queries).hasSizeGreaterThan(8);
            for (Path query : queries) {
                assertThat(asked(client, query)).as(query.toString()).doesNotContain("bob", "124.5", "123.5");
            }
        }
    }

    private static List<String> ids(String client, String path) {
        JsonNode page = SERVER.as(client).get(path).mustBe(200).json();
        return page.path(path.substring(1)).findValuesAsText("id");
    }

    private static String rows(String client) {
        String query = "SELECT ?paper { ?paper a <https://w3id.org/mercat/core#Invoice> }";
        return SERVER.as(client)
                .get("/ledger/sparql?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8), "text/csv")
                .mustBe(200)
                .text();
    }
}
