// SPDX-License-Identifier: Apache-2.0
package org.mercat.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mercat.http.Language;
import org.mercat.rdf.Amounts;

/** The words of the pages themselves in one language: those of {@code pages/words_de.properties} are German. */
public final class Words {
    private static final Map<String, Words> ALL =
            Language.ALL.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), Words::new));

    private final Locale locale;
    private final Properties words = new Properties();

    private Words(String language) {
        locale = Locale.forLanguageTag(language);
        try (InputStream in = Words.class.getResourceAsStream("/pages/words_" + language + ".properties")) {
            words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Words in(String language) {
        return ALL.get(language);
    }

    /** By key; what nobody has translated is shown as its key. */
    public String of(String key) {
        return words.getProperty(key, key);
    }

    /** With a value in place of {@code {}}. */
    public String of(String key, String value) {
        return of(key).replace("{}", value);
    }

    /** With a number in place of {@code {}}, in the form for one or for many. */
    public String count(String key, long number) {
        return of(key + (number == 1 ? ".one" : ".many"), number(number));
    }

    /** As it is written in the language. */
    public String number(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    /** A decimal as it is written in the language, with the digits that it has. */
    public String decimal(String number) {
        return format(new BigDecimal(number));
    }

    /** A number as it is written in the language, without zeros at its end. */
    public String decimal(BigDecimal number) {
        return format(number.stripTrailingZeros());
    }

    private String format(BigDecimal number) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(Math.max(0, number.scale()));
        format.setMaximumFractionDigits(Math.max(0, number.scale()));
        return format.format(number);
    }

    /** An amount with its currency, three letters. */
    public String money(BigDecimal amount, String currency) {
        return decimal(Amounts.text(amount, currency)) + "\u00a0" + currency;
    }

    /** A month by its name. */
    public String month(YearMonth month) {
        return DateTimeFormatter.ofPattern("LLLL yyyy", locale).format(month);
    }

    /** A day in words. */
    public String date(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .format(day);
    }

    /** How a language calls itself; of one that is not ours its tag. */
    public String nameOf(String language) {
        return ALL.containsKey(language) ? ALL.get(language).of("language.name") : language;
    }

    Properties all() {
        return words;
    }
}
