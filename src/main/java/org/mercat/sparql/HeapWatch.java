// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells when memory becomes short: when a collection leaves the heap nearly full. For one thread. */
final class HeapWatch {
    private static final double FULL = 0.85;

    private final List<GarbageCollectorMXBean> collectors =
            ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class);
    private final Set<String> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());
    private long seen;

    /** Whether it is so since the last time that this was asked. */
    boolean isShort() {
        GcInfo last = collectors.stream()
                .map(GarbageCollectorMXBean::getLastGcInfo)
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(GcInfo::getEndTime))
                .orElse(null);
        if (last == null || last.getEndTime() == seen) {
            return false;
        }
        seen = last.getEndTime();
        long left = last.getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> pools.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
        return left > FULL * Runtime.getRuntime().maxMemory();
    }
}
