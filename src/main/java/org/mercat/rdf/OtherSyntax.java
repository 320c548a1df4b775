// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells from its beginning a text of another syntax that has the name of a Turtle file. */
public final class OtherSyntax {
    private static final int BEGINNING = 1000;
    private static final Map<Pattern, String> MENDS = new LinkedHashMap<>();

    static {
        MENDS.put(
                Pattern.compile("(?i)<!DOCTYPE html|<html\\b"),
                "This is a web page, not Turtle: download the vocabulary itself, with \"Accept: text/turtle\".");
        MENDS.put(
                Pattern.compile("<\\?xml\\b|<rdf:RDF\\b|<!DOCTYPE rdf|<!--"),
                "This is RDF/XML, not Turtle: name it .rdf, or turn it into Turtle with Jena's"
                        + " \"riot --syntax=rdfxml --formatted=turtle FILE\".");
        MENDS.put(
                Pattern.compile("\\{\\s*[\"}]|\\[\\s*\\{\\s*[\"}]"),
                "This is JSON, not Turtle: if it is JSON-LD, name it .jsonld, or turn it into Turtle with Jena's"
                        + " \"riot --syntax=jsonld --formatted=turtle FILE\".");
    }

    private OtherSyntax() {}

    /** What it is and how to mend it; empty for what may be Turtle. */
    public static Optional<String> of(String text) {
        String beginning = text.substring(0, Math.min(BEGINNING, text.length()))
                .replaceFirst("^\\x{FEFF}", "")
                .stripLeading();
        return MENDS.entrySet().stream()
                .filter(mend -> mend.getKey().matcher(beginning).lookingAt())
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
