// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionLengthAttribute;

/**
 * Makes the same tokens of a text as another analyzer, and remembers those of texts that come often: the names of
 * concepts stand in the document of each offering that uses them, in every language. For indexing.
 */
final class RememberingAnalyzer extends Analyzer {
    /** Characters of remembered texts; a token has some 50 bytes. */
    private static final long REMEMBERED = 4 << 20;

    private final Analyzer analyzer;
    private final Cache<Text, List<Token>> remembered = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED)
            .weigher((Text text, List<Token> tokens) -> text.content.length() + 1)
            .executor(Runnable::run)
            .build();

    private record Text(String field, String content) {}

    private record Token(String term, int increment, int length, int start, int end) {}

    RememberingAnalyzer(Analyzer analyzer) {
        super(PER_FIELD_REUSE_STRATEGY); // each stream knows its field
        this.analyzer = analyzer;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        Replay replay = new Replay(field);
        return new TokenStreamComponents(reader -> replay.source = reader, replay);
    }

    @Override
    public int getPositionIncrementGap(String field) {
        return analyzer.getPositionIncrementGap(field);
    }

    @Override
    public int getOffsetGap(String field) {
        return analyzer.getOffsetGap(field);
    }

    private List<Token> tokens(Text text) {
        List<Token> tokens = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream(text.field, text.content)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            PositionIncrementAttribute increment = stream.addAttribute(PositionIncrementAttribute.class);
            PositionLengthAttribute length = stream.addAttribute(PositionLengthAttribute.class);
            OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                tokens.add(new Token(
                        term.toString(),
                        increment.getPositionIncrement(),
                        length.getPositionLength(),
                        offset.startOffset(),
                        offset.endOffset()));
            }
            stream.end(); // behind the last token, where a removed word may have been
            tokens.add(new Token("", increment.getPositionIncrement(), 1, offset.startOffset(), offset.endOffset()));
            return tokens;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives tokens that are there already; the last of them is the end. */
    private final class Replay extends TokenStream {
        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
        private final PositionLengthAttribute length = addAttribute(PositionLengthAttribute.class);
        private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
        private final StringBuilder content = new StringBuilder();
        private final char[] buffer = new char[1024];
        private final String field;
        private Reader source;
        private List<Token> tokens = List.of();
        private int next;

        Replay(String field) {
            this.field = field;
        }

        @Override
        public void reset() throws IOException {
            super.reset();
            content.setLength(0);
            for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
                content.append(buffer, 0, read);
            }
            tokens = remembered.get(new Text(field, content.toString()), RememberingAnalyzer.this::tokens);
            next = 0;
        }

        @Override
        public boolean incrementToken() {
            if (next >= tokens.size() - 1) {
                return false;
            }
            clearAttributes();
            give(tokens.get(next));
            next++;
            return true;
        }

        private void give(Token token) {
            term.setEmpty().append(token.term);
            increment.setPositionIncrement(token.increment);
            length.setPositionLength(token.length);
            offset.setOffset(token.start, token.end);
        }

        @Override
        public void end() throws IOException {
            super.end();
            give(tokens.get(tokens.size() - 1));
        }
    }
}
