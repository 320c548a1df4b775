// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Compresses answers for those who take gzip, as they are written. A strong entity tag names one sequence of bytes, so a
 * compressed answer has one of its own: {@code "42-json-gzip"} beside {@code "42-json"}; what comes back in {@code
 * If-None-Match} is the plain one again.
 */
final class Compression implements Filter {
    /** At the end of a tag, in its quotes. */
    static final String MARK = "-gzip";

    private static final Pattern MARKED = Pattern.compile(MARK + "\"");
    private static final Pattern REFUSED = Pattern.compile(";q=0(\\.0*)?$");

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        CompressedResponse compressed = new CompressedResponse(answer, takesGzip(asked.getHeader("Accept-Encoding")));
        chain.doFilter(new Unmarked(asked), compressed);
        compressed.finish(); // not after a failure: what ends early must not look whole
    }

    private static boolean takesGzip(String codings) {
        return codings != null
                && Arrays.stream(codings.toLowerCase(Locale.ROOT)
                                .replace(" ", "")
                                .split(","))
                        .anyMatch(coding -> coding.split(";", 2)[0].matches("(x-)?gzip|\\*")
                                && !REFUSED.matcher(coding).find());
    }

    /** With the tags of what is not compressed. */
    private static final class Unmarked extends HttpServletRequestWrapper {
        Unmarked(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getHeader(String name) {
            String value = super.getHeader(name);
            return value != null && name.equalsIgnoreCase("If-None-Match")
                    ? MARKED.matcher(value).replaceAll("\"")
                    : value;
        }
    }
}
