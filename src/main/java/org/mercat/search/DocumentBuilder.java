// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Node;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoubleDocValuesField;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.LongRange;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedNumericDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.util.BytesRef;

/** Fills a document of the index, field by field as {@link Fields} says what they are for. */
final class DocumentBuilder {
    private final Document document = new Document();
    private final Map<String, Integer> words = new HashMap<>();

    /** A value to filter by. */
    void keyword(String field, String value) {
        document.add(new StringField(field, value, Field.Store.NO));
    }

    /** Values to filter by, to count, and to score by. */
    void facet(String field, Collection<Node> values) {
        for (Node value : values) {
            keyword(field, value.toString());
            label(field, value.toString());
        }
    }

    /** A value to count. */
    void label(String field, String value) {
        document.add(new SortedSetDocValuesField(field, new BytesRef(value)));
    }

    /** A value to sort by. */
    void key(String field, String value) {
        document.add(new SortedDocValuesField(field, new BytesRef(value)));
    }

    /** Text to find by its words. */
    void text(String field, String text) {
        document.add(new TextField(field, text, Field.Store.NO));
    }

    /** Words that text was taken apart into already. */
    void words(String field, List<String> each) {
        document.add(new TextField(field, new WordStream(each)));
    }

    /** Words that are stems already. */
    void stems(String field, List<String> stems) {
        document.add(new TextField(field, new WordStream(stems)));
        if (field.equals(Fields.TEXT)) {
            stems.forEach(stem -> words.merge(stem, 1, Integer::sum));
        }
    }

    /** A whole number to filter and sort by. */
    void number(String field, long value) {
        document.add(new LongPoint(field, value));
        document.add(new NumericDocValuesField(field, value));
    }

    /** A whole number to sort by. */
    void order(String field, long value) {
        document.add(new NumericDocValuesField(field, value));
    }

    /** A number to filter and sort by. */
    void amount(String field, double value) {
        document.add(new DoublePoint(field, value));
        document.add(new DoubleDocValuesField(field, value));
    }

    /** Milliseconds from which and to which something lasts. */
    void range(String field, long from, long until) {
        document.add(new LongRange(field, new long[] {from}, new long[] {until}));
    }

    void shape(String field, Geometry shape) {
        shape.fields(field).forEach(document::add);
    }

    /** What comes back as it is. */
    void stored(String field, byte[] value) {
        document.add(new StoredField(field, value));
    }

    Document finish() {
        words.forEach((word, times) ->
                document.add(new SortedNumericDocValuesField(Fields.VECTOR, Neighbours.packed(word, times))));
        return document;
    }
}
