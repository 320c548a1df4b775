// SPDX-License-Identifier: Apache-2.0
package org.mercat.dump;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.DCAT;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.VOID;
import org.mercat.ns.MC;

/**
 * The catalogue and its dumps as datasets, in VoID and DCAT. Numbers are those of a dump, and so of its revision: nothing
 * is counted to answer a request.
 *
 * @see <a href="https://www.w3.org/TR/void/">VoID</a>
 * @see <a href="https://www.w3.org/TR/vocab-dcat-3/">DCAT 3</a>
 */
public final class DatasetDescription {
    private static final String SPDX = "http://spdx.org/rdf/terms#";
    private static final String MEDIA_TYPES = "https://www.iana.org/assignments/media-types/";
    private static final String FORMATS = "http://www.w3.org/ns/formats/";

    private final String baseIri;
    private final DumpPlan plan;
    private final Dumps dumps;

    DatasetDescription(String baseIri, DumpPlan plan, Dumps dumps) {
        this.baseIri = baseIri;
        this.plan = plan;
        this.dumps = dumps;
    }

    /** The catalogue as a dataset, whatever its revision. */
    public Node dataset() {
        return iri(".well-known/void#dataset");
    }

    Node node(Dump dump) {
        return iri("dumps/" + dump.revision());
    }

    String address(Dump dump, DumpFormat format) {
        return node(dump).getURI() + "." + format.ending();
    }

    private Node iri(String path) {
        return NodeFactory.createURI(baseIri + path);
    }

    private static Graph empty() {
        Graph graph = GraphFactory.createDefaultGraph();
        graph.getPrefixMapping()
                .setNsPrefix("dcat", DCAT.NS)
                .setNsPrefix("dcterms", DCTerms.NS)
                .setNsPrefix("mc", MC.NS)
                .setNsPrefix("spdx", SPDX)
                .setNsPrefix("void", VOID.NS)
                .setNsPrefix("xsd", XSDDatatype.XSD + "#");
        return graph;
    }

    /** The catalogue, with the statistics of its newest dump. */
    public Graph graph() {
        Graph graph = empty();
        Node dataset = dataset();
        Optional<Dump> newest = dumps.newest();
        describe(graph, dataset);
        graph.add(dataset, VOID.sparqlEndpoint.asNode(), iri("sparql"));
        graph.add(dataset, VOID.uriSpace.asNode(), text(baseIri));
        graph.add(dataset, NodeFactory.createURI("http://xmlns.com/foaf/0.1/homepage"), iri(""));
        for (String format : List.of("Turtle", "JSON-LD", "N-Triples", "RDF_XML")) {
            graph.add(dataset, VOID.feature.asNode(), NodeFactory.createURI(FORMATS + format));
        }
        newest.ifPresent(dump -> {
            statistics(graph, dataset, dump);
            time(graph, dataset, DCTerms.modified.asNode(), dump);
        });
        dumps.kept().forEach(dump -> {
            graph.add(dataset, dcat("hasVersion"), node(dump));
            graph.add(node(dump), dcat("version"), text(Long.toString(dump.revision())));
        });
        newest.ifPresent(dump -> graph.add(dataset, dcat("hasCurrentVersion"), node(dump)));
        return graph;
    }

    /** All dumps, without what is in them. */
    Graph list() {
        Graph graph = empty();
        describe(graph, dataset());
        dumps.kept().forEach(dump -> describe(graph, dump));
        return graph;
    }

    /** One dump with its files, as long as they are there, and with its statistics. */
    Graph graph(Dump dump) {
        Graph graph = empty();
        describe(graph, dump);
        statistics(graph, node(dump), dump);
        return graph;
    }

    private void describe(Graph graph, Node dataset) {
        graph.add(dataset, RDF.Nodes.type, VOID.Dataset.asNode());
        graph.add(dataset, RDF.Nodes.type, DCAT.Dataset.asNode());
        graph.add(dataset, DCTerms.title.asNode(), NodeFactory.createLiteralLang("The catalogue at " + baseIri, "en"));
        plan.licence()
                .ifPresent(licence -> graph.add(dataset, DCTerms.license.asNode(), NodeFactory.createURI(licence)));
    }

    private void describe(Graph graph, Dump dump) {
        Node node = node(dump);
        graph.add(dataset(), dcat("hasVersion"), node);
        describe(graph, node);
        graph.add(node, dcat("isVersionOf"), dataset());
        graph.add(node, dcat("version"), text(Long.toString(dump.revision())));
        graph.add(node, MC.revision, number(dump.revision()));
        graph.add(node, VOID.triples.asNode(), number(dump.statistics().triples()));
        time(graph, node, DCTerms.issued.asNode(), dump);
        graph.add(node, DCTerms.bibliographicCitation.asNode(), text(citation(dump)));
        if (dumps.isKept(dump)) {
            dump.files().forEach(file -> describe(graph, dump, file));
        }
    }

