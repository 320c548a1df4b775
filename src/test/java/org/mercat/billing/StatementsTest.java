// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.junit.jupiter.api.Test;
import org.mercat.billing.Settlement.Kind;
import org.mercat.contract.Contract;
import org.mercat.contract.Contract.Agreed;
import org.mercat.contract.Contract.Span;
import org.mercat.contract.PricingModel;
import org.mercat.contract.Status;
import org.mercat.contract.Tariff;
import org.mercat.contract.Tariff.Tier;
import org.mercat.contract.Tariff.Tiering;
import org.mercat.usage.DayTotal;
import org.mercat.usage.UsageEvent.Side;

/** A month worked out by hand, and what must hold for any. */
class StatementsTest {
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
    private static final BigDecimal ZERO = BigDecimal.ZERO;
    private static final int CASES = 300;
    private static final FeeCounts NOTHING = new FeeCounts(new TreeMap<>());

    /** The sums of days by contract and month. */
    private static final class Usage {
        private final Map<String, List<DayTotal>> totals = new HashMap<>();

        void add(String contract, YearMonth booked, LocalDate day, Side side, String quantity) {
            totals.computeIfAbsent(contract + " " + booked, key -> new ArrayList<>())
                    .add(new DayTotal(day, side, "access", 1, new BigDecimal(quantity)));
        }

        List<DayTotal> of(String contract, YearMonth month) {
            return totals.getOrDefault(contract + " " + month, List.of());
        }
    }

    private record Fixed(Optional<FeePlan> plan, List<Share> shares, TaxRule tax) implements Conditions {
        @Override
        public Optional<FeePlan> feePlan(String organization, YearMonth month) {
            return plan;
        }

        @Override
        public List<Share> shares(Node offering, YearMonth month) {
            return shares;
        }

        @Override
        public TaxRule tax(String organization, YearMonth month) {
            return tax;
        }
    }

    private static final Conditions NONE = new Fixed(Optional.empty(), List.of(), TaxRule.NONE);

    private static Node offering(String id) {
        return NodeFactory.createURI("http://localhost/offerings/" + id);
    }

    private static Contract contract(String id, String provider, LocalDate signed, Tariff... tariffs) {
        List<Agreed> agreed = IntStream.range(0, tariffs.length)
                .mapToObj(i -> new Agreed(
                        offering("tariff"),
                        tariffs[i],
                        i == 0 ? Optional.empty() : Optional.of(NOVEMBER.atDay(1)),
                        Optional.empty()))
                .toList();
        Instant begin = signed.atStartOfDay(ZoneOffset.UTC).toInstant();
        return new Contract(
                id,
                NodeFactory.createURI("http://localhost/contracts/" + id),
                offering(provider + "/data"),
                id.substring(0, id.indexOf('/')) + "/app",
                provider,
                Status.ACTIVE,
                Optional.of(begin),
                agreed,
                Optional.empty(),
                List.of(new Span(begin, Optional.empty())),
                1);
    }

    private static Tariff perAccess(String price) {
        return Tariff.of(PricingModel.PER_ACCESS, new BigDecimal(price), "EUR");
    }

    private static FeePlan plan(String percentage, String entry, String listing, int waiver) {
        return new FeePlan(
                "EUR",
                new BigDecimal(percentage),
                new BigDecimal(entry),
                new BigDecimal(listing),
                ZERO,
                ZERO,
                ZERO,
                waiver);
    }

    @Test
    void calls_and_days_of_promotion_are_charged_to_providers_and_who_only_calls_pays_nothing() {
        FeePlan plan = new FeePlan(
                "EUR", ZERO, ZERO, ZERO, new BigDecimal("9"), new BigDecimal("0.001"), new BigDecimal("2.50"), 0);
        FeeCounts counts = new FeeCounts(new TreeMap<>(Map.of(
                "acme",
                Map.of(
                        Kind.LISTING_FEE, BigDecimal.ONE,
                        Kind.CALL_FEE, new BigDecimal("12345"),
                        Kind.PROMOTION_FEE, new BigDecimal("3")),
                "bob",
                Map.of(Kind.CALL_FEE, new BigDecimal("99999")))));
        Statement statement = Statements.of(
                NOVEMBER,
                List.of(),
                new Usage()::of,
                new Fixed(Optional.of(plan), List.of(), TaxRule.NONE),
                GivenBack.NOTHING,
                counts);
        assertThat(statement.settlements()).singleElement().satisfies(acme -> {
            assertThat(acme.organization()).isEqualTo("acme");
            assertThat(acme.sum(Kind.CALL_FEE)).isEqualByComparingTo("-12.34"); // 12.345, to the even cent
            assertThat(acme.sum(Kind.PROMOTION_FEE)).isEqualByComparingTo("-7.50");
            assertThat(acme.payout()).isEqualByComparingTo("-28.84");
        });
    }

