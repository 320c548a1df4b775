// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets queries through to the guard. Who asks nothing is told what there is to ask, and people get the page to write
 * queries on, by a route like any other.
 */
final class Entrance implements Filter {
    /** Without a parameter, or with the language of a page alone. */
    private static final Pattern NOTHING = Pattern.compile("|lang=\\w*");

    private static final Set<String> READS = Set.of("GET", "HEAD");

    private final Filter guard;

    Entrance(Filter guard) {
        this.guard = guard;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        String parameters = asked.getQueryString() == null ? "" : asked.getQueryString();
        boolean asksNothing =
                READS.contains(asked.getMethod()) && NOTHING.matcher(parameters).matches();
        if (asksNothing || Console.isWanted(asked)) {
            chain.doFilter(request, response);
        } else {
            guard.doFilter(new NegotiatedRequest(asked), new Kept((HttpServletResponse) response), chain);
        }
    }

    /** Fuseki forbids to keep an answer at all; ours may be kept by who asks each time whether it still holds. */
    private static final class Kept extends HttpServletResponseWrapper {
        Kept(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void setHeader(String name, String value) {
            if (name.equalsIgnoreCase("Cache-Control")) {
                super.setHeader(name, "no-cache");
            } else if (!name.equalsIgnoreCase("Pragma")) {
                super.setHeader(name, value);
            }
        }
    }
}
