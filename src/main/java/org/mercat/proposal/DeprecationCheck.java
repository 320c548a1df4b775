// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.ns.MC;
import org.mercat.rdf.Terms;

/** What of a proposal to deprecate a term cannot be meant. */
final class DeprecationCheck {
    private static final List<Node> OF_ADDITIONS = List.of(
            SKOS.prefLabel.asNode(),
            SKOS.altLabel.asNode(),
            SKOS.definition.asNode(),
            SKOS.broader.asNode(),
            SKOS.example.asNode(),
            MC.localName,
            MC.valueType,
            ProposedTerm.UNITS);

    private static final List<Node> PARENTS = List.of(SKOS.broader.asNode(), RDFS.subClassOf.asNode());
    private static final int MOST_NARROWER = 5;

    private final Supplier<Terms> terms;
    private final Function<Node, Optional<Node>> vocabularyOf;
    private final Nearest nearest;

    /**
     * @param terms of the vocabularies as they are now
     * @param vocabularyOf the address of the vocabulary that defines a term
     */
    DeprecationCheck(Supplier<Terms> terms, Function<Node, Optional<Node>> vocabularyOf, Nearest nearest) {
        this.terms = terms;
        this.vocabularyOf = vocabularyOf;
        this.nearest = nearest;
    }

    /** Everything that is wrong. */
    List<Problem> problems(StoredProposal proposal) {
        List<Problem> problems = new ArrayList<>();
        OF_ADDITIONS.forEach(property -> proposal.values(property)
                .forEach(value -> problems.add(new Problem(
                        property,
                        value,
                        "This is of a new term, and \"deprecates\" names an old one: make two proposals."))));
        Node term = proposal.value(MC.deprecates).orElseThrow();
        Optional<Node> vocabulary = vocabularyOf.apply(term);
        if (vocabulary.isEmpty()) {
            problems.add(new Problem(
                    MC.deprecates, term, "No vocabulary has <" + term + ">" + nearest.didYouMean(term, Node.ANY)));
        } else if (terms.get().isDeprecated(term)) {
            problems.add(new Problem(MC.deprecates, term, "<" + term + "> is deprecated already."));
        }
        proposal.value(MC.vocabulary)
                .filter(named -> vocabulary.isPresent() && !vocabulary.get().equals(named))
                .ifPresent(named -> problems.add(new Problem(
                        MC.vocabulary,
                        named,
                        "<" + term + "> is in \"" + StoredProposal.lastPart(vocabulary.get())
                                + "\": write that, or leave it out.")));
        if (proposal.value(MC.replacement).isEmpty()) {
            problems.add(new Problem(
                    MC.replacement,
                    null,
                    "A term is deprecated in favour of another one: write \"replacement\": \"...\"."));
        }
        proposal.value(MC.replacement)
                .flatMap(other -> replacementProblem(term, other))
                .ifPresent(problems::add);
        return problems;
    }

    /** What may not be meant: narrower terms that stay. */
    List<Problem> advice(StoredProposal proposal) {
        Node term = proposal.value(MC.deprecates).orElseThrow();
        Graph graph = terms.get().graph();
        Set<String> narrower = new TreeSet<>();
        PARENTS.forEach(parent -> graph.find(Node.ANY, parent, term)
                .mapWith(Triple::getSubject)
                .filterDrop(terms.get()::isDeprecated)
                .forEachRemaining(below -> narrower.add("<" + below + ">")));
        return narrower.isEmpty()
                ? List.of()
                : List.of(new Problem(
                        MC.deprecates,
                        term,
                        "Narrower than <" + term + "> and not deprecated "
                                + (narrower.size() == 1 ? "is " : "are ")
                                + narrower.stream().limit(MOST_NARROWER).collect(Collectors.joining(", "))
                                + (narrower.size() > MOST_NARROWER
                                        ? " and " + (narrower.size() - MOST_NARROWER) + " more"
                                        : "")
                                + ": propose what becomes of them, too."));
    }

    private Optional<Problem> replacementProblem(Node term, Node other) {
        Terms known = terms.get();
        String fault = null;
        if (known.canonical(other).equals(known.canonical(term))) {
            fault = "A term cannot replace itself"
                    + (other.equals(term) ? "." : ", and <" + other + "> stands for <" + term + ">.");
        } else if (vocabularyOf.apply(known.canonical(other)).isEmpty()) {
            fault = "No vocabulary has <" + other + ">" + nearest.didYouMean(other, Node.ANY);
        } else if (known.isDeprecated(other)) {
            fault = "<" + other + "> is deprecated, too"
                    + known.deprecated(other)
                            .map(next -> ": write <" + next + ">.")
                            .orElse(".");
        } else if (known.graph().stream(term, RDF.Nodes.type, Node.ANY)
                .noneMatch(triple -> known.graph().contains(other, RDF.Nodes.type, triple.getObject()))) {
            fault = "<" + other + "> is of another kind than <" + term + ">, and cannot stand where that stood.";
        }
        return Optional.ofNullable(fault).map(message -> new Problem(MC.replacement, other, message));
    }
}
