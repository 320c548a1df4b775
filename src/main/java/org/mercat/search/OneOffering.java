// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.index.memory.MemoryIndex;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.util.BytesRef;

/** An offering by itself, to hold searches against it. For one thread. */
final class OneOffering {
    private final IndexSearcher searcher;
    private final LeafReader reader;
    private final BitSet terms = new BitSet();
    private final Map<String, List<Node>> concepts = new HashMap<>();

    OneOffering(Document document, Analyzer analyzer, TermNumbers numbers) throws IOException {
        searcher = MemoryIndex.fromDocument(document, analyzer).createSearcher();
        reader = (LeafReader) searcher.getIndexReader();
        for (FieldInfo field : reader.getFieldInfos()) {
            Map<BytesRef, Integer> known = numbers.of(field.name);
            if (!known.isEmpty()) {
                for (BytesRef term : all(field.name)) {
                    int number = known.getOrDefault(term, TermNumbers.NONE);
                    if (number != TermNumbers.NONE) {
                        terms.set(number);
                    }
                }
            }
        }
    }

    private List<BytesRef> all(String field) throws IOException {
        List<BytesRef> all = new ArrayList<>();
        Terms its = reader.terms(field);
        if (its != null) {
            TermsEnum each = its.iterator();
            for (BytesRef term = each.next(); term != null; term = each.next()) {
                all.add(BytesRef.deepCopyOf(term));
            }
        }
        return all;
    }

    /** Those of its terms that are asked for, by {@link TermNumbers}. */
    BitSet terms() {
        return terms;
    }

    boolean isFoundBy(Query query) throws IOException {
        Scorer scorer = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1)
                .scorer(reader.getContext());
        return scorer != null && scorer.iterator().nextDoc() != DocIdSetIterator.NO_MORE_DOCS;
    }

    /** Whether it needs nothing but what is available. */
    boolean needsOnly(List<Node> available, Degree worst, Concepts hierarchy) throws IOException {
        for (Node need : concepts(Fields.NEEDED)) {
            if (!best(need, available, hierarchy).isAtLeast(worst)) {
                return false;
            }
        }
        return true;
    }

    /** As {@link Match#degree} says it. */
    Optional<Degree> degree(Criteria criteria, Concepts hierarchy) throws IOException {
        List<Degree> parts = new ArrayList<>();
        for (Node wanted : criteria.all(Key.CATEGORY)) {
            parts.add(best(wanted, concepts(Fields.CATEGORY), hierarchy));
        }
        for (Node wanted : criteria.all(Key.OUTPUT)) {
            parts.add(best(wanted, concepts(Fields.OUTPUT), hierarchy));
        }
        List<Node> available = criteria.all(Key.INPUT);
        if (!available.isEmpty()) {
            for (Node need : concepts(Fields.NEEDED)) {
                parts.add(best(need, available, hierarchy));
            }
        }
        return parts.stream().reduce(Degree::worse);
    }

    private static Degree best(Node wanted, List<Node> offered, Concepts hierarchy) {
        Degree best = Degree.FAIL;
        for (Node one : offered) {
            Degree degree = hierarchy.degree(wanted, one);
            best = degree.isAtLeast(best) ? degree : best;
        }
        return best;
    }

    private List<Node> concepts(String field) throws IOException {
        List<Node> known = concepts.get(field);
        if (known == null) {
            known = all(field).stream()
                    .map(term -> NodeFactory.createURI(term.utf8ToString()))
                    .toList();
            concepts.put(field, known);
        }
        return known;
    }
}
