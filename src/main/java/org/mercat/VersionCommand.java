// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "version", description = "Prints which version this is, and of Java and Jena.")
final class VersionCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String own = Main.class.getPackage().getImplementationVersion();
            return new String[] {
                "mercat " + (own == null ? "development" : own),
                "jena " + org.apache.jena.Jena.VERSION + ", java " + Runtime.version()
            };
        }
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        for (String line : new Provider().getVersion()) {
            out.println(line);
        }
    }
}
