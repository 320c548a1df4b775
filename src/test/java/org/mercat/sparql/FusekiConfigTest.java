// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.jena.fuseki.main.FusekiServer;
import org.apache.jena.fuseki.server.DataService;
import org.apache.jena.fuseki.server.Endpoint;
import org.apache.jena.fuseki.server.Operation;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.ARQ;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.Property;
import org.apache.jena.rdf.model.ResourceFactory;
import org.apache.jena.rdf.model.Statement;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.tdb2.TDB2;
import org.apache.jena.tdb2.sys.TDBInternal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.rdf.Change;
import org.mercat.rdf.Store;

/** {@code fuseki-config/catalogue.ttl} under a stock Fuseki server, on data that our store has written. */
class FusekiConfigTest {
    private static final Property LOCATION = ResourceFactory.createProperty("http://jena.apache.org/2016/tdb#location");

    @TempDir
    private Path data;

    private final HttpClient http = HttpClient.newHttpClient();
    private FusekiServer server;

    @BeforeEach
    void start() {
        try (Store store = Store.open(data)) {
            var resource = NodeFactory.createURI("http://example.org/a");
            var graph = GraphFactory.createDefaultGraph();
            graph.add(resource, resource, resource);
            store.write(view -> Change.of(resource, graph));
        }
        Model config = RDFDataMgr.loadModel("fuseki-config/catalogue.ttl");
        Statement location =
                config.listStatements(null, LOCATION, (String) null).nextStatement();
        assertThat(location.getString()).isEqualTo("data/catalogue");
        location.changeObject(data.resolve("catalogue").toString());
        server =
                FusekiServer.create().parseConfig(config).port(0).loopback(true).build();
        server.start();
    }

    @AfterEach
    void stop() {
        var dataset = service().getDataset();
        server.stop();
        TDBInternal.expel(dataset, true);
    }

    private DataService service() {
        return server.getDataAccessPointRegistry().get(SparqlService.PATH).getDataService();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.getPort() + path));
    }

    @Test
    void it_answers_from_the_union_of_all_graphs() throws Exception {
        HttpResponse<String> response = send(request("/sparql?query="
                        + SparqlServer.encode("SELECT ?p { <http://example.org/a> ?p <http://example.org/a> }"))
                .header("Accept", "text/csv"));
        assertThat(response.body().lines()).containsExactly("p", "http://example.org/a");
    }

    @Test
    void it_takes_no_update() throws Exception {
        String update = "INSERT DATA { <urn:x> <urn:x> <urn:x> }";
        List<HttpRequest.Builder> writes = List.of(
                request("/sparql")
                        .header("Content-Type", "application/sparql-update")
                        .POST(BodyPublishers.ofString(update)),
                request("/sparql")
                        .header("Content-Type", SparqlServer.FORM)
                        .POST(BodyPublishers.ofString("update=" + SparqlServer.encode(update))),
                request("/sparql/update")
                        .header("Content-Type", "application/sparql-update")
                        .POST(BodyPublishers.ofString(update)),
                request("/sparql?default").header("Content-Type", "text/turtle").PUT(BodyPublishers.ofString("")),
                request("/sparql/data?default")
                        .header("Content-Type", "text/turtle")
                        .PUT(BodyPublishers.ofString("")),
                request("/sparql?graph=urn:x").DELETE());
        for (HttpRequest.Builder write : writes) {
            assertThat(send(write).statusCode()).isIn(400, 404, 405, 415);
        }
        assertThat(send(request("/sparql?query=" + SparqlServer.encode("SELECT ?s { ?s <urn:x> ?o }"))
                                .header("Accept", "text/csv"))
                        .body()
                        .strip())
                .isEqualTo("s");
    }

    @Test
    void it_has_the_endpoints_and_the_settings_of_our_own_service() {
        DataService stock = service();
        DataService own;
        try (SparqlService ours =
                new SparqlService(DatasetGraphFactory.create(), Map.of(), Limits.DEFAULT, new SimpleMeterRegistry())) {
            own = ours.service();
        }
        assertThat(settings(stock)).isEqualTo(settings(own));
        assertThat(stock.getDataset().getContext().isTrue(TDB2.symUnionDefaultGraph))
                .isTrue();
    }

    private static List<String> settings(DataService service) {
        return service.getEndpoints().stream().map(FusekiConfigTest::words).toList();
    }

    private static String words(Endpoint endpoint) {
        assertThat(endpoint.getOperation()).isEqualTo(Operation.Query);
        return "\"" + endpoint.getName() + "\" " + endpoint.getOperation() + " "
                + endpoint.getContext().getAsString(ARQ.queryTimeout) + " service "
                + endpoint.getContext().isTrueOrUndef(ARQ.httpServiceAllowed);
    }
}
