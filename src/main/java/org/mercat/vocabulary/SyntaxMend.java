// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says to what the parser says how to mend it. The parser's words are those of Jena's RIOT 5. */
final class SyntaxMend {
    private static final Map<Pattern, String> MENDS = new LinkedHashMap<>();

    private SyntaxMend() {}

    private static void mend(String parser, String message) {
        MENDS.put(Pattern.compile(parser, Pattern.DOTALL), message);
    }

    static {
        mend(
                "Undefined prefix: (.*)",
                "The prefix \"{1}:\" is not declared: add \"@prefix {1}: <...> .\" at the top of the file.");
        mend(
                "Triples not terminated by DOT",
                "What is said before this must end first: put \".\" behind it, or \";\" or \",\" to go on with it.");
        mend(
                "Triples not terminated properly in \\[\\]-list",
                "The \"[\" before this is not closed: put \"]\" behind its last value, or \";\" to go on with it.");
        mend(
                "Broken token \\(newline in string\\)",
                "The text that begins on the line before does not end there: close it with a quotation mark, or put"
                        + " three of them around a text of several lines.");
        mend("Broken long string", "A text that begins with three quotation marks is not closed: end it with three.");
        mend("Bad character in IRI.*", "{0}: an IRI between < and > has no spaces, quotation marks or line ends.");
        mend("Bad language tag", "There is no language behind \"@\": write for example \"Parking\"@en.");
        mend(
                "Datatype URI required after \\^\\^.*",
                "There is no datatype behind \"^^\": write for example \"1\"^^xsd:integer.");
        mend(
                "Unrecognized \\(expected an RDF Term\\): \\[(?:SEMICOLON|DOT|COMMA)\\]",
                "A value is missing before this punctuation mark: write one, or remove the mark that is too much.");
        mend(
                "Expected IRI for predicate: got: .*",
                "A property is an IRI, and here is none: write prefix:name or <IRI>.");
        mend("Subject is a literal: (.*)", "A text cannot be described, only IRIs can: put a term before {1}.");
        mend(
                "Unrecognized keyword: ([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])",
                "\"{1}\" is not a value: write true or false in small letters.");
        mend(
                "Unrecognized keyword: (.*)",
                "\"{1}\" is no term: write prefix:{1} or <IRI>, or \"{1}\" with quotation marks if it is a text.");
        mend(
                "PREFIX or @prefix requires a prefix.*",
                "The name of a prefix ends in a colon: write @prefix name: <IRI> .");
        mend("Illegal escape sequence value: (.).*", "\"\\{1}\" is no escape: write \"\\\\\" for a backslash itself.");
        mend(
                "Failed to find a prefix name or keyword: ([“”‘’„«»]).*",
                "{1} is a typographic quotation mark: write the straight one, \".");
        mend(
                "Lexical form '(.*)' not valid for datatype (?:XSD )?(.*)",
                "\"{1}\" is no {2}: write a value of that datatype, or take the datatype away.");
        mend("Bad IRI: (<.*>) Code: \\S+ (.*)", "{1} is no good IRI: {2}");
    }

    /** What is wrong and how to mend it; where no mend is known, what the parser says. */
    static String of(String parser) {
        for (Map.Entry<Pattern, String> mend : MENDS.entrySet()) {
            Matcher found = mend.getKey().matcher(parser);
            if (found.matches()) {
                String message = mend.getValue();
                for (int i = 0; i <= found.groupCount(); i++) {
                    message = message.replace("{" + i + "}", found.group(i));
                }
                return message;
            }
        }
        return parser + ": look at what stands before this place, too.";
    }
}