    private void describe(Graph graph, Dump dump, Dump.File file) {
        Node node = NodeFactory.createURI(address(dump, file.format()));
        Node about =
                NodeFactory.createURI(node(dump).getURI() + "#" + file.format().ending());
        Node checksum = NodeFactory.createURI(about.getURI() + ".sha256");
        graph.add(node(dump), VOID.dataDump.asNode(), node);
        graph.add(node(dump), DCAT.distribution.asNode(), about);
        graph.add(about, RDF.Nodes.type, DCAT.Distribution.asNode());
        graph.add(about, DCAT.downloadURL.asNode(), node);
        graph.add(
                about,
                DCAT.mediaType.asNode(),
                NodeFactory.createURI(MEDIA_TYPES + file.format().mediaType()));
        graph.add(about, dcat("compressFormat"), NodeFactory.createURI(MEDIA_TYPES + DumpFormat.GZIP));
        graph.add(about, DCAT.byteSize.asNode(), number(file.bytes()));
        graph.add(about, spdx("checksum"), checksum);
        graph.add(checksum, RDF.Nodes.type, spdx("Checksum"));
        graph.add(checksum, spdx("algorithm"), spdx("checksumAlgorithm_sha256"));
        graph.add(
                checksum, spdx("checksumValue"), NodeFactory.createLiteralDT(file.sha256(), XSDDatatype.XSDhexBinary));
    }

    /** How a dump is named in a text. */
    String citation(Dump dump) {
        return "The catalogue at " + baseIri + ", revision " + dump.revision() + ", "
                + dump.issued().substring(0, 10) + ". " + node(dump).getURI()
                + dump.file(DumpFormat.QUADS)
                        .map(file -> ". SHA-256 of the N-Quads: " + file.sha256())
                        .orElse("")
                + ".";
    }

    private void statistics(Graph graph, Node dataset, Dump dump) {
        Statistics all = dump.statistics();
        graph.add(dataset, MC.revision, number(dump.revision()));
        graph.add(dataset, VOID.triples.asNode(), number(all.triples()));
        graph.add(dataset, VOID.entities.asNode(), number(all.entities()));
        graph.add(dataset, VOID.distinctSubjects.asNode(), number(all.subjects()));
        graph.add(dataset, VOID.classes.asNode(), number(all.classes().size()));
        graph.add(dataset, VOID.properties.asNode(), number(all.properties().size()));
        graph.add(dataset, VOID.documents.asNode(), number(all.graphs()));
        all.vocabularies().forEach(name -> graph.add(dataset, VOID.vocabulary.asNode(), NodeFactory.createURI(name)));
        if (!all.example().isEmpty()) {
            graph.add(dataset, VOID.exampleResource.asNode(), NodeFactory.createURI(all.example()));
        }
        partition(
                graph,
                dump,
                dataset,
                List.of(VOID.classPartition.asNode(), VOID._class.asNode(), VOID.entities.asNode()),
                all.classes());
        partition(
                graph,
                dump,
                dataset,
                List.of(VOID.propertyPartition.asNode(), VOID.property.asNode(), VOID.triples.asNode()),
                all.properties());
        all.resources().forEach((name, count) -> {
            Node part = NodeFactory.createURI(node(dump).getURI() + "#" + name);
            graph.add(dataset, VOID.subset.asNode(), part);
            graph.add(part, VOID.uriSpace.asNode(), text(baseIri + name + "/"));
            graph.add(part, VOID.entities.asNode(), number(count));
        });
    }

    /** @param words the property that leads to a part, what it is of, and what is counted */
    private void partition(Graph graph, Dump dump, Node dataset, List<Node> words, SortedMap<String, Long> counts) {
        int number = 0;
        String kind = words.get(1).getLocalName();
        for (var count : counts.entrySet()) {
            number++;
            Node part = NodeFactory.createURI(node(dump).getURI() + "#" + kind + "-" + number);
            graph.add(dataset, words.get(0), part);
            graph.add(part, words.get(1), NodeFactory.createURI(count.getKey()));
            graph.add(part, words.get(2), number(count.getValue()));
        }
    }

    private static void time(Graph graph, Node node, Node property, Dump dump) {
        graph.add(node, property, NodeFactory.createLiteralDT(dump.issued(), XSDDatatype.XSDdateTime));
    }

    private static Node dcat(String name) {
        return NodeFactory.createURI(DCAT.NS + name);
    }

    private static Node spdx(String name) {
        return NodeFactory.createURI(SPDX + name);
    }

    private static Node text(String text) {
        return NodeFactory.createLiteralString(text);
    }

    private static Node number(long number) {
        return NodeFactory.createLiteralDT(Long.toString(number), XSDDatatype.XSDinteger);
    }
}
