// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.http.Fault;
import org.mercat.ns.MC;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Fold;
import org.mercat.rdf.Suggestion;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Vocabularies;

/**
 * What of a well-formed proposal cannot be meant, held against the vocabularies as they are now. For any number of
 * threads.
 */
final class Check {
    private static final int SUGGESTIONS = 3;
    private static final double ALIKE = 0.8;
    private static final List<Node> LABELS = List.of(SKOS.prefLabel.asNode(), RDFS.label.asNode());
    private static final List<Node> OF_TYPES = List.of(MC.valueType, ProposedTerm.UNITS);
    private static final List<Node> OF_ADDITIONS = List.of(
            SKOS.prefLabel.asNode(),
            SKOS.altLabel.asNode(),
            SKOS.definition.asNode(),
            SKOS.broader.asNode(),
            SKOS.example.asNode(),
            MC.localName,
            MC.valueType,
            ProposedTerm.UNITS);

    private final Supplier<Terms> terms;
    private final Supplier<Vocabularies> vocabularies;
    private final Collection proposals;

    /**
     * @param terms of the vocabularies as they are now
     * @param vocabularies the same, with what was decided
     */
    Check(Supplier<Terms> terms, Supplier<Vocabularies> vocabularies, Collection proposals) {
        this.terms = terms;
        this.vocabularies = vocabularies;
        this.proposals = proposals;
    }

