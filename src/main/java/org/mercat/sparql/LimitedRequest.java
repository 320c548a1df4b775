// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** A request whose body is read at once, as far as a query may be long. */
final class LimitedRequest extends HttpServletRequestWrapper {
    /** Bytes of a body; as much as the server takes of a form. */
    static final int LIMIT = 200_000;

    private static final String FORM = "application/x-www-form-urlencoded";

    /** What the server says of an address or a form. */
    static final String UNREADABLE = "400: Unable to parse";

    private byte[] body;

    LimitedRequest(HttpServletRequest request) {
        super(request);
    }

    boolean isTooLong() {
        return getContentLengthLong() > LIMIT || body != null && body.length > LIMIT;
    }

    /**
     * Reads the body, before the query takes a place: a client may send it as slowly as it likes.
     *
     * @throws IOException if it cannot be read
     */
    void receive() throws IOException {
        if (!getMethod().equals("POST")) {
            return;
        }
        if (String.valueOf(getContentType()).regionMatches(true, 0, FORM, 0, FORM.length())) {
            try {
                getParameterMap();
            } catch (RuntimeException e) {
                if (!String.valueOf(e.getMessage()).startsWith(UNREADABLE)) { // else it is said where it is asked for
                    throw new IOException(e);
                }
            }
        } else {
            body = super.getInputStream().readNBytes(LIMIT + 1);
        }
    }

    /** Fuseki knows no HEAD: it answers as to GET, and the server keeps the body back. */
    @Override
    public String getMethod() {
        return super.getMethod().equals("HEAD") ? "GET" : super.getMethod();
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            return super.getInputStream();
        }
        ByteArrayInputStream bytes = new ByteArrayInputStream(body);
        return new ServletInputStream() {
            @Override
            public int read() {
                return bytes.read();
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                return bytes.read(to, offset, length);
            }

            @Override
            public boolean isFinished() {
                return bytes.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new UnsupportedOperationException("It is all there.");
            }
        };
    }
}
