// SPDX-License-Identifier: Apache-2.0
import com.nimbusds.jose.*;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.*;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.*;
import com.sun.net.httpserver.HttpServer;
import java.net.*;
import java.net.http.*;
import java.time.Instant;
import java.util.*;
import java.util.concurrent.ConcurrentHashMap;

public class Gateway { // java -cp nimbus-jose-jwt.jar Gateway.java http://localhost:8080/ acme/parking SECRET 9000 30
    static final HttpClient HTTP = HttpClient.newHttpClient();
    static final Map<String, Integer> USED = new ConcurrentHashMap<>(); // by contract, since the last report
    static final List<String> EVENTS = new ArrayList<>(); // to be sent; keep them in a file if none may be lost
    static Instant since = Instant.now();

    public static void main(String[] a) throws Exception {
        String catalogue = a[0], provider = a[1], secret = a[2], issuer = (String) get(catalogue + ".well-known/oauth-authorization-server").get("issuer");
        var verifier = new DefaultJWTProcessor<SecurityContext>(); // offline: asks for keys now and then, and for those it does not know
        verifier.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("contract+jwt")));
        verifier.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, JWKSourceBuilder.create(new URL(catalogue + ".well-known/jwks.json")).build()));
        verifier.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(issuer + "providers/" + provider, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("contract", "grant", "exp")));
        Set<Object> revoked = ConcurrentHashMap.newKeySet();
        HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(a[3])), 0);
        server.createContext("/", call -> {
            byte[] answer = "{\"freeSpaces\": 12}".getBytes(); // here it would call the service that it guards
            try {
                var token = verifier.process(String.valueOf(call.getRequestHeaders().getFirst("Authorization")).replaceFirst("^Bearer ", ""), null);
                if (revoked.contains(token.getClaim("grant"))) throw new JOSEException("The contract is suspended or over.");
                USED.merge(token.getStringClaim("contract"), 1, Integer::sum);
                call.sendResponseHeaders(200, answer.length);
            } catch (Exception e) { call.sendResponseHeaders(401, (answer = String.valueOf(e.getMessage()).getBytes()).length); }
            try (call) { call.getResponseBody().write(answer); }
        });
        server.start();
        System.out.println("Gateway on port " + server.getAddress().getPort());
        for (;; Thread.sleep(Long.parseLong(a[4]) * 1000)) {
            try { report(catalogue, provider, secret); revoked.addAll((List<?>) get(catalogue + "contracts/revoked").get("revoked")); } catch (Exception e) { System.err.println("Tried again in a while: " + e); }
        }
    }
    static void report(String catalogue, String provider, String secret) throws Exception {
        for (String contract : USED.keySet()) EVENTS.add("{\"specversion\": \"1.0\", \"type\": \"org.mercat.usage\", \"source\": \"urn:gateway:" + provider + "\", \"id\": \"" + UUID.randomUUID() + "\", \"subject\": \"" + contract + "\", \"time\": \"" + since + "\", \"data\": {\"quantities\": {\"access\": " + USED.remove(contract) + "}}}");
        since = Instant.now();
        if (EVENTS.isEmpty()) return;
        Object token = send(request(catalogue + "oauth/token", "application/x-www-form-urlencoded", "grant_type=client_credentials&client_id=" + provider + "&client_secret=" + secret)).get("access_token");
        System.out.println(send(request(catalogue + "usage", "application/cloudevents-batch+json", EVENTS.toString()).header("Authorization", "Bearer " + token)));
        EVENTS.clear(); // not before it was answered: what is sent again counts once, by its id
    }
    static HttpRequest.Builder request(String url, String type, String body) { return HttpRequest.newBuilder(URI.create(url)).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)); }
    static Map<String, Object> get(String url) throws Exception { return send(HttpRequest.newBuilder(URI.create(url))); }
    static Map<String, Object> send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) throw new java.io.IOException(answer.statusCode() + " " + answer.body());
        return JSONObjectUtils.parse(answer.body());
    }
}