    /** Something wrong with one property; without a value, with its absence. */
    record Problem(Node property, Node value, String message) {
        /** Without a place in what was sent. */
        Fault fault(Node resource) {
            String shown = value == null ? null : value.toString();
            return new Fault(message, null, 0, 0, resource.toString(), property.toString(), shown, null, "violation");
        }
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
        return proposal.addsTerm() ? ofAddition(proposal) : ofDeprecation(proposal);
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
            List<Problem> labels = proposal.values(SKOS.prefLabel.asNode()).stream()
                    .flatMap(label -> labelProblem(proposal, label, its).stream())
                    .toList();
            problems.addAll(labels);
            nameProblem(proposal, its)
                    .filter(name -> labels.isEmpty() || !name.property().equals(SKOS.prefLabel.asNode()))
                    .ifPresent(problems::add);
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
        if (!known.isKnown(parent) || !isOf(target.kind(), parent)) {
            return Optional.of(new Problem(
                    property,
                    parent,
                    "<" + parent + "> is no " + target.kind().words() + " that is known"
                            + didYouMean(parent, target.kind().type())));
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

    private boolean isOf(TermKind kind, Node term) {
        return terms.get().graph().contains(term, RDF.Nodes.type, kind.type());
    }

    private String didYouMean(Node term, Node type) {
        String names = nearest(term.isURI() ? term.getURI() : term.getLiteralLexicalForm(), type, 0, null);
        return names.isEmpty() ? "." : "; did you mean " + names + "?";
    }

    private String nearest(String word, Node type, double least, Node but) {
        return terms.get().nearest(word, type, 2 * SUGGESTIONS).stream()
                .filter(suggestion ->
                        suggestion.similarity() >= least && !suggestion.term().equals(but))
                .filter(suggestion -> least > 0 || !terms.get().isProvisional(suggestion.term()))
                .limit(SUGGESTIONS)
                .map(Check::named)
                .collect(Collectors.joining(", "));
    }

    private static String named(Suggestion suggestion) {
        return suggestion.term().getLocalName() + " (" + suggestion.label() + ", <" + suggestion.term() + ">)";
    }

    private Optional<Problem> nameProblem(StoredProposal proposal, Target target) {
        Optional<String> name = ProposedTerm.localName(proposal);
        if (name.isEmpty()) {
            return proposal.value(MC.localName).isPresent()
                            || proposal.values(SKOS.prefLabel.asNode()).isEmpty()
                    ? Optional.empty() // the shapes say it
                    : Optional.of(
                            new Problem(
                                    MC.localName,
                                    null,
                                    "No name for the term can be made from \"" + proposal.label()
                                            + "\": write \"localName\": \"CargoBikeSharing\", letters and digits with a capital first."));
        }
        return taken(target.namespace() + name.get())
                .map(other -> new Problem(
                        proposal.value(MC.localName).isPresent() ? MC.localName : SKOS.prefLabel.asNode(),
                        proposal.value(MC.localName).orElse(null),
                        "There is <" + other + "> (" + terms.get().label(other, "en")
                                + ") already: use that, or write another \"localName\" than \"" + name.get() + "\"."));
    }

    /** The term that has an IRI, however its letters are written. */
    private Optional<Node> taken(String iri) {
        return vocabularies.get().byName().values().stream()
                .flatMap(graph -> graph.stream(Node.ANY, RDFS.isDefinedBy.asNode(), Node.ANY))
                .map(Triple::getSubject)
                .filter(term -> term.isURI() && term.getURI().equalsIgnoreCase(iri))
                .findFirst();
    }

    private Optional<Problem> labelProblem(StoredProposal proposal, Node label, Target target) {
        return labelled(label, target, proposal)
                .map(other -> new Problem(
                        SKOS.prefLabel.asNode(),
                        label,
                        "\"" + label.getLiteralLexicalForm() + "\" is the label of <" + other
                                + "> already: use that, or say in the label what is different."));
    }

    /** A term of the same vocabulary, or proposed for one, that has the same label in the language. */
    private Optional<Node> labelled(Node label, Target target, StoredProposal proposal) {
        Graph graph = terms.get().graph();
        String folded = folded(label);
        return LABELS.stream()
                .flatMap(property -> graph.stream(Node.ANY, property, Node.ANY))
                .filter(triple -> triple.getObject().isLiteral()
                        && triple.getObject().getLiteralLanguage().equals(label.getLiteralLanguage())
                        && folded(triple.getObject()).equals(folded))
                .map(Triple::getSubject)
                .filter(term -> !term.equals(proposal.node())
                        && graph.contains(term, RDFS.isDefinedBy.asNode(), Node.ANY)
                        && isOf(target.kind(), term)
                        && !terms.get().isDeprecated(term)
                        && isBeside(term, target))
                .findFirst();
    }

    private boolean isBeside(Node term, Target target) {
        return target.scheme()
                .map(scheme -> terms.get().graph().contains(term, SKOS.inScheme.asNode(), scheme))
                .orElse(term.toString().startsWith(target.namespace())
                        || proposals.idOf(term).isPresent());
    }

    private static String folded(Node label) {
        return Fold.fold(label.getLiteralLexicalForm()).replaceAll("[^\\p{L}\\p{N}]+", "");
    }

    private List<Problem> ofDeprecation(StoredProposal proposal) {
        List<Problem> problems = new ArrayList<>();
        OF_ADDITIONS.forEach(property -> proposal.values(property)
                .forEach(value -> problems.add(new Problem(
                        property,
                        value,
                        "This is of a new term, and \"deprecates\" names an old one: make two proposals."))));
        Node term = proposal.value(MC.deprecates).orElseThrow();
        Optional<Node> vocabulary = vocabularyOf(term);
        if (vocabulary.isEmpty()) {
            problems.add(
                    new Problem(MC.deprecates, term, "No vocabulary has <" + term + ">" + didYouMean(term, Node.ANY)));
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
        need(
                proposal,
                MC.replacement,
                "A term is deprecated in favour of another one: write \"replacement\": \"...\".",
                problems);
        proposal.value(MC.replacement)
                .flatMap(other -> replacementProblem(term, other))
                .ifPresent(problems::add);
        return problems;
    }

    private Optional<Problem> replacementProblem(Node term, Node other) {
        Terms known = terms.get();
        String fault = null;
        if (other.equals(term)) {
            fault = "A term cannot replace itself.";
        } else if (vocabularyOf(known.canonical(other)).isEmpty()) {
            fault = "No vocabulary has <" + other + ">" + didYouMean(other, Node.ANY);
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

    /** The terms that are most alike to a proposed one, in words. */
    String nearestTo(StoredProposal proposal) {
        return target(proposal)
                .map(target -> nearest(proposal.label(), target.kind().type(), 0, proposal.node()))
                .orElse("");
    }

    /** What is not wrong, and may not be meant: labels that are nearly those of other terms, languages that are missing. */
    List<Problem> advice(StoredProposal proposal) {
        List<Problem> advice = new ArrayList<>();
        if (!proposal.addsTerm()) {
            return advice;
        }
        target(proposal).ifPresent(target -> {
            String alike = nearest(proposal.label(), target.kind().type(), ALIKE, proposal.node());
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
