// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.HashMap;
import java.util.Map;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.irix.IRIxResolver;
import org.apache.jena.riot.RIOT;
import org.apache.jena.riot.lang.LangTurtle;
import org.apache.jena.riot.system.ErrorHandler;
import org.apache.jena.riot.system.FactoryRDFStd;
import org.apache.jena.riot.system.ParserProfileStd;
import org.apache.jena.riot.system.PrefixMapFactory;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFLib;
import org.apache.jena.riot.tokens.TokenizerText;

/** Reads Turtle (and so N-Triples) and remembers the line of each subject and property. */
public final class TurtleReader {
    private record Key(Node subject, Node property) {}

    private final Map<Key, Integer> lines = new HashMap<>();

    /** @throws Unreadable at the first error, with its line and column */
    void read(String text, String base, Graph into) {
        read(text, base, new LimitedStream(StreamRDFLib.graph(into)));
    }

    private void read(String text, String base, StreamRDF into) {
        Profile profile = new Profile(base);
        var tokenizer = TokenizerText.create()
                .fromString(text)
                .errorHandler(new Strict())
                .build();
        new LangTurtle(tokenizer, profile, into).parse();
    }

    /** Reads a whole file, of any size, into a graph. @throws Unreadable at the first error, with its line and column */
    public static void readFile(String text, Graph into) {
        OtherSyntax.of(text).ifPresent(mend -> {
            throw new Unreadable(mend, 1, 1);
        });
        try {
            new TurtleReader().read(text, "urn:mercat:file", StreamRDFLib.graph(into));
        } catch (StackOverflowError e) {
            throw new Unreadable("brackets are nested too deeply to be read: name some of the nodes", 0, 0);
        }
    }

    /**
     * Reads a file of the home.
     *
     * @throws IllegalStateException at the first error, naming the file, the line and the column
     */
    public static void readFile(String path, String text, Graph into) {
        try {
            readFile(text, into);
        } catch (Unreadable e) {
            Fault fault = e.faults().get(0);
            throw new IllegalStateException(
                    path + ", line " + fault.line() + ", column " + fault.column() + ": " + fault.message(), e);
        }
    }

    /** The first line that says that property of the subject, or that says anything of it; 0 if there is none. */
    int lineOf(Node subject, Node property) {
        Integer line = lines.get(new Key(subject, property));
        return line != null ? line : lines.getOrDefault(new Key(subject, Node.ANY), 0);
    }

    private final class Profile extends ParserProfileStd {
        Profile(String base) {
            super(
                    new FactoryRDFStd(),
                    new Strict(),
                    IRIxResolver.create(base).build(),
                    PrefixMapFactory.create(),
                    RIOT.getContext(),
                    true,
                    false);
        }

        @Override
        public Triple createTriple(Node subject, Node property, Node object, long line, long column) {
            lines.putIfAbsent(new Key(subject, property), (int) line);
            lines.putIfAbsent(new Key(subject, Node.ANY), (int) line);
            return super.createTriple(subject, property, object, line, column);
        }
    }

    /** Errors end the reading; warnings (an odd lexical form) are left to the shapes. */
    static final class Strict implements ErrorHandler {
        @Override
        public void warning(String message, long line, long column) {}

        @Override
        public void error(String message, long line, long column) {
            throw new Unreadable(message, (int) Math.max(line, 0), (int) Math.max(column, 0));
        }

        @Override
        public void fatal(String message, long line, long column) {
            error(message, line, column);
        }
    }
}
