// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** Says what an unknown member may have been meant to be. */
final class Suggestions {
    private static final double ALIKE = 0.75;
    private static final int LONGEST = 60;
    private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();

    private Suggestions() {}

    private record Candidate(String name, double similarity) {}

    static String unknown(String name, JsonScope scope, JsonContext context) {
        if (name.indexOf(':') >= 0) {
            return "Members outside the context need JSON-LD or Turtle: send it as application/ld+json or text/turtle.";
        }
        String shown = name.length() > LONGEST ? name.substring(0, LONGEST) + "..." : name;
        String elsewhere = holders(name, context.scope());
        if (!elsewhere.isEmpty()) {
            return elsewhere(shown, elsewhere);
        }
        List<String> nearest = nearest(shown, scope);
        String hint =
                nearest.isEmpty() ? "here are " + members(scope) : "did you mean " + String.join(" or ", nearest) + "?";
        return "There is no member \"" + shown + "\": " + hint;
    }

    /** All members that an object of the scope may have. */
    static String members(JsonScope scope) {
        return scope.terms().stream().map(Suggestions::quoted).collect(Collectors.joining(", "));
    }

    private static List<String> nearest(String name, JsonScope scope) {
        return Stream.concat(Stream.of("@type"), scope.terms().stream().map(term -> term.name))
                .map(known -> new Candidate(known, similarity(name, known)))
                .filter(candidate -> candidate.similarity() >= ALIKE)
                .sorted(Comparator.comparingDouble(Candidate::similarity).reversed())
                .limit(2)
                .map(candidate -> "\"" + candidate.name() + "\"")
                .toList();
    }

    private static double similarity(String name, String known) {
        return SIMILARITY.apply(
                name.toLowerCase(Locale.ROOT), known.toLowerCase(Locale.ROOT).replace("@", ""));
    }

    /** The members whose objects have such a member; none for a name that resources have themselves. */
    private static String holders(String name, JsonScope root) {
        if (root.term(name) != null) {
            return "";
        }
        return root.terms().stream()
                .filter(term -> term.kind == JsonTerm.Kind.NODE && term.inner.term(name) != null)
                .map(Suggestions::quoted)
                .collect(Collectors.joining(" or "));
    }

    private static String quoted(JsonTerm term) {
        return "\"" + term.name + "\"";
    }

    /** Tells where a member belongs. */
    static String elsewhere(String name, String where) {
        return "\"" + name + "\" does not belong here but inside " + where + ".";
    }
}
