// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.EofException;
import org.mercat.http.Caller;
import org.mercat.http.Failure;
import org.mercat.http.Failure.Kind;
import org.mercat.http.FailureException;
import org.mercat.http.Fault;
import org.mercat.http.Problem;
import org.mercat.sparql.CheckedResponse.Delivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before Fuseki: refuses queries that are too long, has the others run in the {@link QueryPool}, turns Fuseki's
 * error texts into problems, and cuts the connection where an error comes after the first rows, so that no part of an answer looks like the whole.
 */
final class Guard implements Filter {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
    private static final Pattern PLACE = Pattern.compile("(?i)line:? (\\d+), col(?:umn)?:? (\\d+)");
    private static final Pattern UPDATE =
            Pattern.compile("(?i)Encountered \" \\S* \"(insert|delete|load|clear|drop|create|add|move|copy|with)\\b");
    private static final String METHODS = "GET, HEAD, POST, OPTIONS";
    private static final String UNREADABLE = "400: Unable to parse"; // what the server says of an address or a form
    private static final String BEARER = "Bearer ";
    private static final int LONGEST_DETAIL = 1_000;

    private final Filter fuseki;
    private final QueryPool pool;
    private final Function<String, Optional<Caller>> tokens;

    /** @param tokens who has an access token; empty if it is no good */
    Guard(Filter fuseki, QueryPool pool, Function<String, Optional<Caller>> tokens) {
        this.fuseki = fuseki;
        this.pool = pool;
        this.tokens = tokens;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        LimitedRequest limited = new LimitedRequest((HttpServletRequest) request);
        HttpServletResponse plain = (HttpServletResponse) response;
        if (limited.getMethod().equals("OPTIONS")) {
            plain.setHeader("Allow", METHODS);
            plain.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        Optional<Failure> refused = refusal(limited);
        if (refused.isPresent()) {
            answer(plain, refused.get());
            return;
        }
        try {
            run(limited, plain, chain);
        } catch (FailureException e) {
            plain.setHeader("WWW-Authenticate", "Bearer realm=\"mercat\"");
            answer(plain, e.failure());
        } catch (Refused e) {
            plain.setHeader("Retry-After", e.seconds());
            answer(plain, e.failure());
        }
    }

    private void run(LimitedRequest request, HttpServletResponse plain, FilterChain chain)
            throws IOException, ServletException {
        RunningQuery query = pool.enter(new Asker(callerOf(request), request.getRemoteAddr()));
        request.setAttribute(ReadOnlyQuery.RUNNING, query);
        CheckedResponse response = new CheckedResponse(
                plain, query, Delivery.of(request), pool.limits().bytes());
        try {
            pool.run(query, () -> {
                fuseki.doFilter(request, response, chain);
                return null;
            });
            end(request, response, plain, query);
        } catch (Stopped e) {
            end(request, response, plain, query);
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        } finally {
            pool.log().done(query, response.isBroken() ? 499 : plain.getStatus(), response.sent());
        }
    }

    private void end(LimitedRequest request, CheckedResponse response, HttpServletResponse plain, RunningQuery query)
            throws IOException {
        if (query.stopped().isPresent()) {
            response.fail();
        }
        if (response.isBroken()) {
            throw new EofException("The query failed after a part of its answer was sent: "
                    + query.stopped().map(Failure::detail).orElse(response.error()));
        }
        if (query.stopped().isPresent()) {
            answerStopped(plain, query.stopped().get());
        } else if (response.status() >= 400) {
            answer(plain, request.isTooLong() ? tooLong() : failureOf(response.status(), response.error()));
        } else {
            response.tellCost();
        }
    }

    private static void answerStopped(HttpServletResponse plain, Failure failure) throws IOException {
        if (failure.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            plain.setHeader("Retry-After", "1");
        }
        answer(plain, failure);
    }

    /** Without a token anybody may ask; with one that is no good the client learns it here, and not by its quota. */
    private Caller callerOf(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Caller.ANYONE;
        }
        return tokens.apply(header.substring(BEARER.length()).strip())
                .orElseThrow(
                        () -> Kind.UNAUTHORIZED.because("The access token is not valid or has expired; get a new one"
                                + " from POST /oauth/token, or ask without one."));
    }

    private static Optional<Failure> refusal(LimitedRequest request) {
        if (request.isTooLong()) {
            return Optional.of(tooLong());
        }
        String charset = request.getCharacterEncoding();
        return charset == null || charset.equalsIgnoreCase("utf-8")
                ? Optional.empty()
                : Optional.of(new Failure.Plain(
                        Kind.UNSUPPORTED_MEDIA_TYPE, "Send the query in UTF-8; \"" + charset + "\" is not."));
    }

    private static Failure tooLong() {
        return new Failure.Plain(
                Kind.TOO_LARGE, "A query has at most " + LimitedRequest.LIMIT + " bytes, and its form as well.");
    }

    private static void answer(HttpServletResponse response, Failure failure) throws IOException {
        response.setStatus(failure.status());
        response.setContentType(Problem.MEDIA_TYPE);
        if (failure.status() == 405) {
            response.setHeader("Allow", METHODS);
        }
        response.getOutputStream()
                .write(Problem.of(failure, response.getHeader(CheckedResponse.REQUEST_ID))
                        .toJson());
    }

    private Failure failureOf(int status, String text) {
        if (status == 503 || text.contains("cancelled due to timeout")) {
            return Stopped.atTimeLimit(
                    pool.limits().time(), pool.limits().time().toNanos());
        }
        if (text.startsWith(UNREADABLE)) {
            return malformed("The query cannot be read: write it in UTF-8, percent-encoded in an address and a form.");
        }
        String detail = shortened(text);
        return switch (status) {
            case 400, 422 -> malformed(detail);
            case 404 -> new Failure.Plain(Kind.NOT_FOUND, detail);
            case 403 -> new Failure.Plain(Kind.FORBIDDEN, detail);
            case 405 ->
                new Failure.Plain(
                        Kind.METHOD_NOT_ALLOWED,
                        SparqlService.PATH + " takes queries by " + METHODS + ", and no updates.");
            case 406 -> new Failure.Plain(Kind.NOT_ACCEPTABLE, detail);
            case 413 -> tooLong();
            case 415 ->
                new Failure.Plain(
                        Kind.UNSUPPORTED_MEDIA_TYPE,
                        detail + " Send application/sparql-query or application/x-www-form-urlencoded; updates are not"
                                + " taken.");
            default -> internal(status, detail);
        };
    }

    private static Failure internal(int status, String detail) {
        LOG.error("A query was answered with {}: {}", status, detail);
        return new Failure.Plain(
                Kind.INTERNAL, "The query failed on our side. The operator finds it in the log by this request's id.");
    }

    private static Failure malformed(String detail) {
        if (detail.equals(StackOverflowError.class.getSimpleName())) { // of the parser
            return Stopped.tooDeep();
        }
        String message = UPDATE.matcher(detail).find()
                ? detail + " Updates are not taken here: change resources over REST."
                : detail;
        Matcher place = PLACE.matcher(detail);
        return new Failure.Malformed(
                message,
                place.find()
                        ? List.of(Fault.at(
                                null, Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)), message))
                        : List.of());
    }

    private static String shortened(String text) {
        String line = text.strip();
        return line.length() <= LONGEST_DETAIL ? line : line.substring(0, LONGEST_DETAIL) + "...";
    }
}
