// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mercat.sparql.SparqlService;

/** Walks every path with every method: which there are, a client learns by OPTIONS and from any 405. */
class MethodsTest {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND");

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    /** The methods of each path: those of its routes, HEAD beside GET, and OPTIONS. */
    private static Map<String, Set<String>> paths() {
        Map<String, Set<String>> paths = new TreeMap<>();
        SERVER.catalogue()
                .routes()
                .forEach(route -> paths.computeIfAbsent(route.path(), path -> new TreeSet<>(Set.of("OPTIONS")))
                        .add(route.method().name()));
        paths.put(SparqlService.PATH, new TreeSet<>(Set.of("GET", "POST", "OPTIONS")));
        paths.values().stream().filter(methods -> methods.contains("GET")).forEach(methods -> methods.add("HEAD"));
        return paths;
    }

    private static Set<String> allowed(Answer answer) {
        return new TreeSet<>(Arrays.asList(answer.header("Allow").split(", *")));
    }

    private static Answer send(String method, String path) {
        return SERVER.as(TestServer.NOBODY).send(method, path.replaceAll("[{}]", ""), null, (byte[]) null);
    }

    @TestFactory
    Stream<DynamicTest> options_answers_the_methods_of_every_path_204() {
        return paths().entrySet().stream()
                .map(path -> dynamicTest(path.getKey(), () -> {
                    Answer answer = send("OPTIONS", path.getKey());
                    assertThat(answer.status()).as("%s", answer).isIn(200, 204);
                    assertThat(allowed(answer)).isEqualTo(path.getValue());
                    assertThat(answer.text()).isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> every_other_method_of_every_path_is_405() {
        return paths().entrySet().stream()
                .flatMap(path -> METHODS.stream()
                        .filter(method -> !path.getValue().contains(method))
                        .map(method -> dynamicTest(method + " " + path.getKey(), () -> {
                            Answer answer = send(method, path.getKey()).mustBe(405);
                            assertThat(allowed(answer)).as("%s", answer).isEqualTo(path.getValue());
                            if (!method.equals("HEAD")) {
                                assertThat(answer.mustBeProblem(405).detail()).contains(path.getValue());
                            }
                        })));
    }

    @Test
    void another_method_is_405_for_a_browser_too() {
        Answer answer = SERVER.as(TestServer.NOBODY)
                .with("Accept", "text/html")
                .get("/oauth/token")
                .mustBe(405);
        assertThat(allowed(answer)).containsExactlyInAnyOrder("POST", "OPTIONS");
    }

    @TestFactory
    Stream<DynamicTest> head_has_the_status_and_the_headers_of_get() {
        return paths().entrySet().stream()
                .filter(path -> path.getValue().contains("GET"))
                .map(path -> dynamicTest(path.getKey(), () -> {
                    Answer get = send("GET", path.getKey());
                    Answer head = send("HEAD", path.getKey());
                    assertThat(head.status()).isEqualTo(get.status());
                    assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
                    assertThat(head.text()).isEmpty();
                }));
    }

    @Test
    void what_is_no_path_is_404_whatever_the_method() {
        for (String method : List.of("GET", "PUT", "OPTIONS", "PROPFIND")) {
            assertThat(send(method, "/nothing").mustBeProblem(404).header("Allow"))
                    .isEmpty();
        }
    }

    @Test
    void head_of_a_query_is_200_without_a_body() {
        String query = SparqlService.PATH + "?query=ASK%7B%7D";
        assertThat(send("HEAD", query).mustBe(200).text()).isEmpty();
    }

    @Test
    void head_of_a_file_of_the_pages_is_200() {
        String docs = send("GET", "/docs").text();
        String file = docs.substring(docs.indexOf("/webjars/"), docs.indexOf('"', docs.indexOf("/webjars/")));
        assertThat(send("HEAD", file).mustBe(200).text()).isEmpty();
    }
}
