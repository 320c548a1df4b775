// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.Iterator;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Words as they are, for a field of the index. */
final class WordStream extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final List<String> words;
    private Iterator<String> rest;

    WordStream(List<String> words) {
        this.words = List.copyOf(words);
        this.rest = this.words.iterator();
    }

    @Override
    public boolean incrementToken() {
        if (!rest.hasNext()) {
            return false;
        }
        clearAttributes();
        term.append(rest.next());
        return true;
    }

    @Override
    public void reset() {
        rest = words.iterator();
    }
}
