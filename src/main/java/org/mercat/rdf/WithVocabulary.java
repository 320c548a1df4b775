// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Triple;
import org.apache.jena.graph.impl.GraphBase;
import org.apache.jena.util.iterator.ExtendedIterator;

/** Data and vocabulary read as one graph. The two share no triples, so that none is looked for twice. */
final class WithVocabulary extends GraphBase {
    private final Graph data;
    private final Graph vocabulary;

    WithVocabulary(Graph data, Graph vocabulary) {
        this.data = data;
        this.vocabulary = vocabulary;
    }

    @Override
    protected ExtendedIterator<Triple> graphBaseFind(Triple pattern) {
        return data.find(pattern).andThen(vocabulary.find(pattern));
    }

    @Override
    protected boolean graphBaseContains(Triple triple) {
        return data.contains(triple) || vocabulary.contains(triple);
    }
}
