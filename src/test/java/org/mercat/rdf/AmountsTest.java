// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decimals as people write them. */
class AmountsTest {
    private static final String PREFIXES = """
            PREFIX : <http://example.org/>
            PREFIX mc: <https://w3id.org/mercat/core#>
            PREFIX schema: <http://schema.org/>
            """;

    @ParameterizedTest
    @CsvSource({
        "0.1, EUR, 0.10",
        "0.0025, EUR, 0.0025",
        "113.50, EUR, 113.50",
        "-5, EUR, -5.00",
        "0, EUR, 0.00",
        "100.0, JPY, 100",
        "1E+2, EUR, 100.00",
        "1.5, KWD, 1.500",
        "7, XAU, 7.00",
        "7, none, 7.00"
    })
    void money_has_the_digits_of_its_currency_at_least(String amount, String currency, String text) {
        assertThat(Amounts.text(new BigDecimal(amount), currency)).isEqualTo(text);
    }

    private static List<String> shown(String turtle) {
        Graph graph = RDFParser.fromString(PREFIXES + turtle, Lang.TURTLE).toGraph();
        return Amounts.shown(graph)
                .find()
                .mapWith(Triple::getObject)
                .filterKeep(
                        node -> node.isLiteral() && node.getLiteralDatatypeURI().endsWith("decimal"))
                .mapWith(node -> node.getLiteralLexicalForm())
                .toList();
    }

    @Test
    void parts_have_the_currency_of_what_they_are_part_of() {
        assertThat(shown(
                        ":offer mc:price :tariff . :tariff schema:price 0.1 ; schema:priceCurrency \"EUR\" ; mc:tier :t ."
                                + ":t schema:price 0.0 ; mc:upTo 100.0 ."))
                .containsExactlyInAnyOrder("0.10", "0.00", "100");
    }

    @Test
    void two_currencies_are_not_confused() {
        assertThat(shown(":c mc:tariff :a ; mc:formerTariff :b . :a schema:price 2.5 ; schema:priceCurrency \"EUR\" ."
                        + ":b schema:price 250.0 ; schema:priceCurrency \"JPY\" ."))
                .containsExactlyInAnyOrder("2.50", "250");
    }

    @Test
    void what_is_no_money_of_ours_stays() {
        assertThat(shown(":x :p 1.0 ; mc:percent 30.0 ; schema:price 4.0 ."))
                .containsExactlyInAnyOrder("1.0", "30", "4");
    }
}
