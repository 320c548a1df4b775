// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.mercat.http.Caller;
import org.mercat.http.Caller.Role;
import org.mercat.ns.Ledger;
import org.mercat.rdf.Change;
import org.mercat.rdf.Change.Replacement;
import org.mercat.rdf.Store;

/**
 * The credentials of all clients, in the ledger: one graph a client, which keeps the digest of its secret (see
 * {@link Secrets}), its role, and an id that each new secret changes. A client is its public resource: where that is
 * missing or withdrawn, the credential is worth nothing.
 */
public final class Credentials {
    private static final int CONFIGURED_MINIMUM = 16;
    private static final int CONFIGURED_MAXIMUM = 256;

    /** Compared with the secret of a client that does not exist, so that its absence costs the same time. */
    private static final Stored NOBODY = new Stored(Role.ANYONE, Secrets.digest(Secrets.next()), "");

    private final Store store;
    private final Parties parties;

    /** What the ledger has of a client. */
    private record Stored(Role role, String digest, String credential) {
        static Optional<Stored> in(Graph graph, Node client) {
            return graph.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Stored(
                            Role.of(text(graph, client, Ledger.role)),
                            text(graph, client, Ledger.secretHash),
                            text(graph, client, Ledger.credential)));
        }

        private static String text(Graph graph, Node client, Node property) {
            return graph.find(client, property, Node.ANY).next().getObject().getLiteralLexicalForm();
        }
    }

    public Credentials(Store store, Parties parties) {
        this.store = store;
        this.parties = parties;
    }

    /** The write that gives a client a secret; the one before is no longer good, nor are its tokens. */
    Replacement issue(String clientId, Role role, String secret) {
        Node client = graphOf(clientId);
        Graph content = GraphFactory.createDefaultGraph();
        content.add(client, Ledger.role, NodeFactory.createLiteralString(role.word()));
        content.add(client, Ledger.secretHash, NodeFactory.createLiteralString(Secrets.digest(secret)));
        content.add(client, Ledger.credential, NodeFactory.createLiteralString(Secrets.nextId()));
        return new Replacement(client, content);
    }

    /** The write that takes a client's secret away. */
    Replacement replacementForRemoval(String clientId) {
        return new Replacement(graphOf(clientId), Graph.emptyGraph);
    }

    private static Node graphOf(String clientId) {
        return NodeFactory.createURI("urn:mercat:client:" + clientId);
    }

    /** The client of that id, if the secret is its own and it is neither missing nor withdrawn. */
    Optional<Client> authenticate(String clientId, String secret) {
        Stored stored = find(clientId).orElse(NOBODY);
        boolean right = Secrets.same(Secrets.digest(secret), stored.digest);
        Client client = new Client(new Caller(clientId, stored.role), stored.credential);
        return right && stored != NOBODY && exists(client.caller()) ? Optional.of(client) : Optional.empty();
    }

    /** Whether what a client signed in with is still its credential, and the client still there. */
    boolean isCurrent(Client client) {
        return find(client.caller().id())
                        .filter(stored ->
                                stored.role == client.caller().role() && stored.credential.equals(client.credential()))
                        .isPresent()
                && exists(client.caller());
    }

    private Optional<Stored> find(String clientId) {
        Node client = graphOf(clientId);
        return Stored.in(store.ledgerGraph(client), client);
    }

    private boolean exists(Caller client) {
        if (client.role() == Role.OPERATOR) {
            return true;
        }
        return parties.resourceOf(client)
                .filter(resource -> Parties.isLive(store.graph(resource), resource))
                .isPresent();
    }

    /**
     * Sees to it that the operator can sign in.
     *
     * @param configured the secret to be; it replaces what is stored
     * @param burnt a secret that everybody knows: unless it is the configured one, it does not stay
     * @return the secret that was made, to be printed once, if there was none to keep and none is configured
     * @throws IllegalArgumentException if the configured one is not good enough, with what is
     */
    public Optional<String> ensureOperator(Optional<String> configured, String burnt) {
        configured.ifPresent(Credentials::check);
        Optional<Stored> stored = find(Parties.OPERATOR);
        if (configured.isEmpty() && stored.isPresent() && !Secrets.same(stored.get().digest, Secrets.digest(burnt))) {
            return Optional.empty();
        }
        String secret = configured.orElseGet(Secrets::next);
        if (stored.isEmpty() || !Secrets.same(stored.get().digest, Secrets.digest(secret))) {
            Replacement issued = issue(Parties.OPERATOR, Role.OPERATOR, secret);
            store.write(view -> new Change(List.of(), List.of(issued)));
        }
        return configured.isPresent() ? Optional.empty() : Optional.of(secret);
    }

    private static void check(String configured) {
        boolean printable = configured.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (configured.length() < CONFIGURED_MINIMUM || configured.length() > CONFIGURED_MAXIMUM || !printable) {
            throw new IllegalArgumentException("The operator's secret must have " + CONFIGURED_MINIMUM + " to "
                    + CONFIGURED_MAXIMUM + " ASCII characters without spaces; the configured one has "
                    + configured.length() + (printable ? "." : " and others than these.")
                    + " For a good one: openssl rand -base64 32. Without any, one is made at the first start.");
        }
    }
}
