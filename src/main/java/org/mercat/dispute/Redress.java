// SPDX-License-Identifier: Apache-2.0
package org.mercat.dispute;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.jena.graph.Node;
import org.mercat.contract.Contract;
import org.mercat.rdf.Change.Replacement;
import org.mercat.rdf.Command.View;

/** How bills are disputed and what is awarded is given back: what bills say, billing knows. */
public interface Redress {
    /**
     * Refuses what nobody was charged.
     *
     * @param about address of what is disputed: the contract, the sums of a metric in a month, an invoice or a line of one
     * @throws org.mercat.http.FailureException if it is an invoice, or a line of one, that does not charge the contract
     */
    void mustBeThere(Contract contract, Node about);

    /**
     * What a dispute gives back to a consumer.
     *
     * @param dispute its id, {@code bob/parking/1}
     * @param amount above 0, without tax, with no more decimals than the currency has
     * @param currency three letters of ISO 4217
     * @param text why; may be empty
     * @param agent address of who awards it
     */
    record Award(
            String dispute,
            Contract contract,
            Node about,
            BigDecimal amount,
            String currency,
            String text,
            Node agent,
            Instant now) {}

    /**
     * What gives it back.
     *
     * @param creditNote address of it; empty if no invoice has charged it yet, so that the next billing run takes it off
     * @param changes to be written together with the award
     */
    record Given(Optional<Node> creditNote, List<Replacement> changes) {
        public Given {
            changes = List.copyOf(changes);
        }
    }

    /**
     * Gives an amount back. Reads what was charged now, and decides on the writer thread.
     *
     * @return throws {@link org.mercat.http.FailureException} if it is more than what is left of what was charged
     */
    Function<View, Given> give(Award award);
}