    @Test
    void a_month_worked_out_by_hand() {
        Usage usage = new Usage();
        usage.add("bob/parking", NOVEMBER, NOVEMBER.atDay(3), Side.PROVIDER, "1000");
        usage.add("bob/parking", NOVEMBER, NOVEMBER.atDay(3), Side.CONSUMER, "990");
        usage.add("bob/parking", NOVEMBER, NOVEMBER.atDay(9), Side.PROVIDER, "235");
        Conditions conditions = new Fixed(
                Optional.of(plan("10", "50", "2", 0)),
                List.of(new Share("city", new BigDecimal("30"))),
                new TaxRule(new BigDecimal("21"), "IVA"));
        FeeCounts counts = new FeeCounts(new TreeMap<>(Map.of("acme", Map.of(Kind.LISTING_FEE, new BigDecimal("3")))));
        Contract contract = contract("bob/parking", "acme/parking", NOVEMBER.atDay(1), perAccess("0.10"));
        Statement statement =
                Statements.of(NOVEMBER, List.of(contract), usage::of, conditions, GivenBack.NOTHING, counts);
        Invoice invoice = statement.invoices().get(0);
        assertThat(invoice.net()).isEqualByComparingTo("123.50");
        assertThat(invoice.tax()).isEqualByComparingTo("25.94"); // 25.935, to the even cent
        Settlement acme = statement.settlements().get(0);
        assertThat(acme.organization()).isEqualTo("acme");
        assertThat(acme.gross()).isEqualByComparingTo("123.50");
        assertThat(acme.sum(Kind.PERCENTAGE)).isEqualByComparingTo("-12.35");
        assertThat(acme.sum(Kind.SHARE_GIVEN)).isEqualByComparingTo("-33.34"); // 30 % of 111.15 is 33.345
        assertThat(acme.sum(Kind.ENTRY_FEE)).isEqualByComparingTo("-50");
        assertThat(acme.sum(Kind.LISTING_FEE)).isEqualByComparingTo("-6");
        assertThat(acme.payout()).isEqualByComparingTo("47.75");
        Settlement city = statement.settlements().get(1);
        assertThat(city.organization()).isEqualTo("city");
        assertThat(city.payout()).isEqualByComparingTo("33.34");
        assertThat(statement.postings())
                .extracting(posting -> posting.account() + " " + posting.amount())
                .containsExactly(
                        "income/fees -68.35", "payable/acme -47.75", "payable/city -33.34", "receivable/bob 149.44");
    }

    @Test
    void late_usage_costs_what_it_had_cost_in_time_at_the_price_of_its_day() {
        Usage usage = new Usage();
        usage.add("bob/x", OCTOBER, OCTOBER.atDay(9), Side.PROVIDER, "80");
        usage.add("bob/x", NOVEMBER, OCTOBER.atDay(10), Side.PROVIDER, "50");
        usage.add("bob/x", NOVEMBER, NOVEMBER.atDay(1), Side.PROVIDER, "10");
        Tariff quota = new Tariff(
                PricingModel.PER_ACCESS,
                BigDecimal.ONE,
                "EUR",
                new BigDecimal(100),
                Optional.empty(),
                Set.of(),
                List.of(),
                Tiering.GRADUATED,
                Optional.empty(),
                Optional.empty(),
                0);
        Contract contract = contract("bob/x", "acme/x", OCTOBER.atDay(1), quota, perAccess("2"));
        Statement statement = Statements.of(NOVEMBER, List.of(contract), usage::of, NONE, GivenBack.NOTHING, NOTHING);
        assertThat(statement.invoices().get(0).items())
                .extracting(item -> item.usedIn() + " " + item.line().kind() + " "
                        + item.line().quantity() + " x " + item.line().unitPrice() + " = "
                        + item.line().amount())
                .containsExactly(
                        "2026-10 FREE_QUOTA 20 x 0 = 0.00",
                        "2026-10 USAGE 30 x 1 = 30.00",
                        "2026-11 USAGE 10 x 2 = 20.00");
    }

