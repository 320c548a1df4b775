// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.helger.ubl21.UBL21Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** Invoices and credit notes as UBL, held against its schemas. */
class UblTest {
    private static final String TWO = "<b>Two</b> & \"more\"";
    private static final MovableClock CLOCK = new MovableClock("2026-09-01T08:00:00Z");

    @RegisterExtension
    static final TestServer SERVER = new TestServer(CLOCK);

    /** Free quota and tiers, another line with a maximum, and without tax something of an organization that states none. */
    @BeforeAll
    static void issue() {
        SERVER.organization("bob");
        SERVER.system("consumers", "bob/app");
        offer(
                "acme/parking/lots",
                "{\"pricingModel\": \"PER_ACCESS\", \"price\": \"0.0025\", \"currency\": \"EUR\","
                        + " \"freeQuota\": 10, \"tiers\": [{\"upTo\": 50, \"price\": \"0.10\"}]}");
        offer(
                "acme/parking/two",
                "{\"pricingModel\": \"PER_ACCESS\", \"price\": \"1\", \"currency\": \"EUR\", \"maximum\": \"30\"}");
        offer("other/parking/three", "{\"pricingModel\": \"PER_MONTH\", \"price\": \"300\", \"currency\": \"JPY\"}");
        SERVER.as(TestServer.ACME)
                .json("PUT", "/taxes/acme/2026-09", "{\"rate\": \"21\"}")
                .mustBe(201);
        SERVER.as(TestServer.OTHER)
                .json("PUT", "/taxes/other/2026-09", "{\"rate\": \"0\", \"note\": \"small business\"}")
                .mustBe(201);
        for (String offering : List.of("acme/parking/lots", "acme/parking/two", "other/parking/three")) {
            SERVER.as("bob/app")
                    .json("POST", "/contracts", "{\"offering\": \"%s\"}".formatted(offering))
                    .mustBe(201);
        }
        CLOCK.set("2026-10-01T08:00:00Z");
        for (String contract : List.of("lots", "two")) {
            SERVER.as(TestServer.PARKING)
                    .send("POST", "/usage", "application/cloudevents+json", """
                            {"specversion": "1.0", "id": "%s", "source": "/gateway", "type": "org.mercat.usage",
                             "subject": "bob/%s", "time": "2026-09-10T10:00:00Z",
                             "data": {"quantities": {"access": 1000}}}""".formatted(contract, contract))
                    .mustBe(201);
        }
        SERVER.as("operator")
                .json("POST", "/billing/runs/2026-09/steps/issue", "")
                .mustBe(200);
    }

    private static void offer(String id, String price) {
        var offering = Offerings.full(id);
        offering.set("price", Answer.json(price));
        offering.withObject("/title").put("en", TWO);
        SERVER.as(id.substring(0, id.lastIndexOf('/')))
                .json("PUT", "/offerings/" + id, offering.toString())
                .mustBe(201);
    }

    private static Document valid(String path, Schema schema) throws Exception {
        Answer answer = SERVER.as("bob").get(path, "application/xml").mustBe(200);
        assertThat(answer.header("Content-Type")).startsWith("application/xml");
        assertThat(SERVER.as("bob").get(path + ".xml").mustBe(200).text()).isEqualTo(answer.text());
        byte[] xml = answer.text().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        mustBeValid(xml, schema);
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
    }

    private static void mustBeValid(byte[] xml, Schema schema) throws IOException {
        try {
            schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(xml)));
        } catch (SAXException e) {
            throw new AssertionError(new String(xml, java.nio.charset.StandardCharsets.UTF_8), e);
        }
    }

    /** Elements by their local names. */
    private static String text(Document document, String path) throws XPathExpressionException {
        String names = path.replaceAll("/([A-Za-z]+)", "/*[local-name()='$1']");
        return XPathFactory.newInstance().newXPath().evaluate(names, document);
    }

    @Test
    void an_invoice_is_valid_and_adds_up() throws Exception {
        Document invoice = valid("/invoices/acme/1", UBL21Marshaller.invoice().getSchema());
        assertThat(text(invoice, "/Invoice/ID")).isEqualTo("acme/1");
        assertThat(text(invoice, "/Invoice/IssueDate")).isEqualTo("2026-10-01");
        assertThat(text(invoice, "/Invoice/InvoicePeriod/EndDate")).isEqualTo("2026-09-30");
        assertThat(text(invoice, "/Invoice/AccountingCustomerParty/Party/PartyName/Name"))
                .isEqualTo("bob");
        assertThat(text(invoice, "count(/Invoice/InvoiceLine)")).isEqualTo("5");
        assertThat(text(invoice, "/Invoice/InvoiceLine[3]/Price/PriceAmount")).isEqualTo("0.0025");
        assertThat(text(invoice, "/Invoice/InvoiceLine[5]/InvoicedQuantity")).isEqualTo("-1");
        assertThat(text(invoice, "/Invoice/InvoiceLine[5]/Price/PriceAmount")).isEqualTo("970.00");
        assertThat(text(invoice, "/Invoice/InvoiceLine[5]/LineExtensionAmount")).isEqualTo("-970.00");
        assertThat(text(invoice, "/Invoice/InvoiceLine[4]/Item/Name")).isEqualTo(TWO);
        assertThat(text(invoice, "/Invoice/LegalMonetaryTotal/LineExtensionAmount"))
                .isEqualTo("37.35"); // 50 x 0.10, 940 x 0.0025, at most 30
        assertThat(text(invoice, "/Invoice/TaxTotal/TaxSubtotal/TaxCategory/Percent"))
                .isEqualTo("21");
        assertThat(text(invoice, "/Invoice/LegalMonetaryTotal/PayableAmount")).isEqualTo("45.19");
        assertThat(text(invoice, "/Invoice/LegalMonetaryTotal/PayableAmount/@currencyID"))
                .isEqualTo("EUR");
    }

    @Test
    void a_rate_of_nothing_has_its_reason_and_a_yen_no_parts() throws Exception {
        Document invoice = valid("/invoices/other/1", UBL21Marshaller.invoice().getSchema());
        assertThat(text(invoice, "/Invoice/TaxTotal/TaxSubtotal/TaxCategory/ID"))
                .isEqualTo("E");
        assertThat(text(invoice, "/Invoice/TaxTotal/TaxSubtotal/TaxCategory/TaxExemptionReason"))
                .isEqualTo("small business");
        assertThat(text(invoice, "/Invoice/LegalMonetaryTotal/PayableAmount")).isEqualTo("300");
        assertThat(text(invoice, "/Invoice/InvoiceLine/InvoicedQuantity/@unitCode"))
                .isEqualTo("MON");
    }

    @Test
    void a_credit_note_is_valid_and_names_the_invoice() throws Exception {
        String sent = "{\"lines\": [{\"line\": 2, \"amount\": \"1.50\"}], \"text\": \"Out of order & late\"}";
        SERVER.as(TestServer.ACME)
                .json("POST", "/invoices/acme/1/credit-notes", sent)
                .mustBe(201);
        Document note =
                valid("/credit-notes/acme/1", UBL21Marshaller.creditNote().getSchema());
        assertThat(text(note, "/CreditNote/BillingReference/InvoiceDocumentReference/ID"))
                .isEqualTo("acme/1");
        assertThat(text(note, "/CreditNote/Note")).isEqualTo("Out of order & late");
        assertThat(text(note, "/CreditNote/LegalMonetaryTotal/PayableAmount")).isEqualTo("1.82");
    }
}
