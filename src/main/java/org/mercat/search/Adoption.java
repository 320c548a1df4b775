// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;

/**
 * A change of the lexicon while the index is in use.
 *
 * @param change makes the new one that in force, and says which documents it makes otherwise
 * @param vocabularies of which the new one is made
 * @param done with how many documents were made anew
 */
record Adoption(Supplier<Reach> change, String vocabularies, CompletableFuture<Integer> done) {

    /** The offerings that documents are of. Not the withdrawn ones, whose documents say what they were. */
    static Set<Node> offerings(IndexSearcher searcher, Query documents) throws IOException {
        Query there = new BooleanQuery.Builder()
                .add(documents, Occur.FILTER)
                .add(new TermQuery(new Term(Fields.STATE, Fields.ACTIVE)), Occur.FILTER)
                .build();
        Set<Node> offerings = new HashSet<>();
        Weight weight = searcher.createWeight(searcher.rewrite(there), ScoreMode.COMPLETE_NO_SCORES, 1);
        for (LeafReaderContext leaf : searcher.getLeafContexts()) {
            Scorer scorer = weight.scorer(leaf);
            if (scorer != null) {
                SortedDocValues iris = DocValues.getSorted(leaf.reader(), Fields.IRI);
                Bits live = leaf.reader().getLiveDocs();
                DocIdSetIterator each = scorer.iterator();
                for (int next = each.nextDoc(); next != DocIdSetIterator.NO_MORE_DOCS; next = each.nextDoc()) {
                    if ((live == null || live.get(next)) && iris.advanceExact(next)) {
                        offerings.add(NodeFactory.createURI(
                                iris.lookupOrd(iris.ordValue()).utf8ToString()));
                    }
                }
            }
        }
        return offerings;
    }
}
