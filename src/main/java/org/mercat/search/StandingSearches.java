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
import java.util.function.Supplier;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.memory.MemoryIndex;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An index of searches: which of them does an offering meet? Each search is filed under terms of which an offering must
 * have one to meet it, as rare ones as there are; the {@linkplain Condition conditions} of those that an offering's terms
 * lead to are held against that offering alone. For one thread.
 */
public final class StandingSearches {
    private static final Logger LOG = LoggerFactory.getLogger(StandingSearches.class);

    private final OfferingIndex index;
    private final Supplier<Lexicon> newest;
    private final TermNumbers numbers = new TermNumbers();
    private final Map<String, Filed> searches = new HashMap<>();
    private final Map<Integer, Set<Filed>> byTerm = new HashMap<>();
    /** Those that an offering can meet whatever terms it has. */
    private final Set<Filed> others = new HashSet<>();
    /** By which they are filed. */
    private Lexicon lexicon;

    /** A search with where it is filed. */
    private static final class Filed {
        private final String id;
        private final Criteria criteria;
        private final Condition condition;
        /** Terms of which an offering that meets it has one; empty if it may have any. */
        private final Optional<int[]> terms;
        /** All terms that it asks for, by number. */
        private final int[] taken;

        Filed(String id, Criteria criteria, Condition condition, Optional<int[]> terms, int[] taken) {
            this.id = id;
            this.criteria = criteria;
            this.condition = condition;
            this.terms = terms;
            this.taken = taken;
        }
    }

    StandingSearches(OfferingIndex index, Supplier<Lexicon> newest) {
        this.index = index;
        this.newest = newest;
        this.lexicon = newest.get();
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return searches.isEmpty();
    }

    /** Takes searches, each in place of the one of its id. */
    public void put(Map<String, Criteria> more) {
        follow();
        file(more);
    }

    /** What a search means may be another thing since the vocabularies have changed. */
    private void follow() {
        if (lexicon != newest.get()) {
            lexicon = newest.get();
            Map<String, Criteria> all = new HashMap<>();
            searches.forEach((id, filed) -> all.put(id, filed.criteria));
            file(all);
        }
    }

    private void file(Map<String, Criteria> more) {
        if (more.isEmpty()) {
            return;
        }
        index.search(offerings -> {
            for (Map.Entry<String, Criteria> search : more.entrySet()) {
                try {
                    put(filed(search.getKey(), search.getValue(), offerings));
                } catch (RuntimeException e) { // must not take the others with it
                    LOG.error("The search of {} is not held against offerings", search.getKey(), e);
                }
            }
            return more.size();
        });
    }

    private void put(Filed filed) {
        remove(filed.id);
        searches.put(filed.id, filed);
        if (filed.terms.isEmpty()) {
            others.add(filed);
        }
        for (int term : filed.terms.orElse(new int[0])) {
            byTerm.computeIfAbsent(term, number -> new HashSet<>()).add(filed);
        }
    }

    /** Takes a search away, if it is there. */
    public void remove(String id) {
        Filed filed = searches.remove(id);
        if (filed == null) {
            return;
        }
        others.remove(filed);
        for (int term : filed.terms.orElse(new int[0])) {
            byTerm.computeIfPresent(term, (number, its) -> {
                its.remove(filed);
                return its.isEmpty() ? null : its;
            });
        }
        for (int number : filed.taken) {
            numbers.release(number);
        }
    }

    /**
     * The words of a text count in every form, whether some offering has it today or not; and a word that none has
     * today stands for those that it may be a slip of.
     */
    private Filed filed(String id, Criteria criteria, IndexSearcher offerings) throws IOException {
        RequiredTerms required = new RequiredTerms(offerings);
        ConditionBuilder conditions = new ConditionBuilder(numbers, offerings);
        Query own = lexicon.queries()
                .prepare(criteria, ownWords(criteria).getIndexReader())
                .criteria();
        Condition condition = conditions.of(own);
        Optional<Set<Term>> terms = required.of(own);
        if (criteria.one(Key.TEXT).isPresent()) {
            Query today = lexicon.queries()
                    .prepare(criteria, offerings.getIndexReader())
                    .criteria();
            condition = Condition.any(List.of(condition, conditions.of(today)));
            Optional<Set<Term>> slips = required.of(today);
            terms = terms.flatMap(its -> slips.map(more -> {
                Set<Term> both = new LinkedHashSet<>(its);
                both.addAll(more);
                return both;
            }));
        }
        List<Node> available = criteria.all(Key.INPUT);
        if (!available.isEmpty() && !criteria.isOpen()) {
            Degree worst = criteria.worst().orElse(Degree.SUBSUMES);
            condition =
                    Condition.every(List.of(new Condition.NeedsOnly(available, worst, lexicon.concepts()), condition));
        }
        Optional<int[]> filedUnder = terms.map(conditions::numbers);
        return new Filed(id, criteria, condition, filedUnder, conditions.taken());
    }

    private IndexSearcher ownWords(Criteria criteria) {
        Languages languages = lexicon.languages();
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
        follow();
        Map<String, Optional<Degree>> met = new HashMap<>();
        try {
            OneOffering one =
                    new OneOffering(lexicon.projection().found(offering, graph), Languages.analyzer(), numbers);
            for (Filed search : candidates(one)) {
                if (search.condition.isMetBy(one)) {
                    met.put(search.id, one.degree(search.criteria, lexicon.concepts()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return met;
    }

    private Set<Filed> candidates(OneOffering offering) {
        Set<Filed> candidates = new HashSet<>(others);
        offering.terms().stream().forEach(term -> candidates.addAll(byTerm.getOrDefault(term, Set.of())));
        return candidates;
    }
}
