// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * One method of one path, and who may call it.
 *
 * @param path as Javalin and OpenAPI write it, parameters in braces
 */
public record Route(HandlerType method, String path, Access access, Handler handler) {
    public static Route get(String path, Access access, Handler handler) {
        return new Route(HandlerType.GET, path, access, handler);
    }

    public static Route post(String path, Access access, Handler handler) {
        return new Route(HandlerType.POST, path, access, handler);
    }

    public static Route put(String path, Access access, Handler handler) {
        return new Route(HandlerType.PUT, path, access, handler);
    }

    public static Route patch(String path, Access access, Handler handler) {
        return new Route(HandlerType.PATCH, path, access, handler);
    }

    public static Route delete(String path, Access access, Handler handler) {
        return new Route(HandlerType.DELETE, path, access, handler);
    }
}
