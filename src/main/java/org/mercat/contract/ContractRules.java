// SPDX-License-Identifier: Apache-2.0
package org.mercat.contract;

import org.apache.jena.graph.Node;
import org.mercat.http.Caller;
import org.mercat.http.Failure;
import org.mercat.http.Fault;
import org.mercat.http.Rules;
import org.mercat.ns.MC;
import org.mercat.rdf.Submission;

/** What is said of a contract beyond its shape. Who may conclude it, {@link Conclusion} finds. */
public final class ContractRules implements Rules {
    @Override
    public void mayWrite(Caller caller, String id) {
        // both sides do
    }

    @Override
    public void check(Submission submission) {
        for (Node property : new Node[] {MC.tariff, MC.announcedTariff}) {
            Contract.one(submission.graph(), submission.resource(), property)
                    .ifPresent(tariff -> Tariffs.fault(submission.graph(), tariff)
                            .ifPresent(message -> {
                                var place =
                                        submission.locator().fault(submission.resource(), property, tariff, message);
                                throw new Failure.Invalid(
                                                "The tariff cannot be agreed on; see errors for what to mend.",
                                                java.util.List.of(Fault.at(
                                                        place.pointer(), place.line(), place.column(), message)))
                                        .asException();
                            }));
        }
    }
}
