// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A response whose body is compressed as it is written, unless it is compressed already, or a part of something. */
final class CompressedResponse extends HttpServletResponseWrapper {
    private static final String ENCODING = "Accept-Encoding";
    private static final int BUFFER = 8_192;

    private final boolean wanted;
    private String tag;
    private Body body;

    /** @param wanted whether the client takes it compressed; if not, the response only says that it could be */
    CompressedResponse(HttpServletResponse response, boolean wanted) {
        super(response);
        this.wanted = wanted;
        setHeader("Vary", "");
    }

    private boolean isCompressible() {
        String type = getContentType();
        return wanted
                && getStatus() != SC_NO_CONTENT
                && getStatus() != SC_NOT_MODIFIED
                && getHeader("Content-Range") == null
                && getHeader("Repr-Digest") == null
                && type != null
                && !type.startsWith("application/gzip");
    }

    @Override
    public void setHeader(String name, String value) {
        if (name.equalsIgnoreCase("ETag")) {
            tag = value;
            super.setHeader(name, wanted ? marked(value) : value);
        } else if (name.equalsIgnoreCase("Vary")) {
            super.setHeader(name, value == null || value.isEmpty() ? ENCODING : value + ", " + ENCODING);
        } else if (!name.equalsIgnoreCase("Content-Length") || !isCompressible()) {
            super.setHeader(name, value);
        }
    }

    private static String marked(String tag) {
        return tag == null ? null : tag.replaceFirst("\"$", Compression.MARK + "\"");
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        if (!isCompressible()) {
            super.setContentLengthLong(length);
        }
    }

    @Override
    public void reset() {
        super.reset();
        setHeader("Vary", "");
        body = null;
        tag = null;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (body == null) {
            body = new Body(super.getOutputStream());
        }
        return body;
    }

    /** Ends the compressed body. */
    void finish() throws IOException {
        if (body != null && body.gzip != null) {
            body.gzip.finish();
        }
    }

    /** Decides at the first byte, when all headers are set. */
    private final class Body extends ServletOutputStream {
        private final ServletOutputStream plain;
        private GZIPOutputStream gzip;
        private OutputStream out;

        Body(ServletOutputStream plain) {
            this.plain = plain;
        }

        private OutputStream out() throws IOException {
            if (out == null) {
                out = plain;
                if (isCompressible()) {
                    CompressedResponse.super.setHeader("Content-Encoding", "gzip");
                    gzip = new Quick(plain);
                    out = gzip;
                } else if (tag != null) {
                    CompressedResponse.super.setHeader("ETag", tag);
                }
            }
            return out;
        }

        @Override
        public void write(int b) throws IOException {
            out().write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                out().write(bytes, offset, length);
            }
        }

        @Override
        public void flush() throws IOException {
            if (gzip == null && out != null) {
                plain.flush();
            }
        }

        @Override
        public void close() throws IOException {
            flush(); // the end is written by who knows that all went well
        }

        @Override
        public boolean isReady() {
            return plain.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            plain.setWriteListener(listener);
        }
    }

    private static final class Quick extends GZIPOutputStream {
        Quick(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
