// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.TermQuery;

/**
 * What a text asks for. Each word may be found in any of the five languages, among the words of the offering and, at
 * less weight, of the concepts above its own; the best of them counts. A word that nothing has is taken for a slip of
 * one that is there. What stands between quotation marks must be found as it stands.
 */
final class TextQuery {
    private static final Pattern PHRASE = Pattern.compile("[\"“”„«]([^\"“”„«»]+)[\"“”„»]");
    private static final float BROADER = 0.5f;
    private static final float SLIP = 0.7f;
    private static final float BOTH = 0.1f;
    private static final int MOST_SLIPS = 10;
    /** Words of a text that are looked for with slips: each takes milliseconds. */
    private static final int MOST_CORRECTED = 10;
    /** Letters of an ending that the stemmers may not know. */
    private static final int ENDING = 3;

    private static final int SHORTEST_CUT = 7;
    private static final float CUT = 0.4f;
    private static final int MOST_WORDS = 150;
    /** Of more than two words these must be found. */
    private static final double SHARE = 0.6;

    private final Languages languages;
    private final IndexReader reader;
    private final int documents;
    private double bound;
    private int corrected;

    TextQuery(Languages languages, IndexReader reader) {
        this.languages = languages;
        this.reader = reader;
        this.documents = Math.max(1, reader.numDocs());
    }

    /**
     * The query.
     *
     * @param open whether no word is needed, so that they only add to the score
     */
    Query of(String text, boolean open) throws IOException {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        Matcher phrases = PHRASE.matcher(text);
        while (phrases.find()) {
            if (languages.written(phrases.group(1)).isEmpty()) {
                continue; // nothing but signs
            }
            query.add(phrase(phrases.group(1)), open ? Occur.SHOULD : Occur.MUST);
        }
        List<String> all = languages.split(phrases.replaceAll(" ")).stream()
                .filter(word -> word.codePoints().anyMatch(Character::isLetterOrDigit)) // no emoji
                .toList();
        Set<String> words = new LinkedHashSet<>(all.subList(0, Math.min(MOST_WORDS, all.size())));
        Set<String> telling = new LinkedHashSet<>(words);
        telling.removeIf(Languages::isStopWord);
        for (String word : telling.isEmpty() ? words : telling) {
            query.add(word(word), Occur.SHOULD);
        }
        int needed = telling.size() <= 2 ? telling.size() : (int) Math.ceil(SHARE * telling.size());
        query.setMinimumNumberShouldMatch(open ? 0 : needed);
        return query.build();
    }

    /** What no document's score of the last query exceeds. */
    double bound() {
        return bound;
    }

    private Query word(String word) throws IOException {
        Set<String> stems = new LinkedHashSet<>();
        Languages.ALL.forEach(language -> stems.addAll(languages.stems(language, word)));
        List<Query> found = new ArrayList<>();
        double own = stems(Fields.TEXT, stems, 1, found);
        double broader = stems(Fields.BROADER, stems, BROADER, found);
        if (found.isEmpty()) {
            bound += rarity(1);
            List<String> written = languages.written(word); // empty if it gets too long without its ligatures
            return written.isEmpty() ? new MatchNoDocsQuery() : written(written.get(0));
        }
        bound += Math.max(own, broader);
        return found.size() == 1 ? found.get(0) : new DisjunctionMaxQuery(found, BOTH);
    }

    /** Adds what finds one of the stems, as if they were one. @return what no document's score of it exceeds */
    private double stems(String field, Set<String> stems, float boost, List<Query> found) throws IOException {
        SynonymQuery.Builder one = new SynonymQuery.Builder(field);
        int most = 0;
        for (String stem : stems) {
            Term term = new Term(field, stem);
            int frequency = reader.docFreq(term);
            if (frequency > 0) {
                one.addTerm(term);
                most = Math.max(most, frequency);
            }
        }
        if (most == 0) {
            return 0;
        }
        found.add(new BoostQuery(one.build(), boost));
        return boost * rarity(most);
    }

    /** A word that no stem is of: as it is written, or one that is nearly so, or one that begins so. */
    private Query written(String word) throws IOException {
        Term term = new Term(Fields.WORDS, word);
        int slips = word.length() < 4 ? 0 : word.length() < 8 ? 1 : 2;
        if (reader.docFreq(term) > 0 || slips == 0 || ++corrected > MOST_CORRECTED) {
            return new TermQuery(term);
        }
        List<Query> alike = new ArrayList<>();
        alike.add(new BoostQuery(new FuzzyQuery(term, slips, 1, MOST_SLIPS, true), SLIP));
        if (word.length() >= SHORTEST_CUT) {
            Term beginning = new Term(Fields.WORDS, word.substring(0, word.length() - ENDING));
            alike.add(new BoostQuery(
                    new PrefixQuery(beginning, new MultiTermQuery.TopTermsScoringBooleanQueryRewrite(MOST_SLIPS)),
                    CUT));
        }
        return new DisjunctionMaxQuery(alike, 0);
    }

    private Query phrase(String text) throws IOException {
        List<String> words = languages.written(text);
        PhraseQuery.Builder phrase = new PhraseQuery.Builder();
        for (String word : words) {
            Term term = new Term(Fields.WORDS, word);
            phrase.add(term);
            bound += rarity(Math.max(1, reader.docFreq(term)));
        }
        return phrase.build();
    }

    /** As BM25 weighs a term; no document's score of it is greater. */
    private double rarity(int frequency) {
        return Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));
    }
}
