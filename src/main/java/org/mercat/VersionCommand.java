// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.jena.Jena;
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
                "mercat " + (own == null ? "development" : own), "jena " + jena() + ", java " + Runtime.version()
            };
        }

        /** Jena itself reads its version from the manifest of its jar, which in ours is our own. */
        private static String jena() {
            Properties jena = new Properties();
            try (InputStream in =
                    Jena.class.getResourceAsStream("/META-INF/maven/org.apache.jena/jena-core/pom.properties")) {
                jena.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return jena.getProperty("version");
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
