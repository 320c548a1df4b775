// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.datatypes.xsd.XSDDateTime;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.DCAT;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.lucene.document.Document;
import org.mercat.ns.MC;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Fold;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Syntax;

/** Makes of an offering's graph the document by which it is found. For any number of threads. */
public final class Projection {
    private static final Node WKT = NodeFactory.createURI("http://www.opengis.net/ont/geosparql#asWKT");
    private static final Node NAME = NodeFactory.createURI("http://schema.org/name");
    private static final Node AMOUNT = NodeFactory.createURI("http://schema.org/price");
    private static final Node INVALIDATED = NodeFactory.createURI("http://www.w3.org/ns/prov#invalidatedAtTime");
    private static final Node CURRENCY = NodeFactory.createURI("http://schema.org/priceCurrency");
    private static final int LONGEST_KEY = 200;
    private static final long NEVER = 0;

    private final Concepts concepts;
    private final Labels labels;
    private final Languages languages;
    private final Facts facts;
    private final Documents documents;

    Projection(Concepts concepts, Labels labels, Languages languages, Facts facts, Documents documents) {
        this.concepts = concepts;
        this.labels = labels;
        this.languages = languages;
        this.facts = facts;
        this.documents = documents;
    }

    /** The document of an offering that is there or was withdrawn; of a withdrawn one it has the times alone. */
    Document document(Node offering, Graph graph) {
        return document(offering, graph, described(offering, graph));
    }

    private static Graph described(Node offering, Graph graph) {
        return Resources.isWithdrawn(graph, offering) ? Graph.emptyGraph : graph;
    }

    /**
     * The document of an offering.
     *
     * @param described what it is found by: of a withdrawn offering its graph from before, so that who waits for such an
     *     offering is told of its end, too
     */
    Document document(Node offering, Graph graph, Graph described) {
        DocumentBuilder document = found(offering, graph, described);
        if (!Resources.isWithdrawn(graph, offering)) {
            document.stored(Fields.JSON, documents.write(graph, offering, Syntax.JSON));
        }
        return document.finish();
    }

    /** What an offering is found by, without the JSON that the answer to a search has. */
    Document found(Node offering, Graph graph) {
        return found(offering, graph, described(offering, graph)).finish();
    }

    private DocumentBuilder found(Node offering, Graph graph, Graph described) {
        DocumentBuilder document = new DocumentBuilder();
        document.keyword(Fields.IRI, offering.getURI());
        document.key(Fields.IRI, offering.getURI());
        document.order(Fields.TURN, turn(offering.getURI()));
        document.number(Fields.REVISION, Resources.revisionOf(graph, offering).orElse(0L));
        boolean withdrawn = Resources.isWithdrawn(graph, offering);
        document.keyword(Fields.STATE, withdrawn ? Fields.WITHDRAWN : Fields.ACTIVE);
        document.number(
                Fields.ACTIVE_UNTIL,
                one(graph, offering, MC.activeUntil).map(Projection::millis).orElse(NEVER));
        instant(document, Fields.CREATED, one(described, offering, DCTerms.created.asNode()));
        instant(document, Fields.MODIFIED, one(graph, offering, withdrawn ? INVALIDATED : DCTerms.modified.asNode()));
        if (!described.isEmpty()) {
            describe(document, offering, described);
        }
        return document;
    }

