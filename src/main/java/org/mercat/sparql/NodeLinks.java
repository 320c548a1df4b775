// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.jena.graph.Node;

/**
 * Where a reader who follows an IRI comes to: within this catalogue, if it has something there.
 *
 * @param baseIri start of this catalogue's own IRIs
 * @param isTerm whether a node is a term of its vocabularies
 */
record NodeLinks(String baseIri, Predicate<Node> isTerm) {
    private static final Pattern LOCAL = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_-]*");

    /** An address; empty if the node leads nowhere. */
    String href(Node node) {
        if (!node.isURI()) {
            return "";
        }
        String iri = node.getURI();
        if (iri.startsWith(baseIri)) {
            return "/" + iri.substring(baseIri.length());
        }
        if (isTerm.test(node)) {
            return "/terms?iri=" + URLEncoder.encode(iri, StandardCharsets.UTF_8);
        }
        return iri.startsWith("http://") || iri.startsWith("https://") ? iri : "";
    }

    /** With a prefix if it has one; what is of this catalogue by its path. */
    String name(Node node, Map<String, String> prefixes) {
        String iri = node.getURI();
        if (iri.startsWith(baseIri)) {
            return iri.substring(baseIri.length() - 1);
        }
        int end = Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1;
        String name = iri.substring(end);
        return prefixes.entrySet().stream()
                .filter(prefix -> prefix.getValue().equals(iri.substring(0, end))
                        && LOCAL.matcher(name).matches())
                .map(prefix -> prefix.getKey() + ":" + name)
                .findFirst()
                .orElse(iri);
    }
}
