// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine;

/** How a command ended and what it said. */
record Run(int exit, String out, String err) {
    static Run of(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commands = Main.commandLine();
        commands.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return new Run(commands.execute(words), out.toString(), err.toString());
    }

    /** A command on a data folder, with the base IRI of the {@link TestServer}. */
    static Run on(Path data, String command, String... words) {
        Stream<String> settings = Stream.of(command, "--data", data.toString(), "--base-iri", TestServer.BASE);
        return of(Stream.concat(settings, Stream.of(words)).toArray(String[]::new));
    }
}
