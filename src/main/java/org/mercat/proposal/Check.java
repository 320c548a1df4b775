// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.ns.MC;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Vocabularies;

/**
 * What of a well-formed proposal cannot be meant, held against the vocabularies as they are now. For any number of
 * threads.
 */
final class Check {
    private static final double ALIKE = 0.8;
    private static final List<Node> OF_TYPES = List.of(MC.valueType, ProposedTerm.UNITS);

    private final Supplier<Terms> terms;
    private final Supplier<Vocabularies> vocabularies;
    private final Collection proposals;
    private final Nearest nearest;
    private final NameCheck names;
    private final DeprecationCheck deprecations;

    /**
     * @param terms of the vocabularies as they are now
     * @param vocabularies the same, with what was decided
     */
    Check(Supplier<Terms> terms, Supplier<Vocabularies> vocabularies, Collection proposals) {
        this.terms = terms;
        this.vocabularies = vocabularies;
        this.proposals = proposals;
        this.nearest = new Nearest(terms);
        this.names = new NameCheck(terms, vocabularies, proposals);
        this.deprecations = new DeprecationCheck(terms, this::vocabularyOf, nearest);
    }

    /** The vocabulary that a proposal adds a term to, if it takes terms. */
    Optional<Target> target(StoredProposal proposal) {
        return Optional.ofNullable(vocabularies.get().byName().get(proposal.vocabulary()))
                .filter(graph -> !proposal.vocabulary().equals(Decided.NAME))
                .flatMap(graph -> Target.of(proposal.vocabulary(), graph));
    }

    /** The address here of the vocabulary that defines a term. */
    Optional<Node> vocabularyOf(Node term) {
        return vocabularies.get().byName().entrySet().stream()
                .filter(file -> !file.getKey().equals(Decided.NAME))
                .filter(file -> file.getValue().contains(term, RDFS.isDefinedBy.asNode(), Node.ANY))
                .map(file -> NodeFactory.createURI(proposals.baseIri() + "vocabularies/" + file.getKey()))
                .findFirst();
    }

    /** The term that an alias stands for, such as a proposal that was accepted. */
    Node canonical(Node term) {
        return terms.get().canonical(term);
    }

    /** Everything that is wrong. */
    List<Problem> problems(StoredProposal proposal) {
        return proposal.addsTerm() ? ofAddition(proposal) : deprecations.problems(proposal);
    }

    private List<Problem> ofAddition(StoredProposal proposal) {
        List<Problem> problems = new ArrayList<>();
        need(
                proposal,
                MC.vocabulary,
                "A proposal says which vocabulary is to have the term: write \"vocabulary\": \"categories\"; or which term it deprecates, with \"deprecates\".",
                problems);
        needEnglish(
                proposal,
                SKOS.prefLabel.asNode(),
                "A term needs a label in English at least: write \"label\": {\"en\": \"...\"}.",
                problems);
        needEnglish(
                proposal,
                SKOS.definition.asNode(),
                "A term needs a definition in English: write \"definition\": {\"en\": \"...\"}, a sentence of your own.",
                problems);
        need(
                proposal,
                SKOS.broader.asNode(),
                "A term has its place below another one: write \"broader\": [\"...\"] with one that the vocabulary has.",
                problems);
        proposal.values(MC.replacement)
                .forEach(value -> problems.add(new Problem(
                        MC.replacement,
                        value,
                        "A replacement is for a term that \"deprecates\" names; leave it out.")));
        Optional<Target> target = target(proposal);
        if (target.isEmpty() && proposal.value(MC.vocabulary).isPresent()) {
            problems.add(new Problem(
                    MC.vocabulary,
                    proposal.value(MC.vocabulary).get(),
                    "\"" + proposal.vocabulary() + "\" takes no new terms. Those that do are "
                            + String.join(", ", takers()) + "."));
        }
        target.ifPresent(its -> {
            proposal.values(SKOS.broader.asNode())
                    .forEach(parent -> parentProblem(parent, its, proposal).ifPresent(problems::add));
            if (its.kind() == TermKind.CATEGORY) {
                OF_TYPES.forEach(property -> proposal.values(property)
                        .forEach(value -> problems.add(new Problem(
                                property,
                                value,
                                "Only semantic types have value types and units; a category has none."))));
            }
            problems.addAll(names.problems(proposal, its));
        });
        return problems;
    }

