// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.ns.MC;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Fold;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Vocabularies;

/** Whether a proposed term has a name and labels of its own in its vocabulary. */
final class NameCheck {
    private static final List<Node> LABELS = List.of(SKOS.prefLabel.asNode(), RDFS.label.asNode());

    private static final List<Node> WORDS = List.of(SKOS.prefLabel.asNode(), SKOS.altLabel.asNode());

    private final Supplier<Terms> terms;
    private final Supplier<Vocabularies> vocabularies;
    private final Collection proposals;

    /**
     * @param terms of the vocabularies as they are now
     * @param vocabularies the same
     */
    NameCheck(Supplier<Terms> terms, Supplier<Vocabularies> vocabularies, Collection proposals) {
        this.terms = terms;
        this.vocabularies = vocabularies;
        this.proposals = proposals;
    }

    /** What is wrong with labels and local name; of a label that is taken, the name made of it says nothing more. */
    List<Problem> problems(StoredProposal proposal, Target target) {
        List<Problem> problems = new ArrayList<>();
        proposal.values(SKOS.prefLabel.asNode())
                .forEach(label -> labelProblem(proposal, label, target).ifPresent(problems::add));
        for (Node property : WORDS) {
            proposal.values(property).stream()
                    .filter(NameCheck::hasLineBreak)
                    .forEach(label -> problems.add(new Problem(
                            property,
                            label,
                            "A label is one line: leave out line breaks, tabs and other control characters.")));
        }
        boolean areFree = problems.isEmpty();
        nameProblem(proposal, target)
                .filter(name -> areFree || !name.property().equals(SKOS.prefLabel.asNode()))
                .ifPresent(problems::add);
        return problems;
    }

    private static boolean hasLineBreak(Node label) {
        return label.getLiteralLexicalForm()
                .codePoints()
                .anyMatch(sign -> Character.isISOControl(sign)
                        || Character.getType(sign) == Character.LINE_SEPARATOR
                        || Character.getType(sign) == Character.PARAGRAPH_SEPARATOR);
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
                        && graph.contains(term, RDF.Nodes.type, target.kind().type())
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
}
