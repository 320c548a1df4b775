// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.jena.query.Query;
import org.apache.jena.riot.resultset.ResultSetLang;
import org.apache.jena.riot.rowset.RowSetReaderRegistry;
import org.apache.jena.sparql.util.Context;
import org.mercat.sparql.SparqlService;

/** Queries that another catalogue answers over HTTP, or any SPARQL endpoint. */
final class RemoteQueries {
    private static final Duration TO_CONNECT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(TO_CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final String base;
    private final URI endpoint;

    /** @param url of a catalogue, or of its SPARQL endpoint */
    RemoteQueries(String url) {
        String whole = url.replaceFirst("/+$", "");
        this.base = whole.endsWith(SparqlService.PATH)
                ? whole.substring(0, whole.length() - SparqlService.PATH.length())
                : whole;
        this.endpoint = address(base + SparqlService.PATH);
    }

    private static URI address(String text) {
        try {
            URI address = URI.create(text);
            if (Optional.ofNullable(address.getScheme()).orElse("").matches("https?") && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new IllegalArgumentException("--url is \"" + text
                + "\": write the address of a catalogue, such as https://catalogue.example.org/ .");
    }

    /** What another server refused, stopped or did not answer. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /** A query of its library with values, which it checks. @throws Refused as it says why */
    String query(String name, Map<String, String> values) {
        String parameters = values.entrySet().stream()
                .map(value -> value.getKey() + "=" + URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(address(base + "/queries/" + name + ".rq?" + parameters));
        try (InputStream body = answer(request.build())) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw interrupted(e);
        }
    }

    /** Asks, and writes the answer. @param prefixes namespace by prefix, to shorten IRIs with */
    void ask(Query query, QueryFormat format, PrintWriter out, Map<String, String> prefixes) {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/sparql-query")
                .header("Accept", format.mediaType())
                .POST(BodyPublishers.ofString(query.serialize()))
                .build();
        try (InputStream body = answer(request)) {
            if (format != QueryFormat.TABLE) {
                QueryFormat.bytes(out, body::transferTo);
            } else if (query.isAskType()) {
                out.println(new ObjectMapper().readTree(body).path("boolean").asBoolean());
            } else {
                format.write(
                        RowSetReaderRegistry.getFactory(ResultSetLang.RS_JSON)
                                .create(ResultSetLang.RS_JSON)
                                .read(body, new Context()),
                        out,
                        prefixes);
            }
            out.flush();
        } catch (IOException e) {
            throw interrupted(e);
        }
    }

    private Refused interrupted(IOException e) {
        return new Refused(
                endpoint + " broke off in the middle of its answer, so what came is not the whole: " + e.getMessage());
    }

    private InputStream answer(HttpRequest request) {
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() >= 400) {
                throw new Refused(request.uri().getHost() + " answered " + response.statusCode() + ": "
                        + detail(response.body().readNBytes(1 << 16)));
            }
            return response.body();
        } catch (IOException e) {
            throw new Refused(request.uri() + " does not answer (" + e + "): is the catalogue running, and is this its"
                    + " address?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("Interrupted");
        }
    }

    private static String detail(byte[] body) {
        try {
            JsonNode problem = new ObjectMapper().readTree(body);
            return problem.path("detail").asText(new String(body, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
