// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.index.memory.MemoryIndex;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.BytesRef;

/**
 * An index of searches: which of them does an offering meet? Each search is filed under terms of which an offering must
 * have one to meet it, as rare ones as there are; those that an offering's terms lead to are run on that offering alone.
 * For one thread.
 */
public final class StandingSearches {
    private final OfferingIndex index;
    private final CriteriaQuery queries;
    private final Concepts concepts;
    private final Projection projection;
    private final Languages languages;
    private final Map<String, Filed> searches = new HashMap<>();
    private final Map<String, Map<BytesRef, Set<String>>> byTerm = new HashMap<>();
    /** Those that an offering can meet whatever terms it has. */
    private final Set<String> others = new HashSet<>();

    /**
     * A search with where it is filed.
     *
     * @param query what finds its offerings; empty if that depends on the offering
     */
    private record Filed(Criteria criteria, Optional<Query> query, Optional<Set<Term>> terms) {}

    StandingSearches(
            OfferingIndex index, CriteriaQuery queries, Concepts concepts, Projection projection, Languages languages) {
        this.languages = languages;
        this.index = index;
        this.queries = queries;
        this.concepts = concepts;
        this.projection = projection;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return searches.isEmpty();
    }

    /** Takes a search, in place of the one of that id. */
    public void put(String id, Criteria criteria) {
        remove(id);
        Filed filed = index.search(searcher -> filed(criteria, searcher));
        searches.put(id, filed);
        if (filed.terms.isEmpty()) {
            others.add(id);
        }
        for (Term term : filed.terms.orElse(Set.of())) {
            byTerm.computeIfAbsent(term.field(), field -> new HashMap<>())
                    .computeIfAbsent(term.bytes(), bytes -> new HashSet<>())
                    .add(id);
        }
    }

    /** Takes a search away, if it is there. */
    public void remove(String id) {
        Filed filed = searches.remove(id);
        others.remove(id);
        if (filed != null) {
            for (Term term : filed.terms.orElse(Set.of())) {
                byTerm.get(term.field()).computeIfPresent(term.bytes(), (bytes, ids) -> {
                    ids.remove(id);
                    return ids.isEmpty() ? null : ids;
                });
            }
        }
    }

    /**
     * The words of a text count in every form, whether some offering has it today or not; and a word that none has is
     * filed under those that it may be a slip of.
     */
    private Filed filed(Criteria criteria, IndexSearcher offerings) throws IOException {
        IndexSearcher own = ownWords(criteria);
        Query query = queries.prepare(criteria, own.getIndexReader()).criteria();
        RequiredTerms required = new RequiredTerms(offerings);
        Optional<Set<Term>> terms = required.of(query);
        if (criteria.one(Key.TEXT).isPresent()) {
            Optional<Set<Term>> slips = required.of(
                    queries.prepare(criteria, offerings.getIndexReader()).criteria());
            terms = terms.flatMap(its -> slips.map(more -> {
                Set<Term> both = new LinkedHashSet<>(its);
                both.addAll(more);
                return both;
            }));
        }
        boolean depends =
                criteria.one(Key.TEXT).isPresent() || criteria.one(Key.INPUT).isPresent();
        return new Filed(criteria, depends ? Optional.empty() : Optional.of(query), terms);
    }

    private IndexSearcher ownWords(Criteria criteria) {
        MemoryIndex words = new MemoryIndex();
        String text = criteria.text(Key.TEXT).orElse("");
        words.addField(Fields.WORDS, new WordStream(languages.written(text)));
        for (String word : languages.split(text)) {
            for (String language : Languages.ALL) {
                List<String> stems = languages.stems(language, word);
                words.addField(Fields.TEXT, new WordStream(stems));
                words.addField(Fields.BROADER, new WordStream(stems));
            }
        }
        return words.createSearcher();
    }

    /** The searches that an offering meets whose graph is that, each with how well its concepts fit, if any are asked for. */
    public Map<String, Optional<Degree>> met(Node offering, Graph graph) {
        if (searches.isEmpty() || graph.isEmpty()) {
            return Map.of();
        }
        MemoryIndex one = MemoryIndex.fromDocument(projection.document(offering, graph), languages.analyzer());
        IndexSearcher searcher = one.createSearcher();
        LeafReader reader = (LeafReader) searcher.getIndexReader();
        Map<String, Optional<Degree>> met = new TreeMap<>();
        try {
            for (String id : candidates(reader)) {
                Filed filed = searches.get(id);
                Query query = filed.query.isPresent()
                        ? filed.query.get()
                        : queries.prepare(filed.criteria, reader).criteria();
                if (searcher.count(query) > 0) {
                    met.put(
                            id,
                            Match.of(filed.criteria, concepts, reader, 0, false).degree());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return met;
    }

    private Set<String> candidates(LeafReader offering) throws IOException {
        Set<String> candidates = new HashSet<>(others);
        for (Map.Entry<String, Map<BytesRef, Set<String>>> field : byTerm.entrySet()) {
            Terms terms = offering.terms(field.getKey());
            if (terms != null) {
                TermsEnum each = terms.iterator();
                for (BytesRef term = each.next(); term != null; term = each.next()) {
                    candidates.addAll(field.getValue().getOrDefault(term, Set.of()));
                }
            }
        }
        return candidates;
    }
}
