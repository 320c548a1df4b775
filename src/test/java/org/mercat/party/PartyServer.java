// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.mercat.http.Access;
import org.mercat.http.Api;
import org.mercat.http.Authentication;
import org.mercat.http.Caller;
import org.mercat.http.Caller.Role;
import org.mercat.http.Route;
import org.mercat.http.Rules;
import org.mercat.http.Rules.Decision;
import org.mercat.http.Rules.Proposal;
import org.mercat.ns.MC;
import org.mercat.rdf.Change;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Store;
import org.mercat.web.TemplatePages;

/** A real store and a real server with the routes of this package, and a clock that stands until it is moved. */
final class PartyServer implements AutoCloseable {
    static final String BASE = "https://catalogue.example/";
    static final String OPERATOR_SECRET = "the operator's own secret".replace(' ', '-');
    static final Caller OPERATOR = new Caller("operator", Role.OPERATOR);
    private static final ObjectMapper JSON = new ObjectMapper();

    final Store store;
    final Parties parties = Parties.of(BASE);
    final Credentials credentials;
    final SigningKeys keys;
    final Tokens tokens;
    final OrganizationRules organizations;
    final SystemRules providers;
    final SystemRules consumers;
    private final Api api;
    private HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

    PartyServer(Path folder) {
        store = Store.open(folder);
        credentials = new Credentials(store, parties);
        credentials.ensureOperator(Optional.of(OPERATOR_SECRET), "a-secret-that-everybody-knows");
        keys = SigningKeys.open(folder, () -> now);
        tokens = new Tokens(keys, BASE, credentials, () -> now);
        organizations = new OrganizationRules(parties, credentials);
        providers = SystemRules.ofProviders(parties, credentials);
        consumers = SystemRules.ofConsumers(parties, credentials);
        List<Route> routes = new ArrayList<>(new TokenRoutes(tokens, keys, credentials, BASE, () -> now).routes());
        routes.addAll(new SecretRoutes(store, parties, credentials).routes());
        routes.add(Route.get("/whoami", Access.PARTIES, ctx -> {
            Caller caller = Authentication.callerOf(ctx);
            ctx.result(caller.role().word() + " " + caller.id());
        }));
        api = new Api(
                routes,
                new Authentication(tokens::verify),
                new SimpleMeterRegistry(),
                context -> {},
                new TemplatePages());
        port = api.start("127.0.0.1", 0);
    }

    /** To be called after a request that the server ends the connection for: the client may not have seen it yet. */
    void reconnect() {
        http = HttpClient.newHttpClient();
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    /** Registers as the registrar does. @return what is shown once */
    Map<String, String> register(Rules rules, Caller caller, Collection collection, Graph graph, String id) {
        Node resource = collection.resource(id);
        rules.mayWrite(caller, id);
        Decision[] decision = new Decision[1];
        store.write(view -> {
            boolean created = !Parties.isLive(view.catalogue(resource), resource);
            decision[0] = rules.decide(view, new Proposal(caller, resource, graph, created));
            return decision[0].change();
        });
        return decision[0].shownOnce();
    }

    void withdraw(Rules rules, Caller caller, Collection collection, String id) {
        Node resource = collection.resource(id);
        rules.mayWrite(caller, id);
        Graph tombstone = GraphFactory.createDefaultGraph();
        tombstone.add(resource, RDF.Nodes.type, MC.Withdrawn);
        store.write(view -> rules.decideWithdrawal(view, resource, tombstone));
    }

    /** The secret of a new organization. */
    String organization(String id) {
        return register(organizations, OPERATOR, parties.organizations(), organizationGraph(id), id)
                .get("clientSecret");
    }

    /** The secret of a new provider. */
    String provider(String id) {
        return register(providers, OPERATOR, parties.providers(), systemGraph(parties.providers(), id), id)
                .get("clientSecret");
    }

    /** The secret of a new consumer. */
    String consumer(String id) {
        return register(consumers, OPERATOR, parties.consumers(), systemGraph(parties.consumers(), id), id)
                .get("clientSecret");
    }

    /** An offering that a provider publishes. */
    void offering(String id, String provider) {
        Node offering = NodeFactory.createURI(BASE + "offerings/" + id);
        Graph graph = GraphFactory.createDefaultGraph();
        graph.add(offering, DCTerms.publisher.asNode(), parties.providers().resource(provider));
        store.write(view -> Change.of(offering, graph));
    }

    Graph organizationGraph(String id) {
        Graph graph = GraphFactory.createDefaultGraph();
        graph.add(
                parties.organizations().resource(id),
                RDF.Nodes.type,
                parties.organizations().type());
        return graph;
    }

    Graph systemGraph(Collection collection, String id) {
        return systemGraph(collection, id, parties.organizations().resource(id.substring(0, id.indexOf('/'))));
    }

    Graph systemGraph(Collection collection, String id, Node organization) {
        Graph graph = GraphFactory.createDefaultGraph();
        graph.add(collection.resource(id), RDF.Nodes.type, collection.type());
        graph.add(collection.resource(id), MC.organization, organization);
        return graph;
    }

    /** An access token, got over HTTP. */
    String token(String id, String secret) {
        HttpResponse<String> response = form(Map.of(), credentialsForm(id, secret));
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return json(response).get("access_token").asText();
    }

    static Map<String, String> credentialsForm(String id, String secret) {
        return Map.of("grant_type", "client_credentials", "client_id", id, "client_secret", secret);
    }

    static String basic(String id, String secret) {
        String pair = encode(id) + ":" + encode(secret);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    HttpResponse<String> form(Map<String, String> headers, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return token(headers, "application/x-www-form-urlencoded", body);
    }

    HttpResponse<String> token(Map<String, String> headers, String contentType, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/oauth/token"))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request);
    }

    HttpResponse<String> get(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request);
    }

    HttpResponse<String> post(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.noBody());
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        api.close();
        store.close();
    }
}
