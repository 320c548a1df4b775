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
import org.junit.jupiter.api.AfterEach;
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
    private static final Caller ACME = new Caller("acme", Role.ORGANIZATION);
    private static final Caller ACME_PARKING = new Caller("acme/parking", Role.PROVIDER);

    @TempDir
    Path folder;

    private PartyServer server;

    @BeforeEach
    void start() {
        server = new PartyServer(folder);
        server.organization("acme");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_new_party_is_told_a_secret_that_signs_in_and_a_changed_one_is_told_nothing() {
        Map<String, String> once = provider(ACME, "acme/parking");
        assertThat(once).containsOnlyKeys("clientId", "clientSecret").containsEntry("clientId", "acme/parking");
        assertThat(provider(ACME, "acme/parking")).isEmpty();
        server.token("acme/parking", once.get("clientSecret"));
    }

    @Test
    void deciding_twice_tells_the_secret_that_was_written() {
        Node resource = server.parties.providers().resource("acme/parking");
        Graph graph = server.systemGraph(server.parties.providers(), "acme/parking");
        Proposal proposal = new Proposal(ACME, resource, graph, true);
        String[] told = new String[2];
        server.store.write(view -> {
            told[0] = server.providers.decide(view, proposal).shownOnce().get("clientSecret");
            var decision = server.providers.decide(view, proposal);
            told[1] = decision.shownOnce().get("clientSecret");
            return decision.change();
        });
        assertThat(server.credentials.authenticate("acme/parking", told[0])).isEmpty();
        assertThat(server.credentials.authenticate("acme/parking", told[1])).isPresent();
    }

    @Test
    void a_refused_registration_leaves_no_credential() {
        refused(409, () -> provider(OPERATOR, "nobody/parking"));
        Set<String> clients = new HashSet<>();
        server.store.readLedger(database -> {
            database.listGraphNodes().forEachRemaining(graph -> clients.add(graph.getURI()));
            return null;
        });
        assertThat(clients).containsExactlyInAnyOrder("urn:mercat:client:operator", "urn:mercat:client:acme");
    }

    @Test
    void an_organization_registered_by_anybody_but_the_operator_is_403() {
        refused(403, () -> organization(ACME, "other"));
        refused(403, () -> organization(ACME, "acme2"));
        refused(403, () -> organization(Caller.ANYONE, "other"));
        refused(403, () -> organization(ACME_PARKING, "acme"));
        refused(403, () -> organization(new Caller("acme", Role.PROVIDER), "acme"));
        assertThat(organization(ACME, "acme")).isEmpty();
    }

    @Test
    void an_organization_with_the_operators_id_is_409() {
        refused(409, () -> organization(OPERATOR, "operator"));
        server.token("operator", PartyServer.OPERATOR_SECRET);
    }

    @Test
    void an_organization_that_was_withdrawn_meanwhile_and_registers_itself_again_is_403() {
        server.withdraw(server.organizations, OPERATOR, server.parties.organizations(), "acme");
        refused(403, () -> organization(ACME, "acme"));
        assertThat(organization(OPERATOR, "acme")).containsKey("clientSecret");
    }

    @Test
    void a_system_registered_by_another_or_by_itself_is_403() {
        refused(403, () -> provider(ACME, "acme2/parking"));
        refused(403, () -> provider(ACME, "acm/parking"));
        refused(403, () -> provider(ACME_PARKING, "acme/parking"));
        refused(403, () -> provider(new Caller("acme", Role.CONSUMER), "acme/parking"));
        refused(403, () -> consumer(new Caller("other", Role.ORGANIZATION), "acme/app"));
    }

    @Test
    void a_system_of_an_organization_that_is_missing_or_withdrawn_is_409() {
        assertThat(refused(409, () -> provider(OPERATOR, "nobody/parking")).detail())
                .contains("no organization \"nobody\"");
        server.withdraw(server.organizations, ACME, server.parties.organizations(), "acme");
        assertThat(refused(409, () -> consumer(ACME, "acme/app")).detail()).contains("was withdrawn");
    }

    @Test
    void a_system_that_names_another_organization_or_none_or_two_is_422() {
        server.organization("other");
        Node other = server.parties.organizations().resource("other");
        Graph wrong = server.systemGraph(server.parties.providers(), "acme/parking", other);
        Failure failure = refused(422, () -> provider(ACME, "acme/parking", wrong));
        assertThat(failure.detail()).contains("\"organization\": \"acme\"");
        assertThat(failure.faults()).hasSize(1).allSatisfy(fault -> {
            assertThat(fault.path()).isEqualTo(MC.organization.getURI());
            assertThat(fault.value()).isEqualTo(other.getURI());
        });
        wrong.add(
                server.parties.providers().resource("acme/parking"),
                MC.organization,
                server.parties.organizations().resource("acme"));
        refused(422, () -> provider(ACME, "acme/parking", wrong));
        refused(422, () -> provider(ACME, "acme/parking", server.organizationGraph("acme")));
        Node text = NodeFactory.createLiteralString(PartyServer.BASE + "organizations/acme");
        refused(
                422,
                () -> provider(
                        ACME, "acme/parking", server.systemGraph(server.parties.providers(), "acme/parking", text)));
    }

    @Test
    void a_party_that_says_it_is_withdrawn_is_422() {
        Graph graph = server.organizationGraph("acme");
        graph.add(server.parties.organizations().resource("acme"), RDF.Nodes.type, MC.Withdrawn);
        refused(422, () -> server.register(server.organizations, ACME, server.parties.organizations(), graph, "acme"));
    }

    @Test
    void a_consumer_with_the_id_of_a_provider_is_409_until_that_is_withdrawn() {
        provider(ACME, "acme/parking");
        assertThat(refused(409, () -> consumer(ACME, "acme/parking")).detail()).contains("is a provider already");
        server.withdraw(server.providers, ACME, server.parties.providers(), "acme/parking");
        assertThat(consumer(ACME, "acme/parking")).isNotEmpty();
        refused(409, () -> provider(ACME, "acme/parking"));
    }

    @Test
    void a_party_with_something_below_it_is_withdrawn_only_after_that_else_409() {
        server.provider("acme/parking");
        server.offering("acme/parking/free", "acme/parking");
        assertThat(refused(409, () -> withdrawOrganization()).detail()).contains("providers/acme/parking>");
        assertThat(refused(409, () -> withdrawProvider()).detail()).contains("offerings/acme/parking/free>");
        server.store.write(view -> org.mercat.rdf.Change.of(
                NodeFactory.createURI(PartyServer.BASE + "offerings/acme/parking/free"),
                GraphFactory.createDefaultGraph()));
        withdrawProvider();
        withdrawOrganization();
    }

    @Test
    void a_withdrawal_by_another_is_403() {
        server.provider("acme/parking");
        refused(
                403,
                () -> server.withdraw(
                        server.organizations,
                        new Caller("other", Role.ORGANIZATION),
                        server.parties.organizations(),
                        "acme"));
        refused(403, () -> server.withdraw(server.providers, ACME_PARKING, server.parties.providers(), "acme/parking"));
    }

    private void withdrawOrganization() {
        server.withdraw(server.organizations, ACME, server.parties.organizations(), "acme");
    }

    private void withdrawProvider() {
        server.withdraw(server.providers, ACME, server.parties.providers(), "acme/parking");
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
