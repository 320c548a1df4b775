// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mercat.billing.Month.Use;
import org.mercat.contract.PricingModel;
import org.mercat.contract.Tariff;
import org.mercat.contract.Tariff.Tier;
import org.mercat.contract.Tariff.Tiering;

/** Amounts that were worked out by hand, and what must hold for any usage under any tariff. */
class RatingTest {
    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
    private static final LocalDate LONG_AGO = LocalDate.of(2026, 1, 1);
    private static final int CASES = 2_000;

    @Test
    void accesses_are_counted_and_the_line_is_rounded_once_half_to_even() {
        Tariff tariff = tariff("PER_ACCESS", "0.001");
        assertThat(amounts(tariff, used("access", 12_345))).containsExactly("USAGE 12345 x 0.001 = 12.34");
        assertThat(amounts(tariff, used("access", 12_355))).containsExactly("USAGE 12355 x 0.001 = 12.36");
        assertThat(amounts(tariff, used("access", 4))).containsExactly("USAGE 4 x 0.001 = 0.00");
        assertThat(amounts(tariff, used("record", 100))).isEmpty();
    }

    @Test
    void a_currency_has_its_own_smallest_coin() {
        assertThat(Money.round(new BigDecimal("12.5"), "JPY")).isEqualTo(new BigDecimal("12"));
        assertThat(Money.round(new BigDecimal("0.0005"), "KWD")).isEqualTo(new BigDecimal("0.000"));
        assertThat(Money.round(new BigDecimal("0.0015"), "KWD")).isEqualTo(new BigDecimal("0.002"));
        assertThat(Money.round(new BigDecimal("1.005"), "XAU")).isEqualTo(new BigDecimal("1.00"));
    }

    @Test
    void the_free_quota_comes_first_and_tiers_count_after_it() {
        Tariff graduated = new Tariff(
                PricingModel.PER_RECORD,
                new BigDecimal("0.01"),
                "EUR",
                new BigDecimal("100"),
                Optional.empty(),
                Set.of(),
                List.of(tier(1_000, "0.05"), tier(5_000, "0.02")),
                Tiering.GRADUATED,
                Optional.empty(),
                Optional.empty(),
                0);
        assertThat(amounts(graduated, used("record", 6_100)))
                .containsExactly(
                        "FREE_QUOTA 100 x 0 = 0.00",
                        "USAGE 1000 x 0.05 = 50.00",
                        "USAGE 4000 x 0.02 = 80.00",
                        "USAGE 1000 x 0.01 = 10.00");
        assertThat(amounts(graduated, used("record", 100))).containsExactly("FREE_QUOTA 100 x 0 = 0.00");
        assertThat(amounts(graduated, used("record", 1_100)))
                .containsExactly("FREE_QUOTA 100 x 0 = 0.00", "USAGE 1000 x 0.05 = 50.00");
        Tariff volume = new Tariff(
                PricingModel.PER_RECORD,
                new BigDecimal("0.01"),
                "EUR",
                BigDecimal.ZERO,
                Optional.empty(),
                Set.of(),
                List.of(tier(1_000, "0.05"), tier(5_000, "0.02")),
                Tiering.VOLUME,
                Optional.empty(),
                Optional.empty(),
                0);
        assertThat(amounts(volume, used("record", 1_000))).containsExactly("USAGE 1000 x 0.05 = 50.00");
        assertThat(amounts(volume, used("record", 1_001))).containsExactly("USAGE 1001 x 0.02 = 20.02");
        assertThat(amounts(volume, used("record", 6_000))).containsExactly("USAGE 6000 x 0.01 = 60.00");
    }

    @Test
    void time_is_charged_by_the_days_in_force() {
        assertThat(amounts(tariff("PER_DAY", "1.50"), days(10, 26))).containsExactly("DAYS 17 x 1.50 = 25.50");
        assertThat(amounts(tariff("PER_MONTH", "30"), days(1, 30))).containsExactly("MONTH 1 x 30 = 30.00");
        assertThat(Rating.total(Rating.rate(tariff("PER_MONTH", "30"), days(11, 30)), "EUR"))
                .isEqualTo(new BigDecimal("20.00"));
        assertThat(Rating.total(Rating.rate(tariff("PER_MONTH", "10"), days(21, 30)), "EUR"))
                .isEqualTo(new BigDecimal("3.33"));
    }

