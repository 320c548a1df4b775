// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a browser, where the machine has one: what they look like is in {@code target/screenshots}. */
@EnabledIf("hasBrowser")
class BrowserTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path SHOTS = Path.of("target", "screenshots");
    private static final String OFFERING = "/offerings/unican/smartsantander/parking-spaces";

    /** By name of the screenshot. */
    private static final Map<String, String> PAGES = Map.ofEntries(
            Map.entry("home", "/"),
            Map.entry("search", "/offerings?text=parking&explain=true"),
            Map.entry("nothing", "/offerings?text=xyzzy&category=Parking"),
            Map.entry("refused", "/offerings?category=Parkng"),
            Map.entry("offering", OFFERING),
            Map.entry("categories", "/categories"),
            Map.entry("terms", "/terms?q=temperature"),
            Map.entry("vocabularies", "/vocabularies"),
            Map.entry("queries", "/queries"),
            Map.entry("query", "/queries/statistics/offerings-by-category"),
            Map.entry("console", "/sparql"),
            Map.entry("dumps", "/dumps"));

    @TempDir
    static Path data;

    private static Catalogue catalogue;
    private static String server;
    private static Playwright playwright;
    private static Browser browser;

    static boolean hasBrowser() {
        return Files.isExecutable(CHROMIUM);
    }

    @BeforeAll
    static void start() {
        catalogue = Catalogue.open(Config.of(
                new Config.Words(null, data.toString(), "127.0.0.1", "0", null, true, null, null, false, null)));
        server = "http://127.0.0.1:" + catalogue.start();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
    }

    @AfterAll
    static void stop() {
        Stream.of(browser, playwright, catalogue).filter(each -> each != null).forEach(each -> {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** What a browser says is wrong with a page. */
    private static List<String> complaints(Page page) {
        List<String> complaints = new ArrayList<>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("status of 400")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            if (!request.url().startsWith(server) && !request.url().startsWith("data:")) {
                complaints.add("asks another host: " + request.url());
            }
        });
        return complaints;
    }

    private static Browser.NewContextOptions as(int width, String language, ColorScheme scheme) {
        return new Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setLocale(language)
                .setColorScheme(scheme);
    }

    @TestFactory
    Stream<DynamicTest> each_page_fits_and_the_browser_has_nothing_to_complain_of() {
        return PAGES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(each -> Stream.of(as(1280, "en", ColorScheme.LIGHT), as(390, "de", ColorScheme.DARK))
                        .map(how -> DynamicTest.dynamicTest(each.getKey() + " " + how.locale, () -> look(each, how))));
    }

    private static void look(Map.Entry<String, String> each, Browser.NewContextOptions how) {
        try (BrowserContext context = browser.newContext(how)) {
            Page page = context.newPage();
            List<String> complaints = complaints(page);
            page.navigate(server + each.getValue());
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(SHOTS.resolve(each.getKey() + "-" + how.locale + ".png"))
                    .setFullPage(true));
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo(how.locale);
            assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                    .as("pixels that are too wide")
                    .isEqualTo(0);
            assertThat(complaints).isEmpty();
            List<Rule> barriers = new AxeBuilder(page)
                            .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                            .exclude(".leaflet-container")
                            .exclude(".CodeMirror")
                            .analyze()
                            .getViolations()
                            .stream()
                            .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                            .toList();
            assertThat(barriers)
                    .as("what keeps people out")
                    .extracting(
                            rule -> rule.getId() + ": " + rule.getNodes().get(0).getHtml())
                    .isEmpty();
        }
    }

    @Test
    void who_searches_narrows_looks_and_reads() {
        try (BrowserContext context = browser.newContext(as(1280, "en", ColorScheme.LIGHT))) {
            Page page = context.newPage();
            List<String> complaints = complaints(page);
            page.navigate(server + "/");
            page.fill("#text", "parking");
            page.click("form.search button");
            assertThat(page.locator("ol.offerings > li").count()).isEqualTo(13);
            page.locator("details.facet", new Page.LocatorOptions().setHasText("Pricing model"))
                    .locator("summary")
                    .click();
            page.locator("details.facet a[href*='pricingModel=FREE']").click();
            page.waitForURL(url -> url.contains("pricingModel=FREE"));
            assertThat(page.locator("ol.offerings > li").count()).isEqualTo(2);
            page.locator("ol.offerings h2 a").first().click();
            assertThat(page.locator("h1").textContent()).isEqualTo("Parking in Cologne");
            assertThat(page.locator("#map .shape").count()).isEqualTo(1);
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void a_box_that_is_drawn_on_the_map_is_a_criterion() {
        try (BrowserContext context = browser.newContext(as(1280, "en", ColorScheme.LIGHT))) {
            Page page = context.newPage();
            page.navigate(server + "/offerings");
            int all = page.locator("ol.offerings > li").count();
            page.click("#draw");
            var map = page.locator("#map").boundingBox();
            page.mouse().move(map.x + map.width * 0.02, map.y + map.height * 0.3);
            page.mouse().down();
            page.mouse().move(map.x + map.width * 0.3, map.y + map.height * 0.97, new Mouse.MoveOptions().setSteps(5));
            page.mouse().up();
            page.waitForURL(url -> url.contains("box="));
            assertThat(page.locator("ul.chips").textContent()).contains("Box");
            assertThat(page.locator("ol.offerings > li").count()).isBetween(1, all);
        }
    }
}
