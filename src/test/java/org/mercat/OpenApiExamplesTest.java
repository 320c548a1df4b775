// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Sends every example of {@code openapi.json} to a server, and holds the answers against their description. */
class OpenApiExamplesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private static final String SECRET = "secret-of-the-operator";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String LINES = "application/x-ndjson";

    /** What must be there for the examples that read or change it. */
    private static final Map<String, String> REGISTERED = Map.of(
            "Organization", "/organizations/acme",
            "Provider", "/providers/acme/parking",
            "Consumer", "/consumers/acme/trip-planner",
            "Conditions", "/conditions/acme/2026-1",
            "Proposal", "/proposals/acme/cargo-bike-sharing",
            "Offering", "/offerings/acme/parking/free-spaces",
            "Demand", "/demands/acme/trip-planner/rain-nearby");

    /** The operator does nearly all, but agrees to nothing for others and reports nothing. */
    private static final List<String> AGREED = List.of("/contracts", "/usage", "/disputes");

    private static final String ARCHIVES = "/usage/archives";

    /** What POST of something new was answered: it could not be sent again. */
    private static final Map<Example, HttpResponse<String>> created = new HashMap<>();

    /** An example of a body. */
    private record Example(String name, String mediaType, String title, JsonNode operation, JsonNode value) {
        Example {
            title = name + ", " + mediaType + ", " + title;
        }

        String method() {
            return name.substring(0, name.indexOf(' '));
        }

        boolean isDryRun() {
            return !mediaType.equals(LINES)
                    && document.parameters(operation).stream()
                            .anyMatch(
                                    parameter -> parameter.path("name").asText().equals("dryRun"));
        }
    }

    @TempDir
    static Path data;

    private static Catalogue catalogue;
    private static String server;
    private static String token;
    private static String partyToken;
    private static OpenApiDocument document;

    @BeforeAll
    static void start() throws Exception {
        open();
        document = new OpenApiDocument(
                JSON.readTree(send("GET", "/openapi.json", null, null).body()));
        String form = "grant_type=client_credentials&client_id=operator&client_secret=" + SECRET;
        token = JSON.readTree(send("POST", "/oauth/token", FORM, form).body())
                .path("access_token")
                .asText();
        assertThat(send("POST", "/dumps", null, null).statusCode()).isEqualTo(201);
        for (String kind :
                List.of("Organization", "Provider", "Consumer", "Conditions", "Proposal", "Offering", "Demand")) {
            String collection = REGISTERED.get(kind).replaceFirst("^(/\\w+).*", "$1");
            for (Example example : examples()) {
                if (example.name.equals("POST " + collection)) {
                    created.put(example, send(example));
                }
            }
            JsonNode body = document.root().at("/components/examples/" + kind + "Json/value");
            ObjectNode sent = body.deepCopy();
            if (kind.equals("Demand")) {
                sent.put("webhook", "http://127.0.0.1:1/"); // so that there is one to read
            }
            HttpResponse<String> answer = send("PUT", REGISTERED.get(kind), "application/json", sent.toString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
        JsonNode contract = document.root().at("/components/examples/ContractJson/value");
        HttpResponse<String> answer = send("POST", "/contracts", "application/json", contract.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode dispute = document.root().at("/components/examples/DisputeJson/value");
        HttpResponse<String> opened = send("POST", "/disputes", "application/json", dispute.toString());
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
        for (Example example : examples()) {
            if (example.name.equals("POST /contracts")) {
                ObjectNode another = example.value.deepCopy();
                another.remove("id");
                created.put(example, send("POST", "/contracts?dryRun=true", "application/json", another.toString()));
            }
        }
        bill();
    }

    /** A month, with an invoice of which a part is given back, and what holds in a later one. */
    private static void bill() throws Exception {
        catalogue.close();
        Backdated.sign(data, LocalDate.of(2026, 1, 1));
        open();
        String event = """
                {"specversion": "1.0", "id": "bill-1", "source": "/gateway", "type": "org.mercat.usage",
                 "subject": "acme/free-spaces", "time": "2026-01-10T10:00:00Z", "data": {"quantities": {"access": 100000}}}""";
        mustBe(201, send("POST", "/usage", "application/cloudevents+json", event));
        mustBe(200, send("POST", "/billing/runs/2026-01/steps/issue", "application/json", ""));
        mustBe(201, send("POST", "/invoices/acme/1/credit-notes", "application/json", ""));
        mustBe(200, send("POST", ARCHIVES, "application/json", "{\"month\": \"2026-01\"}"));
        for (Example example : examples()) {
            if (example.name.matches("PUT /(fee-plans|shares|taxes|promotions).*")) {
                mustBe(201, send(example));
            }
        }
    }

    private static void mustBe(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    private static void open() {
        catalogue = Catalogue.open(Config.of(
                new Config.Words(null, data.toString(), "127.0.0.1", "0", null, false, SECRET, null, true, null)));
        server = "http://127.0.0.1:" + catalogue.start();
    }

    @AfterAll
    static void stop() {
        catalogue.close();
    }

    @TestFactory
    List<DynamicTest> every_example_of_a_body_is_accepted() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (Example example : examples()) {
            HttpResponse<String> answer = created.containsKey(example) ? created.get(example) : send(example);
            tests.add(DynamicTest.dynamicTest(example.title(), () -> assertAccepted(example, answer)));
        }
        assertThat(tests).hasSizeGreaterThan(20);
        return tests;
    }

    private static List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        document.operations((name, operation) -> operation
                .at("/requestBody/content")
                .properties()
                .forEach(content -> content.getValue()
                        .path("examples")
                        .properties()
                        .forEach(example -> examples.add(new Example(
                                name,
                                content.getKey(),
                                example.getKey(),
                                operation,
                                document.resolved(example.getValue()).path("value"))))));
        return examples;
    }

    private static HttpResponse<String> send(Example example) throws Exception {
        String address = document.address(example.name, example.operation) + (example.isDryRun() ? "?dryRun=true" : "");
        return send(example.method(), address, example.mediaType, body(example.mediaType, example.value));
    }

    private static void assertAccepted(Example example, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        assertDescribed(example.operation, answer);
        if (example.mediaType.equals(LINES)) {
            assertThat(answer.body().lines()).isNotEmpty().allMatch(line -> line.contains("\"status\":201"));
        } else if (example.isDryRun()) {
            assertThat(answer.body()).contains("\"acceptable\":true");
        }
    }

    @TestFactory
    List<DynamicTest> every_read_is_answered_as_described() {
        List<DynamicTest> tests = new ArrayList<>();
        document.operations((name, operation) -> {
            if (name.startsWith("GET ")) {
                tests.add(DynamicTest.dynamicTest(name, () -> {
                    HttpResponse<String> answer = send("GET", document.address(name, operation), null, null);
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                    assertDescribed(operation, answer);
                }));
            }
        });
        assertThat(tests).hasSizeGreaterThan(20);
        return tests;
    }

    /** The status, its media type and its headers are those of the description. */
    private static void assertDescribed(JsonNode operation, HttpResponse<String> answer) {
        JsonNode response = document.resolved(operation.path("responses").path(String.valueOf(answer.statusCode())));
        String type = answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
        assertThat(response.path("content").has(type))
                .as("Content-Type " + type)
                .isTrue();
        for (String header : List.of("ETag", "Location", "Link", "Mercat-Warning", "X-Request-Id")) {
            if (answer.headers().firstValue(header).isPresent()) {
                assertThat(response.path("headers").has(header)).as(header).isTrue();
            }
        }
    }

    private static String body(String mediaType, JsonNode value) {
        if (!mediaType.equals(FORM)) {
            return value.isTextual() ? value.textValue() : value.toString();
        }
        return value.properties().stream()
                .map(field -> field.getKey() + "="
                        + URLEncoder.encode(
                                field.getValue().asText().replace("your-secret", SECRET), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static HttpResponse<String> send(String method, String path, String mediaType, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (mediaType != null) {
            request.header("Content-Type", mediaType);
        }
        boolean isPartys = AGREED.stream().anyMatch(path::startsWith) && !path.startsWith(ARCHIVES);
        String signedIn = isPartys ? partyToken : token;
        if (signedIn != null && !path.equals("/oauth/token")) {
            request.header("Authorization", "Bearer " + signedIn);
        }
        if (method.equals("PATCH")) {
            request.header("If-Match", "*");
        }
        HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
        if (answer.body().contains("\"clientSecret\"")) {
            signInAnew(JSON.readTree(answer.body()));
        }
        return answer;
    }

    /** Each new secret ends the token of its client. */
    private static void signInAnew(JsonNode shown) throws IOException, InterruptedException {
        if (shown.path("clientId").asText().equals("acme")) {
            String form = "grant_type=client_credentials&client_id=acme&client_secret="
                    + shown.path("clientSecret").asText();
            partyToken = JSON.readTree(send("POST", "/oauth/token", FORM, form).body())
                    .path("access_token")
                    .asText();
        }
    }
}
