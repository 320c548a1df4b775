// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.mercat.billing.Line.Kind;
import org.mercat.contract.PricingModel;
import org.mercat.contract.Tariff;
import org.mercat.contract.Tariff.Tier;
import org.mercat.contract.Tariff.Tiering;

/**
 * What a month under a tariff costs. It depends on sums alone, so neither the order of what was used nor how it was
 * reported changes anything; it reads no clock and no data.
 *
 * <p>Each line is rounded once ({@link Money#round}); the total is the sum of the lines. A part of a month is its days in
 * force, those of the trial left out, by all its days: so much of the monthly price, of the minimum and of the maximum
 * counts. The free quota is that of a month, however many of its days are in force.
 */
public final class Rating {
    /** For parts of a month, such as 17 of 31 days; far finer than any coin. */
    private static final MathContext PRECISION = new MathContext(34, RoundingMode.HALF_EVEN);

    private final Tariff tariff;
    private final Month month;
    private final List<Line> lines = new ArrayList<>();

    private Rating(Tariff tariff, Month month) {
        this.tariff = tariff;
        this.month = month;
    }

    /** The lines of a month; none if nothing was used that counts, or all of it is free. */
    public static List<Line> rate(Tariff tariff, Month month) {
        return tariff.model() == PricingModel.FREE ? List.of() : new Rating(tariff, month).lines();
    }

    /** The sum of lines. */
    public static BigDecimal total(List<Line> lines, String currency) {
        return lines.stream().map(Line::amount).reduce(Money.zero(currency), BigDecimal::add);
    }

    private List<Line> lines() {
        LocalDate paidFrom = month.signed().plusDays(tariff.trialDays());
        long days =
                month.inForce().stream().filter(day -> !day.isBefore(paidFrom)).count();
        switch (tariff.model()) {
            case PER_DAY -> tiers("day", BigDecimal.valueOf(days), Kind.DAYS);
            case PER_MONTH -> add(Kind.MONTH, "month", part(days), tariff.price());
            case ONE_OFF -> oneOff(paidFrom);
            default -> usage(paidFrom);
        }
        limits(part(days));
        return List.copyOf(lines);
    }

    private BigDecimal part(long days) {
        return BigDecimal.valueOf(days).divide(BigDecimal.valueOf(month.month().lengthOfMonth()), PRECISION);
    }

    /** With a trial, it is due when that is over, if the contract is still in force then. */
    private void oneOff(LocalDate due) {
        if (month.inForce().contains(due)) {
            add(Kind.ONE_OFF, "contract", BigDecimal.ONE, tariff.price());
        }
    }

    private void usage(LocalDate paidFrom) {
        String metric = tariff.metric().orElseThrow();
        BigDecimal trial = sum(metric, day -> day.isBefore(paidFrom));
        if (trial.signum() > 0) {
            add(Kind.TRIAL, metric, trial, BigDecimal.ZERO);
        }
        tiers(metric, sum(metric, day -> !day.isBefore(paidFrom)), Kind.USAGE);
    }

    private BigDecimal sum(String metric, java.util.function.Predicate<LocalDate> days) {
        return month.use().stream()
                .filter(use -> use.metric().equals(metric) && days.test(use.day()))
                .map(Month.Use::quantity)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private void tiers(String metric, BigDecimal quantity, Kind kind) {
        BigDecimal free = quantity.min(tariff.freeQuota());
        if (free.signum() > 0) {
            add(Kind.FREE_QUOTA, metric, free, BigDecimal.ZERO);
        }
        BigDecimal charged = quantity.subtract(free);
        if (charged.signum() == 0) {
            return;
        }
        if (tariff.tiering() == Tiering.VOLUME) {
            add(kind, metric, charged, priceOfAll(charged));
            return;
        }
        BigDecimal from = BigDecimal.ZERO;
        for (Tier tier : tariff.tiers()) {
            BigDecimal inTier = charged.min(tier.upTo()).subtract(from);
            if (inTier.signum() > 0) {
                add(kind, metric, inTier, tier.price());
                from = tier.upTo();
            }
        }
        if (charged.compareTo(from) > 0) {
            add(kind, metric, charged.subtract(from), tariff.price());
        }
    }

    private BigDecimal priceOfAll(BigDecimal quantity) {
        return tariff.tiers().stream()
                .filter(tier -> quantity.compareTo(tier.upTo()) <= 0)
                .findFirst()
                .map(Tier::price)
                .orElse(tariff.price());
    }

    private void limits(BigDecimal part) {
        BigDecimal total = total(lines, tariff.currency());
        tariff.minimum().map(minimum -> rounded(minimum, part)).ifPresent(least -> {
            if (total.compareTo(least) < 0) {
                BigDecimal missing = least.subtract(total);
                lines.add(new Line(Kind.MINIMUM, "month", BigDecimal.ONE, missing, missing));
            }
        });
        tariff.maximum().map(maximum -> rounded(maximum, part)).ifPresent(most -> {
            if (total.compareTo(most) > 0) {
                BigDecimal above = most.subtract(total);
                lines.add(new Line(Kind.MAXIMUM, "month", BigDecimal.ONE, above, above));
            }
        });
    }

    private BigDecimal rounded(BigDecimal ofMonth, BigDecimal part) {
        return Money.round(ofMonth.multiply(part), tariff.currency());
    }

    private void add(Kind kind, String metric, BigDecimal quantity, BigDecimal unitPrice) {
        BigDecimal amount = Money.round(quantity.multiply(unitPrice), tariff.currency());
        lines.add(new Line(kind, metric, quantity, unitPrice, amount));
    }
}
