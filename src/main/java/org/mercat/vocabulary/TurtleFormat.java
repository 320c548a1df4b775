// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import org.apache.jena.graph.Graph;
import org.apache.jena.sparql.graph.GraphFactory;
import org.mercat.rdf.TurtleReader;
import org.mercat.rdf.Unreadable;

/**
 * One way to write Turtle, so that differences between files are differences in what they say. Comments stay with what
 * they stand at, and a text that is formatted already stays as it is.
 *
 * @see <a href="https://www.w3.org/TR/turtle/">RDF 1.1 Turtle</a>
 */
public final class TurtleFormat {
    private TurtleFormat() {}

    /**
     * Formats a whole file.
     *
     * @throws Unreadable at the first error of syntax, with its line and column
     * @throws IllegalStateException if the result would say something else; this is a fault of the program
     */
    public static String format(String text) {
        try {
            Graph before = graph(text);
            String formatted = TurtlePrinter.print(TurtleTidying.tidy(TurtleParser.parse(text)));
            if (!isSame(before, formatted)) {
                throw new IllegalStateException(
                        "formatted, it would not say the same. That is a fault of this program: please report it with the file");
            }
            return formatted;
        } catch (StackOverflowError e) {
            throw new Unreadable("brackets are nested too deeply to be read: name some of the nodes", 0, 0);
        }
    }

    private static boolean isSame(Graph before, String formatted) {
        try {
            return before.isIsomorphicWith(graph(formatted));
        } catch (Unreadable e) {
            return false;
        }
    }

    private static Graph graph(String text) {
        Graph graph = GraphFactory.createDefaultGraph();
        TurtleReader.readFile(text, graph);
        return graph;
    }
}
