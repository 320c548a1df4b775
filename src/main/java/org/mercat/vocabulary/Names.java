// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;

/** Shows nodes as their readers write them: with the prefixes of their files. */
final class Names {
    private static final Pattern LOCAL = Pattern.compile("[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_.-]*[\\p{L}\\p{N}_-])?");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final int LONGEST = 120;

    private final Map<String, String> prefixes = new HashMap<>();

    Names(Collection<PlacedGraph> files) {
        files.forEach(file ->
                file.prefixes().forEach((prefix, declared) -> prefixes.putIfAbsent(declared.namespace(), prefix)));
    }

    private Names(Map<String, String> prefixes) {
        this.prefixes.putAll(prefixes);
    }

    /** As the readers of a file know them: with its own prefixes first. */
    Names in(PlacedGraph file) {
        Names names = new Names(prefixes);
        file.prefixes().forEach((prefix, declared) -> names.prefixes.put(declared.namespace(), prefix));
        return names;
    }

    /** An IRI as {@code prefix:name} or {@code <IRI>}; a text as it is, with the IRIs in it shortened. */
    String of(Node node) {
        if (node.isURI()) {
            return of(node.getURI());
        }
        return node.isLiteral() ? text(node.getLiteralLexicalForm()) : "a blank node";
    }

    String of(String iri) {
        String whole = iri.startsWith(PlacedReader.NO_BASE) ? iri.substring(PlacedReader.NO_BASE.length()) : iri;
        int end = Math.max(whole.lastIndexOf('#'), whole.lastIndexOf('/')) + 1;
        String prefix = prefixes.get(whole.substring(0, end));
        String name = whole.substring(end);
        return prefix != null && LOCAL.matcher(name).matches() ? prefix + ":" + name : "<" + whole + ">";
    }

    private String text(String text) {
        if (text.contains("://") && text.indexOf(' ') > 0) {
            return Stream.of(SPACES.split(text))
                    .map(word -> word.startsWith("http") ? of(word) : word)
                    .collect(Collectors.joining(" "));
        }
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }
}
