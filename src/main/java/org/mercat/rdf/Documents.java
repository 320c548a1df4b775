// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.system.StreamRDFLib;
import org.apache.jena.shared.PrefixMapping;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.util.NodeCmp;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.mercat.rdf.Skolemizer.Member;

/** Reads and writes single resources in every {@link Syntax}. */
public final class Documents {
    private static final Comparator<Triple> ORDER = Comparator.comparing(Triple::getSubject, NodeCmp::compareRDFTerms)
            .thenComparing(Triple::getPredicate, NodeCmp::compareRDFTerms)
            .thenComparing(Triple::getObject, NodeCmp::compareRDFTerms);

    private final JsonContext context;
    private final JsonReader jsonReader;
    private final JsonLdReader jsonLdReader;
    private final JsonWriter jsonWriter;
    private final PrefixMapping prefixes;

    public Documents(JsonContext context) {
        this.context = context;
        this.jsonReader = new JsonReader(context);
        this.jsonLdReader = new JsonLdReader(context);
        this.jsonWriter = new JsonWriter(context).pretty();
        this.prefixes =
                PrefixMapping.Factory.create().setNsPrefixes(context.prefixes()).lock();
    }

    /** Changes with all that decides, beside a resource itself, which bytes it is written as. */
    public String version() {
        return context.version();
    }

    /** A JSON object and nothing else. @throws Unreadable with line and column */
    public ObjectNode checkedJson(byte[] body) {
        return JsonText.object(body);
    }

    /**
     * Reads what is said about a resource whose address is known.
     *
     * @throws Unreadable naming every fault that was found
     */
    public Submission read(byte[] body, Syntax syntax, Collection collection, Node resource) {
        if (syntax == Syntax.JSON) {
            return readJson(body, collection, resource);
        }
        Graph graph = GraphFactory.createDefaultGraph();
        TurtleReader lines = new TurtleReader();
        parse(body, syntax, resource.getURI(), graph, lines);
        return submission(graph, collection, resource, lines);
    }

    /** Reads what names its own address: the one resource of the collection's class in it. */
    public Submission read(byte[] body, Syntax syntax, Collection collection) {
        if (syntax == Syntax.JSON) {
            return readJson(body, collection, addressOf(checkedJson(body), collection));
        }
        Graph graph = GraphFactory.createDefaultGraph();
        TurtleReader lines = new TurtleReader();
        parse(body, syntax, collection.iri(), graph, lines);
        List<Node> candidates = graph.find(Node.ANY, RDF.Nodes.type, collection.type())
                .mapWith(triple -> triple.getSubject())
                .toList();
        if (candidates.size() != 1 || !candidates.get(0).isURI()) {
            throw new Unreadable(
                    "Describe exactly one <" + collection.type() + ">, named by an IRI such as <" + collection.iri()
                            + "...>; here are " + candidates.size() + ".",
                    0,
                    0);
        }
        return submission(graph, collection, candidates.get(0), lines);
    }

    private Submission readJson(byte[] body, Collection collection, Node resource) {
        String id = resource.getURI().substring(collection.iri().length());
        Subject subject = new Subject(resource.getURI(), id, collection.type());
        ReadResult read = jsonReader.read(body, subject);
        return checked(new Submission(resource, read.graph(), read::fault), collection);
    }

    /** The address of what a JSON body describes. @throws Unreadable if it names none of the collection */
    public static Node addressOf(ObjectNode json, Collection collection) {
        String iri = json.path("@id").asText("");
        if (iri.startsWith(collection.iri())) {
            return NodeFactory.createURI(iri);
        }
        String id = json.path("id").asText("");
        if (id.isEmpty()) {
            throw new Unreadable(new Fault(
                    "",
                    "A new " + collection.memberName() + " needs its \"id\": " + collection.segments()
                            + " part(s) split by \"/\", each " + Collection.SEGMENT_RULE + "."));
        }
        return collection.resource(collection.isId(id) ? id : refuse(id, collection));
    }

