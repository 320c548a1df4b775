// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mercat.contract.Contract;
import org.mercat.contract.Contracts;
import org.mercat.http.Caller;
import org.mercat.usage.UsageEvent.Key;
import org.mercat.usage.UsageEvent.Side;

/**
 * Makes usage events of CloudEvents, and refuses those that cannot be charged.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents 1.0</a>
 */
final class Metering {
    /** The {@code type} of an event. */
    static final String TYPE = "org.mercat.usage";

    /** Clocks differ. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final int LONGEST_ID = 200;
    private static final int LONGEST_SOURCE = 500;
    private static final int MOST_QUANTITIES = 20;
    private static final int LONGEST_NUMBER = 40;
    private static final int MOST_DECIMALS = 9;
    private static final BigDecimal ABSURD = BigDecimal.TEN.pow(15);

    private final Contracts contracts;
    private final InstantSource clock;

    Metering(Contracts contracts, InstantSource clock) {
        this.contracts = contracts;
        this.clock = clock;
    }

    /** Why an event is not taken, in words for its reporter. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    /** The event that a caller reports. @throws Refused if it cannot be charged */
    UsageEvent read(JsonNode event, Caller reporter) throws Refused {
        if (reporter.role() == Caller.Role.OPERATOR) {
            throw new Refused("The two sides of a contract report its usage; the operator does not.");
        }
        if (!event.isObject()) {
            throw new Refused("An event is a JSON object with specversion, id, source, type, subject, time and data.");
        }
        mustBe(event, "specversion", "1.0");
        mustBe(event, "type", TYPE);
        Key key = new Key(reporter.id(), text(event, "source", LONGEST_SOURCE), text(event, "id", LONGEST_ID));
        Contract contract = contract(text(event, "subject", LONGEST_SOURCE), reporter);
        JsonNode data = event.path("data");
        JsonNode quantities = data.path("quantities");
        if (!quantities.isObject() || quantities.isEmpty() || quantities.size() > MOST_QUANTITIES) {
            throw new Refused("data says what was used, as numbers by metric, at most " + MOST_QUANTITIES
                    + ": {\"quantities\": {\"access\": 1}}.");
        }
        Optional<Instant> start = data.has("start") ? Optional.of(time(data, "start")) : Optional.empty();
        Optional<Instant> end = data.has("end") ? Optional.of(time(data, "end")) : Optional.empty();
        Instant time = start.isPresent() ? start.get() : time(event, "time");
        Instant last = end.orElse(time);
        if (last.isBefore(time)) {
            throw new Refused("The end, " + last + ", is before the start, " + time + ".");
        }
        if (last.isAfter(clock.instant().plus(SKEW))) {
            throw new Refused("The time, " + last + ", is in the future: report what was used when it was.");
        }
        if (!contract.isInForce(time) && !contract.isInForce(time.plus(SKEW))) {
            throw new Refused("The contract \"" + contract.id() + "\" was not in force at " + time
                    + ", so nothing could be used under it.");
        }
        return new UsageEvent(
                key, contract.id(), side(contract, reporter), time, end, quantities(quantities, contract, time));
    }

    private static void mustBe(JsonNode event, String attribute, String value) throws Refused {
        if (!event.path(attribute).asText().equals(value)) {
            throw new Refused("\"" + attribute + "\" is \"" + value + "\", not " + event.path(attribute) + ".");
        }
    }

    private static String text(JsonNode event, String attribute, int longest) throws Refused {
        JsonNode value = event.path(attribute);
        if (!value.isTextual() || value.asText().isBlank() || value.asText().length() > longest) {
            throw new Refused("\"" + attribute + "\" is missing, or no text of up to " + longest + " characters.");
        }
        return value.asText();
    }

    private static Instant time(JsonNode node, String attribute) throws Refused {
        try {
            return OffsetDateTime.parse(node.path(attribute).asText())
                    .toInstant()
                    .truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeParseException e) {
            throw new Refused(
                    "\"" + attribute + "\" is a time with its zone (RFC 3339), such as 2026-11-23T09:30:00Z, not "
                            + (node.has(attribute) ? node.path(attribute) : "missing") + ".");
        }
    }

    /** One of others is as unknown as one that is not there. */
    private Contract contract(String subject, Caller reporter) throws Refused {
        String prefix = contracts.collection().iri();
        String id = subject.startsWith(prefix) ? subject.substring(prefix.length()) : subject;
        return contracts
                .find(id)
                .filter(contract -> contracts.isOf(reporter, contract))
                .orElseThrow(() -> new Refused("There is no contract \"" + id + "\" in which \"" + reporter.id()
                        + "\" takes part: \"subject\" is the id of one."));
    }

    /** Who is on both sides reports what was given. */
    private static Side side(Contract contract, Caller reporter) {
        return reporter.owns(contract.provider()) ? Side.PROVIDER : Side.CONSUMER;
    }

    private static TreeMap<String, BigDecimal> quantities(JsonNode sent, Contract contract, Instant time)
            throws Refused {
        Set<String> metrics = contract.tariffOn(LocalDate.ofInstant(time, ZoneOffset.UTC))
                .tariff()
                .metrics();
        TreeMap<String, BigDecimal> quantities = new TreeMap<>();
        for (Map.Entry<String, JsonNode> one : sent.properties()) {
            if (!metrics.contains(one.getKey())) {
                throw new Refused("The tariff of \"" + contract.id() + "\" does not count \"" + one.getKey()
                        + "\"; it counts " + String.join(", ", new TreeSet<>(metrics)) + ".");
            }
            quantities.put(one.getKey(), quantity(one.getKey(), one.getValue()));
        }
        return quantities;
    }

    private static BigDecimal quantity(String metric, JsonNode value) throws Refused {
        BigDecimal quantity;
        try {
            quantity = value.isNumber() ? value.decimalValue() : new BigDecimal(shortened(value.asText()));
        } catch (NumberFormatException e) {
            throw new Refused(
                    "\"" + metric + "\" is a number, or one in a string so that no digit is lost, not " + value + ".");
        }
        if (quantity.signum() < 0) {
            throw new Refused("\"" + metric + "\" is negative; what was reported too much is taken back by a dispute.");
        }
        if (quantity.compareTo(ABSURD) > 0 || UsageEvent.plain(quantity).scale() > MOST_DECIMALS) {
            throw new Refused("\"" + metric + "\" has to be at most 10^15, with at most " + MOST_DECIMALS
                    + " decimals, not " + value + ".");
        }
        return quantity;
    }

    /** Nobody needs more digits, and to read a million of them takes long. */
    private static String shortened(String number) {
        return number.length() <= LONGEST_NUMBER ? number : "";
    }
}
