// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.mercat.rdf.Home;
import org.mercat.rdf.Vocabularies;
import org.mercat.vocabulary.Finding;
import org.mercat.vocabulary.Severity;
import org.mercat.vocabulary.Source;
import org.mercat.vocabulary.VocabularyCheck;
import org.mercat.vocabulary.VocabularyText;

/** What {@code mercat check} would find in the vocabularies' files with a proposal accepted. It takes a second or so. */
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

    /**
     * Errors and warnings that the files do not have without a decision, each with its mend.
     *
     * @param accepted the proposal as it would be kept
     */
    List<String> faults(StoredProposal accepted) {
        VocabularyCheck check = new VocabularyCheck(home.get());
        List<StoredProposal> before = proposals.all().stream()
                .filter(proposal -> !proposal.id().equals(accepted.id()))
                .toList();
        List<StoredProposal> after =
                Stream.concat(before.stream(), Stream.of(accepted)).toList();
        List<String> faults = new ArrayList<>(messages(check, after));
        if (!faults.isEmpty()) {
            faults.removeAll(messages(check, before));
        }
        return faults;
    }

    private List<String> messages(VocabularyCheck check, List<StoredProposal> decided) {
        List<Source> sources = new ArrayList<>();
        Decided.amendments(decided, files.get()).forEach((name, amendment) -> {
            String text = VocabularyText.amended(
                    home.get().file("vocabularies", name + ".ttl"), amendment.added(), amendment.removed());
            sources.add(new Source("vocabularies/" + name + ".ttl", text.getBytes(StandardCharsets.UTF_8)));
        });
        return check.check(sources, List.of(), (step, done) -> {}).stream()
                .filter(finding -> finding.severity() != Severity.NOTE)
                .map(Finding::message)
                .toList();
    }
}
