// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A response that keeps errors to itself: their status, and their text instead of what was written before. While the
 * client reads what is written, other queries compute.
 */
final class CheckedResponse extends HttpServletResponseWrapper {
    static final String REQUEST_ID = "X-Request-Id";
    private static final int LONGEST_ERROR = 1 << 16;

    /** Bytes that are kept in memory for a client of HTTP/1.0. */
    private static final int LARGEST_WHOLE = 4 << 20;

    private final ByteArrayOutputStream error = new ByteArrayOutputStream();
    private int failed;
    private final RunningQuery query;
    private final Delivery delivery;
    private final long most;
    private boolean broken;
    private long sent;

    /** How an answer reaches its client so that it is seen when it is cut. */
    enum Delivery {
        /** In chunks, of which the last one says that it is. */
        AS_EVER,
        /** The same; the server would else end the answer by closing the connection, as a cut does. */
        CHUNKED,
        /** As a whole or not at all, since HTTP/1.0 knows no chunks. */
        WHOLE;

        static Delivery of(HttpServletRequest request) {
            if (request.getProtocol().equals("HTTP/1.0")) {
                return WHOLE;
            }
            boolean closes = "close".equalsIgnoreCase(request.getHeader("Connection"));
            return closes && request.getProtocol().equals("HTTP/1.1") ? CHUNKED : AS_EVER;
        }
    }

    /** @param most bytes that it may have */
    CheckedResponse(HttpServletResponse response, RunningQuery query, Delivery delivery, long most) {
        super(response);
        this.query = query;
        this.delivery = delivery;
        this.most = delivery == Delivery.WHOLE ? Math.min(most, LARGEST_WHOLE) : most;
    }

    /** Bytes that were written. */
    long sent() {
        return sent;
    }

    /** It does not become what it was to be. */
    void fail() {
        if (isGood()) {
            setStatus(SC_SERVICE_UNAVAILABLE);
        }
    }

    /**
     * Says what it has cost, if that can still be said: up to the end if the answer is short, else up to its beginning.
     *
     * @see <a href="https://www.w3.org/TR/server-timing/">Server Timing</a>
     */
    void tellCost() {
        if (!isCommitted()) {
            setHeader("Server-Timing", query.timing());
        }
    }

    private void begin() {
        tellCost();
        if (delivery == Delivery.CHUNKED) {
            setHeader("Transfer-Encoding", "chunked");
        } else if (delivery == Delivery.WHOLE) {
            setBufferSize(LARGEST_WHOLE);
        }
    }

    private void mayWrite(int length) {
        if (sent == 0) {
            begin();
        }
        sent += length;
        if (sent > most) {
            throw query.stop(Stopped.forBytes(most));
        }
    }

    int status() {
        return failed;
    }

    /** Whether it failed when the beginning was already on its way. */
    boolean isBroken() {
        return broken;
    }

    String error() {
        return error.toString(StandardCharsets.UTF_8);
    }

    private boolean isGood() {
        return failed == 0;
    }

    @Override
    public void setStatus(int status) {
        if (status < 400) {
            super.setStatus(status);
            return;
        }
        failed = status;
        if (isCommitted()) {
            broken = true;
        } else {
            String id = getHeader(REQUEST_ID);
            reset(); // the media type of the answer that was to be, too
            setHeader(REQUEST_ID, id);
        }
    }

    @Override
    public void sendError(int status) {
        setStatus(status);
    }

    @Override
    public void sendError(int status, String message) {
        setStatus(status);
        error.writeBytes(message.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void setContentType(String type) {
        if (isGood()) {
            super.setContentType(type);
        }
    }

    @Override
    public void setCharacterEncoding(String encoding) {
        if (isGood()) {
            super.setCharacterEncoding(encoding);
        }
    }

    @Override
    public void setContentLength(int length) {
        if (isGood()) {
            super.setContentLength(length);
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        ServletOutputStream answer = super.getOutputStream();
        return new ServletOutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (isGood()) {
                    mayWrite(length);
                    query.aside(() -> answer.write(bytes, offset, length));
                } else if (error.size() < LONGEST_ERROR) {
                    error.write(bytes, offset, Math.min(length, LONGEST_ERROR));
                }
            }

            /** Fuseki prints messages, and the inherited method stops at the first letter that is not Latin 1. */
            @Override
            public void print(String text) throws IOException {
                write(text.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public void flush() throws IOException {
                if (isGood() && query.stopped().isEmpty() && delivery != Delivery.WHOLE) {
                    query.aside(answer::flush);
                }
            }

            @Override
            public void close() throws IOException {
                flush(); // the server closes it
            }

            @Override
            public boolean isReady() {
                return answer.isReady();
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                answer.setWriteListener(listener);
            }
        };
    }
}