    private static String refuse(String id, Collection collection) {
        throw new Unreadable(new Fault(
                "/id",
                "\"" + id + "\" cannot be the id of this " + collection.memberName() + ": it has "
                        + collection.segments() + " part(s) split by \"/\", each " + Collection.SEGMENT_RULE + "."));
    }

    private void parse(byte[] body, Syntax syntax, String base, Graph into, TurtleReader lines) {
        try {
            parseNested(body, syntax, base, into, lines);
        } catch (StackOverflowError e) { // the parsers call themselves for each level
            throw new Unreadable(Skolemizer.TOO_DEEP, 0, 0);
        }
    }

    private void parseNested(byte[] body, Syntax syntax, String base, Graph into, TurtleReader lines) {
        if (syntax == Syntax.TURTLE || syntax == Syntax.N_TRIPLES) {
            lines.read(text(body), base, into);
        } else if (syntax == Syntax.JSON_LD) {
            jsonLdReader.read(body, base, new LimitedStream(StreamRDFLib.graph(into)));
        } else {
            RDFParser.create()
                    .source(new ByteArrayInputStream(body))
                    .forceLang(syntax.lang())
                    .base(base)
                    .errorHandler(new TurtleReader.Strict())
                    .parse(new LimitedStream(StreamRDFLib.graph(into)));
        }
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Unreadable("The body is not UTF-8.", 0, 0);
        }
    }

    /** Takes a graph that is there already for what was sent about a resource, with the same conditions. */
    public Submission read(Graph sent, Collection collection, Node resource) {
        Graph copy = GraphFactory.createDefaultGraph();
        sent.find().forEachRemaining(new LimitedStream(StreamRDFLib.graph(copy))::triple);
        return submission(copy, collection, resource, new TurtleReader());
    }

    private Submission submission(Graph sent, Collection collection, Node resource, TurtleReader lines) {
        Skolemizer names = new Skolemizer(sent, resource, this::memberOf);
        Graph graph = names.skolemize();
        graph.add(resource, RDF.Nodes.type, collection.type()); // the address says so, and the shapes go by it
        collection.idOf(resource).ifPresent(id -> {
            Node identifier = DCTerms.identifier.asNode();
            if (!graph.contains(resource, identifier, Node.ANY)) {
                graph.add(resource, identifier, NodeFactory.createLiteralString(id));
            }
        });
        return checked(new Submission(resource, graph, new Lines(names, lines)), collection);
    }

    private Submission checked(Submission submission, Collection collection) {
        new OneResource(submission.resource(), collection, context, submission.locator()).check(submission.graph());
        return submission;
    }

    private Member memberOf(Node property) {
        JsonTerm term = context.child(property);
        return term == null ? new Member(property.getLocalName(), true) : new Member(term.name, term.set);
    }

    /** Writes a resource. What is equal gives equal bytes, in whatever order it is stored: a strong entity tag names them. */
    public byte[] write(Graph stored, Node resource, Syntax syntax) {
        Graph graph = Amounts.shown(stored);
        return switch (syntax) {
            case JSON -> jsonWriter.write(graph, resource);
            case JSON_LD -> jsonWriter.withChildIds().write(graph, resource);
            default -> written(prefixed(graph.stream().sorted(ORDER)), resource, syntax);
        };
    }

    /** Writes a graph about many things, named by an IRI where the syntax names graphs. */
    public byte[] writeAll(Graph graph, Node name, Syntax syntax) {
        return written(prefixed(Amounts.shown(graph).stream()), name, syntax);
    }

    private Graph prefixed(Stream<Triple> triples) {
        Graph graph = GraphFactory.createDefaultGraph();
        triples.forEach(graph::add);
        graph.getPrefixMapping().setNsPrefixes(prefixes);
        return graph;
    }

    private byte[] written(Graph graph, Node name, Syntax syntax) {
        if (syntax != Syntax.TRIG) {
            return syntax.write(graph);
        }
        DatasetGraph dataset = DatasetGraphFactory.create();
        dataset.addGraph(name, graph);
        context.prefixes().forEach((prefix, iri) -> dataset.prefixes().add(prefix, iri));
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        RDFDataMgr.write(out, dataset, Lang.TRIG);
        return out.toByteArray();
    }
}
