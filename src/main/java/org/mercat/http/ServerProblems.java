// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What the server refuses before any route sees it (a broken request line, a hostile address) is a problem, too. */
final class ServerProblems extends ErrorHandler {
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        Failure failure =
                new Failure.Plain(kindOf(code), message == null ? "The server takes no such request." : message);
        String id = RequestLog.newId();
        response.setStatus(failure.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.getHeaders().put(RequestLog.HEADER, id);
        response.getHeaders().put(HttpHeader.CONNECTION, "close"); // it does so, and who is not told uses it again
        response.write(true, ByteBuffer.wrap(Problem.of(failure, id).toJson()), callback);
    }

    private static Failure.Kind kindOf(int code) {
        return switch (code) {
            case 404 -> Failure.Kind.NOT_FOUND;
            case 413 -> Failure.Kind.TOO_LARGE;
            case 414 -> Failure.Kind.ADDRESS_TOO_LONG;
            case 431 -> Failure.Kind.HEADERS_TOO_LARGE;
            case 503 -> Failure.Kind.UNAVAILABLE;
            default -> code < 500 ? Failure.Kind.BAD_REQUEST : Failure.Kind.INTERNAL;
        };
    }
}
