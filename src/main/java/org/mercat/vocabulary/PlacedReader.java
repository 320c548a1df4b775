// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.irix.IRIxResolver;
import org.apache.jena.riot.RIOT;
import org.apache.jena.riot.lang.LangTurtle;
import org.apache.jena.riot.system.ErrorHandler;
import org.apache.jena.riot.system.FactoryRDFStd;
import org.apache.jena.riot.system.ParserProfileStd;
import org.apache.jena.riot.system.PrefixMapFactory;
import org.apache.jena.riot.system.StreamRDFBase;
import org.apache.jena.riot.tokens.TokenizerText;

/** Reads a Turtle file with the place of every statement, and finds what is wrong with its syntax. */
final class PlacedReader {
    static final String RULE = "syntax";
    static final String REPEATED = "said-twice";

    /** What relative IRIs are taken to be relative to, a name that no host can have (RFC 2606). */
    static final String NO_BASE = "http://relative.invalid/";

    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");
    private static final Pattern PREFIX = Pattern.compile(
            "^[ \\t]*@?prefix[ \\t]+([^\\s:<>\"]*):[ \\t]*<([^>\\n]*)>", Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

    /** A file, and its findings; where it cannot be read, what stands before the error. */
    record Reading(PlacedGraph file, List<Finding> findings, boolean complete) {}

    private final PlacedGraph file;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<Node> repeated = new HashSet<>();

    private PlacedReader(String name) {
        file = new PlacedGraph(name);
    }

    /** Reads a file of any content; what is wrong with it is in the answer. */
    static Reading read(Source source) {
        PlacedReader reader = new PlacedReader(source.name());
        boolean complete = false;
        try {
            String text = SourceText.of(source);
            reader.prefixes(text);
            reader.parse(text);
            complete = true;
        } catch (SyntaxFault fault) {
            reader.add(Severity.ERROR, fault.place(), fault.getMessage());
        } catch (StackOverflowError e) {
            reader.add(
                    Severity.ERROR,
                    Place.UNKNOWN,
                    "Brackets are nested too deeply to be read: name the inner nodes with IRIs of their own.");
        }
        return new Reading(reader.file, reader.findings, complete);
    }

    private void parse(String text) {
        var tokenizer = TokenizerText.create()
                .fromString(text)
                .errorHandler(new Handler())
                .build();
        new LangTurtle(tokenizer, new Profile(), new StreamRDFBase()).parse();
    }

    private void prefixes(String text) {
        Matcher declarations = PREFIX.matcher(text);
        int line = 1;
        int counted = 0;
        while (declarations.find()) {
            for (; counted < declarations.start(1); counted++) {
                line += text.charAt(counted) == '\n' ? 1 : 0;
            }
            int column = declarations.start(1) - text.lastIndexOf('\n', declarations.start(1));
            file.addPrefix(declarations.group(1), declarations.group(2), new Place(line, column));
        }
    }

    private void add(Severity severity, Place place, String message) {
        findings.add(new Finding(severity, RULE, file.name(), place, message));
    }

    private final class Profile extends ParserProfileStd {
        /** Where each IRI and blank node stood last: of those of a statement, where they stand in it. */
        private final Map<Node, Place> last = new HashMap<>();

        private boolean hasBase;

        Profile() {
            super(
                    new FactoryRDFStd(),
                    new Handler(),
                    IRIxResolver.create(NO_BASE).build(),
                    PrefixMapFactory.create(),
                    RIOT.getContext(),
                    true,
                    false);
        }

        @Override
        public void setBaseIRI(String base) {
            hasBase = true;
            super.setBaseIRI(base);
        }

        @Override
        public String resolveIRI(String iri, long line, long column) {
            reportRelative(iri, line, column);
            return super.resolveIRI(iri, line, column);
        }

        @Override
        public Node createURI(String iri, long line, long column) {
            return placed(super.createURI(iri, line, column), line, column);
        }

        @Override
        public Node createBlankNode(Node scope, long line, long column) {
            return placed(super.createBlankNode(scope, line, column), line, column);
        }

        @Override
        public Node createBlankNode(Node scope, String label, long line, long column) {
            return placed(super.createBlankNode(scope, label, line, column), line, column);
        }

        private Node placed(Node node, long line, long column) {
            last.put(node, Place.of(line, column));
            return node;
        }

        private void reportRelative(String iri, long line, long column) {
            if (!hasBase && !iri.startsWith("http") && !ABSOLUTE.matcher(iri).lookingAt()) {
                add(
                        Severity.ERROR,
                        Place.of(line, column),
                        "<" + iri + "> is a relative IRI, which means something else wherever the file lies: write the"
                                + " whole IRI, or prefix:name.");
            }
        }

        @Override
        public Triple createTriple(Node subject, Node property, Node object, long line, long column) {
            Triple triple = super.createTriple(subject, property, object, line, column);
            Place end = Place.of(line, column);
            Place at = last.getOrDefault(subject, end);
            Place its = last.getOrDefault(property, end);
            Place first = file.placeOf(subject).orElse(at);
            boolean isNew = file.add(triple, at, its.compareTo(at) < 0 ? end : its, end);
            if (!isNew && subject.isURI() && repeated.add(subject)) {
                findings.add(new Finding(
                        Severity.WARNING,
                        REPEATED,
                        file.name(),
                        end,
                        "This was said of <" + subject.getURI() + "> before, at line " + first.line()
                                + ": describe a term in one place, and remove the second."));
            }
            return triple;
        }
    }

    private final class Handler implements ErrorHandler {
        @Override
        public void warning(String message, long line, long column) {
            add(Severity.WARNING, Place.of(line, column), SyntaxMend.of(message));
        }

        @Override
        public void error(String message, long line, long column) {
            throw new SyntaxFault(Place.of(line, column), SyntaxMend.of(message));
        }

        @Override
        public void fatal(String message, long line, long column) {
            error(message, line, column);
        }
    }
}
