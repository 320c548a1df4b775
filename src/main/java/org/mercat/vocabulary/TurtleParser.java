// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import static org.apache.jena.riot.tokens.TokenType.BNODE;
import static org.apache.jena.riot.tokens.TokenType.COMMA;
import static org.apache.jena.riot.tokens.TokenType.DIRECTIVE;
import static org.apache.jena.riot.tokens.TokenType.DOT;
import static org.apache.jena.riot.tokens.TokenType.EOF;
import static org.apache.jena.riot.tokens.TokenType.KEYWORD;
import static org.apache.jena.riot.tokens.TokenType.LBRACKET;
import static org.apache.jena.riot.tokens.TokenType.LPAREN;
import static org.apache.jena.riot.tokens.TokenType.RBRACKET;
import static org.apache.jena.riot.tokens.TokenType.RPAREN;
import static org.apache.jena.riot.tokens.TokenType.SEMICOLON;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import org.apache.jena.graph.Node;
import org.apache.jena.irix.IRIxResolver;
import org.apache.jena.riot.RIOT;
import org.apache.jena.riot.system.ErrorHandlerFactory;
import org.apache.jena.riot.system.FactoryRDFStd;
import org.apache.jena.riot.system.ParserProfile;
import org.apache.jena.riot.system.ParserProfileStd;
import org.apache.jena.riot.system.PrefixMapFactory;
import org.apache.jena.riot.tokens.Token;
import org.apache.jena.riot.tokens.TokenType;
import org.apache.jena.riot.tokens.Tokenizer;
import org.apache.jena.riot.tokens.TokenizerText;
import org.apache.jena.sparql.graph.NodeConst;
import org.apache.jena.vocabulary.RDF;
import org.mercat.rdf.Unreadable;
import org.mercat.vocabulary.TurtleComments.Comment;
import org.mercat.vocabulary.TurtleDocument.Anonymous;
import org.mercat.vocabulary.TurtleDocument.Label;
import org.mercat.vocabulary.TurtleDocument.Name;
import org.mercat.vocabulary.TurtleDocument.Property;
import org.mercat.vocabulary.TurtleDocument.Remark;
import org.mercat.vocabulary.TurtleDocument.Sequence;
import org.mercat.vocabulary.TurtleDocument.Statement;
import org.mercat.vocabulary.TurtleDocument.Term;
import org.mercat.vocabulary.TurtleDocument.Value;

/**
 * Reads Turtle that Jena has read without an error into a document with its comments. Relative IRIs stay relative unless
 * the file has a base.
 *
 * @see <a href="https://www.w3.org/TR/turtle/#sec-grammar">The grammar of Turtle</a>
 */
final class TurtleParser {
    private final Tokenizer tokens;
    private final Queue<Comment> comments;
    private final String[] lines;
    private final ParserProfile profile = new ParserProfileStd(
            new FactoryRDFStd(),
            ErrorHandlerFactory.errorHandlerSimple(),
            IRIxResolver.create().noBase().allowRelative(true).build(),
            PrefixMapFactory.create(),
            RIOT.getContext(),
            false,
            false);
    private final TurtleDocument document =
            new TurtleDocument(new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());

    private Token next;

    /** Comments that were passed and belong to what comes. */
    private List<Comment> above = new ArrayList<>();

    /** Takes the comments of this line: of what was read last. Null where nothing was, as behind a bracket. */
    private List<String> beside;

    private TurtleParser(String text) {
        tokens = TokenizerText.fromString(text);
        comments = TurtleComments.of(text);
        lines = text.split("\n", -1);
    }

    /** @throws Unreadable at the parts of RDF 1.2 that this does not know */
    static TurtleDocument parse(String text) {
        var parser = new TurtleParser(text);
        while (!parser.at(EOF)) {
            if (parser.at(DIRECTIVE) || parser.at(KEYWORD)) {
                parser.directive();
            } else {
                parser.statement();
            }
        }
        parser.remarks(parser.document.blocks(), Integer.MAX_VALUE);
        return parser.document;
    }

