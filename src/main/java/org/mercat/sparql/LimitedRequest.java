// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/** A request whose body ends with an error where it is longer than a query may be. */
final class LimitedRequest extends HttpServletRequestWrapper {
    /** Bytes of a body; as much as the server takes of a form. */
    static final int LIMIT = 200_000;

    private int read;

    LimitedRequest(HttpServletRequest request) {
        super(request);
    }

    boolean isTooLong() {
        return getContentLengthLong() > LIMIT || read > LIMIT;
    }

    /** Fuseki knows no HEAD: it answers as to GET, and the server keeps the body back. */
    @Override
    public String getMethod() {
        return super.getMethod().equals("HEAD") ? "GET" : super.getMethod();
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        ServletInputStream body = super.getInputStream();
        return new ServletInputStream() {
            @Override
            public int read() throws IOException {
                int next = body.read();
                count(next < 0 ? 0 : 1);
                return next;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int some = body.read(bytes, offset, length);
                count(Math.max(some, 0));
                return some;
            }

            @Override
            public boolean isFinished() {
                return body.isFinished();
            }

            @Override
            public boolean isReady() {
                return body.isReady();
            }

            @Override
            public void setReadListener(ReadListener listener) {
                body.setReadListener(listener);
            }
        };
    }

    private void count(int bytes) throws IOException {
        read += bytes;
        if (read > LIMIT) {
            throw new IOException("The query is too long");
        }
    }
}
