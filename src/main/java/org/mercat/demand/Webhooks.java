// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.mercat.ns.Ledger;
import org.mercat.rdf.Change;
import org.mercat.rdf.Change.Replacement;
import org.mercat.rdf.Store;

/** Where demands' events are sent to, and the secrets that they are signed with: in the ledger, a graph each. */
final class Webhooks {
    private static final String GRAPHS = "urn:mercat:webhook:";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;

    private final Store store;
    private final Map<String, Optional<Webhook>> known = new ConcurrentHashMap<>();
    private volatile boolean used;

    /** A receiver. */
    record Webhook(String url, String secret) {
        /** With a new secret. */
        static Webhook of(String url) {
            byte[] bytes = new byte[SECRET_BYTES];
            RANDOM.nextBytes(bytes);
            return new Webhook(
                    url, "mcw_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }

        /**
         * What proves that a body is ours: {@code t=SECONDS,v1=HEX}, the HMAC-SHA256 of {@code SECONDS.BODY} under the
         * secret.
         */
        String signature(long seconds, String body) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                byte[] signed = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
                return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(signed);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java has HMAC-SHA256", e);
            }
        }

        /** Without the secret: this may stand in a log. */
        @Override
        public String toString() {
            return "Webhook[" + url + "]";
        }
    }

    Webhooks(Store store) {
        this.store = store;
    }

    /** Forgets what it knew of a demand: something was written. On the writer's thread, too. */
    void invalidate(String demand) {
        known.remove(demand);
    }

    /** A demand's webhook, if it has one. */
    Optional<Webhook> of(String demand) {
        return known.computeIfAbsent(demand, this::read);
    }

    private Optional<Webhook> read(String demand) {
        Node node = graphOf(demand);
        Graph graph = store.ledgerGraph(node);
        if (graph.isEmpty()) {
            return Optional.empty();
        }
        used = true;
        return Optional.of(new Webhook(text(graph, node, Ledger.url), text(graph, node, Ledger.secret)));
    }

    private static String text(Graph graph, Node subject, Node property) {
        return graph.find(subject, property, Node.ANY).next().getObject().getLiteralLexicalForm();
    }

    /** Whether any demand has one, as far as is known. */
    boolean areUsed() {
        return used;
    }

    /** Takes a demand's webhook away. */
    void remove(String demand) {
        store.write(view -> new Change(List.of(), List.of(removal(demand))));
        invalidate(demand);
    }

    static Replacement replacement(String demand, Webhook webhook) {
        Node node = graphOf(demand);
        Graph graph = GraphFactory.createDefaultGraph();
        graph.add(node, Ledger.url, NodeFactory.createLiteralString(webhook.url));
        graph.add(node, Ledger.secret, NodeFactory.createLiteralString(webhook.secret));
        return new Replacement(node, graph);
    }

    static Replacement removal(String demand) {
        return new Replacement(graphOf(demand), Graph.emptyGraph);
    }

    private static Node graphOf(String demand) {
        return NodeFactory.createURI(GRAPHS + demand);
    }
}
