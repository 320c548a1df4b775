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
import org.apache.jena.graph.Node;
import org.apache.jena.irix.IRIxResolver;
import org.apache.jena.riot.RIOT;
import org.apache.jena.riot.system.ErrorHandlerFactory;
import org.apache.jena.riot.system.FactoryRDFStd;
import org.apache.jena.riot.system.ParserProfile;
import org.apache.jena.riot.system.ParserProfileStd;
import org.apache.jena.riot.system.PrefixMapFactory;
import org.apache.jena.riot.tokens.Token;
import org.apache.jena.sparql.graph.NodeConst;
import org.apache.jena.vocabulary.RDF;
import org.mercat.rdf.Unreadable;
import org.mercat.vocabulary.TurtleDocument.Anonymous;
import org.mercat.vocabulary.TurtleDocument.Label;
import org.mercat.vocabulary.TurtleDocument.Name;
import org.mercat.vocabulary.TurtleDocument.Property;
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
    private final CommentedTokens tokens;
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

    private TurtleParser(String text) {
        tokens = new CommentedTokens(text);
    }

    /** @throws Unreadable at the parts of RDF 1.2 that this does not know */
    static TurtleDocument parse(String text) {
        var parser = new TurtleParser(text);
        while (!parser.tokens.at(EOF)) {
            if (parser.tokens.at(DIRECTIVE) || parser.tokens.at(KEYWORD)) {
                parser.directive();
            } else {
                parser.statement();
            }
        }
        parser.tokens.remarks(parser.document.blocks(), Integer.MAX_VALUE);
        return parser.document;
    }

    private void directive() {
        boolean first = document.prefixes().isEmpty() && document.blocks().isEmpty();
        if (first) {
            tokens.remarks(document.header(), Integer.MAX_VALUE);
        } else {
            tokens.remarks(document.blocks(), Integer.MAX_VALUE);
        }
        Token word = tokens.take();
        switch (word.getImage().toLowerCase(Locale.ROOT)) {
            case "prefix" -> {
                String prefix = tokens.take().getImage();
                String namespace = resolved(tokens.take());
                profile.getPrefixMap().add(prefix, namespace);
                document.prefixes().putIfAbsent(prefix, namespace);
                tokens.takeBeside(document.besidePrefixes().computeIfAbsent(prefix, any -> new ArrayList<>()));
            }
            case "base" -> {
                profile.setBaseIRI(resolved(tokens.take()));
                tokens.noneBeside();
            }
            default -> throw unknown(word);
        }
        if (tokens.at(DOT)) {
            tokens.take();
        }
    }

    private String resolved(Token iri) {
        return profile.resolveIRI(iri.getImage(), iri.getLine(), iri.getColumn());
    }

    private void statement() {
        int start = (int) tokens.peek().getLine();
        List<String> mine = tokens.remarks(document.blocks(), start);
        boolean apart = tokens.isBlank(start - mine.size() - 1);
        List<String> besideSubject = new ArrayList<>();
        Term subject = term();
        List<Property> properties = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        if (subject instanceof Anonymous node && !node.properties().isEmpty()) {
            properties.addAll(node.properties());
            rest.addAll(node.rest());
            subject = new Anonymous(List.of(), List.of());
        } else {
            tokens.takeBeside(besideSubject);
        }
        properties(properties);
        rest.addAll(tokens.above());
        if (tokens.at(DOT)) {
            tokens.take();
        }
        document.blocks().add(new Statement(apart, mine, subject, besideSubject, properties, rest));
    }

    private void properties(List<Property> into) {
        while (true) {
            while (tokens.at(SEMICOLON)) {
                tokens.take();
            }
            if (tokens.at(DOT) || tokens.at(RBRACKET) || tokens.at(EOF)) {
                return;
            }
            List<String> mine = tokens.above();
            Token verb = tokens.take();
            tokens.noneBeside();
            List<Value> values = new ArrayList<>();
            values.add(value());
            while (tokens.at(COMMA)) {
                tokens.take();
                values.add(value());
            }
            into.add(new Property(mine, verb(verb), values));
        }
    }

    private Node verb(Token token) {
        return token.hasType(KEYWORD) && token.getImage().equals("a") ? RDF.Nodes.type : node(token);
    }

    private Value value() {
        tokens.peek();
        List<String> mine = tokens.above();
        Term term = term();
        Value value = new Value(mine, term, new ArrayList<>());
        tokens.takeBeside(value.beside());
        return value;
    }

    private Term term() {
        Token token = tokens.take();
        if (token.hasType(LBRACKET)) {
            tokens.noneBeside();
            List<Property> properties = new ArrayList<>();
            properties(properties);
            List<String> rest = tokens.above();
            tokens.take();
            return new Anonymous(properties, rest);
        }
        if (token.hasType(LPAREN)) {
            tokens.noneBeside();
            List<Value> members = new ArrayList<>();
            while (!tokens.at(RPAREN)) {
                members.add(value());
            }
            List<String> rest = tokens.above();
            tokens.take();
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
}
