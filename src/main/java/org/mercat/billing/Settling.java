// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.jena.graph.Node;
import org.mercat.billing.Settlement.Entry;
import org.mercat.billing.Settlement.Kind;
import org.mercat.contract.Contract;

/**
 * The settlements of a month. Of what an offering has earned the marketplace takes its percentage, others their shares, and
 * the rest is the provider's: each is rounded so that they are together what was earned, to the cent.
 */
final class Settling {
    private static final BigDecimal HUNDRED = new BigDecimal(100);

    private final YearMonth month;
    private final Conditions conditions;
    private final Map<Payee, List<Entry>> entries = new TreeMap<>();

    Settling(YearMonth month, Conditions conditions) {
        this.month = month;
        this.conditions = conditions;
    }

    private record Payee(String organization, String currency) implements Comparable<Payee> {
        @Override
        public int compareTo(Payee other) {
            return (organization + " " + currency).compareTo(other.organization + " " + other.currency);
        }
    }

    /** What an offering earned in a currency. */
    private record Earner(String issuer, String currency, String offering) implements Comparable<Earner> {
        @Override
        public int compareTo(Earner other) {
            return (issuer + " " + currency + " " + offering)
                    .compareTo(other.issuer + " " + other.currency + " " + other.offering);
        }
    }

    private static final class Earned {
        private final Node offering;
        private BigDecimal sales = BigDecimal.ZERO;
        private BigDecimal tax = BigDecimal.ZERO;
        private BigDecimal credit = BigDecimal.ZERO;
        private BigDecimal creditTax = BigDecimal.ZERO;

        Earned(Node offering) {
            this.offering = offering;
        }
    }

    List<Settlement> settlements(
            List<Invoice> invoices, List<Credit> credits, Collection<Contract> contracts, FeeCounts counts) {
        Map<String, YearMonth> first = firstMonths(contracts);
        Map<Earner, Earned> earned = new TreeMap<>();
        for (Invoice invoice : invoices) {
            for (Invoice.Item item : invoice.items()) {
                Earned its = earned(earned, invoice.issuer(), invoice.currency(), item.offering());
                its.sales = its.sales.add(item.line().amount());
                its.tax = its.tax.add(item.tax());
            }
        }
        for (Credit credit : credits) {
            Earned its = earned(earned, credit.issuer(), credit.currency(), credit.offering());
            its.credit = its.credit.subtract(credit.amount());
            its.creditTax = its.creditTax.subtract(credit.tax());
        }
        earned.forEach((earner, its) -> divide(earner, its, plan(earner.issuer, first)));
        Set<String> organizations = new TreeSet<>(counts.providers());
        organizations.addAll(present(contracts));
        organizations.forEach(organization -> plan(organization, first)
                .ifPresent(plan -> charge(organization, plan, month.equals(first.get(organization)), counts)));
        return entries.entrySet().stream()
                .map(one -> new Settlement(one.getKey().organization, one.getKey().currency, one.getValue()))
                .toList();
    }

    private static Earned earned(Map<Earner, Earned> all, String issuer, String currency, Node offering) {
        return all.computeIfAbsent(new Earner(issuer, currency, offering.getURI()), earner -> new Earned(offering));
    }

    private static Map<String, YearMonth> firstMonths(Collection<Contract> contracts) {
        Map<String, YearMonth> first = new TreeMap<>();
        for (Contract contract : contracts) {
            contract.signed()
                    .map(signed -> YearMonth.from(signed.atOffset(ZoneOffset.UTC)))
                    .ifPresent(its -> first.merge(
                            Invoicing.organizationOf(contract.provider()),
                            its,
                            (one, other) -> one.isBefore(other) ? one : other));
        }
        return first;
    }

    /** Organizations with a contract in force in the month. */
    private Set<String> present(Collection<Contract> contracts) {
        Set<String> present = new TreeSet<>();
        for (Contract contract : contracts) {
            String organization = Invoicing.organizationOf(contract.provider());
            if (!present.contains(organization)
                    && !contract.daysInForce(month, Invoicing.endOf(month)).isEmpty()) {
                present.add(organization);
            }
        }
        return present;
    }

