// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.apache.jena.vocabulary.RDF;
import org.mercat.billing.PaperPage.Party;
import org.mercat.ns.MC;
import org.mercat.vocabulary.Text;

/**
 * Invoices and credit notes as UBL 2.1, with what EN 16931 asks for as far as the catalogue knows it: it knows neither
 * addresses nor tax numbers, so they do not say that they conform to it.
 *
 * @see <a href="https://docs.oasis-open.org/ubl/UBL-2.1.html">UBL 2.1</a>
 */
final class Ubl {
    /** In which language names are said, where there is a choice. */
    static final String LANGUAGE = "en";

    /** Codes of UN/ECE Recommendation 20; what is not here is counted in pieces. */
    private static final Map<String, String> UNITS = Map.of("byte", "AD", "day", "DAY", "month", "MON");

    private static final String PIECE = "C62";

    private final Description paper;
    private final PaperPages names;
    private final PaperPage page;
    private final boolean isInvoice;

    private Ubl(Description paper, PaperPages names, PaperPage page) {
        this.paper = paper;
        this.names = names;
        this.page = page;
        this.isInvoice = paper.graph().contains(paper.node(), RDF.Nodes.type, MC.Invoice);
    }

    /** @param paper an invoice or a credit note @param page the same to read, in any language */
    static byte[] of(Description paper, PaperPages names, PaperPage page) {
        Ubl ubl = new Ubl(paper, names, page);
        return UblWriter.document(ubl.isInvoice ? "Invoice" : "CreditNote", ubl::write);
    }

    private void write(UblWriter to) throws XMLStreamException {
        to.cbc("UBLVersionID", "2.1");
        to.cbc("ID", page.id());
        to.cbc("IssueDate", page.date().toString());
        to.cbc(isInvoice ? "InvoiceTypeCode" : "CreditNoteTypeCode", isInvoice ? "380" : "381");
        to.cbc("Note", page.text());
        to.cbc("DocumentCurrencyCode", page.currency());
        period(to, page.month());
        if (!isInvoice) {
            to.cac(
                    "BillingReference",
                    in -> in.cac("InvoiceDocumentReference", reference -> reference.cbc("ID", page.invoice())));
        }
        to.cac("AccountingSupplierParty", in -> party(in, page.issuer().orElseThrow()));
        to.cac("AccountingCustomerParty", in -> party(in, page.recipient()));
        to.cac("TaxTotal", this::taxes);
        to.cac("LegalMonetaryTotal", this::totals);
        for (Description line : PaperPages.lines(paper)) {
            to.cac(isInvoice ? "InvoiceLine" : "CreditNoteLine", in -> line(in, line));
        }
    }

    private static void period(UblWriter to, YearMonth month) throws XMLStreamException {
        to.cac("InvoicePeriod", in -> {
            in.cbc("StartDate", month.atDay(1).toString());
            in.cbc("EndDate", month.atEndOfMonth().toString());
        });
    }

    private static void party(UblWriter to, Party party) throws XMLStreamException {
        to.cac("Party", in -> {
            in.cac("PartyIdentification", id -> id.cbc("ID", party.id()));
            in.cac("PartyName", name -> name.cbc("Name", party.name().text()));
            in.cac(
                    "PartyLegalEntity",
                    entity -> entity.cbc("RegistrationName", party.name().text()));
            if (!party.email().isEmpty()) {
                in.cac("Contact", contact -> contact.cbc("ElectronicMail", party.email()));
            }
        });
    }

    private void amount(UblWriter to, String name, String amount) throws XMLStreamException {
        to.cbc(name, amount, "currencyID", page.currency());
    }

    private void taxes(UblWriter to) throws XMLStreamException {
        amount(to, "TaxAmount", paper.text(MC.taxAmount));
        for (PaperPage.Tax tax : page.taxes()) {
            String note = page.lines().stream()
                    .filter(line -> new BigDecimal(line.taxRate()).compareTo(new BigDecimal(tax.rate())) == 0)
                    .map(PaperPage.Line::taxNote)
                    .filter(its -> !its.isEmpty())
                    .findFirst()
                    .orElse("");
            to.cac("TaxSubtotal", in -> {
                amount(in, "TaxableAmount", tax.net());
                amount(in, "TaxAmount", tax.tax());
                in.cac("TaxCategory", category -> category(category, tax.rate(), note));
            });
        }
    }

    /** Standard rate, exempt for a reason, or zero: the catalogue knows no tax law, only what the issuer states. */
    private static void category(UblWriter to, String rate, String note) throws XMLStreamException {
        boolean isZero = new BigDecimal(rate).signum() == 0;
        to.cbc("ID", !isZero ? "S" : note.isEmpty() ? "Z" : "E");
        to.cbc("Percent", rate);
        to.cbc("TaxExemptionReason", isZero ? note : "");
        to.cac("TaxScheme", scheme -> scheme.cbc("ID", "VAT"));
    }

    private void totals(UblWriter to) throws XMLStreamException {
        amount(to, "LineExtensionAmount", paper.text(MC.netAmount));
        amount(to, "TaxExclusiveAmount", paper.text(MC.netAmount));
        amount(to, "TaxInclusiveAmount", paper.text(MC.totalAmount));
        amount(to, "PayableAmount", paper.text(MC.totalAmount));
    }

    /** A price is never negative there: what is taken off is a negative number of it. */
    private void line(UblWriter to, Description line) throws XMLStreamException {
        boolean isCounted = line.one(MC.quantity).isPresent();
        boolean isTaken = line.number(MC.unitPrice).signum() < 0;
        BigDecimal quantity = isCounted ? line.number(MC.quantity) : BigDecimal.ONE;
        String price = isCounted ? line.text(MC.unitPrice) : line.text(MC.amount);
        String unit = UNITS.getOrDefault(line.text(MC.metric), PIECE);
        to.cbc("ID", line.text(MC.lineNumber));
        to.cbc("Note", line.text(MC.lineKind));
        to.cbc(
                isInvoice ? "InvoicedQuantity" : "CreditedQuantity",
                (isTaken ? quantity.negate() : quantity).toPlainString(),
                "unitCode",
                unit);
        amount(to, "LineExtensionAmount", line.text(MC.amount));
        Optional<YearMonth> usedIn = line.month(MC.usedIn);
        if (usedIn.isPresent()) {
            period(to, usedIn.get());
        }
        to.cac("Item", in -> item(in, line));
        to.cac("Price", in -> amount(in, "PriceAmount", isTaken ? price.substring(1) : price));
    }

    private void item(UblWriter to, Description line) throws XMLStreamException {
        List<String> ids = line.one(MC.offering).stream()
                .map(offering -> names.places().idOf("offerings/", offering))
                .toList();
        to.cbc("Description", line.text(MC.metric));
        to.cbc("Name", names.title(line, LANGUAGE).map(Text::text).orElse(line.text(MC.lineKind)));
        for (String id : ids) {
            to.cac("SellersItemIdentification", in -> in.cbc("ID", id));
        }
        String rate = line.one(MC.taxRate).isEmpty() ? "0" : line.text(MC.taxRate);
        to.cac("ClassifiedTaxCategory", in -> category(in, rate, ""));
    }
}
