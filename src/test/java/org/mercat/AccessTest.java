// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mercat.http.Route;

/** Walks every route as every kind of caller: who is not in the table is refused. */
class AccessTest {
    private static final String EVERYBODY = "everybody";
    private static final String PROVIDERS = "provider organization operator";
    private static final String PARTIES = "consumer provider organization operator";
    private static final String ORGANIZATIONS = "organization operator";
    private static final String OPERATOR = "operator";

    /** Who may call what, of what is their own. A route that is not here fails. */
    private static final Map<String, String> ALLOWED = table("""
            GET    /                                                          | everybody
            GET    /docs                                                      | everybody
            GET    /docs.js                                                   | everybody
            GET    /webjars/{library}/{version}/{file}                        | everybody
            GET    /openapi.json                                              | everybody
            GET    /health/live                                               | everybody
            GET    /health/ready                                              | everybody
            POST   /reload                                                    | operator
            GET    /reload                                                    | operator
            GET    /metrics                                                   | operator
            POST   /oauth/token                                               | everybody
            GET    /.well-known/jwks.json                                     | everybody
            GET    /.well-known/oauth-authorization-server                    | everybody
            GET    /vocabularies                                              | everybody
            GET    /vocabularies.{ending}                                     | everybody
            GET    /vocabularies/{name}                                       | everybody
            GET    /vocabularies/{name}/{version}                             | everybody
            GET    /vocabularies/{name}/{version}/changes                     | everybody
            GET    /sparql                                                    | everybody
            GET    /graphs                                                    | everybody
            GET    /ledger/sparql                                             | consumer provider organization operator
            POST   /ledger/sparql                                             | consumer provider organization operator
            GET    /.well-known/void                                          | everybody
            GET    /dumps                                                     | everybody
            POST   /dumps                                                     | operator
            GET    /dumps/{name}                                              | everybody
            GET    /queries                                                   | everybody
            GET    /queries/{folder}/{name}                                   | everybody
            GET    /sparql                                                    | everybody
            GET    /sparql/explain                                            | everybody
            POST   /sparql/explain                                            | everybody
            GET    /terms                                                     | everybody
            GET    /terms/{vocabulary}/{name}                                 | everybody
            GET    /categories                                                | everybody
            GET    /assets/{file}                                             | everybody
            GET    /context/v1.jsonld                                         | everybody
            GET    /frames/{name}                                             | everybody
            GET    /shapes/{name}                                             | everybody
            GET    /organizations                                              | everybody
            POST   /organizations                                             | organization operator
            GET    /organizations/{organization}                              | everybody
            PUT    /organizations/{organization}                              | organization operator
            PATCH  /organizations/{organization}                              | organization operator
            DELETE /organizations/{organization}                              | organization operator
            POST   /organizations/{organization}/secret                       | organization operator
            GET    /providers                                                  | everybody
            POST   /providers                                                 | organization operator
            GET    /providers/{organization}/{system}                         | everybody
            PUT    /providers/{organization}/{system}                         | organization operator
            PATCH  /providers/{organization}/{system}                         | organization operator
            DELETE /providers/{organization}/{system}                         | organization operator
            POST   /providers/{organization}/{system}/secret                  | provider organization operator
            GET    /consumers                                                  | everybody
            POST   /consumers                                                 | organization operator
            GET    /consumers/{organization}/{system}                         | everybody
            PUT    /consumers/{organization}/{system}                         | organization operator
            PATCH  /consumers/{organization}/{system}                         | organization operator
            DELETE /consumers/{organization}/{system}                         | organization operator
            POST   /consumers/{organization}/{system}/secret                  | consumer organization operator
            GET    /offerings                                                  | everybody
            POST   /offerings/search                                           | everybody
            GET    /changes                                                    | everybody
            GET    /vocabularies/{name}/export                                 | everybody
            GET    /proposals                                                  | everybody
            POST   /proposals                                                  | consumer provider organization operator
            GET    /proposals/{organization}/{name}                            | everybody
            PUT    /proposals/{organization}/{name}                            | consumer provider organization operator
            PATCH  /proposals/{organization}/{name}                            | consumer provider organization operator
            GET    /proposals/{organization}/{name}/impact                     | everybody
            POST   /proposals/{organization}/{name}/steps/{step}                     | consumer provider organization operator
            GET    /demands                                                    | consumer organization operator
            POST   /demands                                                    | consumer organization operator
            GET    /demands/{organization}/{system}/{name}                     | everybody
            PUT    /demands/{organization}/{system}/{name}                     | consumer organization operator
            PATCH  /demands/{organization}/{system}/{name}                     | consumer organization operator
            DELETE /demands/{organization}/{system}/{name}                     | consumer organization operator
            GET    /demands/{organization}/{system}/{name}/matches             | consumer organization operator
            GET    /demands/{organization}/{system}/{name}/events              | consumer organization operator
            GET    /demands/{organization}/{system}/{name}/webhook             | consumer organization operator
            DELETE /demands/{organization}/{system}/{name}/webhook             | consumer organization operator
            GET    /demands/{organization}/{system}/{name}/dead-letters        | consumer organization operator
            POST   /demands/{organization}/{system}/{name}/dead-letters/{number}/retry | consumer organization operator
            DELETE /demands/{organization}/{system}/{name}/dead-letters/{number} | consumer organization operator
            GET    /contracts                                                 | consumer provider organization operator
            POST   /contracts                                                 | consumer provider organization operator
            GET    /contracts/{organization}/{name}                           | consumer provider organization operator
            POST   /contracts/{organization}/{name}/steps/{step}              | consumer provider organization operator
            POST   /contracts/{organization}/{name}/token                     | consumer organization operator
            GET    /contracts/revoked                                         | everybody
            POST   /signing-keys                                              | operator
            GET    /conditions                                                | everybody
            GET    /conditions/{organization}/{version}                       | everybody
            PUT    /conditions/{organization}/{version}                       | organization operator
            PATCH  /conditions/{organization}/{version}                       | organization operator
            DELETE /conditions/{organization}/{version}                       | organization operator
            GET    /disputes                                                  | consumer provider organization operator
            POST   /disputes                                                  | consumer provider organization
            GET    /disputes/{organization}/{name}/{number}                   | consumer provider organization operator
            POST   /disputes/{organization}/{name}/{number}/steps/{step}      | consumer provider organization operator
            POST   /usage                                                     | consumer provider organization operator
            GET    /usage                                                     | consumer provider organization operator
            GET    /usage/events                                              | consumer provider organization operator
            GET    /usage/archives                                            | operator
            POST   /usage/archives                                            | operator
            GET    /usage/archives/{month}                                    | operator
            POST   /usage/archives/{month}/restoration                        | operator
            GET    /fee-plans                                                 | organization operator
            GET    /fee-plans/{month}                                         | organization operator
            PUT    /fee-plans/{month}                                         | operator
            GET    /fee-plans/{month}/{organization}                          | organization operator
            PUT    /fee-plans/{month}/{organization}                          | operator
            GET    /shares/{organization}/{provider}/{offering}/{month}       | provider organization operator
            PUT    /shares/{organization}/{provider}/{offering}/{month}       | provider organization operator
            GET    /taxes/{organization}/{month}                              | organization operator
            PUT    /taxes/{organization}/{month}                              | organization operator
            GET    /promotions                                                | provider organization operator
            GET    /promotions/{organization}/{provider}/{offering}/{day}     | provider organization operator
            PUT    /promotions/{organization}/{provider}/{offering}/{day}     | provider organization operator
            DELETE /promotions/{organization}/{provider}/{offering}/{day}     | provider organization operator
            GET    /billing/counts                                            | organization operator
            POST   /billing/simulations                                       | organization operator
            GET    /billing/runs                                              | operator
            POST   /billing/runs                                              | operator
            GET    /billing/runs/{month}                                      | operator
            POST   /billing/runs/{month}/steps/{step}                         | operator
            GET    /invoices                                                  | consumer provider organization operator
            GET    /invoices/{organization}/{number}                          | consumer provider organization operator
            POST   /invoices/{organization}/{number}/steps/{step}             | organization operator
            POST   /invoices/{organization}/{number}/credit-notes             | organization operator
            GET    /invoices/{organization}/{number}/lines/{line}/trace       | consumer provider organization operator
            GET    /credit-notes                                              | consumer provider organization operator
            GET    /credit-notes/{organization}/{number}                      | consumer provider organization operator
            GET    /settlements                                               | consumer provider organization operator
            GET    /settlements/{number}                                      | consumer provider organization operator
            POST   /offerings                                                 | provider organization operator
            GET    /offerings/{organization}/{provider}/{offering}            | everybody
            GET    /offerings/{organization}/{provider}/{offering}/match      | everybody
            PUT    /offerings/{organization}/{provider}/{offering}            | provider organization operator
            PATCH  /offerings/{organization}/{provider}/{offering}            | provider organization operator
            DELETE /offerings/{organization}/{provider}/{offering}            | provider organization operator
            PUT    /offerings/{organization}/{provider}/{offering}/activation | provider organization operator
            DELETE /offerings/{organization}/{provider}/{offering}/activation | provider organization operator
            """);

