// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;

/**
 * How the server stops: requests under way finish, new ones are refused. Connections that carry none, which browsers and
 * proxies keep open for the next, are not waited for.
 */
final class GracefulStop extends GracefulHandler {
    /** A request whose body stands still for longer is given up. */
    private static final long PATIENCE_MS = 5_000;

    /** In which a request that is on its way arrives and is told that it is refused. */
    private static final long MOMENT_MS = 100;

    private final Map<Request, EndPoint> underWay = new ConcurrentHashMap<>();

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        underWay.put(request, request.getConnectionMetaData().getConnection().getEndPoint());
        Request.addCompletionListener(request, failure -> underWay.remove(request));
        return super.handle(request, response, callback);
    }

    @Override
    public CompletableFuture<Void> shutdown() {
        CompletableFuture<Void> requests = super.shutdown(); // what is not under way now is refused
        for (Connector connector : getServer().getConnectors()) {
            ((AbstractConnector) connector).setShutdownIdleTimeout(-1); // it would give all of them the same
            connector.shutdown();
            for (EndPoint connection : connector.getConnectedEndPoints()) {
                connection.setIdleTimeout(underWay.containsValue(connection) ? PATIENCE_MS : MOMENT_MS);
            }
        }
        return requests;
    }
}
