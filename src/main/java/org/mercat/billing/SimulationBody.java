// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.mercat.contract.ContractRules;
import org.mercat.contract.Tariff;
import org.mercat.contract.Tariffs;
import org.mercat.http.Api;
import org.mercat.http.Caller;
import org.mercat.http.Failure;
import org.mercat.http.Failure.Kind;
import org.mercat.http.FailureException;
import org.mercat.http.Fault;
import org.mercat.http.Members;
import org.mercat.ns.MC;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Store;
import org.mercat.rdf.Submission;
import org.mercat.rdf.Unreadable;

/** Reads what is to be tried; its tariffs, fee plans and shares are checked as if they were meant. */
final class SimulationBody {
    private static final int MOST_MONTHS = 12;
    private static final int MOST = 100;

    private final Store store;
    private final Places places;
    private final Reception reception;
    private final ConditionBodies bodies;
    private final StoredConditions conditions;
    private final InstantSource clock;

    SimulationBody(Store store, Places places, Reception reception, StoredConditions conditions, InstantSource clock) {
        this.store = store;
        this.places = places;
        this.reception = reception;
        this.bodies = new ConditionBodies(store, places);
        this.conditions = conditions;
        this.clock = clock;
    }

    Trial read(Context ctx, Caller caller) {
        Members sent = Members.of(ctx, reception.documents(), Set.of("from", "to", "tariffs", "feePlans", "shares"));
        YearMonth from = month(sent, "from");
        YearMonth to = sent.has("to") ? month(sent, "to") : from;
        if (to.isBefore(from) || !to.isBefore(from.plusMonths(MOST_MONTHS))) {
            throw sent.refused(
                    "to",
                    "\"to\" is the last month, not before \"from\", and no more than " + MOST_MONTHS
                            + " months are tried at once: write \"to\": \"" + from + "\".");
        }
        Map<Node, Tariff> tariffs = new HashMap<>();
        for (Members one : objects(sent, "tariffs", Set.of("offering", "tariff"))) {
            putNew(tariffs, offering(one, caller), tariff(one, tariffs.size()), one, "offering");
        }
        Map<Node, List<Share>> shares = new HashMap<>();
        for (Members one : objects(sent, "shares", Set.of("offering", "shares"))) {
            Node offering = offering(one, caller);
            putNew(shares, offering, shares(one, offering, from), one, "offering");
        }
        return new Trial(from, to, tariffs, plans(sent, caller, from), shares);
    }

    private YearMonth month(Members sent, String member) {
        YearMonth month = Members.month(sent.text(member, 7));
        YearMonth now = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
        if (month.isAfter(now)) {
            throw sent.refused(
                    member,
                    month + " is in the future, and nothing was used in it yet: the last month to try is " + now
                            + ", which is still open.");
        }
        return month;
    }

    private static List<Members> objects(Members sent, String member, Set<String> known) {
        List<Members> all = sent.objects(member);
        if (all.size() > MOST) {
            throw sent.refused(member, "At most " + MOST + " of \"" + member + "\" are tried at once.");
        }
        all.forEach(one -> one.mustBeAmong(known));
        return all;
    }

    private static <K, V> void putNew(Map<K, V> all, K key, V value, Members one, String member) {
        if (all.put(key, value) != null) {
            throw one.refused(member, "\"" + one.text(member, 200) + "\" is there twice: keep one of them.");
        }
    }

    /** Its address, if it is the caller's and was ever there. */
    private Node offering(Members one, Caller caller) {
        String id = one.text("offering", 200);
        if (!caller.owns(id)) {
            throw Kind.FORBIDDEN.because("\"" + id + "\" is not yours: you can try tariffs and shares of your own"
                    + " offerings, as \"" + caller.id() + "\".");
        }
        Node offering = places.node("offerings/" + id);
        if (!new Collection("offerings", MC.Offering, 3, places.baseIri()).isId(id)
                || store.graph(offering).isEmpty()
                        && store.ledgerGraph(offering).isEmpty()) {
            throw one.refused("offering", "There is no offering \"" + id + "\". GET /offerings finds those that are.");
        }
        return offering;
    }

    /** A tariff goes the way of every tariff, as a part of a contract. */
    private Tariff tariff(Members one, int number) {
        if (!one.json().path("tariff").isObject()) {
            throw one.refused(
                    "tariff",
                    "Each of \"tariffs\" has the \"tariff\" that is to be tried: write \"tariff\":"
                            + " {\"pricingModel\": \"PER_ACCESS\", \"price\": \"0.002\", \"currency\": \"EUR\"}.");
        }
        Collection collection = new Collection("contracts", MC.Contract, 2, places.baseIri());
        Node contract = collection.resource("simulation/" + number);
        ObjectNode whole = reception.documents().checkedJson("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        whole.set("offering", one.json().get("offering"));
        whole.put("consumer", "simulation/simulation");
        whole.set("tariff", one.json().get("tariff"));
        return at(one.pointer(), () -> {
            Submission sent = reception.take(whole, collection, contract);
            reception.check(sent, collection, new ContractRules());
            Node tariff = new Description(sent.graph(), contract).one(MC.tariff).orElseThrow();
            return Tariffs.of(sent.graph(), tariff);
        });
    }

    private List<Share> shares(Members one, Node offering, YearMonth from) {
        ObjectNode body = ((ObjectNode) one.json()).deepCopy();
        body.remove("offering");
        Submission sent = at(
                one.pointer(), () -> reception.take(body, places.valueDistributions(), places.shares(offering, from)));
        return at(one.pointer(), () -> conditions.shares(bodies.shares(sent)));
    }

    private Map<String, FeePlan> plans(Members sent, Caller caller, YearMonth from) {
        Map<String, FeePlan> plans = new HashMap<>();
        if (sent.has("feePlans") && caller.role() != Caller.Role.OPERATOR) {
            throw Kind.FORBIDDEN.because("Fee plans are the operator's: leave \"feePlans\" out.");
        }
        for (Members one : sent.objects("feePlans")) {
            String organization = one.text("organization", 64);
            if (!organization.isEmpty()
                    && store.graph(places.organization(organization)).isEmpty()) {
                throw one.refused("organization", "There is no organization \"" + organization + "\".");
            }
            ObjectNode body = ((ObjectNode) one.json()).deepCopy();
            body.remove("organization");
            int segments = organization.isEmpty() ? 1 : 2;
            FeePlan plan = at(
                    one.pointer(),
                    () -> StoredConditions.plan(bodies.plan(
                            reception.take(body, places.feePlans(segments), places.feePlan(from, organization)))));
            putNew(plans, organization, plan, one, "organization");
        }
        return plans;
    }

    /** Says where in the whole body the faults of a part are. */
    private static <T> T at(String pointer, Supplier<T> part) {
        try {
            return part.get();
        } catch (Unreadable e) {
            Failure failure = Api.failureOf(e);
            throw new Failure.Malformed(failure.detail(), below(pointer, failure.faults())).asException();
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Invalid invalid) {
                throw new Failure.Invalid(invalid.detail(), below(pointer, invalid.faults())).asException();
            }
            throw e;
        }
    }

    private static List<Fault> below(String pointer, List<Fault> faults) {
        return faults.stream()
                .map(fault -> new Fault(
                        fault.message(),
                        pointer + (fault.pointer() == null ? "" : fault.pointer()),
                        0,
                        0,
                        fault.focusNode(),
                        fault.path(),
                        fault.value(),
                        fault.constraint(),
                        fault.severity()))
                .toList();
    }
}
