// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedSetDocValues;

/**
 * A field's values of all documents in one part of the index, in memory: counting and scoring read them for each hit. A
 * part of the index never changes, so they are read once. For any number of threads.
 */
final class Column {
    private static final Map<Object, Map<String, Column>> KNOWN = new ConcurrentHashMap<>();

    private static final int MOST_TABLES = 1_000;

    private final String[] labels;
    /** Where each document's values begin in {@link #values}, and where the last one's end. */
    private final int[] begins;
    /** Numbers of labels. */
    private final int[] values;

    private volatile Alike alike = new Alike(null, Map.of());

    /** By wanted concept, how alike each label is to it, in one hierarchy. */
    private record Alike(Concepts concepts, Map<Node, float[]> tables) {}

    private Column(String[] labels, int[] begins, int[] values) {
        this.labels = labels;
        this.begins = begins;
        this.values = values;
    }

    static Column of(LeafReader seen, String field) throws IOException {
        LeafReader reader = FilterLeafReader.unwrap(seen); // the values are the same, whoever sees which documents
        IndexReader.CacheHelper cache = reader.getCoreCacheHelper();
        if (cache == null) {
            return read(reader, field);
        }
        Map<String, Column> columns = KNOWN.get(cache.getKey());
        if (columns == null) {
            columns = KNOWN.computeIfAbsent(cache.getKey(), key -> new ConcurrentHashMap<>());
            cache.addClosedListener(KNOWN::remove);
        }
        try {
            return columns.computeIfAbsent(field, name -> {
                try {
                    return read(reader, name);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Column read(LeafReader reader, String field) throws IOException {
        SortedSetDocValues all = DocValues.getSortedSet(reader, field);
        String[] labels = new String[(int) all.getValueCount()];
        for (int ordinal = 0; ordinal < labels.length; ordinal++) {
            labels[ordinal] = all.lookupOrd(ordinal).utf8ToString();
        }
        int[] begins = new int[reader.maxDoc() + 1];
        int[] values = new int[reader.maxDoc() + 1];
        int size = 0;
        for (int document = 0; document < reader.maxDoc(); document++) {
            begins[document] = size;
            if (all.advanceExact(document)) {
                for (int n = all.docValueCount(); n > 0; n--) {
                    if (size == values.length) {
                        values = Arrays.copyOf(values, size + (size >> 1) + 1);
                    }
                    values[size++] = (int) all.nextOrd();
                }
            }
        }
        begins[reader.maxDoc()] = size;
        return new Column(labels, begins, Arrays.copyOf(values, size));
    }

    /** How many different values there are. */
    int labels() {
        return labels.length;
    }

    /** A value by its number. */
    String label(int number) {
        return labels[number];
    }

    /** How alike the concept that each label names is to a wanted one. Not to be changed. */
    float[] alike(Node wanted, Concepts concepts) {
        Alike those = alike;
        if (those.concepts != concepts) {
            those = new Alike(concepts, new ConcurrentHashMap<>());
            alike = those;
        }
        float[] known = those.tables.get(wanted);
        if (known == null) {
            known = new float[labels.length];
            for (int number = 0; number < known.length; number++) {
                known[number] = (float) concepts.similarity(wanted, NodeFactory.createURI(labels[number]));
            }
            if (those.tables.size() >= MOST_TABLES) {
                those.tables.clear();
            }
            those.tables.put(wanted, known);
        }
        return known;
    }

    /** Where a document's values begin; they end where those of the next begin. */
    int begin(int document) {
        return begins[document];
    }

    /** The number of a value by its place. */
    int value(int place) {
        return values[place];
    }
}
