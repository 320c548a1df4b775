// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What somebody says was used under a contract.
 *
 * @param key whose event it is
 * @param contract id of the contract
 * @param side of the contract that reports it
 * @param time at which it was used, or at which what is summed up in it began; to the millisecond
 * @param until the end of what is summed up in it
 * @param quantities by metric, without needless zeros
 */
public record UsageEvent(
        Key key,
        String contract,
        Side side,
        Instant time,
        Optional<Instant> until,
        SortedMap<String, BigDecimal> quantities) {

    /**
     * What an event is known by: who says it again says nothing new.
     *
     * @param reporter client id of who reports
     * @param source where it was counted, as the reporter calls it
     * @param id unique in the source
     * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#id">CloudEvents 1.0, id</a>
     */
    public record Key(String reporter, String source, String id) {}

    /** A side of a contract. */
    public enum Side {
        PROVIDER,
        CONSUMER
    }

    public UsageEvent {
        TreeMap<String, BigDecimal> plain = new TreeMap<>();
        for (Map.Entry<String, BigDecimal> one : quantities.entrySet()) {
            plain.put(one.getKey(), plain(one.getValue()));
        }
        quantities = java.util.Collections.unmodifiableSortedMap(plain);
    }

    /** 1.50 and 1.5 are the same quantity, and 100 is no power of ten. */
    static BigDecimal plain(BigDecimal quantity) {
        BigDecimal stripped = quantity.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** The day in UTC to which it counts. */
    public LocalDate day() {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    /** What another event with the same key says differently; empty if nothing. */
    Optional<String> differenceFrom(UsageEvent accepted) {
        if (!contract.equals(accepted.contract)) {
            return Optional.of("the contract is " + accepted.contract + " there and " + contract + " here");
        }
        if (!time.equals(accepted.time)) {
            return Optional.of("the time is " + accepted.time + " there and " + time + " here");
        }
        if (!until.equals(accepted.until)) {
            return Optional.of("the end is " + text(accepted.until) + " there and " + text(until) + " here");
        }
        TreeMap<String, BigDecimal> all = new TreeMap<>(quantities);
        accepted.quantities.forEach(all::putIfAbsent);
        return all.keySet().stream()
                .filter(metric -> !java.util.Objects.equals(quantities.get(metric), accepted.quantities.get(metric)))
                .findFirst()
                .map(metric -> "\"" + metric + "\" is " + text(accepted, metric) + " there and " + text(this, metric)
                        + " here");
    }

    private static String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse("not said");
    }

    private static String text(UsageEvent event, String metric) {
        BigDecimal quantity = event.quantities.get(metric);
        return quantity == null ? "not said" : quantity.toPlainString();
    }
}
