// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.mercat.billing.Invoice.Item;
import org.mercat.billing.Line.Kind;
import org.mercat.billing.Month.Use;
import org.mercat.contract.Contract;
import org.mercat.contract.Tariff;
import org.mercat.usage.DayTotal;
import org.mercat.usage.UsageEvent.Side;

/**
 * The invoices of a month. What the provider's side reported is charged. What was reported late costs what it would have
 * cost in time: the month in which it was used is rated with it and without it, and the difference is charged.
 */
final class Invoicing {
    private static final BigDecimal HUNDRED = new BigDecimal(100);

    private final YearMonth month;
    private final BiFunction<String, YearMonth, List<DayTotal>> usage;
    private final Conditions conditions;

    /** @param usage the sums of days that are charged to a month of a contract */
    Invoicing(YearMonth month, BiFunction<String, YearMonth, List<DayTotal>> usage, Conditions conditions) {
        this.month = month;
        this.usage = usage;
        this.conditions = conditions;
    }

    private record Key(String issuer, String recipient, String currency) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return (issuer + " " + recipient + " " + currency)
                    .compareTo(other.issuer + " " + other.recipient + " " + other.currency);
        }
    }

    List<Invoice> invoices(Collection<Contract> contracts, List<Adjustment> adjustments) {
        Map<String, List<Adjustment>> awarded =
                adjustments.stream().collect(Collectors.groupingBy(Adjustment::contract));
        Map<Key, List<Item>> items = new TreeMap<>();
        contracts.stream().sorted(java.util.Comparator.comparing(Contract::id)).forEach(contract -> {
            add(items, contract);
            awarded.getOrDefault(contract.id(), List.of()).forEach(its -> add(items, contract, its));
        });
        List<Invoice> invoices = new ArrayList<>();
        items.forEach((key, its) -> {
            if (its.stream().anyMatch(item -> item.line().amount().signum() != 0)) {
                invoices.add(new Invoice(key.issuer, key.recipient, key.currency, its));
            }
        });
        return invoices;
    }

    /** The id of the organization that a client belongs to. */
    static String organizationOf(String client) {
        return client.substring(0, client.indexOf('/'));
    }

    /** The last moment of a month, in UTC, and a little more. */
    static Instant endOf(YearMonth month) {
        return month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private void add(Map<Key, List<Item>> items, Contract contract) {
        if (contract.signed().isEmpty() || !contract.signed().get().isBefore(endOf(month))) {
            return;
        }
        for (var rated : rated(contract).entrySet()) {
            Tariff tariff = tariff(contract, rated.getKey());
            for (Line line : rated.getValue()) {
                add(items, contract, tariff.currency(), rated.getKey(), line, Optional.empty());
            }
        }
    }

    private void add(Map<Key, List<Item>> items, Contract contract, Adjustment award) {
        BigDecimal amount = Money.round(award.amount(), award.currency()).negate();
        Line line = new Line(Kind.ADJUSTMENT, "adjustment", BigDecimal.ONE, amount, amount);
        add(items, contract, award.currency(), month, line, Optional.of(award.dispute()));
    }

    private void add(
            Map<Key, List<Item>> items,
            Contract contract,
            String currency,
            YearMonth usedIn,
            Line line,
            Optional<Node> adjusts) {
        String issuer = organizationOf(contract.provider());
        TaxRule tax = conditions.tax(issuer, month);
        BigDecimal its = line.amount().multiply(tax.rate()).divide(HUNDRED);
        items.computeIfAbsent(new Key(issuer, organizationOf(contract.consumer()), currency), key -> new ArrayList<>())
                .add(new Item(
                        contract.id(),
                        contract.offering(),
                        usedIn,
                        line,
                        tax.rate(),
                        tax.note(),
                        Money.round(its, currency),
                        adjusts));
    }

    /** A tariff changes on the first of a month only. */
    static Tariff tariff(Contract contract, YearMonth month) {
        return contract.tariffOn(month.atDay(1)).tariff();
    }

    /** The lines that a contract has now, by the month in which was used what they charge. */
    Map<YearMonth, List<Line>> rated(Contract contract) {
        List<DayTotal> totals = usage.apply(contract.id(), month);
        Map<YearMonth, List<Line>> lines = new TreeMap<>();
        Set<YearMonth> late = new TreeSet<>();
        totals.forEach(total -> late.add(YearMonth.from(total.day())));
        late.remove(month);
        for (YearMonth usedIn : late) {
            List<Use> before = new ArrayList<>();
            for (YearMonth booked = usedIn; booked.isBefore(month); booked = booked.plusMonths(1)) {
                before.addAll(used(usage.apply(contract.id(), booked), usedIn));
            }
            List<Use> all = new ArrayList<>(before);
            all.addAll(used(totals, usedIn));
            lines.put(usedIn, difference(rate(contract, usedIn, before), rate(contract, usedIn, all)));
        }
        lines.put(month, rate(contract, month, used(totals, month)));
        return lines;
    }

    private static List<Use> used(List<DayTotal> totals, YearMonth month) {
        return totals.stream()
                .filter(total -> total.side() == Side.PROVIDER
                        && YearMonth.from(total.day()).equals(month))
                .map(total -> new Use(total.day(), total.metric(), total.quantity()))
                .toList();
    }

    private static List<Line> rate(Contract contract, YearMonth month, List<Use> use) {
        Set<LocalDate> days = contract.daysInForce(month, endOf(month));
        LocalDate signed = LocalDate.ofInstant(contract.signed().orElseThrow(), ZoneOffset.UTC);
        return Rating.rate(tariff(contract, month), new Month(month, days, signed, use));
    }

    /** What is in a line for another one to be the same line of another rating. */
    private record Same(Kind kind, String metric, BigDecimal unitPrice) {
        static Same of(Line line) {
            boolean isLimit = line.kind() == Kind.MINIMUM || line.kind() == Kind.MAXIMUM;
            return new Same(
                    line.kind(),
                    line.metric(),
                    isLimit ? BigDecimal.ONE : line.unitPrice().stripTrailingZeros());
        }
    }

    /** What a rating has more than an earlier one; lines that both have are left out. */
    private static List<Line> difference(List<Line> before, List<Line> after) {
        Map<Same, Line> lines = new LinkedHashMap<>();
        after.forEach(line -> lines.merge(Same.of(line), line, Invoicing::sum));
        before.forEach(line -> lines.merge(Same.of(line), negative(line), Invoicing::sum));
        return lines.values().stream()
                .filter(line ->
                        line.quantity().signum() != 0 && line.unitPrice().signum() >= 0
                                || line.amount().signum() != 0)
                .toList();
    }

    private static Line negative(Line line) {
        boolean isLimit = line.kind() == Kind.MINIMUM || line.kind() == Kind.MAXIMUM;
        return new Line(
                line.kind(),
                line.metric(),
                isLimit ? line.quantity() : line.quantity().negate(),
                isLimit ? line.unitPrice().negate() : line.unitPrice(),
                line.amount().negate());
    }

    private static Line sum(Line one, Line other) {
        BigDecimal amount = one.amount().add(other.amount());
        if (one.kind() == Kind.MINIMUM || one.kind() == Kind.MAXIMUM) {
            BigDecimal quantity = amount.signum() == 0 ? BigDecimal.ZERO : BigDecimal.ONE;
            return new Line(one.kind(), one.metric(), quantity, amount, amount);
        }
        BigDecimal quantity = one.quantity().add(other.quantity());
        return new Line(one.kind(), one.metric(), quantity, one.unitPrice(), amount);
    }
}
