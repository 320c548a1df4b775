// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a Java process of its own, so that its memory is its own and its load is the only one in there. */
record ChildServer(Process process, String base) implements AutoCloseable {
    private static final long START_LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    /**
     * Starts a main class of this program's class path and waits until a path answers.
     *
     * @param log where its output goes
     * @param probe path that answers 200 when it is ready
     * @param arguments in which {@code {port}} stands for the port
     */
    static ChildServer start(Path log, String mainClass, String probe, List<String> arguments) {
        try {
            int port = freePort();
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx2g",
                    "-XX:+UseParallelGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    mainClass));
            arguments.forEach(argument -> command.add(argument.replace("{port}", String.valueOf(port))));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().put("MERCAT_OPERATOR_SECRET", RegisterBenchmark.SECRET);
            ChildServer server = new ChildServer(builder.start(), "http://localhost:" + port);
            server.await(probe, log);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
                HttpURLConnection connection =
                        (HttpURLConnection) URI.create(base + probe).toURL().openConnection();
                if (connection.getResponseCode() == 200) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (IOException e) {
                Thread.onSpinWait(); // not listening yet
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException("The server did not start:\n" + textOf(log));
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
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
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

    /** Deletes a folder and all that is in it. */
    static void delete(Path folder) {
        File[] files = folder.toFile().listFiles();
        for (File file : files == null ? new File[0] : files) {
            if (file.isDirectory()) {
                delete(file.toPath());
            } else if (!file.delete()) {
                file.deleteOnExit();
            }
        }
        if (!folder.toFile().delete()) {
            folder.toFile().deleteOnExit();
        }
    }
}