    private static void need(StoredProposal proposal, Node property, String message, List<Problem> problems) {
        if (proposal.value(property).isEmpty()) {
            problems.add(new Problem(property, null, message));
        }
    }

    private static void needEnglish(StoredProposal proposal, Node property, String message, List<Problem> problems) {
        if (proposal.values(property).stream()
                .noneMatch(text -> text.getLiteralLanguage().equals("en"))) {
            problems.add(new Problem(property, null, message));
        }
    }

    private Set<String> takers() {
        Set<String> takers = new TreeSet<>();
        vocabularies.get().byName().forEach((name, graph) -> {
            if (!name.equals(Decided.NAME) && Target.of(name, graph).isPresent()) {
                takers.add(name);
            }
        });
        return takers;
    }

    private Optional<Problem> parentProblem(Node parent, Target target, StoredProposal proposal) {
        Terms known = terms.get();
        Node property = SKOS.broader.asNode();
        if (parent.equals(proposal.node())) {
            return Optional.of(new Problem(property, parent, "A term is not broader than itself."));
        }
        Optional<Problem> ring =
                Ring.problem(proposal.node(), parent, term -> broader(known.graph(), term, target.kind()));
        if (ring.isPresent()) {
            return ring;
        }
        if (!known.isKnown(parent) || !isOf(target.kind(), parent)) {
            return Optional.of(new Problem(
                    property,
                    parent,
                    "<" + parent + "> is no " + target.kind().words() + " that is known"
                            + nearest.didYouMean(parent, target.kind().type())));
        }
        if (known.isDeprecated(parent)) {
            return Optional.of(new Problem(
                    property,
                    parent,
                    "<" + parent + "> is not to be used any more"
                            + known.deprecated(parent)
                                    .map(other -> ": write <" + other + ">.")
                                    .orElse(".")));
        }
        return proposals
                .idOf(parent)
                .filter(id -> !StoredProposal.organizationOf(id).equals(proposal.organization()))
                .map(
                        id -> new Problem(
                                property,
                                parent,
                                "\"" + id
                                        + "\" is a proposal of another organization: wait until it is accepted, or write what is above it."));
    }

    private static List<Node> broader(Graph graph, Node term, TermKind kind) {
        return graph.find(term, kind.parent(), Node.ANY)
                .mapWith(Triple::getObject)
                .toList();
    }

    private boolean isOf(TermKind kind, Node term) {
        return terms.get().graph().contains(term, RDF.Nodes.type, kind.type());
    }

    /** The terms that are most alike to a proposed one, in words. */
    String nearestTo(StoredProposal proposal) {
        return target(proposal)
                .map(target -> nearest.nearest(proposal.label(), target.kind().type(), 0, proposal.node()))
                .orElse("");
    }

    /**
     * What is not wrong, and may not be meant: labels that are nearly those of other terms, languages that are missing,
     * narrower terms of one to be deprecated.
     */
    List<Problem> advice(StoredProposal proposal) {
        if (!proposal.addsTerm()) {
            return deprecations.advice(proposal);
        }
        List<Problem> advice = new ArrayList<>();
        target(proposal).ifPresent(target -> {
            String alike = nearest.nearest(proposal.label(), target.kind().type(), ALIKE, proposal.node());
            if (!alike.isEmpty()) {
                advice.add(new Problem(SKOS.prefLabel.asNode(), null, "Is one of these what you mean? " + alike + "."));
            }
            Set<String> missing = missingLanguages(proposal, target);
            if (!missing.isEmpty()) {
                advice.add(new Problem(
                        SKOS.prefLabel.asNode(),
                        null,
                        "Before it can be accepted, the label is needed in " + String.join(", ", missing) + ", too."));
            }
        });
        return advice;
    }

    /** The languages of the vocabulary that the proposal has no label in. */
    static Set<String> missingLanguages(StoredProposal proposal, Target target) {
        Set<String> missing = target.languages();
        proposal.values(SKOS.prefLabel.asNode()).forEach(label -> missing.remove(label.getLiteralLanguage()));
        return missing;
    }
}