    private static final Map<String, String> CALLERS = new TreeMap<>(Map.of(
            "nobody", TestServer.NOBODY,
            "consumer", TestServer.APP,
            "provider", TestServer.PARKING,
            "organization", TestServer.ACME,
            "operator", TestServer.OPERATOR));

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static Map<String, String> table(String text) {
        Map<String, String> table = new TreeMap<>();
        text.lines()
                .map(line -> line.split("\\|"))
                .forEach(row -> table.put(row[0].strip().replaceAll(" +", " "), row[1].strip()));
        return table;
    }

    @BeforeAll
    static void register() {
        String id = "acme/parking/x";
        SERVER.as(TestServer.PARKING)
                .json("PUT", Offerings.pathOf(id), Offerings.small(id).toString())
                .mustBe(201);
    }

    private static String nameOf(Route route) {
        return route.method() + " " + route.path();
    }

    @Test
    void every_route_has_its_row_and_every_row_its_route() {
        Set<String> routes = new TreeSet<>();
        SERVER.catalogue().routes().forEach(route -> routes.add(nameOf(route)));
        assertThat(routes).as("a new route needs a row in the table above").isEqualTo(ALLOWED.keySet());
    }

    @TestFactory
    Stream<DynamicTest> every_route_as_every_caller() {
        List<Route> routes = SERVER.catalogue().routes();
        return routes.stream()
                .flatMap(route -> CALLERS.keySet().stream()
                        .map(role -> dynamicTest(nameOf(route) + " as " + role, () -> call(route, role))));
    }

