// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Says on every answer what time it is here, where that is not the time of everybody. */
public record TimeHeader(InstantSource clock) implements Filter {
    static final String NAME = "Mercat-Time";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ((HttpServletResponse) response)
                .setHeader(NAME, clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        chain.doFilter(request, response);
    }
}
