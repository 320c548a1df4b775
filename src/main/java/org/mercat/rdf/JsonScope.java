// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.jena.graph.Node;

/** What names mean at one place of a document: an active context (JSON-LD 1.1, section 4.1) in compiled form. */
final class JsonScope {
    static final JsonScope EMPTY = new JsonScope(Map.of(), Map.of(), null);

    /** Every name that is defined here or further out, with its IRI. */
    private final Map<String, String> names;

    private final Map<String, String> prefixes;
    private final Map<String, String> types = new HashMap<>();
    private final String vocabulary;
    private final Map<String, JsonTerm> terms = new LinkedHashMap<>();
    private final Map<Node, JsonTerm> byPredicate = new HashMap<>();

    JsonScope(Map<String, String> names, Map<String, String> prefixes, String vocabulary) {
        this.names = Map.copyOf(names);
        this.prefixes = Map.copyOf(prefixes);
        this.vocabulary = vocabulary;
    }

    void add(JsonTerm term) {
        terms.put(term.name, term);
        byPredicate.put(term.predicate, term);
    }

    void addType(String name, String iri) {
        types.put(iri, name);
    }

    /** The members that an object here may have, in the order of the context. */
    Collection<JsonTerm> terms() {
        return Collections.unmodifiableCollection(terms.values());
    }

    /** Null if no member here has that name. */
    JsonTerm term(String name) {
        return terms.get(name);
    }

    /** Null if no member here has that meaning. */
    JsonTerm term(Node predicate) {
        return byPredicate.get(predicate);
    }

    Map<String, String> names() {
        return names;
    }

    Map<String, String> prefixes() {
        return prefixes;
    }

    /** Null where bare words have no meaning. */
    String vocabulary() {
        return vocabulary;
    }

    /** The full IRI of {@code prefix:rest}, or the value itself if it is none. */
    String expand(String value) {
        int colon = value.indexOf(':');
        if (colon < 0 || value.startsWith("//", colon + 1)) {
            return value;
        }
        String namespace = prefixes.get(value.substring(0, colon));
        return namespace == null ? value : namespace + value.substring(colon + 1);
    }

    /** The full IRI of a name, a bare word, or {@code prefix:rest}; the value itself if it is none of them. */
    String expandWord(String value) {
        String iri = names.get(value);
        if (iri != null) {
            return iri;
        }
        return vocabulary != null && value.indexOf(':') < 0 ? vocabulary + value : expand(value);
    }

    /** The shortest text that {@link #expandWord} turns into the IRI again. */
    String shortenWord(String iri) {
        if (vocabulary != null && iri.startsWith(vocabulary)) {
            String word = iri.substring(vocabulary.length());
            if (IriSyntax.isWord(word) && !names.containsKey(word)) {
                return word;
            }
        }
        return shorten(iri);
    }

    /** {@code prefix:rest} if there is a prefix for the IRI, else the IRI. */
    String shorten(String iri) {
        String best = iri;
        for (Map.Entry<String, String> prefix : prefixes.entrySet()) {
            String namespace = prefix.getValue();
            if (iri.length() > namespace.length()
                    && iri.startsWith(namespace)
                    && !iri.startsWith("//", namespace.length())) {
                String compact = prefix.getKey() + ":" + iri.substring(namespace.length());
                best = compact.length() < best.length() ? compact : best;
            }
        }
        return best;
    }

    /** The name of a class, {@code Offering}, or else its IRI in short. */
    String shortenType(String iri) {
        String name = types.get(iri);
        return name == null ? shorten(iri) : name;
    }
}