    private static void call(Route route, String role) {
        String allowed = ALLOWED.getOrDefault(nameOf(route), "nobody at all");
        Answer answer = send(role, route.method().name(), ownPath(route.path()));
        if (allowed.equals(EVERYBODY) || List.of(allowed.split(" ")).contains(role)) {
            assertThat(answer.status()).as("%s", answer).isNotIn(403, 405).isLessThan(500);
            boolean tokenEndpoint = route.path().equals("/oauth/token");
            assertThat(answer.status() == 401 && !tokenEndpoint)
                    .as("%s", answer)
                    .isFalse();
            SERVER.remember(answer);
        } else if (role.equals("nobody")) {
            assertThat(answer.mustBeProblem(401).header("WWW-Authenticate")).startsWith("Bearer");
        } else {
            answer.mustBeProblem(403);
        }
        if (route.method().name().equals("GET")) {
            assertThat(send(role, "HEAD", ownPath(route.path())).status()).isEqualTo(answer.status());
        }
    }

    /** A request that changes nothing: it has no body, and it is for a state that never was. */
    private static Answer send(String role, String method, String path) {
        return SERVER.as(CALLERS.get(role)).with("If-Match", "\"0\"").send(method, path, null, (byte[]) null);
    }

    private static String ownPath(String path) {
        return path.replace("{organization}", "acme")
                .replace("{system}", path.matches("/(consumers|demands).*") ? "app" : "parking")
                .replace("{provider}", "parking")
                .replace("{offering}", "x")
                .replace("{name}", "core")
                .replace("{step}", "comment")
                .replace("{month}", "2026-01")
                .replace("{day}", "2026-01-01")
                .replaceAll("\\{(folder|library|version|file|number|vocabulary|ending|line)}", "$1");
    }

    @Test
    void the_table_has_no_other_words() {
        assertThat(ALLOWED.values())
                .isSubsetOf(
                        EVERYBODY,
                        PROVIDERS,
                        PARTIES,
                        ORGANIZATIONS,
                        OPERATOR,
                        "consumer organization operator",
                        "consumer provider organization");
    }
}
