// SPDX-License-Identifier: Apache-2.0
package org.mercat.dispute;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.mercat.contract.Contract;
import org.mercat.http.Failure;
import org.mercat.http.Members;

/** What is sent to open a dispute, or to take a step with it. */
final class DisputeBody {
    private static final int LONGEST_TEXT = 10_000;
    private static final int MOST_EVIDENCE = 20;
    private static final int LONGEST_ADDRESS = 2_000;

    private final Members sent;

    DisputeBody(Members sent) {
        this.sent = sent;
    }

    /** A text that has to be there, or may be missing. */
    String text(String member, boolean isNeeded) {
        return isNeeded ? sent.neededText(member, LONGEST_TEXT) : sent.text(member, LONGEST_TEXT);
    }

    List<Node> evidence() {
        List<Node> evidence = sent.texts("evidence", MOST_EVIDENCE).stream()
                .map(this::address)
                .toList();
        return evidence;
    }

    private Node address(String word) {
        try {
            URI address = URI.create(word);
            if (Set.of("http", "https").contains(String.valueOf(address.getScheme()))
                    && address.getHost() != null
                    && word.length() <= LONGEST_ADDRESS) {
                return NodeFactory.createURI(word);
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw sent.refused(
                "evidence", "\"" + word + "\" in \"evidence\" is no address that begins with https:// or http://.");
    }

    /** What is disputed: an invoice or a line of one, the sums of a metric in a month, or the contract as a whole. */
    Node about(Contract contract, String baseIri) {
        String month = text("month", false);
        String metric = text("metric", false);
        String invoice = text("invoice", false);
        JsonNode line = sent.json().path("line");
        if (!invoice.isEmpty()) {
            boolean isLine = line.isIntegralNumber() && line.asInt() > 0;
            if (!invoice.matches("[a-z0-9._-]{1,64}/[A-Za-z0-9._-]{1,64}")
                    || !line.isMissingNode() && !isLine
                    || !(month + metric).isEmpty()) {
                throw sent.refused(
                        "invoice",
                        "An invoice is disputed by its id and the number of a line, if it is one: \"invoice\": "
                                + "\"acme/12\", \"line\": 3; \"month\" and \"metric\" are for usage.");
            }
            return NodeFactory.createURI(baseIri + "invoices/" + invoice + (isLine ? "#/lines/" + line.asInt() : ""));
        }
        if (month.isEmpty() && metric.isEmpty() && line.isMissingNode()) {
            return contract.node();
        }
        if (!month.matches("\\d{4}-(0[1-9]|1[0-2])")
                || !metric.matches("[a-z][A-Za-z0-9-]{0,39}")
                || !line.isMissingNode()) {
            throw sent.refused(
                    "metric", "Usage is disputed by month and metric: \"month\": \"2026-11\", \"metric\": \"access\".");
        }
        return NodeFactory.createURI(baseIri + "usage?contract=" + contract.id() + "&month=" + month + "#" + metric);
    }

    /** What is given back, above 0. @param currency three letters */
    BigDecimal amount(String currency) {
        if (currency.isEmpty()) {
            throw Failure.Kind.CONFLICT.because(
                    "Nothing was ever charged under this contract, so there is nothing to give back.");
        }
        int decimals = Currency.getInstance(currency).getDefaultFractionDigits();
        String amount = sent.json().path("amount").asText();
        if (!amount.matches("\\d{1,15}(\\.\\d{1,9})?")
                || new BigDecimal(amount).signum() == 0
                || new BigDecimal(amount).stripTrailingZeros().scale() > decimals) {
            throw sent.refused(
                    "amount",
                    "\"amount\" is what is given back, in " + currency + ", without tax, above 0 and with at most "
                            + decimals + " decimals: \"amount\": \"12\".");
        }
        return new BigDecimal(amount);
    }
}
