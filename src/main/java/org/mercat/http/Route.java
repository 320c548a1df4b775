// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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

    /** The methods of each path as {@code Allow} lists them: those of its routes, HEAD beside GET, and OPTIONS. */
    static Map<String, String> methods(List<Route> routes) {
        Map<String, String> methods = new HashMap<>();
        for (Route route : routes) {
            String method = route.method() == HandlerType.GET
                    ? "GET, HEAD"
                    : route.method().name();
            methods.merge(route.path(), method + ", OPTIONS", (before, alone) -> method + ", " + before);
        }
        return methods;
    }

    /** The methods of an address, as {@code Allow} lists them; empty if no path is like it. */
    static String methods(Map<String, String> byPath, String address) {
        Set<String> methods = new TreeSet<>();
        byPath.forEach((path, its) -> {
            if (address.matches(path.replaceAll("\\{\\w+}", "[^/]+").replaceAll("<\\w+>", ".+"))) {
                methods.addAll(List.of(its.split(", ")));
            }
        });
        return String.join(", ", methods);
    }
}
