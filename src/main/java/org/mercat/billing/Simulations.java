// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.mercat.contract.Contract;
import org.mercat.contract.Contract.Agreed;
import org.mercat.contract.Contracts;
import org.mercat.contract.Tariff;
import org.mercat.http.Caller;
import org.mercat.http.Failure.Kind;
import org.mercat.usage.DayTotal;
import org.mercat.usage.UsageLog;

/**
 * Rates the usage of some months a second time, under what somebody wants to try. Nothing is written. It computes no more
 * than half of the time, so that others have the processors, and gives up after a while.
 */
final class Simulations {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** Nanoseconds of computing between two rests. */
    private static final long SPELL = 5_000_000;

    private final Contracts contracts;
    private final Supplier<UsageLog> usage;
    private final StoredConditions conditions;
    private final BillingRuns runs;
    private volatile boolean isStopped;

    Simulations(Contracts contracts, Supplier<UsageLog> usage, StoredConditions conditions, BillingRuns runs) {
        this.contracts = contracts;
        this.usage = usage;
        this.conditions = conditions;
        this.runs = runs;
    }

    /** From now on nothing is computed. */
    void stop() {
        isStopped = true;
    }

    /** Of a caller's own offerings; of the operator all. @throws RuntimeException if the trial makes no sense */
    TrialResult compare(Trial trial, Caller caller) {
        List<Contract> present = contracts.all().stream()
                .filter(contract -> caller.owns(contract.provider()))
                .toList();
        Map<String, String> unchanged = new TreeMap<>();
        List<Contract> tried = new ArrayList<>();
        for (Contract contract : present) {
            Tariff tariff = trial.tariffs().get(contract.offering());
            Optional<String> obstacle = tariff == null ? Optional.empty() : obstacle(contract, tariff, trial);
            obstacle.ifPresent(why -> unchanged.put(contract.id(), why));
            tried.add(tariff == null || obstacle.isPresent() ? contract : under(contract, tariff, trial));
        }
        mustBeRatable(trial, present, unchanged);
        TrialResult comparison = new TrialResult(unchanged);
        Spells spells = new Spells();
        for (YearMonth month = trial.from(); !month.isAfter(trial.to()); month = month.plusMonths(1)) {
            FeeCounts counts = runs.counts(month).of(caller::owns);
            GivenBack all = runs.given(month);
            GivenBack back = new GivenBack(
                    all.credits().stream()
                            .filter(credit -> caller.owns(credit.issuer()))
                            .toList(),
                    all.adjustments());
            comparison.add(Statements.of(month, present, spells::totals, conditions, back, counts), true);
            comparison.add(Statements.of(month, tried, spells::totals, trial.under(conditions), back, counts), false);
        }
        return comparison;
    }

    /** Why a contract's usage says nothing under a tariff: what that charges was not counted. */
    private static Optional<String> obstacle(Contract contract, Tariff tariff, Trial trial) {
        String metric = tariff.metric().orElse("");
        for (YearMonth month = trial.from(); !month.isAfter(trial.to()); month = month.plusMonths(1)) {
            Tariff agreed = contract.tariffOn(month.atDay(1)).tariff();
            if (!metric.isEmpty() && !agreed.metrics().contains(metric)) {
                return Optional.of("\"" + metric + "\" was not counted in " + month + ", but "
                        + String.join(", ", new TreeSet<>(agreed.metrics())));
            }
        }
        return Optional.empty();
    }

    private static void mustBeRatable(Trial trial, List<Contract> present, Map<String, String> unchanged) {
        for (var tariff : trial.tariffs().entrySet()) {
            List<String> ids = present.stream()
                    .filter(contract -> contract.offering().equals(tariff.getKey()))
                    .map(Contract::id)
                    .toList();
            if (!ids.isEmpty() && unchanged.keySet().containsAll(ids)) {
                throw Kind.CONFLICT.because("The tariff for <" + tariff.getKey() + "> has nothing to rate: under \""
                        + ids.get(0) + "\" " + unchanged.get(ids.get(0))
                        + ". Providers may have it counted by \"alsoMetered\".");
            }
        }
    }

    /** The contract as if the tariff had been agreed on for the months that are tried. */
    private static Contract under(Contract contract, Tariff tariff, Trial trial) {
        LocalDate first = trial.from().atDay(1);
        List<Agreed> tariffs = new ArrayList<>(contract.tariffs().stream()
                .filter(agreed -> agreed.from().map(first::isAfter).orElse(true))
                .toList());
        tariffs.add(new Agreed(
                contract.node(),
                tariff,
                Optional.of(first),
                Optional.of(trial.to().atEndOfMonth())));
        return new Contract(
                contract.id(),
                contract.node(),
                contract.offering(),
                contract.consumer(),
                contract.provider(),
                contract.status(),
                contract.signed(),
                tariffs,
                contract.announced(),
                contract.spans(),
                contract.revision());
    }

    /** Reads usage, rests as long as it has worked, and gives up in time. */
    private final class Spells {
        private final long begun = System.nanoTime();
        private long since = begun;

        List<DayTotal> totals(String contract, YearMonth month) {
            long now = System.nanoTime();
            if (now - begun > LONGEST.toNanos()) {
                throw Kind.UNAVAILABLE.because("This took longer than " + LONGEST.toSeconds()
                        + " seconds, more than it may: try fewer months at a time.");
            }
            if (isStopped) {
                throw Kind.UNAVAILABLE.because("The catalogue is stopping: try it again.");
            }
            if (now - since > SPELL) {
                LockSupport.parkNanos(now - since);
                since = System.nanoTime();
            }
            return usage.get().totals(contract, month);
        }
    }
}
