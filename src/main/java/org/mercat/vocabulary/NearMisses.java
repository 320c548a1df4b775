// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;

/**
 * What a misspelt IRI may have been meant to be: one of its namespace whose name differs in a few letters or in a word,
 * or one with the same name in another namespace.
 */
final class NearMisses {
    /** So many names are compared, for all questions together, that a file full of faults does not take for ever. */
    private static final int MOST_COMPARED = 5_000_000;

    private static final int LETTERS = 3;

    private final Map<String, List<String>> byName = new HashMap<>();
    private final Map<String, Set<String>> names = new HashMap<>();
    private final Set<String> used;
    private final AtomicInteger compared = new AtomicInteger();

    /**
     * @param known graphs of all terms that there are
     * @param used the namespaces whose terms may be meant by a name of another one
     */
    NearMisses(Collection<Graph> known, Set<String> used) {
        this.used = Set.copyOf(used);
        Set<Node> terms = new HashSet<>();
        for (Graph graph : known) {
            for (Node property : List.of(RDF.Nodes.type, RDFS.isDefinedBy.asNode())) {
                graph.find(Node.ANY, property, Node.ANY).forEachRemaining(triple -> terms.add(triple.getSubject()));
            }
        }
        terms.stream().filter(StandardTerms::isTerm).map(Node::getURI).forEach(this::add);
    }

    private void add(String iri) {
        String space = StandardTerms.namespace(iri);
        String name = iri.substring(space.length());
        byName.computeIfAbsent(name, key -> new ArrayList<>(1)).add(iri);
        names.computeIfAbsent(space, key -> new HashSet<>()).add(name);
    }

    /** The most alike IRI, if one is alike enough. */
    Optional<String> of(String iri) {
        String space = StandardTerms.namespace(iri);
        String name = iri.substring(space.length());
        return sameSpace(space, name).or(() -> elsewhere(space, name));
    }

    /** Of namespaces that begin alike, such as those of RDF and RDFS, one is easily taken for the other. */
    private Optional<String> elsewhere(String space, String name) {
        return byName.getOrDefault(name, List.of()).stream()
                .filter(iri -> used.contains(StandardTerms.namespace(iri)))
                .max(Comparator.comparingInt((String iri) ->
                                StringUtils.getCommonPrefix(iri, space).length())
                        .thenComparing(Comparator.reverseOrder()));
    }

    private Optional<String> sameSpace(String space, String name) {
        Set<String> candidates = names.getOrDefault(space, Set.of());
        if (compared.addAndGet(candidates.size()) > MOST_COMPARED) {
            return Optional.empty();
        }
        int most = Math.min(LETTERS, name.length() / 3);
        LevenshteinDistance distance = new LevenshteinDistance(most);
        String best = null;
        int least = most + 1;
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - name.length()) > most) {
                continue;
            }
            int letters = distance.apply(fold(name), fold(candidate));
            if (letters >= 0 && (letters < least || letters == least && candidate.compareTo(best) < 0)) {
                least = letters;
                best = candidate;
            }
        }
        return Optional.ofNullable(best).or(() -> withPart(candidates, name)).map(found -> space + found);
    }

    /** A name that was lengthened or shortened by words, as Query for OfferingQuery. */
    private static Optional<String> withPart(Set<String> candidates, String name) {
        if (name.length() < LETTERS) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(candidate -> candidate.length() > LETTERS)
                .filter(candidate ->
                        Character.isUpperCase(candidate.charAt(0)) == Character.isUpperCase(name.charAt(0)))
                .filter(candidate -> candidate.endsWith(name) || candidate.startsWith(name))
                .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