    /** Empty while nothing is charged. */
    private Optional<FeePlan> plan(String organization, Map<String, YearMonth> first) {
        return conditions.feePlan(organization, month).filter(plan -> {
            YearMonth begin = first.getOrDefault(organization, month);
            return !month.isBefore(begin.plusMonths(plan.waiverMonths()));
        });
    }

    private void divide(Earner earner, Earned earned, Optional<FeePlan> plan) {
        Payee payee = new Payee(earner.issuer, earner.currency);
        add(payee, Kind.SALES, earned, "", BigDecimal.ONE, earned.sales);
        add(payee, Kind.TAX, earned, "", BigDecimal.ONE, earned.tax);
        add(payee, Kind.CREDIT, earned, "", BigDecimal.ONE, earned.credit);
        add(payee, Kind.CREDIT_TAX, earned, "", BigDecimal.ONE, earned.creditTax);
        BigDecimal amount = earned.sales.add(earned.credit);
        BigDecimal rate = plan.map(FeePlan::percentage).orElse(BigDecimal.ZERO).divide(HUNDRED);
        BigDecimal fee = Money.round(amount.multiply(rate), earner.currency);
        add(payee, Kind.PERCENTAGE, earned, "", amount, rate.negate(), fee.negate());
        BigDecimal left = amount.subtract(fee);
        BigDecimal percent = BigDecimal.ZERO;
        BigDecimal given = Money.zero(earner.currency);
        for (Share share : conditions.shares(earned.offering, month).stream()
                .sorted(Comparator.comparing(Share::organization))
                .toList()) {
            percent = percent.add(share.percent());
            BigDecimal upToHere = Money.round(left.multiply(percent).divide(HUNDRED), earner.currency);
            BigDecimal its = upToHere.subtract(given);
            given = upToHere;
            BigDecimal part = share.percent().divide(HUNDRED);
            add(payee, Kind.SHARE_GIVEN, earned, share.organization(), left, part.negate(), its.negate());
            Payee other = new Payee(share.organization(), earner.currency);
            add(other, Kind.SHARE_RECEIVED, earned, earner.issuer, left, part, its);
        }
    }

    private void charge(String organization, FeePlan plan, boolean isFirst, FeeCounts counts) {
        fee(organization, plan, Kind.ENTRY_FEE, isFirst ? BigDecimal.ONE : BigDecimal.ZERO, plan.entry());
        fee(organization, plan, Kind.LISTING_FEE, counts.of(organization, Kind.LISTING_FEE), plan.listing());
        fee(organization, plan, Kind.SUPPORT_FEE, BigDecimal.ONE, plan.support());
        fee(organization, plan, Kind.CALL_FEE, counts.of(organization, Kind.CALL_FEE), plan.call());
        fee(organization, plan, Kind.PROMOTION_FEE, counts.of(organization, Kind.PROMOTION_FEE), plan.promotion());
    }

    private void fee(String organization, FeePlan plan, Kind kind, BigDecimal quantity, BigDecimal price) {
        BigDecimal amount = Money.round(quantity.multiply(price), plan.currency());
        if (amount.signum() != 0) {
            Payee payee = new Payee(organization, plan.currency());
            Entry entry = new Entry(kind, Optional.empty(), "", quantity, price.negate(), amount.negate());
            entries.computeIfAbsent(payee, key -> new ArrayList<>()).add(entry);
        }
    }

    private void add(Payee payee, Kind kind, Earned earned, String other, BigDecimal quantity, BigDecimal amount) {
        add(payee, kind, earned, other, quantity, amount, amount);
    }

    private void add(
            Payee payee,
            Kind kind,
            Earned earned,
            String other,
            BigDecimal quantity,
            BigDecimal unitPrice,
            BigDecimal amount) {
        if (amount.signum() != 0) {
            entries.computeIfAbsent(payee, key -> new ArrayList<>())
                    .add(new Entry(kind, Optional.of(earned.offering), other, quantity, unitPrice, amount));
        }
    }
}
