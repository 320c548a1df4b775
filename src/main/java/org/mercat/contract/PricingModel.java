// SPDX-License-Identifier: Apache-2.0
package org.mercat.contract;

import java.util.Arrays;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.mercat.ns.MC;

/** What a tariff counts; the terms {@code mc:FREE} and so on of the vocabulary. */
public enum PricingModel {
    FREE(MC.FREE, null),
    PER_ACCESS(MC.PER_ACCESS, "access"),
    PER_MESSAGE(MC.PER_MESSAGE, "message"),
    PER_RECORD(MC.PER_RECORD, "record"),
    PER_BYTE(MC.PER_BYTE, "byte"),
    PER_UNIT(MC.PER_UNIT, "unit"),
    PER_DAY(MC.PER_DAY, null),
    PER_MONTH(MC.PER_MONTH, null),
    ONE_OFF(MC.ONE_OFF, null);

    private final Node node;
    private final String metric;

    PricingModel(Node node, String metric) {
        this.node = node;
        this.metric = metric;
    }

    /** The term. */
    public Node node() {
        return node;
    }

    /** What is counted of the usage; empty where only time counts, or nothing. */
    public Optional<String> metric() {
        return Optional.ofNullable(metric);
    }

    /** The model that a term is. */
    public static Optional<PricingModel> of(Node term) {
        return Arrays.stream(values()).filter(model -> model.node.equals(term)).findFirst();
    }
}