    @Test
    void one_off_is_due_on_the_day_of_signing_or_when_the_trial_is_over() {
        Month signed = new Month(NOVEMBER, inForce(10, 30), NOVEMBER.atDay(10), List.of());
        assertThat(amounts(tariff("ONE_OFF", "99"), signed)).containsExactly("ONE_OFF 1 x 99 = 99.00");
        assertThat(amounts(tariff("ONE_OFF", "99"), days(1, 30))).isEmpty();
        assertThat(amounts(trial(tariff("ONE_OFF", "99"), 14), signed)).containsExactly("ONE_OFF 1 x 99 = 99.00");
        assertThat(amounts(trial(tariff("ONE_OFF", "99"), 30), signed)).isEmpty();
    }

    @Test
    void what_is_used_in_the_trial_is_shown_and_costs_nothing() {
        Month month = new Month(
                NOVEMBER,
                inForce(10, 30),
                NOVEMBER.atDay(10),
                List.of(use(16, "access", "500"), use(17, "access", "300")));
        assertThat(amounts(trial(tariff("PER_ACCESS", "0.10"), 7), month))
                .containsExactly("TRIAL 500 x 0 = 0.00", "USAGE 300 x 0.10 = 30.00");
        assertThat(amounts(trial(tariff("PER_DAY", "1"), 7), month)).containsExactly("DAYS 14 x 1 = 14.00");
    }

    @Test
    void a_month_costs_at_least_and_at_most_what_the_tariff_says() {
        assertThat(amounts(limited("PER_ACCESS", "0.10", "5", "50"), used("access", 20)))
                .containsExactly("USAGE 20 x 0.10 = 2.00", "MINIMUM 1 x 3.00 = 3.00");
        assertThat(amounts(limited("PER_ACCESS", "0.10", "5", "50"), used("access", 700)))
                .containsExactly("USAGE 700 x 0.10 = 70.00", "MAXIMUM 1 x -20.00 = -20.00");
        assertThat(amounts(limited("PER_ACCESS", "0.10", "5", "50"), days(1, 15)))
                .containsExactly("MINIMUM 1 x 2.50 = 2.50");
    }

    @Test
    void free_is_free() {
        assertThat(Rating.rate(Tariff.free(), used("access", 1_000_000))).isEmpty();
    }

