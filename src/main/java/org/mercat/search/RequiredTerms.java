// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.BytesRefIterator;

/** Which terms a document must have one of to be found by a query: of all such sets one whose terms are rare. */
final class RequiredTerms {
    private final IndexSearcher offerings;

    /** A set of terms with how many documents have them. */
    private record Choice(Set<Term> terms, long documents) {}

    /** @param offerings in which terms are rare or not */
    RequiredTerms(IndexSearcher offerings) {
        this.offerings = offerings;
    }

    /** The terms; empty if documents may be found that have none in particular. */
    Optional<Set<Term>> of(Query query) throws IOException {
        return choice(query).map(Choice::terms);
    }

    private Optional<Choice> choice(Query query) throws IOException {
        if (query instanceof TermQuery one) {
            return any(List.of(one.getTerm()));
        }
        if (query instanceof TermInSetQuery many) {
            return any(of(many));
        }
        if (query instanceof PhraseQuery phrase) {
            List<Choice> each = new ArrayList<>();
            for (Term term : phrase.getTerms()) {
                any(List.of(term)).ifPresent(each::add);
            }
            return each.stream().min(Comparator.comparingLong(Choice::documents));
        }
        if (query instanceof BoostQuery boosted) {
            return choice(boosted.getQuery());
        }
        if (query instanceof DisjunctionMaxQuery alternatives) {
            return some(alternatives.getDisjuncts(), 1);
        }
        if (query instanceof SynonymQuery synonyms) {
            return any(synonyms.getTerms());
        }
        if (query instanceof FuzzyQuery || query instanceof PrefixQuery) {
            return choice(meant(query, offerings));
        }
        return query instanceof BooleanQuery clauses ? choice(clauses) : Optional.empty();
    }

    /** The terms that a query names. */
    static List<Term> of(TermInSetQuery query) throws IOException {
        List<Term> terms = new ArrayList<>();
        BytesRefIterator each = query.getBytesRefIterator();
        for (BytesRef bytes = each.next(); bytes != null; bytes = each.next()) {
            terms.add(new Term(query.getField(), BytesRef.deepCopyOf(bytes)));
        }
        return terms;
    }

    /** What a query for words that are like another one means among those that are there today; if none is, that one. */
    static Query meant(Query alike, IndexSearcher offerings) throws IOException {
        Query meant = offerings.rewrite(alike);
        if (meant instanceof MatchNoDocsQuery) {
            return new TermQuery(alike instanceof FuzzyQuery slip ? slip.getTerm() : ((PrefixQuery) alike).getPrefix());
        }
        return meant;
    }

    private Optional<Choice> choice(BooleanQuery query) throws IOException {
        List<Choice> choices = new ArrayList<>();
        List<Query> optional = new ArrayList<>();
        boolean needsNone = false;
        for (BooleanClause clause : query) {
            if (clause.isRequired()) {
                needsNone = true;
                choice(clause.getQuery()).ifPresent(choices::add);
            } else if (clause.getOccur() == BooleanClause.Occur.SHOULD) {
                optional.add(clause.getQuery());
            }
        }
        int needed = Math.max(query.getMinimumNumberShouldMatch(), needsNone ? 0 : 1);
        if (needed > 0) {
            some(optional, needed).ifPresent(choices::add);
        }
        return choices.stream().min(Comparator.comparingLong(Choice::documents));
    }

    /** Of alternatives of which some must be met: whoever meets so many has a term of one of all but so many less one. */
    private Optional<Choice> some(Collection<Query> alternatives, int needed) throws IOException {
        List<Choice> known = new ArrayList<>();
        for (Query alternative : alternatives) {
            choice(alternative).ifPresent(known::add);
        }
        int enough = alternatives.size() - needed + 1;
        if (known.size() < enough) {
            return Optional.empty();
        }
        known.sort(Comparator.comparingLong(Choice::documents));
        List<Choice> rarest = known.subList(0, enough);
        return Optional.of(new Choice(
                rarest.stream().flatMap(set -> set.terms.stream()).collect(Collectors.toCollection(LinkedHashSet::new)),
                rarest.stream().mapToLong(Choice::documents).sum()));
    }

    private Optional<Choice> any(Collection<Term> terms) throws IOException {
        long documents = 0;
        for (Term term : terms) {
            documents += offerings.getIndexReader().docFreq(term);
        }
        return Optional.of(new Choice(new LinkedHashSet<>(terms), documents));
    }
}
