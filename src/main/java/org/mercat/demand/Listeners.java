// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who is to be woken when something of a key happens. */
final class Listeners {
    private final Map<String, Set<Runnable>> waking = new ConcurrentHashMap<>();

    void add(String key, Runnable wake) {
        waking.compute(key, (k, its) -> {
            Set<Runnable> all = its == null ? ConcurrentHashMap.newKeySet() : its;
            all.add(wake);
            return all;
        });
    }

    void remove(String key, Runnable wake) {
        waking.computeIfPresent(key, (k, its) -> {
            its.remove(wake);
            return its.isEmpty() ? null : its;
        });
    }

    void wake(String key) {
        waking.getOrDefault(key, Set.of()).forEach(Runnable::run);
    }
}
