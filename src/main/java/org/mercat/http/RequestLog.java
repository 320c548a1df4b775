// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Gives each request an id, which is on all its log lines, in its answer ({@code X-Request-Id}) and in its problem, and
 * times it. A client's own {@code X-Request-Id} is kept if it is harmless.
 */
final class RequestLog implements Filter {
    static final String ID = "mercat.request";
    static final String ROUTE = "mercat.route";
    private static final Logger LOG = LoggerFactory.getLogger("org.mercat.requests");
    static final String HEADER = "X-Request-Id";
    /** A method is any word of the client's; each tag lives as long as the server. */
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5), Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofSeconds(5)
    };
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final MeterRegistry metrics;

    RequestLog(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public void doFilter(ServletRequest req, ServletResponse res, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) req;
        HttpServletResponse response = (HttpServletResponse) res;
        String id = idOf(request.getHeader(HEADER));
        request.setAttribute(ID, id);
        response.setHeader(HEADER, id);
        MDC.put("request", id);
        long start = System.nanoTime();
        try {
            chain.doFilter(request, response);
        } finally {
            done(request, response, System.nanoTime() - start);
            MDC.remove("request");
        }
    }

    private static String idOf(String sent) {
        return sent != null && HARMLESS.matcher(sent).matches() ? sent : newId();
    }

    static String newId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private void done(HttpServletRequest request, HttpServletResponse response, long nanos) {
        // not getServletPath(), which throws for a hostile address
        String route = request.getAttribute(ROUTE) instanceof String path ? path : request.getRequestURI();
        String known = request.getAttribute(ROUTE) != null || route.equals("/sparql") ? route : "none";
        Timer.builder("mercat.requests")
                .tag("method", METHODS.contains(request.getMethod()) ? request.getMethod() : "other")
                .tag("route", known)
                .tag("status", String.valueOf(response.getStatus()))
                .serviceLevelObjectives(BUCKETS)
                .register(metrics)
                .record(nanos, TimeUnit.NANOSECONDS);
        LOG.info(
                "{} {} {} {} ms",
                request.getMethod(),
                request.getRequestURI(),
                response.getStatus(),
                nanos / 1_000_000);
    }
}
