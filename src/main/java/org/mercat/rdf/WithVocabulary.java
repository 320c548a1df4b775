// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Triple;
import org.apache.jena.graph.impl.GraphBase;
import org.apache.jena.util.iterator.ExtendedIterator;

/**
 * Data and vocabulary read as one graph. What the data say of a node hides what the vocabulary says of it, property by
 * property; the two describe different nodes anyway.
 */
final class WithVocabulary extends GraphBase {
    private final Graph data;
    private final Graph vocabulary;

    WithVocabulary(Graph data, Graph vocabulary) {
        this.data = data;
        this.vocabulary = vocabulary;
    }

    @Override
    protected ExtendedIterator<Triple> graphBaseFind(Triple pattern) {
        ExtendedIterator<Triple> inData = data.find(pattern);
        if (pattern.getSubject().isConcrete() && inData.hasNext()) {
            return inData;
        }
        return inData.andThen(vocabulary.find(pattern));
    }

    @Override
    protected boolean graphBaseContains(Triple triple) {
        return data.contains(triple) || vocabulary.contains(triple);
    }
}
