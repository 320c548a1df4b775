// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mercat.ns.MC;
import org.mercat.rdf.Change;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Home;
import org.mercat.rdf.JsonContext;
import org.mercat.rdf.Store;
import org.mercat.rdf.Submission;
import org.mercat.rdf.Syntax;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Vocabularies;

/** An index that has followed the vocabularies is the one that would be made anew with them. */
class ReachTest {
    private static final Home HOME = new Home(Optional.of(Path.of(".")));
    private static final SortedMap<String, Graph> VOCABULARIES =
            Vocabularies.read(HOME).byName();
    private static final Collection OFFERINGS = new Collection("offerings", MC.Offering, 3, "http://example.org/");
    private static final JsonContext CONTEXT =
            JsonContext.load(HOME.file("vocabularies", "context.jsonld"), OFFERINGS.baseIri());
    private static final Documents DOCUMENTS = new Documents(CONTEXT);

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() throws IOException {
        store = Store.open(folder.resolve("data"));
        for (String line : Files.readAllLines(Path.of("src/main/resources/demo/offerings.ndjson"))) {
            Submission read = DOCUMENTS.read(line.getBytes(StandardCharsets.UTF_8), Syntax.JSON, OFFERINGS);
            store.submit(List.of(view -> Change.of(read.resource(), read.graph())));
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    private SearchEngine engine(String name, Terms terms) {
        return new SearchEngine(
                folder.resolve(name),
                store,
                terms,
                CONTEXT,
                DOCUMENTS,
                OFFERINGS,
                "same",
                Duration.ofSeconds(10),
                InstantSource.system());
    }

    private static Graph parsed(String turtle) {
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.fromString("""
                        PREFIX cat: <https://w3id.org/mercat/categories#>
                        PREFIX mc: <https://w3id.org/mercat/core#>
                        PREFIX owl: <http://www.w3.org/2002/07/owl#>
                        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
                        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
                        PREFIX dcterms: <http://purl.org/dc/terms/>
                        PREFIX odrl: <http://www.w3.org/ns/odrl/2/>
                        PREFIX qudt: <http://qudt.org/schema/qudt/>
                        PREFIX unit: <http://qudt.org/vocab/unit/>
                        PREFIX quantitykind: <http://qudt.org/vocab/quantitykind/>
                        PREFIX type: <https://w3id.org/mercat/types#>
                        """ + turtle, Lang.TURTLE).parse(graph);
        return graph;
    }

    private static Terms terms(String added, String taken) {
        Graph all = GraphFactory.createDefaultGraph();
        VOCABULARIES.values().forEach(graph -> graph.find().forEachRemaining(all::add));
        parsed(taken).find().toList().forEach(triple -> {
            assertThat(all.contains(triple)).as("%s", triple).isTrue();
            all.delete(triple);
        });
        parsed(added).find().forEachRemaining(all::add);
        return Terms.of(List.of(all));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cat:Parking skos:altLabel "hullabaloo"@en .           |                                       | some
            cat:Mobility skos:altLabel "getting around"@en .      |                                       | some
            cat:Parking skos:broader cat:Buildings .              | cat:Parking skos:broader cat:Mobility . | some
            cat:Parking owl:deprecated true ; dcterms:isReplacedBy cat:Buildings . |                      | some
            cat:Parking owl:equivalentClass cat:Noise .           |                                       | some
            unit:DEG qudt:hasQuantityKind quantitykind:Mass .     |                                       | some
            <https://w3id.org/mercat/licences#OpenData> odrl:permission [ odrl:action odrl:anonymize ] . |        | some
            cat:Unused a skos:Concept ; skos:altLabel "Verkehrs"@de . |                                   | any
            cat:Unused a skos:Concept ; skos:prefLabel "Zebras"@en ; skos:broader cat:Parking . |         | none
            """)
    void it_is_as_if_it_were_made_anew(String added, String taken, String expected) throws IOException {
        Terms next = terms(added, taken == null ? "" : taken);
        int anew;
        try (SearchEngine engine = engine("living", terms("", ""))) {
            engine.catchUp((done, all) -> {});
            anew = engine.adopt(next, "other").join();
            assertThat(anew).isLessThan(31);
        }
        try (SearchEngine engine = engine("fresh", next)) {
            engine.catchUp((done, all) -> {});
        }
        assertThat(content(folder.resolve("living"))).isEqualTo(content(folder.resolve("fresh")));
        switch (expected) {
            case "some" -> assertThat(anew).as(added).isPositive();
            case "none" -> assertThat(anew).as(added).isZero();
            default -> assertThat(expected).isEqualTo("any");
        }
    }

    /** By field and term the offerings that are filed there. */
    private static SortedMap<String, SortedSet<String>> content(Path index) throws IOException {
        SortedMap<String, SortedSet<String>> content = new TreeMap<>();
        try (IndexReader reader = DirectoryReader.open(FSDirectory.open(index))) {
            for (LeafReaderContext leaf : reader.leaves()) {
                SortedDocValues iris = leaf.reader().getSortedDocValues(Fields.IRI);
                String[] names = new String[leaf.reader().maxDoc()];
                for (int document = iris.nextDoc(); document < names.length; document = iris.nextDoc()) {
                    names[document] = iris.lookupOrd(iris.ordValue()).utf8ToString();
                }
                for (FieldInfo field : leaf.reader().getFieldInfos()) {
                    if (field.getIndexOptions() != IndexOptions.NONE) {
                        org.apache.lucene.index.Terms all = leaf.reader().terms(field.name);
                        TermsEnum terms = all == null ? TermsEnum.EMPTY : all.iterator();
                        for (BytesRef term = terms.next(); term != null; term = terms.next()) {
                            PostingsEnum postings = terms.postings(null, PostingsEnum.FREQS);
                            for (int document = postings.nextDoc();
                                    document < names.length;
                                    document = postings.nextDoc()) {
                                if (leaf.reader().getLiveDocs() == null
                                        || leaf.reader().getLiveDocs().get(document)) {
                                    content.computeIfAbsent(
                                                    field.name + " " + term.utf8ToString(), key -> new TreeSet<>())
                                            .add(names[document] + " " + postings.freq());
                                }
                            }
                        }
                    }
                }
            }
        }
        return content;
    }
}
