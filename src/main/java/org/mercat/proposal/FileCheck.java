// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.mercat.rdf.Home;
import org.mercat.rdf.Vocabularies;
import org.mercat.vocabulary.Finding;
import org.mercat.vocabulary.Severity;
import org.mercat.vocabulary.Source;
import org.mercat.vocabulary.VocabularyCheck;
import org.mercat.vocabulary.VocabularyText;

/** What {@code mercat check} would find in a vocabulary's file that has a proposed term. It takes a second or so. */
final class FileCheck {
    private final Supplier<Home> home;
    private final Supplier<Vocabularies> files;
    private final Proposals proposals;

    /** @param files what the files of the home say */
    FileCheck(Supplier<Home> home, Supplier<Vocabularies> files, Proposals proposals) {
        this.home = home;
        this.files = files;
        this.proposals = proposals;
    }

    /** Errors and warnings of the term, each with its mend. */
    List<String> faults(StoredProposal proposal, Target target, Node term) {
        Home now = home.get();
        String name = target.name();
        Decided.Amendment amendment = Decided.amendment(proposals, files.get(), name);
        Graph added = amendment.added();
        ProposedTerm.graph(proposal, target, term, target.ontology(), parent -> parent)
                .find()
                .forEachRemaining(added::add);
        String file = "vocabularies/" + name + ".ttl";
        String amended = VocabularyText.amended(now.file("vocabularies", name + ".ttl"), added, amendment.removed());
        Lines lines = Lines.of(amended, term);
        Source source = new Source(file, amended.getBytes(StandardCharsets.UTF_8));
        return new VocabularyCheck(now)
                .check(List.of(source), List.of(), (step, done) -> {}).stream()
                        .filter(finding -> finding.severity() != Severity.NOTE)
                        .filter(finding -> finding.file().equals(file) && lines.has(finding.line())
                                || names(finding.message(), term))
                        .map(Finding::message)
                        .toList();
    }

    private static boolean names(String message, Node term) {
        return message.matches("(?s).*[:#/]" + term.getLocalName() + "\\b.*");
    }

    /** Where a term stands in a formatted file. @param first from 1 */
    private record Lines(int first, int last) {
        static Lines of(String text, Node term) {
            List<String> lines = text.lines().toList();
            int first = 0;
            while (first < lines.size() && !lines.get(first).matches("\\S*[:#/]" + term.getLocalName() + ">? a .*")) {
                first++;
            }
            int last = first;
            while (last < lines.size() && !lines.get(last).isEmpty()) {
                last++;
            }
            return new Lines(first + 1, last);
        }

        boolean has(int line) {
            return first <= line && line <= last;
        }
    }
}
