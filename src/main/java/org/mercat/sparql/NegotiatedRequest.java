// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;

/**
 * A request whose answer's type was chosen by {@link AnswerType}, once its query is known: for Fuseki it accepts just
 * that one. Fuseki's own parameters that change an answer, a function to call with it or a style sheet, are not there.
 */
final class NegotiatedRequest extends HttpServletRequestWrapper {
    private static final String TYPE = "mercat.sparql.type";
    private static final Set<String> OURS =
            Set.of("format", "output", "results", "callback", "stylesheet", "force-accept");

    NegotiatedRequest(HttpServletRequest request) {
        super(request);
    }

    /** Chooses. @param request this one, or one that wraps it */
    static void choose(HttpServletRequest request, String type) {
        request.setAttribute(TYPE, type);
    }

    private boolean isChosen() {
        return getAttribute(TYPE) != null;
    }

    @Override
    public String getHeader(String name) {
        return isChosen() && name.equalsIgnoreCase("Accept")
                ? getAttribute(TYPE).toString()
                : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return isChosen() && name.equalsIgnoreCase("Accept")
                ? Collections.enumeration(List.of(getAttribute(TYPE).toString()))
                : super.getHeaders(name);
    }

    @Override
    public String getParameter(String name) {
        return isChosen() && OURS.contains(name) ? null : super.getParameter(name);
    }

    @Override
    public String[] getParameterValues(String name) {
        return isChosen() && OURS.contains(name) ? null : super.getParameterValues(name);
    }
}
