// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.mercat.billing.Settlement.Entry;
import org.mercat.billing.Settlement.Kind;

/**
 * What months come to as they are and as they would be: by organization, by offering, and in all.
 *
 * @param unchanged by id of a contract, why it keeps its tariff
 */
record TrialResult(Map<String, String> unchanged, Map<Place, Sums> sums) {
    /** What an amount is of: {@code payer}, {@code earner}, {@code sales}, {@code kept} or {@code fees}. */
    record Place(String kind, String name, String currency) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return (kind + " " + name + " " + currency).compareTo(other.kind + " " + other.name + " " + other.currency);
        }
    }

    /** As it is, and as it would be. */
    static final class Sums {
        private BigDecimal present = BigDecimal.ZERO;
        private BigDecimal tried = BigDecimal.ZERO;

        private void put(ObjectNode json, String currency) {
            json.put("present", Money.round(present, currency).toPlainString())
                    .put("tried", Money.round(tried, currency).toPlainString())
                    .put(
                            "difference",
                            Money.round(tried.subtract(present), currency).toPlainString());
        }
    }

    TrialResult(Map<String, String> unchanged) {
        this(unchanged, new TreeMap<>());
    }

    /** Adds a month. @param isPresent as it is, or as it would be */
    void add(Statement statement, boolean isPresent) {
        for (Posting posting : statement.postings()) {
            String[] account = posting.account().split("/", 2);
            switch (account[0]) {
                case "receivable" -> add("payer", account[1], posting.currency(), posting.amount(), isPresent);
                case "payable" ->
                    add(
                            "earner",
                            account[1],
                            posting.currency(),
                            posting.amount().negate(),
                            isPresent);
                default -> add("fees", "", posting.currency(), posting.amount().negate(), isPresent);
            }
        }
        for (Settlement settlement : statement.settlements()) {
            for (Entry entry : settlement.entries()) {
                entry.offering().ifPresent(offering -> {
                    boolean isSale = entry.kind() == Kind.SALES || entry.kind() == Kind.CREDIT;
                    boolean isKept = isSale || entry.kind() == Kind.PERCENTAGE || entry.kind() == Kind.SHARE_GIVEN;
                    if (isSale) {
                        add("sales", offering.getURI(), settlement.currency(), entry.amount(), isPresent);
                        add("sales", "", settlement.currency(), entry.amount(), isPresent);
                    }
                    if (isKept) {
                        add("kept", offering.getURI(), settlement.currency(), entry.amount(), isPresent);
                    }
                });
            }
        }
    }

    private void add(String kind, String name, String currency, BigDecimal amount, boolean isPresent) {
        Sums its = sums.computeIfAbsent(new Place(kind, name, currency), place -> new Sums());
        if (isPresent) {
            its.present = its.present.add(amount);
        } else {
            its.tried = its.tried.add(amount);
        }
    }

    /** Adds all of it to an answer. @param offerings their addresses begin so */
    void put(ObjectNode json, String offerings) {
        ArrayNode all = json.putArray("total");
        ArrayNode byOffering = json.putArray("offerings");
        ArrayNode payers = json.putArray("payers");
        ArrayNode earners = json.putArray("earners");
        sums.forEach((place, its) -> {
            boolean isTotal = place.name().isEmpty();
            if (isTotal) {
                put(all.addObject().put("of", place.kind()), place, its);
            } else if (place.kind().equals("payer")) {
                put(payers.addObject().put("organization", place.name()), place, its);
            } else if (place.kind().equals("earner")) {
                put(earners.addObject().put("organization", place.name()), place, its);
            } else {
                ObjectNode one = byOffering.addObject();
                one.put("offering", place.name().substring(offerings.length())).put("of", place.kind());
                put(one, place, its);
            }
        });
        ArrayNode left = json.putArray("unchanged");
        unchanged.forEach(
                (contract, why) -> left.addObject().put("contract", contract).put("reason", why));
    }

    private static void put(ObjectNode json, Place place, Sums its) {
        json.put("currency", place.currency());
        its.put(json, place.currency());
    }
}
