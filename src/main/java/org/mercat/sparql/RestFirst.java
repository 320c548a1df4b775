// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests under way that are no queries: queries that compute pause for them. */
final class RestFirst implements Filter {
    private final AtomicInteger underWay = new AtomicInteger();

    boolean isBusy() {
        return underWay.get() > 0;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = ((HttpServletRequest) request).getRequestURI();
        if (path.startsWith(SparqlService.PATH) || path.startsWith("/queries")) {
            chain.doFilter(request, response);
            return;
        }
        underWay.incrementAndGet();
        try {
            chain.doFilter(request, response);
        } finally {
            underWay.decrementAndGet();
        }
    }
}
