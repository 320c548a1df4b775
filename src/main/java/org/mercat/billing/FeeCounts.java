// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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

    BigDecimal of(String organization, Kind kind) {
        return byOrganization.getOrDefault(organization, Map.of()).getOrDefault(kind, BigDecimal.ZERO);
    }
}
