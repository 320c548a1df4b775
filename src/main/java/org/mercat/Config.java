// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mercat.dump.DumpPlan;
import org.mercat.sparql.Limits;

/**
 * How a catalogue runs.
 *
 * @param home folder with {@code vocabularies}, {@code shapes} and {@code queries}; empty for the packed copies
 * @param data folder of the databases, created if missing
 * @param host address to listen on
 * @param port port to listen on, 0 for any free one
 * @param baseIri start of every IRI that the catalogue gives, ending in a slash; it must stay the same for ever
 * @param demo whether to load the demonstration
 * @param operatorSecret secret of the client {@code operator}; empty to have one made at the first start
 * @param sparql limits of queries
 * @param allowPrivateWebhooks whether events may be sent to addresses of the network that this runs in
 * @param commentPeriod for which comments on a proposal are awaited before it is accepted
 * @param dumps how and when dumps are made
 */
public record Config(
        Optional<Path> home,
        Path data,
        String host,
        int port,
        String baseIri,
        boolean demo,
        Optional<String> operatorSecret,
        Limits sparql,
        boolean allowPrivateWebhooks,
        Duration commentPeriod,
        DumpPlan dumps) {
    /** Comments on a proposal are awaited so long if nothing else is said. */
    static final Duration DEFAULT_COMMENT_PERIOD = Duration.ofDays(14);

    /** With dumps as they are made if nothing else is said. */
    public Config(
            Optional<Path> home,
            Path data,
            String host,
            int port,
            String baseIri,
            boolean demo,
            Optional<String> operatorSecret,
            Limits sparql,
            boolean allowPrivateWebhooks,
            Duration commentPeriod) {
        this(
                home,
                data,
                host,
                port,
                baseIri,
                demo,
                operatorSecret,
                sparql,
                allowPrivateWebhooks,
                commentPeriod,
                DumpPlan.DEFAULT);
    }

    /** Of one query. */
    public Duration sparqlTimeLimit() {
        return sparql.time();
    }

    /** The same with another home and other data. */
    Config at(Optional<Path> otherHome, Path otherData) {
        return new Config(
                otherHome,
                otherData,
                host,
                port,
                baseIri,
                false,
                operatorSecret,
                sparql,
                allowPrivateWebhooks,
                commentPeriod,
                dumps);
    }

    /** The same with another base IRI. */
    Config at(String otherBaseIri) {
        return new Config(
                home,
                data,
                host,
                port,
                otherBaseIri,
                demo,
                operatorSecret,
                sparql,
                allowPrivateWebhooks,
                commentPeriod,
                dumps);
    }

    /** The operator's secret in a demonstration; everybody knows it. */
    public static final String DEMO_SECRET = "mercat-demonstration";

    private static final String SECRET = "[\\x21-\\x7e]{16,256}";

    /** What a configuration is made from: words, from the command line or the environment; null for not given. */
    record Words(
            String home,
            String data,
            String host,
            String port,
            String baseIri,
            boolean demo,
            String operatorSecret,
            SparqlSettings sparql,
            boolean allowPrivateWebhooks,
            String commentPeriod,
            DumpSettings dumps) {
        /** With dumps as they are made if nothing else is said. */
        Words(
                String home,
                String data,
                String host,
                String port,
                String baseIri,
                boolean demo,
                String operatorSecret,
                SparqlSettings sparql,
                boolean allowPrivateWebhooks,
                String commentPeriod) {
            this(
                    home,
                    data,
                    host,
                    port,
                    baseIri,
                    demo,
                    operatorSecret,
                    sparql,
                    allowPrivateWebhooks,
                    commentPeriod,
                    null);
        }
    }

    /** All that is wrong with a configuration, each fault with what to write instead. */
    static final class Faults extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Faults(List<String> faults) {
            super("The configuration has " + faults.size() + (faults.size() == 1 ? " fault:" : " faults:") + "\n  - "
                    + String.join("\n  - ", faults));
        }
    }

    /** Checks all of it. @throws Faults naming everything that is wrong */
    static Config of(Words words) {
        List<String> faults = new ArrayList<>();
        int port = port(words.port, faults);
        Config config = new Config(
                Optional.ofNullable(words.home).map(home -> home(home, faults)),
                data(words.data, faults),
                words.host == null ? (words.demo ? "127.0.0.1" : "0.0.0.0") : words.host,
                port,
                baseIri(words.baseIri == null ? "http://localhost:" + port + "/" : words.baseIri, faults),
                words.demo,
                secret(words, faults),
                words.sparql == null ? Limits.DEFAULT : words.sparql.limits(faults),
                words.allowPrivateWebhooks,
                commentPeriod(words.commentPeriod, faults),
                words.dumps == null ? DumpPlan.DEFAULT : words.dumps.plan(faults));
        if (!faults.isEmpty()) {
            throw new Faults(faults);
        }
        return config;
    }

    private static int port(String word, List<String> faults) {
        try {
            int port = word == null ? 8080 : Integer.parseInt(word.strip());
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        faults.add("--port (MERCAT_PORT) is \"" + word + "\": write a number from 0 to 65535, 0 for any free port.");
        return 0;
    }

    private static Path home(String word, List<String> faults) {
        Path home = path(word, "--home (MERCAT_HOME)", faults);
        if (home == null) {
            return Path.of("");
        }
        for (String folder : List.of("vocabularies", "shapes", "queries")) {
            if (!Files.isDirectory(home.resolve(folder))) {
                faults.add("--home (MERCAT_HOME) is \"" + word + "\", which has no folder \"" + folder
                        + "\": write the path of a checkout of Mercat or of a copy of its data folders.");
            }
        }
        return home;
    }

    private static Path path(String word, String option, List<String> faults) {
        try {
            return Path.of(word);
        } catch (InvalidPathException e) {
            faults.add(option + " cannot be a path (" + e.getReason() + "): write the path of a folder.");
            return null;
        }
    }

    private static Path data(String word, List<String> faults) {
        Path data = path(word == null ? "data" : word, "--data (MERCAT_DATA)", faults);
        if (data == null) {
            return Path.of("");
        }
        Path present = data.toAbsolutePath();
        while (present != null && !Files.exists(present)) {
            present = present.getParent();
        }
        if (present == null || !Files.isDirectory(present) || !Files.isWritable(present)) {
            faults.add("--data (MERCAT_DATA) is \"" + data + "\", and \"" + present
                    + "\" is not a folder that can be written: write a path below one that can.");
        }
        return data;
    }

    private static String baseIri(String word, List<String> faults) {
        try {
            URI uri = new URI(word);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web
                    && uri.getHost() != null
                    && word.endsWith("/")
                    && uri.getQuery() == null
                    && uri.getFragment() == null
                    && uri.getUserInfo() == null
                    && uri.normalize().equals(uri)) {
                return word;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        faults.add(
                "--base-iri (MERCAT_BASE_IRI) is \"" + word
                        + "\": write the address people reach the catalogue at, http or https, ending in a slash, such as https://catalogue.example.org/ .");
        return word;
    }

    private static Optional<String> secret(Words words, List<String> faults) {
        if (words.operatorSecret == null) {
            return words.demo ? Optional.of(DEMO_SECRET) : Optional.empty();
        }
        if (!words.operatorSecret.matches(SECRET)) {
            faults.add("MERCAT_OPERATOR_SECRET has " + words.operatorSecret.length()
                    + " characters: write 16 to 256 letters, digits and signs of ASCII without spaces,"
                    + " or leave it out and one is made at the first start.");
        }
        if (!words.demo && words.operatorSecret.equals(DEMO_SECRET)) {
            faults.add("MERCAT_OPERATOR_SECRET is the demonstration's, which everybody knows: choose another.");
        }
        return Optional.of(words.operatorSecret);
    }

    private static Duration commentPeriod(String word, List<String> faults) {
        if (word == null) {
            return DEFAULT_COMMENT_PERIOD;
        }
        if (word.strip().matches("\\d{1,3}") && Integer.parseInt(word.strip()) <= 366) {
            return Duration.ofDays(Integer.parseInt(word.strip()));
        }
        faults.add("--comment-period (MERCAT_COMMENT_PERIOD) is \"" + word
                + "\": write days, 0 to 366; with 0 a proposal can be accepted at once.");
        return DEFAULT_COMMENT_PERIOD;
    }
}
