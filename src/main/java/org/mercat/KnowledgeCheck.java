// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.http.Fault;
import org.mercat.search.TermUsage;
import org.mercat.vocabulary.Severity;
import org.mercat.vocabulary.VocabularyCheck;

/** Whether another knowledge may take the place of the one in force. */
final class KnowledgeCheck {
    private final Knowledge before;
    private final Knowledge next;
    private final TermUsage usage;

    /** @param usage of the terms by offerings */
    KnowledgeCheck(Knowledge before, Knowledge next, TermUsage usage) {
        this.before = before;
        this.next = next;
        this.usage = usage;
    }

    /** What {@code mercat check} finds of errors, if files differ that decide on that. */
    List<Fault> errors(Set<String> differing) {
        if (differing.stream().noneMatch(KnowledgeCheck::isChecked)) {
            return List.of();
        }
        VocabularyCheck check = new VocabularyCheck(next.home());
        return check.check(check.ownSources(), List.of(), (step, done) -> {}).stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(error -> Fault.at(
                        null,
                        error.line(),
                        error.column(),
                        error.file() + ": " + error.message() + " (" + error.rule() + ")"))
                .toList();
    }

    /** What decides on the errors that {@code mercat check} finds. */
    private static boolean isChecked(String file) {
        return Stream.of("vocabularies/", "shapes/vocabulary/", "queries/hygiene/")
                .anyMatch(file::startsWith);
    }

    /** What was there, is not there any more, and is used: a file may be gone for the moment in which it is copied. */
    List<Fault> missing() {
        List<String> missing = new ArrayList<>();
        Map<String, String> shapes = next.home().files("shapes", ".ttl");
        before.home().files("shapes", ".ttl").keySet().forEach(file -> {
            if (shapes.getOrDefault(file, "").isBlank()) {
                missing.add("shapes/" + file + " is gone or empty: put it back, or start again without it.");
            }
        });
        Map<String, Graph> gone = new TreeMap<>(before.files().byName());
        gone.keySet().removeAll(next.files().byName().keySet());
        gone.forEach((name, graph) -> subjects(graph)
                .filter(term -> !next.terms().isKnown(term) && !usage.of(term).isEmpty())
                .findFirst()
                .ifPresent(
                        term -> missing.add("vocabularies/" + name + ".ttl is gone, and offerings use its terms, such"
                                + " as <" + term + ">: put it back, or let them be changed first.")));
        next.vocabularies().byName().forEach((name, graph) -> {
            if (graph != next.files().byName().get(name)) {
                missing.addAll(decidedBelowNothing(graph));
            }
        });
        return missing.stream().map(message -> Fault.at(null, 0, 0, message)).toList();
    }

    private static Stream<Node> subjects(Graph graph) {
        return graph.stream().map(Triple::getSubject).filter(Node::isURI).distinct();
    }

    /** What was decided on proposals stands below terms of the files. */
    private List<String> decidedBelowNothing(Graph graph) {
        return Stream.of(SKOS.broader, RDFS.subClassOf, DCTerms.isReplacedBy)
                .flatMap(property -> graph.stream(Node.ANY, property.asNode(), Node.ANY))
                .filter(triple -> triple.getObject().isURI()
                        && before.terms().isKnown(triple.getObject())
                        && !next.terms().isKnown(triple.getObject()))
                .map(triple -> "<" + triple.getObject() + "> is gone, and <" + triple.getSubject()
                        + "> leads to it, which was proposed here: keep it, as deprecated if need be.")
                .distinct()
                .toList();
    }
}
