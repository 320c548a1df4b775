// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mercat.billing.Settlement.Kind;

/**
 * What the marketplace charges by number: by organization, how many of {@link Kind#LISTING_FEE}, {@link Kind#CALL_FEE} and
 * {@link Kind#PROMOTION_FEE}.
 */
public record FeeCounts(SortedMap<String, Map<Kind, BigDecimal>> byOrganization) {
    public FeeCounts {
        byOrganization = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(byOrganization));
    }

    /** Those of organizations that are wanted. */
    FeeCounts of(java.util.function.Predicate<String> wanted) {
        TreeMap<String, Map<Kind, BigDecimal>> those = new TreeMap<>(byOrganization);
        those.keySet().removeIf(wanted.negate());
        return new FeeCounts(those);
    }

    /** Organizations with offerings: who only calls the API is no provider, and pays no fees. */
    Set<String> providers() {
        return byOrganization.entrySet().stream()
                .filter(one -> one.getValue().keySet().stream().anyMatch(kind -> kind != Kind.CALL_FEE))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    BigDecimal of(String organization, Kind kind) {
        return byOrganization.getOrDefault(organization, Map.of()).getOrDefault(kind, BigDecimal.ZERO);
    }
}
