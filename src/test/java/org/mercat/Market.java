// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Two consumers, bob and dan, who use parking lots of acme for 0.10 EUR an access since the month before the last; the data are
 * the city's for 30 percent, and the marketplace takes 10 percent and 5 EUR to enter.
 */
record Market(TestServer server) {
    static final YearMonth NOW = YearMonth.now(ZoneOffset.UTC);
    static final YearMonth FIRST = NOW.minusMonths(2);
    static final YearMonth SECOND = NOW.minusMonths(1);
    static final String LOTS = "acme/parking/lots";

    void prepare() {
        for (String organization : List.of("bob", "dan", "city")) {
            server.organization(organization);
        }
        var offering = Offerings.full(LOTS);
        offering.withObject("/price").put("price", "0.10").remove("freeQuota");
        server.as(TestServer.PARKING)
                .json("PUT", "/offerings/" + LOTS, offering.toString())
                .mustBe(201);
        for (String organization : List.of("bob", "dan")) {
            server.system("consumers", organization + "/app");
            String body = "{\"id\": \"%s/lots\", \"offering\": \"%s\"}".formatted(organization, LOTS);
            server.as(organization + "/app").json("POST", "/contracts", body).mustBe(201);
        }
        put(
                        TestServer.OPERATOR,
                        "/fee-plans/" + FIRST,
                        "{\"currency\": \"EUR\", \"percentage\": \"10\", \"entryFee\": 5}")
                .mustBe(201);
        put(
                        TestServer.PARKING,
                        "/shares/" + LOTS + "/" + FIRST,
                        "{\"shares\": [{\"organization\": \"city\", \"percent\": \"30\"}]}")
                .mustBe(201);
        server.restart(folder -> Backdated.sign(folder, FIRST.atDay(3)));
    }

    Answer put(String client, String path, String body) {
        return server.as(client).json("PUT", path, body);
    }

    Answer post(String client, String path, String body) {
        return server.as(client).json("POST", path, body);
    }

    Answer report(String id, String consumer, YearMonth month, int accesses) {
        String event = """
                {"specversion": "1.0", "id": "%s", "source": "/gateway", "type": "org.mercat.usage", "subject": "%s/lots",
                 "time": "%sT10:00:00Z", "data": {"quantities": {"access": %d}}}""".formatted(id, consumer, month.atDay(10), accesses);
        return server.as(TestServer.PARKING).send("POST", "/usage", "application/cloudevents+json", event);
    }

    Answer issue(YearMonth month) {
        return post(TestServer.OPERATOR, "/billing/runs/" + month + "/steps/issue", "");
    }

    JsonNode get(String client, String path) {
        return server.as(client).get(path).mustBe(200).json();
    }
}