    /** FNV-1a with 64 bits, without the sign so that it can be told in a cursor as it is. */
    private static long turn(String iri) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < iri.length(); i++) {
            hash = (hash ^ iri.charAt(i)) * 0x100000001b3L;
        }
        return hash >>> 1;
    }

    private void describe(DocumentBuilder document, Node offering, Graph graph) {
        texts(document, offering, graph);
        Set<Node> all = new TreeSet<>(Comparator.comparing(Node::toString));
        all.addAll(concepts(document, Fields.CATEGORY, all(graph, offering, DCAT.theme.asNode())));
        List<Node> outputs = elements(graph, offering, MC.output);
        List<Node> inputs = elements(graph, offering, MC.input);
        all.addAll(concepts(document, Fields.OUTPUT, types(graph, outputs)));
        all.addAll(concepts(document, Fields.INPUT, types(graph, inputs)));
        needed(document, graph, inputs);
        names(document, all);
        units(document, graph, Stream.concat(outputs.stream(), inputs.stream()).toList());
        price(document, offering, graph);
        place(document, offering, graph);
        time(document, offering, graph);
        parties(document, offering, graph);
        document.facet(Fields.SEGMENT, terms(graph, offering, MC.segment));
        document.facet(Fields.KIND, terms(graph, offering, MC.kind));
        document.facet(
                Fields.PROTOCOL,
                all(graph, offering, MC.endpoint).stream()
                        .flatMap(endpoint -> terms(graph, endpoint, MC.protocol).stream())
                        .toList());
    }

    private void texts(DocumentBuilder document, Node offering, Graph graph) {
        List<Node> titles = all(graph, offering, DCTerms.title.asNode());
        for (Node title : titles) {
            text(document, Fields.TEXT, title.getLiteralLanguage(), title.getLiteralLexicalForm());
            text(document, Fields.TEXT, title.getLiteralLanguage(), title.getLiteralLexicalForm()); // weighs more
            document.text(Fields.WORDS, title.getLiteralLexicalForm());
        }
        for (Node description : all(graph, offering, DCTerms.description.asNode())) {
            text(document, Fields.TEXT, description.getLiteralLanguage(), description.getLiteralLexicalForm());
            document.text(Fields.WORDS, description.getLiteralLexicalForm());
        }
        titles.stream()
                .min(Comparator.comparing((Node title) ->
                        title.getLiteralLanguage().equals("en") ? "" : title.getLiteralLanguage() + " "))
                .map(title -> Fold.fold(title.getLiteralLexicalForm()))
                .ifPresent(title ->
                        document.key(Fields.TITLE_KEY, title.substring(0, Math.min(LONGEST_KEY, title.length()))));
    }

    private void text(DocumentBuilder document, String field, String tag, String text) {
        document.stems(field, languages.stems(Languages.of(tag), text));
    }

    /** What is said of a field's concepts. @return those that stand for them */
    private Set<Node> concepts(DocumentBuilder document, String field, List<Node> used) {
        Set<Node> direct = new TreeSet<>(Comparator.comparing(Node::toString));
        Set<Node> broader = new TreeSet<>(Comparator.comparing(Node::toString));
        for (Node concept : used) {
            direct.add(concepts.canonical(concept));
            broader.addAll(concepts.ancestors(concept).keySet());
        }
        document.facet(field, direct);
        document.facet(field + Fields.ALL, broader);
        return direct;
    }

    private void names(DocumentBuilder document, Set<Node> direct) {
        Set<Node> broader = new TreeSet<>(Comparator.comparing(Node::toString));
        for (Node concept : direct) {
            broader.addAll(concepts.ancestors(concept).keySet());
            document.stems(Fields.TEXT, labels.stems(concept, languages));
            document.words(Fields.WORDS, labels.written(concept, languages));
        }
        broader.removeAll(direct);
        broader.forEach(concept -> document.stems(Fields.BROADER, labels.stems(concept, languages)));
    }

    private List<Node> elements(Graph graph, Node parent, Node property) {
        List<Node> elements = new ArrayList<>();
        for (Node element : all(graph, parent, property)) {
            elements.add(element);
            elements.addAll(elements(graph, element, MC.member));
        }
        return elements;
    }

    private List<Node> types(Graph graph, List<Node> elements) {
        List<Node> types = new ArrayList<>();
        for (Node element : elements) {
            List<Node> said = all(graph, element, MC.semanticType);
            types.addAll(said);
            for (Node unit : all(graph, element, MC.unit)) {
                facts.typesOf(unit).stream()
                        .filter(type -> isMoreThan(said, type))
                        .forEach(types::add);
            }
        }
        return types;
    }

    /** Whether a type that the unit tells is narrower than all that is said: a measurement in degrees is a temperature. */
    private boolean isMoreThan(List<Node> said, Node type) {
        return said.stream().allMatch(one -> concepts.degree(one, type) == Degree.PLUGIN);
    }

    private void needed(DocumentBuilder document, Graph graph, List<Node> inputs) {
        document.facet(
                Fields.NEEDED,
                inputs.stream()
                        .filter(input -> one(graph, input, MC.required)
                                .map(required ->
                                        !required.getLiteralLexicalForm().matches("false|0"))
                                .orElse(true))
                        .flatMap(input -> all(graph, input, MC.semanticType).stream())
                        .map(concepts::canonical)
                        .distinct()
                        .toList());
    }

    private void units(DocumentBuilder document, Graph graph, List<Node> elements) {
        List<Node> units = elements.stream()
                .flatMap(e -> terms(graph, e, MC.unit).stream())
                .distinct()
                .toList();
        document.facet(Fields.UNIT, units);
        units.stream()
                .flatMap(unit -> facts.quantitiesOf(unit).stream())
                .distinct()
                .forEach(quantity -> document.keyword(Fields.QUANTITY, quantity.toString()));
        document.facet(
                Fields.VALUE_TYPE,
                elements.stream()
                        .flatMap(e -> terms(graph, e, MC.valueType).stream())
                        .distinct()
                        .toList());
    }

    private void price(DocumentBuilder document, Node offering, Graph graph) {
        for (Node tariff : all(graph, offering, MC.price)) {
            document.facet(Fields.PRICING_MODEL, terms(graph, tariff, MC.pricingModel));
            one(graph, tariff, CURRENCY)
                    .ifPresent(currency -> document.keyword(Fields.CURRENCY, currency.getLiteralLexicalForm()));
            double amount = one(graph, tariff, AMOUNT)
                    .map(price -> new BigDecimal(price.getLiteralLexicalForm()).doubleValue())
                    .orElse(0.0);
            document.amount(Fields.AMOUNT, amount);
        }
    }

    private void place(DocumentBuilder document, Node offering, Graph graph) {
        for (Node place : all(graph, offering, DCTerms.spatial.asNode())) {
            for (Node name : all(graph, place, NAME)) {
                document.text(Fields.PLACE, name.getLiteralLexicalForm());
                document.text(Fields.WORDS, name.getLiteralLexicalForm());
                document.label(Fields.PLACE, name.getLiteralLexicalForm());
            }
            one(graph, place, WKT)
                    .flatMap(wkt -> Geometry.ifSound(wkt.getLiteralLexicalForm()))
                    .ifPresent(shape -> document.shape(Fields.SHAPE, shape));
        }
    }

    private void time(DocumentBuilder document, Node offering, Graph graph) {
        for (Node period : all(graph, offering, DCTerms.temporal.asNode())) {
            document.range(
                    Fields.TIME,
                    one(graph, period, DCAT.startDate.asNode())
                            .map(Projection::millis)
                            .orElse(Long.MIN_VALUE),
                    one(graph, period, DCAT.endDate.asNode())
                            .map(Projection::lastMillis)
                            .orElse(Long.MAX_VALUE));
        }
    }

    private void parties(DocumentBuilder document, Node offering, Graph graph) {
        for (Node provider : all(graph, offering, DCTerms.publisher.asNode())) {
            document.facet(Fields.PROVIDER, List.of(provider));
            document.facet(
                    Fields.ORGANIZATION, Facts.organizationOf(provider).stream().toList());
        }
        List<Node> licences = terms(graph, offering, DCTerms.license.asNode());
        document.facet(Fields.LICENCE, licences);
        licences.stream()
                .flatMap(licence -> facts.permissionsOf(licence).stream())
                .forEach(action -> document.keyword(Fields.PERMISSION, action.toString()));
    }

    private static void instant(DocumentBuilder document, String field, Optional<Node> time) {
        time.ifPresent(value -> document.number(field, millis(value)));
    }

    /** Milliseconds of the epoch; without a time zone it is that of Greenwich. */
    static long millis(Node time) {
        return ((XSDDateTime) time.getLiteralValue()).asCalendar().getTimeInMillis();
    }

    private static long lastMillis(Node time) {
        boolean day = XSDDatatype.XSDdate.equals(time.getLiteralDatatype());
        return millis(time) + (day ? Duration.ofDays(1).toMillis() - 1 : 0);
    }

    /** As searches ask for them: an alias as the term that it stands for. */
    private List<Node> terms(Graph graph, Node subject, Node property) {
        return all(graph, subject, property).stream().map(concepts::canonical).toList();
    }

    private static List<Node> all(Graph graph, Node subject, Node property) {
        return graph.find(subject, property, Node.ANY)
                .mapWith(Triple::getObject)
                .toList();
    }

    private static Optional<Node> one(Graph graph, Node subject, Node property) {
        return graph.find(subject, property, Node.ANY).nextOptional().map(Triple::getObject);
    }
}
