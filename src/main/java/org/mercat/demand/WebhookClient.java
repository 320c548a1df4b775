// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends one POST and reads the status of its answer. It connects to the very address that was looked up and found to be
 * public, which no client of the JDK lets us do; it follows no redirect and reads no body.
 */
final class WebhookClient {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");
    private static final int LONGEST_LINE = 1_000;

    private final Addresses addresses;
    private final Duration timeLimit;

    /** @param timeLimit of a request, from the look-up to the status */
    WebhookClient(Addresses addresses, Duration timeLimit) {
        this.addresses = addresses;
        this.timeLimit = timeLimit;
    }

    /** Posts JSON. @return the status @throws IOException saying why there is none */
    int post(String url, Map<String, String> headers, byte[] body) throws IOException {
        URI uri = URI.create(url);
        long end = System.nanoTime() + timeLimit.toNanos();
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        InetAddress address = addresses.resolve(uri.getHost())[0];
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address, port), left(end));
            plain.setSoTimeout(left(end));
            try (Socket socket = secure ? secured(plain, uri.getHost(), port) : plain) {
                OutputStream out = new BufferedOutputStream(socket.getOutputStream());
                out.write(head(uri, headers, body.length).getBytes(StandardCharsets.US_ASCII));
                out.write(body);
                out.flush();
                return status(socket, end);
            }
        }
    }

    private static int left(long end) throws SocketTimeoutException {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException("It took too long");
        }
        return (int) left;
    }

    private static Socket secured(Socket plain, String host, int port) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static String head(URI uri, Map<String, String> headers, int length) {
        String path = (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath())
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        StringBuilder head = new StringBuilder("POST ").append(path).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(uri.getRawAuthority()).append("\r\n");
        head.append("Connection: close\r\nContent-Type: application/json\r\nUser-Agent: Mercat\r\n");
        head.append("Content-Length: ").append(length).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString();
    }

    private static int status(Socket socket, long end) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        while (line.length() < LONGEST_LINE) {
            socket.setSoTimeout(left(end));
            int c = in.read();
            if (c < 0 || c == '\n') {
                break;
            }
            line.append((char) c);
        }
        Matcher status = STATUS.matcher(line.toString().strip());
        if (!status.matches()) {
            throw new IOException("It does not answer as HTTP/1.1 does");
        }
        return Integer.parseInt(status.group(1));
    }
}
