// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;
import org.mercat.rdf.Fold;

/** Which documents another lexicon makes otherwise: those of offerings that use a term of which it says something else. */
final class Reach {
    /** All that hold terms. What is filed under a concept is filed under the broader ones, too, which have names. */
    private static final List<String> FIELDS = List.of(
            Fields.CATEGORY + Fields.ALL,
            Fields.OUTPUT + Fields.ALL,
            Fields.INPUT + Fields.ALL,
            Fields.UNIT,
            Fields.QUANTITY,
            Fields.VALUE_TYPE,
            Fields.LICENCE,
            Fields.SEGMENT,
            Fields.KIND,
            Fields.PROTOCOL,
            Fields.PRICING_MODEL);

    private final Lexicon before;
    private final Lexicon after;

    Reach(Lexicon before, Lexicon after) {
        this.before = before;
        this.after = after;
    }

    /** What finds them. */
    Query in(IndexReader reader) throws IOException {
        List<BytesRef> changed =
                changed().stream().map(term -> new BytesRef(term.toString())).toList();
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        FIELDS.forEach(field -> any.add(new TermInSetQuery(field, changed), Occur.SHOULD));
        any.add(new TermInSetQuery(Fields.WORDS, compounds(reader)), Occur.SHOULD);
        return any.build();
    }

    /** The terms that are filed otherwise, as they were filed before. */
    private Set<Node> changed() {
        Set<Node> all = new HashSet<>();
        for (Lexicon lexicon : List.of(before, after)) {
            lexicon.terms().graph().find().forEachRemaining(triple -> {
                all.add(triple.getSubject());
                all.add(triple.getObject());
            });
        }
        all.removeIf(node -> !node.isURI());
        Set<Node> changed = new HashSet<>();
        for (Node term : all) {
            if (!filed(before, term).equals(filed(after, term))) {
                changed.add(before.concepts().canonical(term));
            }
        }
        return changed;
    }

    /** All that a document says because of a term. */
    private static List<Object> filed(Lexicon lexicon, Node term) {
        Node concept = lexicon.concepts().canonical(term);
        return List.of(
                concept,
                lexicon.concepts().ancestors(concept).keySet(),
                lexicon.labels().stems(concept, lexicon.languages()),
                lexicon.labels().written(concept, lexicon.languages()),
                lexicon.facts().quantitiesOf(term),
                lexicon.facts().typesOf(term),
                lexicon.facts().permissionsOf(term));
    }

    /** The words of offerings that German may take apart otherwise. */
    private List<BytesRef> compounds(IndexReader reader) throws IOException {
        Set<String> parts =
                differing(before.labels().words("de"), after.labels().words("de"));
        List<BytesRef> compounds = new ArrayList<>();
        org.apache.lucene.index.Terms words = MultiTerms.getTerms(reader, Fields.WORDS);
        if (parts.isEmpty() || words == null) {
            return compounds;
        }
        TermsEnum each = words.iterator();
        for (BytesRef word = each.next(); word != null; word = each.next()) {
            String text = word.utf8ToString();
            if (parts.stream().anyMatch(text::contains)) {
                compounds.add(BytesRef.deepCopyOf(word));
            }
        }
        return compounds;
    }

    private static Set<String> differing(Set<String> some, Set<String> others) {
        Set<String> differing = new HashSet<>(some);
        differing.addAll(others);
        differing.removeIf(word -> some.contains(word) && others.contains(word));
        return differing.stream()
                .filter(Languages::isPart)
                .map(word -> Fold.fold(word.toLowerCase(Locale.ROOT)))
                .collect(Collectors.toSet());
    }
}
