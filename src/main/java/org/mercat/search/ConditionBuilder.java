// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;

/** Makes of queries what they ask of one offering: of its terms as far as terms tell, the rest of Lucene. */
final class ConditionBuilder {
    private final TermNumbers numbers;
    private final IndexSearcher offerings;
    private final IntStream.Builder taken = IntStream.builder();

    /** @param offerings whose words decide what a word that is like others means */
    ConditionBuilder(TermNumbers numbers, IndexSearcher offerings) {
        this.numbers = numbers;
        this.offerings = offerings;
    }

    /** The numbers that were taken, to be released when the conditions are not asked any more. */
    int[] taken() {
        return taken.build().toArray();
    }

    Condition of(Query query) throws IOException {
        if (query instanceof TermQuery one) {
            return anyOf(List.of(one.getTerm()));
        }
        if (query instanceof SynonymQuery synonyms) {
            return anyOf(synonyms.getTerms());
        }
        if (query instanceof TermInSetQuery many) {
            return anyOf(RequiredTerms.of(many));
        }
        if (query instanceof BoostQuery boosted) {
            return of(boosted.getQuery());
        }
        if (query instanceof DisjunctionMaxQuery alternatives) {
            return Condition.any(all(alternatives.getDisjuncts()));
        }
        if (query instanceof FuzzyQuery || query instanceof PrefixQuery) {
            return of(RequiredTerms.meant(query, offerings));
        }
        if (query instanceof MatchAllDocsQuery) {
            return Condition.ALWAYS;
        }
        return query instanceof BooleanQuery clauses ? of(clauses) : new Condition.Found(query);
    }

    private Condition anyOf(Collection<Term> terms) {
        return new Condition.AnyTerm(numbers(terms));
    }

    /** Takes the numbers of terms. */
    int[] numbers(Collection<Term> terms) {
        int[] its = terms.stream().mapToInt(numbers::take).toArray();
        IntStream.of(its).forEach(taken);
        return its;
    }

    private List<Condition> all(Collection<Query> queries) throws IOException {
        List<Condition> all = new ArrayList<>();
        for (Query query : queries) {
            all.add(of(query));
        }
        return all;
    }

    private Condition of(BooleanQuery query) throws IOException {
        List<Condition> needed = new ArrayList<>();
        List<Condition> optional = new ArrayList<>();
        boolean isAnyRequired = false;
        for (BooleanClause clause : query) {
            Condition condition = of(clause.getQuery());
            isAnyRequired |= clause.isRequired();
            switch (clause.getOccur()) {
                case SHOULD -> optional.add(condition);
                case MUST_NOT -> needed.add(new Condition.Not(condition));
                default -> needed.add(condition);
            }
        }
        int atLeast = Math.max(query.getMinimumNumberShouldMatch(), isAnyRequired ? 0 : 1);
        if (atLeast == 1) {
            needed.add(Condition.any(optional));
        } else if (atLeast > 1) {
            needed.add(Condition.atLeast(atLeast, optional));
        }
        return Condition.every(needed);
    }
}
