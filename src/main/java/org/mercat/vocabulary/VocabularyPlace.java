// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.jena.graph.Graph;
import org.apache.jena.sparql.graph.GraphFactory;
import org.mercat.rdf.Fault;
import org.mercat.rdf.TurtleReader;
import org.mercat.rdf.Unreadable;

/**
 * Where vocabularies are read from: a file, a folder, or a revision of git with or without a path, such as {@code
 * HEAD~1}, {@code main:vocabularies} or {@code v1.0:vocabularies/core.ttl}.
 */
public final class VocabularyPlace {
    private static final String USUAL_FOLDER = "vocabularies";

    private final Path folder;

    /** @param folder that relative paths start from, inside the working copy if revisions are asked for */
    public VocabularyPlace(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads what is there.
     *
     * @param name of the place
     * @param other the place it is compared with, whose path is taken for a revision without one
     * @return graph by file
     * @throws IllegalArgumentException if there is no such place, or a file has an error, with line and column
     */
    public SortedMap<String, Graph> read(String name, String other) {
        SortedMap<String, Graph> graphs = new TreeMap<>();
        Path place = folder.resolve(name);
        if (Files.exists(place)) {
            for (Path file : TurtleFiles.below(List.of(place))) {
                String key = (Files.isDirectory(place) ? place.relativize(file) : file.getFileName()).toString();
                graphs.put(key, parsed(file.toString(), () -> TurtleFiles.read(file)));
            }
            return graphs;
        }
        var git = new Git(folder);
        String object = name.contains(":") ? name : name + ":" + pathOf(other);
        if (!name.contains(":") && !git.isRevision(name)) {
            throw new IllegalArgumentException("There is no file, folder or revision " + name + ".");
        }
        git.turtle(object).forEach((file, bytes) -> {
            String shown = object.endsWith(file) ? object : object + "/" + file;
            graphs.put(file, parsed(shown, () -> TurtleFiles.text(bytes)));
        });
        return graphs;
    }

    /** As git takes it: below the folder with {@code ./}, else below the root. */
    private String pathOf(String other) {
        Path here = folder.toAbsolutePath().normalize();
        Path path = here.resolve(other).normalize();
        if (Files.exists(path) && path.startsWith(here)) {
            return "./" + here.relativize(path).toString().replace('\\', '/');
        }
        return !Files.exists(path) && other.contains(":")
                ? other.substring(other.indexOf(':') + 1)
                : "./" + USUAL_FOLDER;
    }

    private static Graph parsed(String file, Supplier<String> text) {
        Graph graph = GraphFactory.createDefaultGraph();
        try {
            TurtleReader.readFile(text.get(), graph);
            return graph;
        } catch (Unreadable e) {
            Fault fault = e.faults().get(0);
            String position = fault.line() > 0 ? ":" + fault.line() + ":" + fault.column() : "";
            throw new IllegalArgumentException(file + position + ": " + fault.message(), e);
        }
    }

    /** Prefixes that the files bind, to write IRIs short; namespace by prefix. */
    static SortedMap<String, String> prefixes(Iterable<Graph> graphs) {
        SortedMap<String, String> prefixes = new TreeMap<>();
        graphs.forEach(graph -> graph.getPrefixMapping().getNsPrefixMap().forEach(prefixes::putIfAbsent));
        prefixes.remove(""); // would stand for another namespace in each file
        return prefixes;
    }
}
