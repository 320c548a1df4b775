// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.mercat.contract.Tariff;
import org.mercat.vocabulary.Text;

/**
 * An invoice, a credit note or a settlement to read and to print. Amounts and quantities are decimals with the digits that
 * are shown.
 *
 * @param kind {@code invoice}, {@code credit-note} or {@code settlement}
 * @param path of it in this catalogue
 * @param issuer empty for the marketplace
 * @param status a word; empty for what has none
 * @param invoice number of the one that a credit note is about; empty elsewhere
 * @param text why something is given back; may be empty
 * @param taxes by rate
 * @param sums the last one is what is to be paid
 */
public record PaperPage(
        String kind,
        String id,
        String path,
        Optional<Party> issuer,
        Party recipient,
        YearMonth month,
        LocalDate date,
        String status,
        String invoice,
        String text,
        String currency,
        List<Line> lines,
        List<Tax> taxes,
        List<Sum> sums) {
    /** One of both sides. @param email may be empty */
    public record Party(String id, Text name, String email) {}

    /**
     * One line.
     *
     * @param title of the offering; empty where the line is about none
     * @param contract its id; may be empty
     * @param tariff that was agreed; empty where there is none
     * @param usedIn empty if it is the month of the document
     * @param metric empty where nothing was counted
     * @param unitPrice a price, or of a percentage how many hundredths
     * @param other who gives or gets a share; may be empty
     * @param trace where is told why the line is there; empty where nothing is told
     */
    public record Line(
            String number,
            String kind,
            Optional<Text> title,
            String contract,
            Optional<Tariff> tariff,
            Optional<YearMonth> usedIn,
            String metric,
            String quantity,
            String unitPrice,
            boolean isPercentage,
            String amount,
            String taxRate,
            String taxNote,
            Optional<Text> other,
            String trace) {}

    /** What all lines of a rate are together. @param rate in hundredths */
    public record Tax(String rate, String net, String tax) {}

    /** An amount and the word for it. */
    public record Sum(String word, String amount) {}
}
