// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mercat.usage.UsageEvent.Side;

/**
 * What both sides say of a metric in a month. What the provider says is charged; a consumer that says something else has
 * a reason to dispute it.
 *
 * @param provider empty if that side reported nothing
 * @param consumer empty if that side reported nothing
 */
public record Comparison(String metric, Optional<BigDecimal> provider, Optional<BigDecimal> consumer) {
    /** Of what the provider says; gateways count what is on its way differently. */
    private static final BigDecimal TOLERANCE = new BigDecimal("0.01");

    /** By metric. */
    public static List<Comparison> of(List<DayTotal> totals) {
        Map<String, Map<Side, BigDecimal>> sums = new TreeMap<>();
        for (DayTotal total : totals) {
            sums.computeIfAbsent(total.metric(), metric -> new EnumMap<>(Side.class))
                    .merge(total.side(), total.quantity(), BigDecimal::add);
        }
        return sums.entrySet().stream()
                .map(metric -> new Comparison(
                        metric.getKey(),
                        Optional.ofNullable(metric.getValue().get(Side.PROVIDER)),
                        Optional.ofNullable(metric.getValue().get(Side.CONSUMER))))
                .toList();
    }

    /** What the provider says more than the consumer, if both say something. */
    public Optional<BigDecimal> difference() {
        return provider.flatMap(its -> consumer.map(its::subtract));
    }

    /** Whether both say the same, but for what is always on its way. */
    public boolean agrees() {
        return difference()
                .map(its -> its.abs().compareTo(provider.orElseThrow().multiply(TOLERANCE)) <= 0)
                .orElse(true);
    }

    ObjectNode json(ObjectMapper mapper) {
        ObjectNode json = mapper.createObjectNode().put("metric", metric);
        provider.ifPresent(its -> json.put("provider", its.toPlainString()));
        consumer.ifPresent(its -> json.put("consumer", its.toPlainString()));
        difference()
                .ifPresent(its -> json.put("difference", its.toPlainString()).put("agrees", agrees()));
        return json;
    }
}
