// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.mercat.contract.Contracts;
import org.mercat.http.Caller;

/**
 * Usage events as RDF: for each contract and month a graph, {@code contracts/bob/parking/usage/2026-11}, that is read from the
 * log when a query names it. The sums of its days are in a graph beside it, {@code .../2026-11/days}.
 */
public final class UsageGraphs {
    static final String USAGE = "/usage/";
    private static final String DAYS = "/days";

    private final Supplier<UsageLog> log;
    private final Contracts contracts;

    /** @param log is asked for at the first query */
    public UsageGraphs(Supplier<UsageLog> log, Contracts contracts) {
        this.log = log;
        this.contracts = contracts;
    }

    /** The graph of that name, if it is of a contract in which the caller takes part. */
    public Optional<Graph> of(Caller caller, Node name) {
        int split = name.isURI() ? name.getURI().lastIndexOf(USAGE) : -1;
        String prefix = contracts.collection().iri();
        if (split < prefix.length() || !name.getURI().startsWith(prefix)) {
            return Optional.empty();
        }
        String end = name.getURI().substring(split + USAGE.length());
        boolean isDays = end.endsWith(DAYS);
        try {
            YearMonth month = YearMonth.parse(isDays ? end.substring(0, end.length() - DAYS.length()) : end);
            return contracts
                    .find(name.getURI().substring(prefix.length(), split))
                    .filter(contract -> contracts.isOf(caller, contract))
                    .map(contract -> isDays
                            ? UsageDays.of(log.get().totals(contract.id(), month), contract, name)
                            : new UsageGraph(log.get(), contract, contracts.parties(), month, name));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
