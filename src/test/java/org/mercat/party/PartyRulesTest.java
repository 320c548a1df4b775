// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mercat.party.PartyServer.OPERATOR;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDF;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.http.Caller;
import org.mercat.http.Caller.Role;
import org.mercat.http.Failure;
import org.mercat.http.FailureException;
import org.mercat.http.Rules.Proposal;
import org.mercat.ns.MC;

/** Who registers which party, and what must be there before or gone before. */
class PartyRulesTest {
    @TempDir
    static Path folder;

    private static PartyServer server;
    private static int tests;

    private final String acme = "acme" + ++tests + "x";
    private final String other = "other" + tests;
    private final String parking = acme + "/parking";
    private final String app = acme + "/app";
    private final Caller organization = new Caller(acme, Role.ORGANIZATION);
    private final Caller provider = new Caller(parking, Role.PROVIDER);

    @BeforeAll
    static void start() {
        server = new PartyServer(folder);
    }

    @BeforeEach
    void register() {
        server.organization(acme);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_new_party_is_told_a_secret_that_signs_in_and_a_changed_one_is_told_nothing() {
        Map<String, String> once = provider(organization, parking);
        assertThat(once).containsOnlyKeys("clientId", "clientSecret").containsEntry("clientId", parking);
        assertThat(provider(organization, parking)).isEmpty();
        server.token(parking, once.get("clientSecret"));
    }

    @Test
    void deciding_twice_tells_the_secret_that_was_written() {
        Node resource = server.parties.providers().resource(parking);
        Graph graph = server.systemGraph(server.parties.providers(), parking);
        Proposal proposal = new Proposal(organization, resource, graph, true);
        String[] told = new String[2];
        server.store.write(view -> {
            told[0] = server.providers.decide(view, proposal).shownOnce().get("clientSecret");
            var decision = server.providers.decide(view, proposal);
            told[1] = decision.shownOnce().get("clientSecret");
            return decision.change();
        });
        assertThat(server.credentials.authenticate(parking, told[0])).isEmpty();
        assertThat(server.credentials.authenticate(parking, told[1])).isPresent();
    }

    @Test
    void a_refused_registration_leaves_no_credential() {
        refused(409, () -> provider(OPERATOR, "nobody/parking"));
        Set<String> clients = new HashSet<>();
        server.store.readLedger(database -> {
            database.listGraphNodes().forEachRemaining(graph -> clients.add(graph.getURI()));
            return null;
        });
        assertThat(clients).contains("urn:mercat:client:" + acme).doesNotContain("urn:mercat:client:nobody/parking");
    }

    @Test
    void an_organization_registered_by_anybody_but_the_operator_is_403() {
        refused(403, () -> organization(organization, other));
        refused(403, () -> organization(organization, acme + "2"));
        refused(403, () -> organization(Caller.ANYONE, other));
        refused(403, () -> organization(provider, acme));
        refused(403, () -> organization(new Caller(acme, Role.PROVIDER), acme));
        assertThat(organization(organization, acme)).isEmpty();
    }

    @Test
    void an_organization_with_the_operators_id_is_409() {
        refused(409, () -> organization(OPERATOR, "operator"));
        server.token("operator", PartyServer.OPERATOR_SECRET);
    }

    @Test
    void an_organization_that_was_withdrawn_meanwhile_and_registers_itself_again_is_403() {
        server.withdraw(server.organizations, OPERATOR, server.parties.organizations(), acme);
        refused(403, () -> organization(organization, acme));
        assertThat(organization(OPERATOR, acme)).containsKey("clientSecret");
    }

    @Test
    void a_system_registered_by_another_or_by_itself_is_403() {
        refused(403, () -> provider(organization, acme + "2/parking"));
        refused(403, () -> provider(organization, acme.substring(1) + "/parking"));
        refused(403, () -> provider(provider, parking));
        refused(403, () -> provider(new Caller(acme, Role.CONSUMER), parking));
        refused(403, () -> consumer(new Caller(other, Role.ORGANIZATION), app));
    }

    @Test
    void a_system_of_an_organization_that_is_missing_or_withdrawn_is_409() {
        assertThat(refused(409, () -> provider(OPERATOR, "nobody/parking")).detail())
                .contains("no organization \"nobody\"");
        server.withdraw(server.organizations, organization, server.parties.organizations(), acme);
        assertThat(refused(409, () -> consumer(organization, app)).detail()).contains("was withdrawn");
    }

    @Test
    void a_system_that_names_another_organization_or_none_or_two_is_422() {
        server.organization(other);
        Node wrongOne = server.parties.organizations().resource(other);
        Graph wrong = server.systemGraph(server.parties.providers(), parking, wrongOne);
        Failure failure = refused(422, () -> provider(organization, parking, wrong));
        assertThat(failure.detail()).contains("\"organization\": \"" + acme + "\"");
        assertThat(failure.faults()).hasSize(1).allSatisfy(fault -> {
            assertThat(fault.path()).isEqualTo(MC.organization.getURI());
            assertThat(fault.value()).isEqualTo(wrongOne.getURI());
        });
        wrong.add(
                server.parties.providers().resource(parking),
                MC.organization,
                server.parties.organizations().resource(acme));
        refused(422, () -> provider(organization, parking, wrong));
        refused(422, () -> provider(organization, parking, server.organizationGraph(acme)));
        Node text = NodeFactory.createLiteralString(PartyServer.BASE + "organizations/" + acme);
        refused(
                422,
                () -> provider(organization, parking, server.systemGraph(server.parties.providers(), parking, text)));
    }

    @Test
    void a_party_that_says_it_is_withdrawn_is_422() {
        Graph graph = server.organizationGraph(acme);
        graph.add(server.parties.organizations().resource(acme), RDF.Nodes.type, MC.Withdrawn);
        refused(
                422,
                () -> server.register(server.organizations, organization, server.parties.organizations(), graph, acme));
    }

    @Test
    void a_consumer_with_the_id_of_a_provider_is_409_until_that_is_withdrawn() {
        provider(organization, parking);
        assertThat(refused(409, () -> consumer(organization, parking)).detail()).contains("is a provider already");
        server.withdraw(server.providers, organization, server.parties.providers(), parking);
        assertThat(consumer(organization, parking)).isNotEmpty();
        refused(409, () -> provider(organization, parking));
    }

    @Test
    void a_party_with_something_below_it_is_withdrawn_only_after_that_else_409() {
        server.provider(parking);
        server.offering(parking + "/free", parking);
        assertThat(refused(409, () -> withdrawOrganization()).detail()).contains("providers/" + parking + ">");
        assertThat(refused(409, () -> withdrawProvider()).detail()).contains("offerings/" + parking + "/free>");
        server.store.write(view -> org.mercat.rdf.Change.of(
                NodeFactory.createURI(PartyServer.BASE + "offerings/" + parking + "/free"),
                GraphFactory.createDefaultGraph()));
        withdrawProvider();
        withdrawOrganization();
    }

    @Test
    void a_withdrawal_by_another_is_403() {
        server.provider(parking);
        refused(
                403,
                () -> server.withdraw(
                        server.organizations,
                        new Caller(other, Role.ORGANIZATION),
                        server.parties.organizations(),
                        acme));
        refused(403, () -> server.withdraw(server.providers, provider, server.parties.providers(), parking));
    }

    private void withdrawOrganization() {
        server.withdraw(server.organizations, organization, server.parties.organizations(), acme);
    }

    private void withdrawProvider() {
        server.withdraw(server.providers, organization, server.parties.providers(), parking);
    }

    private Map<String, String> organization(Caller caller, String id) {
        return server.register(
                server.organizations, caller, server.parties.organizations(), server.organizationGraph(id), id);
    }

    private Map<String, String> provider(Caller caller, String id) {
        return provider(caller, id, server.systemGraph(server.parties.providers(), id));
    }

    private Map<String, String> provider(Caller caller, String id, Graph graph) {
        return server.register(server.providers, caller, server.parties.providers(), graph, id);
    }

    private Map<String, String> consumer(Caller caller, String id) {
        Graph graph = server.systemGraph(server.parties.consumers(), id);
        return server.register(server.consumers, caller, server.parties.consumers(), graph, id);
    }

    private static Failure refused(int status, ThrowingCallable call) {
        FailureException thrown = catchThrowableOfType(FailureException.class, call);
        assertThat(thrown).isNotNull();
        assertThat(thrown.failure().status()).isEqualTo(status);
        return thrown.failure();
    }
}
