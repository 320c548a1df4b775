// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.mercat.ns.MC;

/**
 * How well an offered concept fits a wanted one, the best first.
 *
 * @see <a href="https://doi.org/10.1007/3-540-48005-6_26">Paolucci et al., Semantic Matching of Web Services
 *     Capabilities, 2002</a>
 */
public enum Degree {
    /** It is the same. */
    EXACT,
    /** It is narrower: all it gives is what was asked for. */
    PLUGIN,
    /** It is broader: it may give what was asked for. */
    SUBSUMES,
    /** Both have a broader concept in common that is no root. */
    OVERLAP,
    /** They have nothing to do with each other. */
    FAIL;

    /** As it stands in a request. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its term in the core vocabulary. */
    Node node() {
        return switch (this) {
            case EXACT -> MC.exact;
            case PLUGIN -> MC.plugin;
            case SUBSUMES -> MC.subsumes;
            case OVERLAP -> MC.overlap;
            case FAIL -> MC.fail;
        };
    }

    /** Whether this is as good as another, or better. */
    boolean isAtLeast(Degree other) {
        return compareTo(other) <= 0;
    }

    static Degree worse(Degree a, Degree b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    static Optional<Degree> of(Node node) {
        return Stream.of(values()).filter(degree -> degree.node().equals(node)).findFirst();
    }
}