    @Test
    void neither_order_nor_splits_of_what_was_used_change_a_line() {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            Tariff tariff = randomTariff(random);
            List<Use> uses = randomUses(random);
            List<Use> others = new ArrayList<>();
            for (Use use : uses) {
                BigDecimal part = use.quantity().multiply(BigDecimal.valueOf(random.nextInt(101), 2));
                others.add(new Use(use.day(), use.metric(), part));
                others.add(new Use(use.day(), use.metric(), use.quantity().subtract(part)));
            }
            Collections.shuffle(others, random);
            Set<LocalDate> inForce = inForce(1 + random.nextInt(15), 16 + random.nextInt(15));
            LocalDate signed = NOVEMBER.atDay(1).plusDays(random.nextInt(40) - 30L);
            assertThat(text(tariff, new Month(NOVEMBER, inForce, signed, others)))
                    .as("seed %s, %s", seed, tariff)
                    .isEqualTo(text(tariff, new Month(NOVEMBER, inForce, signed, uses)));
        }
    }

    @Test
    void each_unit_is_charged_once_at_the_price_of_its_tier() {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            Tariff tariff = unlimited(randomTariff(random));
            int used = random.nextInt(400);
            List<Line> lines = Rating.rate(tariff, used(tariff.metric().orElseThrow(), used));
            BigDecimal oneByOne = BigDecimal.ZERO;
            for (int unit = 1; unit <= used; unit++) {
                oneByOne = oneByOne.add(priceOf(tariff, unit, used));
            }
            BigDecimal halfCoins = BigDecimal.valueOf(5L * lines.size(), 3); // what rounding each line may change
            assertThat(Rating.total(lines, "EUR").subtract(oneByOne).abs())
                    .as("seed %s, %s, %s", seed, tariff, lines)
                    .isLessThanOrEqualTo(halfCoins);
            assertThat(lines.stream().map(Line::quantity).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .as("seed %s", seed)
                    .isEqualByComparingTo(BigDecimal.valueOf(used));
        }
    }

    /** By the definition, for one unit alone. */
    private static BigDecimal priceOf(Tariff tariff, int unit, int used) {
        int charged = unit - tariff.freeQuota().intValueExact();
        if (charged <= 0) {
            return BigDecimal.ZERO;
        }
        int counts =
                tariff.tiering() == Tiering.VOLUME ? used - tariff.freeQuota().intValueExact() : charged;
        for (Tier tier : tariff.tiers()) {
            if (counts <= tier.upTo().intValueExact()) {
                return tier.price();
            }
        }
        return tariff.price();
    }

    private static Tariff randomTariff(Random random) {
        PricingModel[] models = {
            PricingModel.PER_ACCESS, PricingModel.PER_MESSAGE, PricingModel.PER_RECORD, PricingModel.PER_BYTE
        };
        List<Tier> tiers = new ArrayList<>();
        int end = 0;
        for (int count = random.nextInt(4); count > 0; count--) {
            end += 1 + random.nextInt(100);
            tiers.add(new Tier(BigDecimal.valueOf(end), BigDecimal.valueOf(random.nextInt(1_000), 4)));
        }
        return new Tariff(
                models[random.nextInt(models.length)],
                BigDecimal.valueOf(1 + random.nextInt(1_000), 4),
                "EUR",
                BigDecimal.valueOf(random.nextInt(3) * 40L),
                Optional.empty(),
                Set.of(),
                tiers,
                Tiering.values()[random.nextInt(2)],
                Optional.of(BigDecimal.valueOf(random.nextInt(500), 2)).filter(some -> random.nextBoolean()),
                Optional.of(BigDecimal.valueOf(500 + random.nextInt(5_000), 2)).filter(some -> random.nextBoolean()),
                random.nextInt(3) * 7);
    }

    private static Tariff unlimited(Tariff tariff) {
        return new Tariff(
                tariff.model(),
                tariff.price(),
                tariff.currency(),
                tariff.freeQuota(),
                tariff.meter(),
                tariff.meters(),
                tariff.tiers(),
                tariff.tiering(),
                Optional.empty(),
                Optional.empty(),
                0);
    }

    private static List<Use> randomUses(Random random) {
        List<String> metrics = List.of("access", "message", "record", "byte");
        List<Use> uses = new ArrayList<>();
        for (int count = random.nextInt(30); count > 0; count--) {
            uses.add(use(
                    1 + random.nextInt(30),
                    metrics.get(random.nextInt(metrics.size())),
                    BigDecimal.valueOf(random.nextInt(100_000), 3).toPlainString()));
        }
        return uses;
    }

    private static String text(Tariff tariff, Month month) {
        return String.join("\n", amounts(tariff, month));
    }

    private static List<String> amounts(Tariff tariff, Month month) {
        return Rating.rate(tariff, month).stream()
                .map(line -> line.kind() + " "
                        + (line.quantity().signum() == 0
                                ? "0"
                                : line.quantity().stripTrailingZeros().toPlainString())
                        + " x " + line.unitPrice().toPlainString() + " = "
                        + line.amount().toPlainString())
                .toList();
    }

    private static Tariff tariff(String model, String price) {
        return Tariff.of(PricingModel.valueOf(model), new BigDecimal(price), "EUR");
    }

    private static Tariff limited(String model, String price, String minimum, String maximum) {
        return new Tariff(
                PricingModel.valueOf(model),
                new BigDecimal(price),
                "EUR",
                BigDecimal.ZERO,
                Optional.empty(),
                Set.of(),
                List.of(),
                Tiering.GRADUATED,
                Optional.of(new BigDecimal(minimum)),
                Optional.of(new BigDecimal(maximum)),
                0);
    }

    private static Tariff trial(Tariff tariff, int days) {
        return new Tariff(
                tariff.model(),
                tariff.price(),
                tariff.currency(),
                tariff.freeQuota(),
                tariff.meter(),
                tariff.meters(),
                tariff.tiers(),
                tariff.tiering(),
                tariff.minimum(),
                tariff.maximum(),
                days);
    }

    private static Tier tier(int upTo, String price) {
        return new Tier(BigDecimal.valueOf(upTo), new BigDecimal(price));
    }

    private static Use use(int day, String metric, String quantity) {
        return new Use(NOVEMBER.atDay(day), metric, new BigDecimal(quantity));
    }

    private static Month used(String metric, int quantity) {
        return new Month(NOVEMBER, inForce(1, 30), LONG_AGO, List.of(use(12, metric, "" + quantity)));
    }

    private static Month days(int first, int last) {
        return new Month(NOVEMBER, inForce(first, last), LONG_AGO, List.of());
    }

    private static Set<LocalDate> inForce(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(NOVEMBER::atDay).collect(Collectors.toSet());
    }
}
