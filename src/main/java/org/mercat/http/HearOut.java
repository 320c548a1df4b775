// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads on, to a limit, what a refused request still sends. A client that is cut off while it sends sees a broken
 * connection and not the answer that tells it why.
 */
final class HearOut implements Filter {
    /** Bytes; who sends more than that is cut off. */
    private static final int LIMIT = 16 << 20;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
        if (((HttpServletResponse) response).getStatus() >= HttpServletResponse.SC_BAD_REQUEST
                && !response.isCommitted()) {
            readOn(request);
        }
    }

    private static void readOn(ServletRequest request) {
        byte[] ignored = new byte[1 << 13];
        try {
            InputStream body = request.getInputStream();
            int left = LIMIT;
            for (int n = body.read(ignored); n >= 0 && left > 0; n = body.read(ignored)) {
                left -= n;
            }
        } catch (IOException | IllegalStateException e) {
            // the client is gone, or the body was read in another way: there is nothing more to hear
        }
    }
}
