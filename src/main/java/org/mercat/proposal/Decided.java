// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.graph.NodeConst;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.OWL2;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.ns.MC;
import org.mercat.rdf.Home;
import org.mercat.rdf.Vocabularies;
import org.mercat.vocabulary.Level;
import org.mercat.vocabulary.VocabularyText;
import org.mercat.vocabulary.VocabularyVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What proposals make of the vocabularies' files: accepted terms and deprecations that the files do not have yet, a
 * version for them, and a vocabulary {@value #NAME} of the terms that are not decided or were not accepted. Where a file
 * says the same already, it is as the file says.
 */
public final class Decided {
    /** The vocabulary of provisional terms. */
    public static final String NAME = "proposals";

    private static final Logger LOG = LoggerFactory.getLogger(Decided.class);

    private final List<StoredProposal> proposals;
    private final Vocabularies files;
    private final Replacements replacements;

    private Decided(List<StoredProposal> proposals, Vocabularies files) {
        this.proposals = proposals;
        this.files = files;
        this.replacements = new Replacements(proposals, files);
    }

    /**
     * What is added to a vocabulary and taken from it.
     *
     * @param added triples that the file does not have
     * @param removed triples of the file that are no longer right: its version, replacements that are deprecated, too
     */
    record Amendment(Graph added, Graph removed) {
        static Amendment none() {
            return new Amendment(GraphFactory.createDefaultGraph(), GraphFactory.createDefaultGraph());
        }
    }

    /** What is to be added to files and taken from them, by their names; of the others, nothing. */
    static SortedMap<String, Amendment> amendments(List<StoredProposal> proposals, Vocabularies files) {
        return new Decided(proposals, files).amendments();
    }

    /**
     * Makes of the vocabularies' files the vocabularies as they are by now: the files with what was decided since, and the
     * one of provisional terms if there are any proposals.
     */
    public static UnaryOperator<Vocabularies> by(Proposals proposals) {
        return files -> applied(proposals, files, proposals.collection().baseIri());
    }

    /** Those that have versions: all but that of provisional terms, which changes with each proposal. */
    public static Vocabularies versioned(Vocabularies vocabularies) {
        SortedMap<String, Graph> graphs = new TreeMap<>(vocabularies.byName());
        graphs.remove(NAME);
        return new Vocabularies(graphs);
    }

    private static Vocabularies applied(Proposals proposals, Vocabularies files, String baseIri) {
        if (files.byName().containsKey(NAME)) {
            throw new IllegalStateException(
                    "vocabularies/" + NAME + ".ttl has the name of the vocabulary that the catalogue"
                            + " makes of proposed terms: give the file another name.");
        }
        Decided decided = new Decided(proposals.all(), files);
        SortedMap<String, Graph> graphs = new TreeMap<>(files.byName());
        decided.amendments().forEach((name, amendment) -> {
            Graph amended = GraphFactory.createDefaultGraph();
            files.byName()
                    .get(name)
                    .find()
                    .filterDrop(amendment.removed()::contains)
                    .forEachRemaining(amended::add);
            amendment.added().find().forEachRemaining(amended::add);
            graphs.put(name, amended);
        });
        if (!decided.proposals.isEmpty()) {
            graphs.put(NAME, decided.provisional(NodeFactory.createURI(baseIri + "vocabularies/" + NAME)));
        }
        return new Vocabularies(graphs);
    }

    /**
     * A vocabulary's file with what was decided since, formatted and ready to commit.
     *
     * @param files what the files of the home say
     * @param name of the file without its ending
     * @return Turtle; the file as it is if nothing was decided; empty if there is none of that name
     */
    public static Optional<String> text(Proposals proposals, Home home, Vocabularies files, String name) {
        String text = home.files("vocabularies", ".ttl").get(name + ".ttl");
        if (text == null) {
            return Optional.empty();
        }
        Amendment amendment = amendments(proposals.all(), files).getOrDefault(name, Amendment.none());
        return Optional.of(VocabularyText.amended(text, amendment.added(), amendment.removed()));
    }

    private SortedMap<String, Amendment> amendments() {
        SortedMap<String, Amendment> amendments = new TreeMap<>();
        Map<String, Integer> steps = new HashMap<>();
        for (StoredProposal proposal : proposals) {
            if (proposal.status() == Status.ACCEPTED) {
                amend(proposal, amendments).forEach(name -> steps.merge(name, 1, Integer::sum));
            }
        }
        steps.forEach((name, count) -> raise(files.byName().get(name), count, amendments.get(name)));
        return amendments;
    }

    /** Amends files as one proposal that was accepted asks for. @return their names */
    private Set<String> amend(StoredProposal proposal, Map<String, Amendment> amendments) {
        Set<String> names = new TreeSet<>();
        missing(proposal).ifPresent(graph -> {
            Amendment amendment = amendments.computeIfAbsent(proposal.vocabulary(), name -> Amendment.none());
            graph.find().forEachRemaining(amendment.added()::add);
            names.add(proposal.vocabulary());
        });
        if (!proposal.addsTerm()) {
            Node term = proposal.term().orElseThrow();
            files.byName()
                    .forEach((name, file) -> file.find(Node.ANY, DCTerms.isReplacedBy.asNode(), term)
                            .forEachRemaining(old -> {
                                replace(
                                        amendments.computeIfAbsent(name, its -> Amendment.none()),
                                        old,
                                        replacements.usedToday(term));
                                names.add(name);
                            }));
        }
        return names;
    }

    /** What the file does not say of an accepted proposal. */
    private Optional<Graph> missing(StoredProposal proposal) {
        Graph file = files.byName().get(proposal.vocabulary());
        if (file == null) {
            LOG.warn(
                    "{} was accepted for the vocabulary {}, which is not there",
                    proposal.node(),
                    proposal.vocabulary());
            return Optional.empty();
        }
        if (!proposal.addsTerm()) {
            return deprecation(proposal, file);
        }
        Node term = proposal.term().orElseThrow();
        boolean isThere = files.byName().values().stream()
                .anyMatch(graph -> graph.contains(term, RDFS.isDefinedBy.asNode(), Node.ANY));
        return isThere
                ? Optional.empty()
                : Target.of(proposal.vocabulary(), file)
                        .map(target -> ProposedTerm.accepted(proposal, target, replacements::accepted));
    }

    private Optional<Graph> deprecation(StoredProposal proposal, Graph file) {
        Node term = proposal.term().orElseThrow();
        if (file.contains(term, OWL2.deprecated.asNode(), NodeConst.nodeTrue)) {
            return Optional.empty();
        }
        Graph graph = GraphFactory.createDefaultGraph();
        graph.add(term, OWL2.deprecated.asNode(), NodeConst.nodeTrue);
        proposal.values(MC.replacement)
                .forEach(other -> graph.add(term, DCTerms.isReplacedBy.asNode(), replacements.usedToday(other)));
        proposal.values(MC.rationale).forEach(why -> graph.add(term, SKOS.changeNote.asNode(), inLanguage(why)));
        return Optional.of(graph);
    }

    private static Node inLanguage(Node text) {
        return text.getLiteralLanguage().isEmpty()
                ? NodeFactory.createLiteralLang(text.getLiteralLexicalForm(), "en")
                : text;
    }

    /** A version a minor step higher for each of them. */
    private static void raise(Graph file, int steps, Amendment amendment) {
        Node ontology = Vocabularies.ontologyOf(file);
        for (Triple version :
                file.find(ontology, OWL.versionInfo.asNode(), Node.ANY).toList()) {
            String before = version.getObject().getLiteralLexicalForm();
            raised(before, steps).ifPresent(after -> {
                replace(amendment, version, NodeFactory.createLiteralString(after));
                file.find(ontology, OWL2.versionIRI.asNode(), Node.ANY).toList().forEach(iri -> {
                    String old = iri.getObject().toString();
                    if (old.endsWith(before)) {
                        String start = old.substring(0, old.length() - before.length());
                        replace(amendment, iri, NodeFactory.createURI(start + after));
                        file.find(ontology, OWL.priorVersion.asNode(), Node.ANY)
                                .toList()
                                .forEach(prior -> replace(amendment, prior, iri.getObject()));
                    }
                });
            });
        }
    }

    private static Optional<String> raised(String version, int steps) {
        Optional<String> raised = Optional.of(version);
        for (int step = 0; step < steps; step++) {
            raised = raised.flatMap(before -> VocabularyVersion.raised(before, Level.MINOR));
        }
        return raised;
    }

    private static void replace(Amendment amendment, Triple old, Node value) {
        amendment.removed().add(old);
        amendment.added().add(old.getSubject(), old.getPredicate(), value);
    }

    private Graph provisional(Node ontology) {
        Graph graph = GraphFactory.createDefaultGraph();
        graph.add(ontology, RDF.Nodes.type, OWL.Ontology.asNode());
        graph.add(ontology, DCTerms.title.asNode(), NodeFactory.createLiteralLang("Proposed terms", "en"));
        graph.add(
                ontology,
                DCTerms.description.asNode(),
                NodeFactory.createLiteralLang(
                        "Terms that organizations propose for the vocabularies, as long as these do not have them.",
                        "en"));
        graph.add(
                ontology,
                Target.NAMESPACE,
                NodeFactory.createLiteralString(ontology.getURI().replace("vocabularies/" + NAME, NAME + "/")));
        for (StoredProposal proposal : proposals) {
            Node accepted = replacements.accepted(proposal.node());
            if (!accepted.equals(proposal.node())) {
                graph.add(proposal.node(), SKOS.exactMatch.asNode(), accepted);
            } else if (proposal.addsTerm()) {
                add(proposal, ontology, graph);
            }
        }
        return graph;
    }

    /** What was not accepted stays known, for what is registered with it; it is deprecated. */
    private void add(StoredProposal proposal, Node ontology, Graph graph) {
        Optional.ofNullable(files.byName().get(proposal.vocabulary()))
                .flatMap(file -> Target.of(proposal.vocabulary(), file))
                .map(target -> ProposedTerm.graph(proposal, target, proposal.node(), ontology, replacements::accepted))
                .ifPresent(term -> {
                    term.find().forEachRemaining(graph::add);
                    graph.add(proposal.node(), MC.status, proposal.status().node());
                    if (!proposal.status().isPending()) {
                        graph.add(proposal.node(), OWL2.deprecated.asNode(), NodeConst.nodeTrue);
                    }
                });
    }
}
