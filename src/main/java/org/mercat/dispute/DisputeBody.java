// SPDX-License-Identifier: Apache-2.0
package org.mercat.dispute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.mercat.contract.Contract;
import org.mercat.http.Failure;

/** What is sent to open a dispute, or to take a step with it. */
final class DisputeBody {
    private static final int LONGEST_TEXT = 10_000;
    private static final int MOST_EVIDENCE = 20;
    private static final int LONGEST_ADDRESS = 2_000;

    private final ObjectNode json;

    /** @param members that there may be */
    DisputeBody(ObjectNode json, Set<String> members) {
        this.json = json;
        json.fieldNames().forEachRemaining(name -> {
            if (!members.contains(name)) {
                throw malformed("There is no member \"" + name + "\" here; there are \""
                        + String.join("\", \"", new java.util.TreeSet<>(members)) + "\".");
            }
        });
    }

    private static RuntimeException malformed(String message) {
        return new Failure.Malformed(message).asException();
    }

    /** A text that has to be there, or may be missing. */
    String text(String member, boolean isNeeded) {
        JsonNode value = json.path(member);
        if (value.isMissingNode() && !isNeeded) {
            return "";
        }
        if (!value.isTextual() || value.asText().isBlank() || value.asText().length() > LONGEST_TEXT) {
            throw malformed("\"" + member + "\" has to be a text of up to " + LONGEST_TEXT + " characters"
                    + (value.isMissingNode() ? "; it is missing." : "."));
        }
        return value.asText().strip();
    }

    List<Node> evidence() {
        JsonNode sent = json.path("evidence");
        List<Node> evidence = new ArrayList<>();
        sent.forEach(one -> evidence.add(address(one.asText())));
        if (!sent.isMissingNode() && !sent.isArray() || evidence.size() > MOST_EVIDENCE) {
            throw malformed("\"evidence\" is a list of up to " + MOST_EVIDENCE
                    + " addresses: [\"https://acme.example/log-2026-11-03.csv\"].");
        }
        return evidence;
    }

    private static Node address(String word) {
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
        throw malformed("\"" + word + "\" in \"evidence\" is no address that begins with https:// or http://.");
    }

    /** What is disputed: an invoice or a line of one, the sums of a metric in a month, or the contract as a whole. */
    Node about(Contract contract, String baseIri) {
        String month = text("month", false);
        String metric = text("metric", false);
        String invoice = text("invoice", false);
        JsonNode line = json.path("line");
        if (!invoice.isEmpty()) {
            boolean isLine = line.isIntegralNumber() && line.asInt() > 0;
            if (!invoice.matches("[a-z0-9._-]{1,64}/[A-Za-z0-9._-]{1,64}")
                    || !line.isMissingNode() && !isLine
                    || !(month + metric).isEmpty()) {
                throw malformed("An invoice is disputed by its id and the number of a line, if it is one: \"invoice\": "
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
            throw malformed("Usage is disputed by month and metric: \"month\": \"2026-11\", \"metric\": \"access\".");
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
        String sent = json.path("amount").asText();
        if (!sent.matches("\\d{1,15}(\\.\\d{1,9})?")
                || new BigDecimal(sent).signum() == 0
                || new BigDecimal(sent).stripTrailingZeros().scale() > decimals) {
            throw malformed("\"amount\" is what is given back, in " + currency
                    + ", without tax, above 0 and with at most " + decimals + " decimals: \"amount\": \"12\".");
        }
        return new BigDecimal(sent);
    }
}