    @Test
    void in_the_waiver_nothing_is_charged_and_after_it_all_is() {
        Usage usage = new Usage();
        usage.add("bob/x", OCTOBER, OCTOBER.atDay(9), Side.PROVIDER, "100");
        usage.add("bob/x", NOVEMBER, NOVEMBER.atDay(9), Side.PROVIDER, "100");
        Contract contract = contract("bob/x", "acme/x", OCTOBER.atDay(1), perAccess("1"));
        Conditions conditions = new Fixed(Optional.of(plan("5", "10", "0", 1)), List.of(), TaxRule.NONE);
        assertThat(Statements.of(OCTOBER, List.of(contract), usage::of, conditions, GivenBack.NOTHING, NOTHING)
                        .settlements()
                        .get(0)
                        .fees())
                .isZero();
        assertThat(Statements.of(NOVEMBER, List.of(contract), usage::of, conditions, GivenBack.NOTHING, NOTHING)
                        .settlements()
                        .get(0)
                        .fees())
                .isEqualByComparingTo("5");
    }

    @Test
    void what_is_given_back_gives_fees_and_shares_back() {
        Conditions conditions = new Fixed(
                Optional.of(plan("10", "0", "0", 0)), List.of(new Share("city", new BigDecimal("50"))), TaxRule.NONE);
        Credit credit = new Credit(
                "acme", "bob", offering("acme/x/data"), "EUR", new BigDecimal("20.00"), new BigDecimal("4.20"));
        Statement statement = Statements.of(
                NOVEMBER, List.of(), new Usage()::of, conditions, new GivenBack(List.of(credit), List.of()), NOTHING);
        assertThat(statement.settlements())
                .extracting(its -> its.organization() + " " + its.payout())
                .containsExactly("acme -13.20", "city -9.00");
        assertThat(statement.postings())
                .extracting(posting -> posting.account() + " " + posting.amount())
                .containsExactly(
                        "income/fees 2.00", "payable/acme 13.20", "payable/city 9.00", "receivable/bob -24.20");
    }

    /** Anything that could be, from a seed. */
    private static final class Anything {
        private static final String[] CURRENCIES = {"EUR", "JPY", "KWD"};

        private final Random random;
        private final List<Contract> contracts = new ArrayList<>();
        private final Usage usage = new Usage();
        private final Usage inTime = new Usage();
        private final Usage split = new Usage();
        private final List<Credit> credits = new ArrayList<>();
        private final Fixed conditions;

        Anything(int seed) {
            random = new Random(seed);
            List<Share> shares = new ArrayList<>();
            int left = 100;
            for (String organization : List.of("city", "acme", "dan")) {
                int percent = random.nextInt(left + 1);
                left -= percent;
                shares.add(new Share(organization, BigDecimal.valueOf(percent)));
            }
            Collections.shuffle(shares, random);
            conditions = new Fixed(
                    random.nextInt(4) == 0
                            ? Optional.empty()
                            : Optional.of(new FeePlan(
                                    CURRENCIES[random.nextInt(3)],
                                    decimal(100, 1),
                                    decimal(50, 2),
                                    decimal(5, 2),
                                    decimal(20, 2),
                                    ZERO,
                                    ZERO,
                                    random.nextInt(3))),
                    shares,
                    new TaxRule(decimal(27, 1), ""));
            for (int i = 0; i < 12; i++) {
                contracts.add(anyContract(i));
            }
        }

        private Contract anyContract(int number) {
            String id = "c" + random.nextInt(3) + "/x" + number;
            Contract contract =
                    contract(id, "p" + random.nextInt(3) + "/s", OCTOBER.atDay(1 + random.nextInt(31)), anyTariff());
            for (int i = random.nextInt(9); i > 0; i--) {
                YearMonth own = random.nextInt(3) == 0 ? OCTOBER : NOVEMBER;
                YearMonth booked = random.nextInt(2) == 0 ? own : NOVEMBER;
                LocalDate day = own.atDay(1 + random.nextInt(30));
                Side side = random.nextInt(5) == 0 ? Side.CONSUMER : Side.PROVIDER;
                int quantity = 2 * random.nextInt(3_000);
                usage.add(id, booked, day, side, String.valueOf(quantity));
                inTime.add(id, own, day, side, String.valueOf(quantity));
                split.add(id, booked, day, side, String.valueOf(quantity / 2));
                split.add(id, booked, day, side, String.valueOf(quantity / 2));
            }
            if (random.nextInt(6) == 0) {
                String currency = contract.tariffs().get(0).tariff().currency();
                credits.add(new Credit(
                        contract.provider().substring(0, 2),
                        id.substring(0, 2),
                        contract.offering(),
                        currency,
                        Money.round(decimal(90, 4), currency),
                        Money.round(decimal(9, 4), currency)));
            }
            return contract;
        }

