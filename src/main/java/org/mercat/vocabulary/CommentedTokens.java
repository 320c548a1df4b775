// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.jena.riot.tokens.Token;
import org.apache.jena.riot.tokens.TokenType;
import org.apache.jena.riot.tokens.Tokenizer;
import org.apache.jena.riot.tokens.TokenizerText;
import org.mercat.vocabulary.TurtleComments.Comment;
import org.mercat.vocabulary.TurtleDocument.Remark;

/** The tokens of a Turtle text, and the comments between them handed to what they stand at. */
final class CommentedTokens {
    private final Tokenizer tokens;
    private final Queue<Comment> comments;
    private final String[] lines;
    private Token next;

    /** Comments that were passed and belong to what comes. */
    private final List<Comment> above = new ArrayList<>();

    /** Where comments go that stand behind what was read last; null if they belong to what comes. */
    private List<String> beside;

    CommentedTokens(String text) {
        tokens = TokenizerText.fromString(text);
        comments = TurtleComments.of(text);
        lines = text.split("\n", -1);
    }

    boolean at(TokenType type) {
        return peek().hasType(type);
    }

    /** The next token, behind the last one of type EOF. The comments before it are handed out. */
    Token peek() {
        if (next == null) {
            next = tokens.hasNext() ? tokens.next() : new Token(TokenType.EOF);
            while (!comments.isEmpty() && isBefore(comments.peek(), next)) {
                Comment comment = comments.remove();
                if (beside != null && !comment.alone()) {
                    beside.add(comment.text());
                } else {
                    above.add(comment);
                }
            }
        }
        return next;
    }

    Token take() {
        Token token = peek();
        next = null;
        return token;
    }

    private static boolean isBefore(Comment comment, Token token) {
        return token.hasType(TokenType.EOF)
                || comment.line() < token.getLine()
                || comment.line() == token.getLine() && comment.column() < token.getColumn();
    }

    /** From now on, comments behind something on its line go there. */
    void takeBeside(List<String> place) {
        beside = place;
    }

    /** From now on, they belong to what comes. */
    void noneBeside() {
        beside = null;
    }

    /** Takes the comments that belong to what comes. */
    List<String> above() {
        List<String> texts = new ArrayList<>();
        above.forEach(comment -> texts.add(comment.text()));
        above.clear();
        return texts;
    }

    /**
     * Takes the comments that stand for themselves.
     *
     * @param thing the line of what comes
     * @return those that stand right above it
     */
    List<String> remarks(List<? super Remark> into, int thing) {
        List<String> block = new ArrayList<>();
        for (int i = 0; i < above.size(); i++) {
            block.add(above.get(i).text());
            int below = i + 1 < above.size() ? above.get(i + 1).line() : thing;
            if (below > above.get(i).line() + 1) {
                into.add(new Remark(List.copyOf(block)));
                block.clear();
            }
        }
        above.clear();
        return block;
    }

    /** Whether a line has nothing, or does not exist. */
    boolean isBlank(int line) {
        return line < 1 || lines[line - 1].isBlank();
    }
}
