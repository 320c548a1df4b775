// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDF;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.ns.MC;
import org.mercat.rdf.Store;

/** Starting, and refusing to, and stopping: with the real program. */
class StartAndStopTest {
    private static final int LINES = 800;

    /** What a JVM ends with after SIGTERM, or after a clean end. */
    private static final Integer[] STOPPED = {143, 0};

    @TempDir
    private Path data;

    @Test
    void a_request_under_way_is_answered_whole_and_new_ones_are_refused_when_it_is_told_to_stop() throws Exception {
        try (Program program = Program.serve(data)) {
            String token = program.token();
            program.registerProvider(token);
            int port = program.port();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                    Socket unused = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(30_000);
                unused.setSoTimeout(30_000);
                OutputStream out = socket.getOutputStream();
                out.write(("POST /offerings HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                                + token
                                + "\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                send(out, 0, LINES / 2);
                awaitTrue(() -> countOfOfferings(program) > 0);
                unused.getOutputStream()
                        .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(unused.getInputStream().read()).isEqualTo('H');
                program.stop();
                awaitTrue(() -> isRefused(port));
                assertThat(unused.getInputStream().readAllBytes())
                        .as("what is said to a connection that is kept open for the next request, before it is closed")
                        .asString(StandardCharsets.US_ASCII)
                        .endsWith("{\"status\":\"live\"}");
                assertThat(program.process().waitFor(2_500, TimeUnit.MILLISECONDS))
                        .as("ended under a request that stands still for a moment")
                        .isFalse();
                send(out, LINES / 2, LINES);
                out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                BufferedReader answer =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                assertThat(answer.lines().filter(line -> line.startsWith("{") && line.contains("\"status\":201")))
                        .hasSize(LINES);
            }
            assertThat(program.exit()).as(program.output()).isIn((Object[]) STOPPED);
            assertThat(program.output())
                    .contains("Stopping", "Mercat has stopped.")
                    .doesNotContain("\tat ");
        }
        try (Store store = Store.open(data)) {
            assertThat(store.<Integer>read(catalogue -> catalogue
                            .getUnionGraph()
                            .find(Node.ANY, RDF.Nodes.type, MC.Offering)
                            .toList()
                            .size()))
                    .isEqualTo(LINES);
        }
    }

    private static void send(OutputStream out, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            byte[] line = (Program.offering("o" + i, "number " + i) + "\n").getBytes(StandardCharsets.UTF_8);
            out.write((Integer.toHexString(line.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(line);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.flush();
    }

    private static int countOfOfferings(Program program) {
        try {
            return program.query("SELECT ?s { ?s a <" + MC.Offering + "> }").size();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean isRefused(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String status = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return status == null || status.contains(" 503 ");
        } catch (IOException e) {
            return true;
        }
    }

    private static void awaitTrue(BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("deadline").isBefore(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void stopping_while_it_starts_leaves_a_folder_that_starts_again() throws Exception {
        for (int millis : new int[] {500, 1_200, 1_900}) {
            try (Program program = Program.serve(data, "--demo")) {
                program.process().waitFor(millis, TimeUnit.MILLISECONDS);
                program.stop();
                assertThat(program.exit()).as(program.output()).isIn((Object[]) STOPPED);
                assertThat(program.output()).doesNotContain("\tat ");
            }
        }
        try (Program program = Program.serve(data, "--demo")) {
            assertThat(program.query("SELECT ?s { ?s a <" + MC.Offering + "> }"))
                    .hasSizeGreaterThan(30);
        }
    }

    @Test
    void a_port_in_use_is_said_and_the_program_ends() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                Program program = Program.serve(data, "--port", String.valueOf(taken.getLocalPort()))) {
            assertRefused(program, "Port " + taken.getLocalPort() + " of 127.0.0.1 is in use", "--port");
        }
    }

    @Test
    void an_address_that_is_not_ours_is_said_and_the_program_ends() {
        try (Program program = Program.run("serve", "--host", "192.0.2.1", "--port", "0", "--data", data.toString())) {
            assertRefused(program, "Cannot listen on 192.0.2.1", "--host");
        }
    }

    @Test
    void a_data_folder_in_use_is_named_with_who_has_it() {
        try (Program first = Program.serve(data)) {
            first.port();
            for (String[] command :
                    new String[][] {{"serve", "--port", "0"}, {"export"}, {"reindex"}, {"load", "pom.xml"}}) {
                try (Program second = Program.run(with(command, "--data", data.toString()))) {
                    assertRefused(
                            second,
                            "The data folder " + data + " is in use by another process ("
                                    + first.process().pid() + ")");
                }
            }
        }
    }

    private static String[] with(String[] command, String... more) {
        String[] all = java.util.Arrays.copyOf(command, command.length + more.length);
        System.arraycopy(more, 0, all, command.length, more.length);
        return all;
    }

    @Test
    void a_data_folder_that_cannot_be_written_is_named() throws IOException {
        Path file = Files.writeString(data.resolve("file"), "not a folder");
        try (Program program = Program.serve(file)) {
            assertRefused(program, "--data (MERCAT_DATA) is \"" + file + "\"");
        }
        Files.writeString(data.resolve("catalogue"), "not a folder");
        try (Program program = Program.serve(data)) {
            assertRefused(program, data.resolve("catalogue") + " cannot be made or written");
        }
    }

    @Test
    void another_base_iri_than_that_of_the_data_is_refused() {
        try (Program program = Program.serve(data)) {
            program.port();
            program.stop();
            assertThat(program.exit()).isIn((Object[]) STOPPED);
        }
        try (Program program =
                Program.run("serve", "--port", "0", "--data", data.toString(), "--base-iri", "http://other.example/")) {
            assertRefused(
                    program,
                    "http://localhost/ ,",
                    "not http://other.example/",
                    "--base-iri http://localhost/",
                    "MERCAT_BASE_IRI");
        }
        try (Program program = Program.serve(data)) {
            assertThat(program.port()).isPositive();
        }
    }

    private static void assertRefused(Program program, String... words) {
        assertThat(program.exit()).as(program.output()).isNotZero();
        assertThat(program.output()).contains(words).doesNotContain("\tat ").doesNotContain("Exception");
    }
}
