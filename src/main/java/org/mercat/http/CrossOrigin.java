// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * Lets scripts of every site read an answer, a refusal too. No cookie signs anybody in here, so there is nothing that a
 * foreign page could borrow; a token must be sent on purpose.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">CORS</a>
 */
final class CrossOrigin implements Filter {
    private static final String READABLE =
            "Accept-Ranges, Allow, Content-Disposition, Content-Range, ETag, Link, Location,"
                    + " Mercat-Revision, Repr-Digest, Retry-After, Server-Timing, X-Request-Id";
    private static final String SENDABLE =
            "Accept, Accept-Language, Authorization, Content-Type, If-None-Match, If-Range, Range, X-Request-Id";
    private static final String A_DAY_IN_SECONDS = "86400";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean asks = ((HttpServletRequest) request).getMethod().equals("OPTIONS");
        chain.doFilter(request, new Open((HttpServletResponse) response, asks));
    }

    private static final class Open extends HttpServletResponseWrapper {
        private final boolean asks;

        Open(HttpServletResponse response, boolean asks) {
            super(response);
            this.asks = asks;
            open();
        }

        private void open() {
            setHeader("Access-Control-Allow-Origin", "*");
            setHeader("Access-Control-Expose-Headers", READABLE);
            if (asks) {
                setHeader("Access-Control-Allow-Methods", "GET, HEAD, POST");
                setHeader("Access-Control-Allow-Headers", SENDABLE);
                setHeader("Access-Control-Max-Age", A_DAY_IN_SECONDS);
            }
        }

        @Override
        public void reset() {
            super.reset();
            open();
        }
    }
}
