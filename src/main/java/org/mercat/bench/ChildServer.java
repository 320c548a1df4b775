// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.mercat.bench.Workload.Request;

/** A server in a Java process of its own, so that its memory is its own and its load is the only one in there. */
record ChildServer(Process process, String base) implements AutoCloseable {
    private static final String SECRET = "only-for-this-benchmark";
    private static final long START_LIMIT_NS = TimeUnit.MINUTES.toNanos(5);

    /**
     * What runs in the process.
     *
     * @param heap in GiB, at most
     * @param mainClass of this program's class path
     * @param arguments in which {@code {port}} stands for the port of a server
     */
    record Program(int heap, String mainClass, List<String> arguments) {
        private Process start(Path log, int port) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + heap + "g",
                    "-XX:+UseParallelGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    mainClass));
            arguments.forEach(argument -> command.add(argument.replace("{port}", String.valueOf(port))));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().put("MERCAT_OPERATOR_SECRET", SECRET);
            return builder.start();
        }
    }

    /**
     * Starts a server and waits until a path answers.
     *
     * @param log where its output goes
     * @param probe path that answers 200 when it is ready
     */
    static ChildServer start(Path log, String probe, Program program) {
        try {
            int port = freePort();
            ChildServer server = new ChildServer(program.start(log, port), "http://localhost:" + port);
            server.await(probe, log);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a catalogue.
     *
     * @param work folder for its log
     * @param data its data folder
     * @param heap in GiB, at most
     * @param options for the command {@code serve}, besides
     */
    static ChildServer catalogue(Path work, Path data, int heap, String... options) {
        List<String> words =
                new ArrayList<>(List.of("serve", "--port", "{port}", "--host", "127.0.0.1", "--data", data.toString()));
        words.addAll(List.of(options));
        return start(work.resolve("mercat.log"), "/health/ready", new Program(heap, "org.mercat.Main", words));
    }

    /** A token of the catalogue's operator. */
    String token() {
        return token("operator", SECRET);
    }

    /** A token of one of the catalogue's clients. */
    String token(String client, String secret) {
        String basic = Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        byte[] answer = Workload.send(new Request(
                "POST",
                base + "/oauth/token",
                Map.of("Authorization", "Basic " + basic, "Content-Type", "application/x-www-form-urlencoded"),
                "grant_type=client_credentials".getBytes(StandardCharsets.UTF_8)));
        try {
            return new ObjectMapper().readTree(answer).path("access_token").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs a program to its end.
     *
     * @param log where its output goes
     * @throws IllegalStateException with that output if it fails
     */
    static void run(Path log, Program program) {
        try {
            Process process = program.start(log, 0);
            try {
                if (process.waitFor() != 0) {
                    throw new IllegalStateException(
                            program.mainClass + " " + program.arguments + " failed:\n" + textOf(log));
                }
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void await(String probe, Path log) {
        long deadline = System.nanoTime() + START_LIMIT_NS;
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                if (answers(probe)) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException("The server did not start:\n" + textOf(log));
    }

    private boolean answers(String probe) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(base + probe).toURL().openConnection();
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    private static String textOf(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "(" + log + " cannot be read)";
        }
    }

    /** The most memory it ever had, MiB; 0 where the system does not tell. */
    long peakMemory() {
        return memory("VmHWM:");
    }

    /** The memory that it has now, MiB; 0 where the system does not tell. */
    long memory() {
        return memory("VmRSS:");
    }

    private long memory(String figure) {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith(figure))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