        private Tariff anyTariff() {
            PricingModel[] models = {
                PricingModel.PER_ACCESS, PricingModel.PER_DAY, PricingModel.PER_MONTH, PricingModel.ONE_OFF
            };
            return new Tariff(
                    models[random.nextInt(2) * random.nextInt(4)],
                    decimal(3, 4),
                    CURRENCIES[random.nextInt(3)],
                    BigDecimal.valueOf(random.nextInt(2) * 500L),
                    Optional.empty(),
                    Set.of(),
                    random.nextBoolean() ? List.of(new Tier(new BigDecimal(1000), decimal(5, 4))) : List.of(),
                    Tiering.GRADUATED,
                    random.nextBoolean() ? Optional.of(new BigDecimal("7.77")) : Optional.empty(),
                    random.nextBoolean() ? Optional.of(new BigDecimal("900")) : Optional.empty(),
                    random.nextInt(2) * 10);
        }

        private BigDecimal decimal(int most, int digits) {
            return BigDecimal.valueOf(random.nextInt(most * (int) Math.pow(10, digits) + 1), digits);
        }

        Statement statement(YearMonth month, Usage reported) {
            return Statements.of(
                    month, contracts, reported::of, conditions, new GivenBack(credits, List.of()), NOTHING);
        }
    }

    private static Map<String, BigDecimal> sums(Statement... statements) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (Statement statement : statements) {
            for (Invoice invoice : statement.invoices()) {
                sums.merge(invoice.issuer() + " " + invoice.currency(), invoice.net(), BigDecimal::add);
            }
        }
        sums.values().removeIf(sum -> sum.signum() == 0);
        return sums;
    }

    @Test
    void no_cent_is_lost_or_made_whatever_happens() {
        for (int seed = 0; seed < CASES; seed++) {
            Anything anything = new Anything(seed);
            Statement statement = anything.statement(NOVEMBER, anything.usage);
            Map<String, BigDecimal> books = new TreeMap<>();
            statement.postings().forEach(posting -> books.merge(posting.currency(), posting.amount(), BigDecimal::add));
            assertThat(books.values())
                    .as("seed %d", seed)
                    .allSatisfy(sum -> assertThat(sum).isZero());
            Map<String, BigDecimal> sales = new TreeMap<>();
            for (Settlement settlement : statement.settlements()) {
                sales.merge(
                        settlement.organization() + " " + settlement.currency(),
                        settlement.sum(Kind.SALES),
                        BigDecimal::add);
                BigDecimal rest = settlement
                        .gross()
                        .subtract(settlement.fees())
                        .add(settlement.sum(Kind.SHARE_GIVEN, Kind.SHARE_RECEIVED, Kind.TAX, Kind.CREDIT_TAX));
                assertThat(settlement.payout()).as("seed %d", seed).isEqualByComparingTo(rest);
            }
            sales.values().removeIf(sum -> sum.signum() == 0);
            assertThat(sales).as("seed %d", seed).isEqualTo(sums(statement));
        }
    }

    @Test
    void without_credits_and_fixed_fees_nobody_is_left_with_less_than_nothing() {
        int looked = 0;
        for (int seed = 0; seed < CASES; seed++) {
            Anything anything = new Anything(seed);
            anything.credits.clear();
            for (Settlement settlement :
                    anything.statement(NOVEMBER, anything.inTime).settlements()) {
                BigDecimal own =
                        settlement.sum(Kind.SALES, Kind.PERCENTAGE, Kind.SHARE_GIVEN, Kind.SHARE_RECEIVED, Kind.TAX);
                assertThat(own).as("seed %d", seed).isNotNegative();
                looked++;
            }
            assertThat(anything.statement(NOVEMBER, anything.inTime).invoices())
                    .allSatisfy(invoice -> assertThat(invoice.total()).isPositive());
        }
        assertThat(looked).isGreaterThan(CASES);
    }

    @Test
    void neither_order_nor_split_changes_anything() {
        for (int seed = 0; seed < CASES; seed++) {
            Anything anything = new Anything(seed);
            Statement statement = anything.statement(NOVEMBER, anything.usage);
            assertThat(anything.statement(NOVEMBER, anything.split)).isEqualTo(statement);
            Collections.shuffle(anything.contracts, new Random(seed));
            anything.usage.totals.values().forEach(totals -> Collections.shuffle(totals, new Random(7)));
            assertThat(anything.statement(NOVEMBER, anything.usage)).isEqualTo(statement);
        }
    }

    @Test
    void what_comes_late_costs_the_same_as_in_time() {
        for (int seed = 0; seed < CASES; seed++) {
            Anything anything = new Anything(seed);
            assertThat(sums(anything.statement(OCTOBER, anything.usage), anything.statement(NOVEMBER, anything.usage)))
                    .as("seed %d", seed)
                    .isEqualTo(sums(
                            anything.statement(OCTOBER, anything.inTime),
                            anything.statement(NOVEMBER, anything.inTime)));
        }
    }
}
