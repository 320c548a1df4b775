// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer that is cut is seen to be: a problem, or a connection that breaks before the last chunk. */
class WholeAnswersTest {
    private static final int ROWS = 1_000;
    private static final String LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f }";
    private static final String SHORT = "SELECT * { ?a ?b ?c } LIMIT 3";
    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";

    private static SparqlServer server;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = new SparqlServer(
                data, new Limits(Duration.ofSeconds(10), 1, ROWS, 1 << 20, Duration.ZERO, Duration.ofSeconds(1)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** What the server sends until it closes the connection. */
    private static String raw(String version, String headers, String query) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String request = "GET /sparql?query=" + SparqlServer.encode(query) + " HTTP/" + version
                    + "\r\nHost: localhost\r\nAccept: text/csv\r\n" + headers + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_cut_answer_has_no_last_chunk_even_if_the_client_wants_the_connection_closed() throws IOException {
        String cut = raw("1.1", "Connection: close\r\n", LONG);
        assertThat(cut.split("\r\n\r\n")[0]).containsIgnoringCase("Transfer-Encoding: chunked");
        assertThat(cut).startsWith("HTTP/1.1 200").doesNotEndWith(LAST_CHUNK);
        assertThat(cut.lines().count()).isGreaterThan(100);
        assertThat(raw("1.1", "Connection: close\r\n", SHORT)).endsWith(LAST_CHUNK);
    }

    @Test
    void a_client_of_http_1_0_gets_the_whole_answer_or_a_problem() throws IOException {
        assertThat(raw("1.0", "", LONG)).startsWith("HTTP/1.1 400").contains("at most " + ROWS + " rows");
        assertThat(raw("1.0", "", SHORT)).startsWith("HTTP/1.1 200").contains("Content-Length: ");
    }

    @Test
    void more_rows_than_there_may_be_break_the_connection_and_a_limit_beyond_them_is_400() {
        String cut;
        try {
            cut = server.trySend(server.request("/sparql?query=" + SparqlServer.encode(LONG)))
                    .body();
        } catch (IOException e) {
            cut = "cut: " + e.getMessage();
        }
        assertThat(cut).startsWith("cut: ");
        HttpResponse<String> response = server.get(LONG + " LIMIT " + (ROWS + 1));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("LIMIT 1001", "in parts", "dump");
        assertThat(server.rows(server.get(LONG + " LIMIT " + ROWS))).hasSize(ROWS);
    }

    @Test
    void more_bytes_than_there_may_be_break_the_connection() {
        String query =
                "SELECT ?x { ?a ?b ?c BIND(REPLACE(\"" + "x".repeat(2_000) + "\", \"x\", \"yy\") AS ?x) } LIMIT 900";
        String cut;
        try {
            cut = server.trySend(server.request("/sparql?query=" + SparqlServer.encode(query)))
                    .body();
        } catch (IOException e) {
            cut = "cut: " + e.getMessage();
        }
        assertThat(cut).startsWith("cut: ");
    }

    @Test
    void a_graph_that_is_too_large_is_400_before_its_first_triple() {
        HttpResponse<String> response =
                server.get("CONSTRUCT { ?a ?e ?f } WHERE { ?a ?b ?c . ?d ?e ?f }", "text/turtle", "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("more than 250000 triples", "in parts");
    }
}
