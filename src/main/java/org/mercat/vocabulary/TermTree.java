// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;

/**
 * A term with the terms below it. One that has several broader terms stands below each of them.
 *
 * @param direct how many offerings use the term itself
 * @param offerings how many use it or a narrower one
 */
public record TermTree(Link term, long direct, long offerings, List<TermTree> narrower) {
    /** How deep a tree is told. */
    private static final int DEEPEST = 20;

    /** Of its place on the page of its vocabulary. */
    public String anchor() {
        return Glossary.localName(term.iri());
    }

    /** How many offerings use a term. */
    record Counted(long direct, long withNarrower) {
        static final Counted NONE = new Counted(0, 0);
    }

    /** What a tree is made of. */
    private record Growth(Glossary glossary, Set<Node> terms, Function<Node, Counted> counts, String language) {}

    /**
     * The trees that some terms form.
     *
     * @param terms no others are in them
     */
    static List<TermTree> of(
            Glossary glossary, Collection<Node> terms, Function<Node, Counted> counts, String language) {
        Growth growth = new Growth(glossary, new HashSet<>(terms), counts, language);
        List<Node> roots = terms.stream()
                .filter(term -> glossary.hierarchy().broader(term).stream().noneMatch(growth.terms::contains))
                .toList();
        return trees(growth, roots, new HashSet<>());
    }

    private static List<TermTree> trees(Growth growth, Collection<Node> terms, Set<Node> above) {
        List<TermTree> trees = new ArrayList<>();
        for (Link link : TermPageBuilder.links(growth.glossary, terms, growth.language)) {
            Node term = NodeFactory.createURI(link.iri());
            if (above.size() < DEEPEST && above.add(term)) {
                Counted counted = growth.counts.apply(term);
                List<Node> below = growth.glossary.hierarchy().narrower(term).stream()
                        .filter(growth.terms::contains)
                        .toList();
                trees.add(new TermTree(link, counted.direct, counted.withNarrower, trees(growth, below, above)));
                above.remove(term);
            }
        }
        return trees;
    }
}
