// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.mercat.contract.Tariff;

/**
 * What somebody wants to try: months under other tariffs, fee plans and shares than those that were in force.
 *
 * @param from the first month
 * @param to the last month
 * @param tariffs of offerings, in place of those that their contracts have
 * @param plans of organizations; of nobody, by the empty id, for all that have none of their own
 * @param shares of offerings
 */
record Trial(
        YearMonth from,
        YearMonth to,
        Map<Node, Tariff> tariffs,
        Map<String, FeePlan> plans,
        Map<Node, List<Share>> shares) {

    Trial {
        tariffs = Map.copyOf(tariffs);
        plans = Map.copyOf(plans);
        shares = Map.copyOf(shares);
    }

    /** The conditions of a month as they would be. */
    Conditions under(StoredConditions present) {
        return new Conditions() {
            @Override
            public Optional<FeePlan> feePlan(String organization, YearMonth month) {
                Optional<FeePlan> own = Optional.ofNullable(plans.get(organization));
                return own.isPresent() || present.hasOwnPlan(organization, month) || !plans.containsKey("")
                        ? own.or(() -> present.feePlan(organization, month))
                        : Optional.of(plans.get(""));
            }

            @Override
            public List<Share> shares(Node offering, YearMonth month) {
                return shares.containsKey(offering) ? shares.get(offering) : present.shares(offering, month);
            }

            @Override
            public TaxRule tax(String organization, YearMonth month) {
                return present.tax(organization, month);
            }
        };
    }
}
