// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.Directory;
import org.mercat.rdf.Resources;

/**
 * The offerings' documents on disk, which say of which revision of the store and of which vocabularies they are. Documents are
 * made and written by any number of threads, but never by one that may be interrupted: that would close the files.
 */
final class OfferingDocuments implements AutoCloseable {
    /** Of the form of documents. */
    private static final String FORMAT = "7";

    private static final String REVISION = "revision";
    private static final String MADE_FROM = "madeFrom";
    private static final String HALF_MADE = "of two vocabularies";
    private static final double RAM_MB = 256;

    private final OfferingSource source;
    private final Supplier<Lexicon> lexicon;
    private final Directory directory;
    private final IndexWriter writer;

    /** The vocabularies that all documents are made with. */
    private String madeFrom;

    /** @param vocabularies changes whenever the vocabularies or the form of JSON do */
    OfferingDocuments(Directory directory, OfferingSource source, Supplier<Lexicon> lexicon, String vocabularies)
            throws IOException {
        this.directory = directory;
        this.source = source;
        this.lexicon = lexicon;
        this.madeFrom = FORMAT + " " + vocabularies;
        this.writer = new IndexWriter(
                directory,
                new IndexWriterConfig(Languages.analyzer())
                        .setRAMBufferSizeMB(RAM_MB)
                        .setCommitOnClose(false));
    }

    IndexWriter writer() {
        return writer;
    }

    /** From now on all are made with other vocabularies. */
    void areMadeFrom(String vocabularies) {
        madeFrom = FORMAT + " " + vocabularies;
    }

    /** Some are made with the vocabularies from before. */
    void areHalfMade() {
        madeFrom = HALF_MADE;
    }

    /** The last revision of the store that is on disk; below 0 if there is none, or its documents are made otherwise. */
    long revision() {
        Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
        String revision = null;
        boolean same = false;
        if (data != null) {
            for (Map.Entry<String, String> entry : data) {
                revision = entry.getKey().equals(REVISION) ? entry.getValue() : revision;
                same |= entry.getKey().equals(MADE_FROM) && entry.getValue().equals(madeFrom);
            }
        }
        return same && revision != null ? Long.parseLong(revision) : -1;
    }

    /**
     * Makes an offering's document as the store has it now, or removes it.
     *
     * @param taken what was said of it before it was withdrawn; else empty
     * @param isNew whether there is none yet
     */
    void index(Node offering, Graph taken, boolean isNew) throws IOException {
        Graph graph = source.graph(offering);
        if (graph.isEmpty()) {
            writer.deleteDocuments(new Term(Fields.IRI, offering.getURI()));
        } else if (isNew) {
            add(offering, graph);
        } else {
            Projection projection = lexicon.get().projection();
            boolean ended = !taken.isEmpty() && Resources.isWithdrawn(graph, offering);
            writer.updateDocument(
                    new Term(Fields.IRI, offering.getURI()),
                    source.completed(
                            ended ? projection.document(offering, graph, taken) : projection.document(offering, graph),
                            offering));
        }
    }

    /** Writes all to disk. @param revision of the store that it has */
    void commit(long revision) throws IOException {
        writer.setLiveCommitData(
                Map.of(REVISION, Long.toString(revision), MADE_FROM, madeFrom).entrySet());
        writer.commit();
    }

    /** Adds an offering that was not here before. */
    void add(Node offering, Graph graph) throws IOException {
        writer.addDocument(source.completed(lexicon.get().projection().document(offering, graph), offering));
    }

    void deleteAll() throws IOException {
        writer.deleteAll();
    }

    /** Removes all, and what they were made from. */
    void begin() throws IOException {
        writer.deleteAll();
        writer.setLiveCommitData(Map.<String, String>of().entrySet());
    }

    boolean isOpen() {
        return writer.isOpen();
    }

    @Override
    public void close() throws IOException {
        writer.close();
        directory.close();
    }
}