    private void directive() {
        boolean first = document.prefixes().isEmpty() && document.blocks().isEmpty();
        if (first) {
            remarks(document.header(), Integer.MAX_VALUE);
        } else {
            remarks(document.blocks(), Integer.MAX_VALUE);
        }
        Token word = take();
        switch (word.getImage().toLowerCase(Locale.ROOT)) {
            case "prefix" -> {
                String prefix = take().getImage();
                String namespace = resolved(take());
                profile.getPrefixMap().add(prefix, namespace);
                document.prefixes().putIfAbsent(prefix, namespace);
                beside = document.besidePrefixes().computeIfAbsent(prefix, any -> new ArrayList<>());
            }
            case "base" -> {
                profile.setBaseIRI(resolved(take()));
                beside = null;
            }
            default -> throw unknown(word);
        }
        if (at(DOT)) {
            take();
        }
    }

    private String resolved(Token iri) {
        return profile.resolveIRI(iri.getImage(), iri.getLine(), iri.getColumn());
    }

    private void statement() {
        int start = (int) peek().getLine();
        List<String> mine = remarks(document.blocks(), start);
        int before = start - mine.size() - 1;
        boolean apart = before < 1 || lines[before - 1].isBlank();
        List<String> besideSubject = new ArrayList<>();
        Term subject = term();
        List<Property> properties = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        if (subject instanceof Anonymous node && !node.properties().isEmpty()) {
            properties.addAll(node.properties());
            rest.addAll(node.rest());
            subject = new Anonymous(List.of(), List.of());
        } else {
            beside = besideSubject;
        }
        properties(properties);
        rest.addAll(above());
        if (at(DOT)) {
            take();
        }
        document.blocks().add(new Statement(apart, mine, subject, besideSubject, properties, rest));
    }

    private void properties(List<Property> into) {
        while (true) {
            while (at(SEMICOLON)) {
                take();
            }
            if (at(DOT) || at(RBRACKET) || at(EOF)) {
                return;
            }
            List<String> mine = above();
            Token verb = take();
            beside = null;
            List<Value> values = new ArrayList<>();
            values.add(value());
            while (at(COMMA)) {
                take();
                values.add(value());
            }
            into.add(new Property(mine, verb(verb), values));
        }
    }

    private Node verb(Token token) {
        return token.hasType(KEYWORD) && token.getImage().equals("a") ? RDF.Nodes.type : node(token);
    }

    private Value value() {
        peek();
        List<String> mine = above();
        Term term = term();
        Value value = new Value(mine, term, new ArrayList<>());
        beside = value.beside();
        return value;
    }

    private Term term() {
        Token token = take();
        if (token.hasType(LBRACKET)) {
            beside = null;
            List<Property> properties = new ArrayList<>();
            properties(properties);
            List<String> rest = above();
            take();
            return new Anonymous(properties, rest);
        }
        if (token.hasType(LPAREN)) {
            beside = null;
            List<Value> members = new ArrayList<>();
            while (!at(RPAREN)) {
                members.add(value());
            }
            List<String> rest = above();
            take();
            return new Sequence(members, rest);
        }
        return token.hasType(BNODE) ? new Label(token.getImage()) : new Name(node(token));
    }

    private Node node(Token token) {
        return switch (token.getType()) {
            case IRI, PREFIXED_NAME, STRING, LITERAL_LANG, LITERAL_DT, INTEGER, DECIMAL, DOUBLE ->
                profile.create(null, token);
            case KEYWORD ->
                switch (token.getImage()) {
                    case "true" -> NodeConst.TRUE;
                    case "false" -> NodeConst.FALSE;
                    default -> throw unknown(token);
                };
            default -> throw unknown(token);
        };
    }

    private static Unreadable unknown(Token token) {
        return new Unreadable(
                "this is Turtle that \"mercat format\" does not know (of RDF 1.2 or N3): write it in Turtle 1.1",
                (int) token.getLine(),
                (int) token.getColumn());
    }

    private boolean at(TokenType type) {
        return peek().hasType(type);
    }

    private Token peek() {
        if (next == null) {
            next = tokens.hasNext() ? tokens.next() : new Token(EOF);
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

    private static boolean isBefore(Comment comment, Token token) {
        return token.hasType(EOF)
                || comment.line() < token.getLine()
                || comment.line() == token.getLine() && comment.column() < token.getColumn();
    }

    private Token take() {
        Token token = peek();
        next = null;
        return token;
    }

    private List<String> above() {
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
    private List<String> remarks(List<? super Remark> into, int thing) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < above.size(); i++) {
            lines.add(above.get(i).text());
            int below = i + 1 < above.size() ? above.get(i + 1).line() : thing;
            if (below > above.get(i).line() + 1) {
                into.add(new Remark(List.copyOf(lines)));
                lines.clear();
            }
        }
        above.clear();
        return lines;
    }
}
