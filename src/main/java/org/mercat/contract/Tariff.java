// SPDX-License-Identifier: Apache-2.0
package org.mercat.contract;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the use of an offering costs.
 *
 * @param model what is counted
 * @param price of one of what is counted, above all tiers; 0 if it is free
 * @param currency three letters of ISO 4217; empty only if it is free
 * @param freeQuota how many are free in each month
 * @param meter what a unit is, where units are counted; empty elsewhere
 * @param meters what may be reported besides what is charged
 * @param tiers other prices up to their ends, in ascending order
 * @param tiering whether a tier's price is for what lies in it, or for all
 * @param minimum that a whole month costs at least
 * @param maximum that a whole month costs at most
 * @param trialDays from the signing on that cost nothing
 */
public record Tariff(
        PricingModel model,
        BigDecimal price,
        String currency,
        BigDecimal freeQuota,
        Optional<String> meter,
        Set<String> meters,
        List<Tier> tiers,
        Tiering tiering,
        Optional<BigDecimal> minimum,
        Optional<BigDecimal> maximum,
        int trialDays) {
    /** What can be counted of any offering. */
    public static final Set<String> USUAL = Set.of("access", "message", "record", "byte", "unit", "day");

    /** Another price, for what is counted after the free quota. @param upTo the last one that it is for */
    public record Tier(BigDecimal upTo, BigDecimal price) {}

    /** What the price of a tier is for. */
    public enum Tiering {
        /** For those that lie in the tier. */
        GRADUATED,
        /** For all of the month, by the tier in which their number lies. */
        VOLUME
    }

    public Tariff {
        meters = Set.copyOf(meters);
        tiers = List.copyOf(tiers);
    }

    /** That costs nothing. */
    public static Tariff free() {
        return of(PricingModel.FREE, BigDecimal.ZERO, "");
    }

    /** One price, and nothing besides. */
    public static Tariff of(PricingModel model, BigDecimal price, String currency) {
        return new Tariff(
                model,
                price,
                currency,
                BigDecimal.ZERO,
                Optional.empty(),
                Set.of(),
                List.of(),
                Tiering.GRADUATED,
                Optional.empty(),
                Optional.empty(),
                0);
    }

    /** What is charged of the usage; empty where nothing that is used is charged. */
    public Optional<String> metric() {
        return meter.isPresent() ? meter : model.metric();
    }

    /** What may be reported: what is charged and the other meters; all that are usual where there is neither. */
    public Set<String> metrics() {
        Set<String> metrics = new HashSet<>(meters);
        metric().ifPresent(metrics::add);
        return metrics.isEmpty() ? USUAL : Set.copyOf(metrics);
    }
}
