// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.shacl.ValidationReport;
import org.apache.jena.shacl.engine.ValidationContext;
import org.apache.jena.shacl.parser.Shape;
import org.apache.jena.shacl.validation.ReportEntry;
import org.apache.jena.shacl.validation.VLib;
import org.apache.jena.sparql.path.P_Link;
import org.apache.jena.sparql.path.P_Seq;
import org.apache.jena.sparql.path.Path;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.OWL;
import org.mercat.rdf.Violation.Severity;

/**
 * The parsed shapes: what decides whether data are accepted. Immutable, for any number of threads.
 *
 * <p>Focus nodes are taken from the data alone, never from the vocabulary; the constraints are evaluated over both, so
 * that {@code sh:class} knows the terms.
 *
 * @see <a href="https://www.w3.org/TR/shacl/">SHACL</a>
 */
public final class Shapes {
    private static final Map<String, Severity> SEVERITIES = Map.of(
            "http://www.w3.org/ns/shacl#Violation", Severity.VIOLATION,
            "http://www.w3.org/ns/shacl#Warning", Severity.WARNING,
            "http://www.w3.org/ns/shacl#Info", Severity.INFO);

    private final org.apache.jena.shacl.Shapes parsed;

    private Shapes(org.apache.jena.shacl.Shapes parsed) {
        this.parsed = parsed;
    }

    /**
     * Parses the union of all shapes files.
     *
     * @throws IllegalArgumentException when it imports, since an import would be fetched from the network
     */
    public static Shapes parse(Graph shapes) {
        if (shapes.contains(Node.ANY, OWL.imports.asNode(), Node.ANY)) {
            throw new IllegalArgumentException("Shapes cannot use owl:imports: put the imported shapes beside them");
        }
        return new Shapes(org.apache.jena.shacl.Shapes.parse(shapes));
    }

    /**
     * Validates a small graph, such as one offering, against the shapes.
     *
     * @param data what is checked
     * @param vocabulary the known terms, {@link Terms#graph()}
     * @return the results of every severity, the worst first; empty when all is well
     */
    public List<Violation> validate(Graph data, Graph vocabulary) {
        ValidationContext context = run(data, vocabulary);
        if (!context.hasViolation()) {
            return List.of(); // making the report costs as much as the validation
        }
        return context.generateReport().getEntries().stream()
                .map(entry -> violation(entry, data, vocabulary))
                .sorted(Comparator.comparing(Violation::severity))
                .toList();
    }

    /**
     * Validates as {@link #validate} does.
     *
     * @param message of a result, where something better is known than the shape says
     * @return a {@code sh:ValidationReport}
     */
    public Graph report(Graph data, Graph vocabulary, Function<Violation, String> message) {
        ValidationReport.Builder report = ValidationReport.create();
        for (ReportEntry entry : run(data, vocabulary).generateReport().getEntries()) {
            String text = message.apply(violation(entry, data, vocabulary));
            report.addReportEntry(ReportEntry.create() // a message more would stand beside the one that is there
                    .focusNode(entry.focusNode())
                    .resultPath(entry.resultPath())
                    .value(entry.value())
                    .source(entry.source())
                    .sourceConstraintComponent(entry.sourceConstraintComponent())
                    .severity(entry.severity())
                    .message(NodeFactory.createLiteralLang(text, "en")));
        }
        return report.build().getGraph();
    }

    private ValidationContext run(Graph data, Graph vocabulary) {
        Graph both = new WithVocabulary(data, vocabulary);
        ValidationContext context = ValidationContext.create(parsed, both);
        for (Shape shape : parsed.getTargetShapes()) {
            for (Node focus : VLib.focusNodes(data, shape)) {
                VLib.validateShape(context, both, shape, focus);
            }
        }
        return context;
    }

    private static Violation violation(ReportEntry entry, Graph data, Graph vocabulary) {
        String path = path(entry.resultPath());
        Severity severity = SEVERITIES.getOrDefault(entry.severity().level().getURI(), Severity.VIOLATION);
        Optional<Triple> replaced =
                severity == Severity.WARNING ? replaced(entry.focusNode(), path, data, vocabulary) : Optional.empty();
        return new Violation(
                severity,
                entry.focusNode(),
                path,
                replaced.map(Triple::getSubject).orElse(entry.value()),
                entry.source(),
                entry.sourceConstraintComponent(),
                entry.message()
                        + replaced.map(triple -> " It is replaced by <" + triple.getObject() + ">.")
                                .orElse(""));
    }

    private static String path(Path path) {
        if (path instanceof P_Seq sequence) {
            return path(sequence.getLeft());
        }
        return path instanceof P_Link link ? link.getNode().getURI() : "";
    }

    /** Which term that the focus node uses is replaced by which other. */
    private static Optional<Triple> replaced(Node focus, String path, Graph data, Graph vocabulary) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        return data.find(focus, NodeFactory.createURI(path), Node.ANY).toList().stream()
                .flatMap(triple -> vocabulary.stream(triple.getObject(), DCTerms.isReplacedBy.asNode(), Node.ANY))
                .findFirst();
    }
}
