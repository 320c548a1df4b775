// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered to a write is, byte for byte, what the next reader gets, however the values were written. */
class StoredValuesTest {
    private static final String ID = "acme/parking/values";
    private static final String PATH = Offerings.pathOf(ID);
    private static final String VALUES = """
            @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
            <> <https://x.example/p> 1.50 , 0.10 , +5 , 007 , 1.50e2 , -0.0 , 123456789012345678901234567890 ,
                "1"^^xsd:boolean , "2026-01-01T00:00:00.500+01:00"^^xsd:dateTime , "2026-01-01T00:00:00+00:00"^^xsd:dateTime ,
                "2026-01-01T24:00:00Z"^^xsd:dateTime , "2026-01-01-05:00"^^xsd:date , "1.50"^^xsd:double , "1.0"^^xsd:float ,
                "07"^^xsd:int , "x"@EN , "y"@en-gb , "z"@DE-at ;
              mc:activeUntil "2036-01-01T01:00:00+01:00"^^xsd:dateTime .
            """;

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static TestServer.Client parking() {
        return SERVER.as(TestServer.PARKING);
    }

    private static void mustBeAnsweredAsRead(String accept, String type, String body) {
        parking().delete(PATH);
        for (int status : new int[] {201, 200}) {
            Answer put = parking().with("Accept", accept).send("PUT", PATH, type, body);
            Answer got = parking().get(PATH, accept);
            assertThat(put.mustBe(status).text()).isEqualTo(got.mustBe(200).text());
            assertThat(put.tag()).isEqualTo(got.tag());
            assertThat(put.header("Content-Type")).isEqualTo(got.header("Content-Type"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/ld+json",
                "text/turtle",
                "application/rdf+xml",
                "application/n-triples",
                "application/trig"
            })
    void numbers_times_and_languages_of_turtle_201(String accept) {
        mustBeAnsweredAsRead(accept, "text/turtle", Offerings.turtle(ID) + VALUES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/turtle"})
    void numbers_times_and_languages_of_json_201(String accept) {
        String body = Offerings.full(ID)
                .toString()
                .replace("\"0.001\"", "\"1.50\"")
                .replace("2036-01-01T00:00:00Z", "2036-01-01T01:00:00+01:00")
                .replace("\"de\":", "\"DE-at\":");
        assertThat(body).contains("\"1.50\"", "+01:00", "DE-at");
        mustBeAnsweredAsRead(accept, "application/json", body);
    }

    @Test
    void a_language_that_somebody_wrote_in_other_letters_before_201() {
        String other = "acme/parking/before";
        String text = "<> <https://x.example/p> \"same\"@%s .\n";
        parking()
                .send("PUT", Offerings.pathOf(other), "text/turtle", Offerings.turtle(other) + text.formatted("EN-gb"))
                .mustBe(201);
        mustBeAnsweredAsRead("application/n-triples", "text/turtle", Offerings.turtle(ID) + text.formatted("en-GB"));
    }
}
