// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.RDF;
import org.mercat.rdf.Syntax;
import org.mercat.rdf.TurtleReader;
import org.mercat.rdf.Unreadable;
import org.mercat.rdf.Vocabularies;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of vocabularies that a catalogue has published: {@code NAME/VERSION.ttl} below a folder, beside the
 * databases and not in them, where queries would find terms as they were. A version is kept as it was last published
 * under its {@code owl:versionInfo}. For any number of threads.
 */
public final class VersionArchive {
    private static final Logger LOG = LoggerFactory.getLogger(VersionArchive.class);

    /** What can name a file everywhere, and leads nowhere else. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]{0,99}");

    private static final String ENDING = ".ttl";

    /** A file as it was at a time. */
    private record State(Path file, FileTime modified) {}

    private final Path folder;
    private final Map<State, Boolean> readable = new ConcurrentHashMap<>();
    private final Cache<State, Graph> read =
            Caffeine.newBuilder().maximumSize(100).build();

    /** @param folder is made when the first version is kept */
    public VersionArchive(Path folder) {
        this.folder = folder;
    }

    /**
     * Keeps the versions that vocabularies have now, if they are not kept as they are already.
     *
     * @throws UncheckedIOException if the folder cannot be written
     */
    public synchronized void keep(Vocabularies vocabularies) {
        vocabularies.byName().forEach((name, graph) -> {
            String version = versionOf(graph);
            if (isSafe(name) && isSafe(version)) {
                if (graph(name, version).filter(graph::isIsomorphicWith).isEmpty()) {
                    write(file(name, version), Syntax.TURTLE.write(graph));
                }
            } else {
                LOG.warn(
                        "The version \"{}\" of the vocabulary {} is not kept: write owl:versionInfo with letters, digits and dots, such as \"1.0.0\"",
                        version,
                        name);
            }
        });
    }

    /** {@code owl:versionInfo} of a vocabulary; empty if it says none. */
    static String versionOf(Graph vocabulary) {
        return vocabulary
                .find(Vocabularies.ontologyOf(vocabulary), OWL.versionInfo.asNode(), Node.ANY)
                .mapWith(triple -> triple.getObject())
                .filterKeep(Node::isLiteral)
                .nextOptional()
                .map(Node::getLiteralLexicalForm)
                .orElse("");
    }

    /** The versions of a vocabulary that are kept and can be read, the oldest first. */
    List<String> versions(String name) {
        if (!isSafe(name) || !Files.isDirectory(folder.resolve(name))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(ENDING))
                    .map(file -> file.substring(0, file.length() - ENDING.length()))
                    .filter(version -> isReadable(name, version))
                    .sorted(new VersionOrder())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The versions of " + name + " cannot be listed", e);
        }
    }

    /** A vocabulary as it was in a version, not to be changed; empty if that is not kept or its file is broken. */
    Optional<Graph> graph(String name, String version) {
        if (!isSafe(name) || !isSafe(version) || !Files.isRegularFile(file(name, version))) {
            return Optional.empty();
        }
        try {
            Path file = file(name, version);
            Graph graph = read.get(new State(file, Files.getLastModifiedTime(file)), VersionArchive::parse);
            return Optional.of(graph).filter(parsed -> !parsed.isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException("Version " + version + " of " + name + " cannot be read", e);
        }
    }

    /** Remembered, so that a list does not read all files each time. */
    private boolean isReadable(String name, String version) {
        try {
            State state = new State(file(name, version), Files.getLastModifiedTime(file(name, version)));
            return readable.computeIfAbsent(
                    state, unknown -> graph(name, version).isPresent());
        } catch (IOException e) {
            throw new UncheckedIOException("Version " + version + " of " + name + " cannot be read", e);
        }
    }

    /** Empty of a file that is broken, so that it does not keep others from being read. */
    private static Graph parse(State state) {
        Graph graph = GraphFactory.createDefaultGraph();
        try {
            TurtleReader.readFile(Files.readString(state.file), graph);
            if (graph.contains(Node.ANY, RDF.Nodes.type, OWL.Ontology.asNode())) {
                return graph;
            }
            LOG.error("{} is left out: it declares no owl:Ontology", state.file);
        } catch (Unreadable e) {
            LOG.error(
                    "{} is left out, line {}: {}", state.file, e.faults().get(0).line(), e.getMessage());
        } catch (IOException e) {
            LOG.error("{} is left out", state.file, e);
        }
        return Graph.emptyGraph;
    }

    private static boolean isSafe(String name) {
        return SAFE.matcher(name).matches();
    }

    private Path file(String name, String version) {
        return folder.resolve(name).resolve(version + ENDING);
    }

    /** The whole file or none of it, even if the power goes. */
    private static void write(Path file, byte[] content) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel out = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The vocabulary cannot be kept in " + file, e);
        }
    }
}
