// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.jena.riot.system.RiotChars;

/**
 * Short names for IRIs: by the prefixes of a file, except that a namespace which has a usual prefix gets that one. Keeps
 * which of them were needed.
 */
final class Prefixes {
    /** Namespace by usual prefix: those of the RDFa initial context and of this catalogue. */
    private static final Map<String, String> USUAL = Map.ofEntries(
            Map.entry("cat", "https://w3id.org/mercat/categories#"),
            Map.entry("cc", "http://creativecommons.org/ns#"),
            Map.entry("dcat", "http://www.w3.org/ns/dcat#"),
            Map.entry("dcterms", "http://purl.org/dc/terms/"),
            Map.entry("dt", "https://w3id.org/mercat/datatypes#"),
            Map.entry("fn", "https://w3id.org/mercat/functions#"),
            Map.entry("foaf", "http://xmlns.com/foaf/0.1/"),
            Map.entry("geo", "http://www.opengis.net/ont/geosparql#"),
            Map.entry("lic", "https://w3id.org/mercat/licences#"),
            Map.entry("mc", "https://w3id.org/mercat/core#"),
            Map.entry("mshape", "https://w3id.org/mercat/shapes#"),
            Map.entry("odrl", "http://www.w3.org/ns/odrl/2/"),
            Map.entry("org", "http://www.w3.org/ns/org#"),
            Map.entry("owl", "http://www.w3.org/2002/07/owl#"),
            Map.entry("prov", "http://www.w3.org/ns/prov#"),
            Map.entry("quantitykind", "http://qudt.org/vocab/quantitykind/"),
            Map.entry("qudt", "http://qudt.org/schema/qudt/"),
            Map.entry("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
            Map.entry("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
            Map.entry("schema", "http://schema.org/"),
            Map.entry("sh", "http://www.w3.org/ns/shacl#"),
            Map.entry("skos", "http://www.w3.org/2004/02/skos/core#"),
            Map.entry("sosa", "http://www.w3.org/ns/sosa/"),
            Map.entry("ssn", "http://www.w3.org/ns/ssn/"),
            Map.entry("unit", "http://qudt.org/vocab/unit/"),
            Map.entry("vann", "http://purl.org/vocab/vann/"),
            Map.entry("void", "http://rdfs.org/ns/void#"),
            Map.entry("xsd", "http://www.w3.org/2001/XMLSchema#"));

    private final Map<String, String> prefixByNamespace = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final SortedMap<String, String> used = new TreeMap<>();

    /** @param bound namespace by prefix */
    Prefixes(Map<String, String> bound) {
        new TreeMap<>(bound).forEach((prefix, namespace) -> prefixByNamespace.putIfAbsent(namespace, prefix));
        USUAL.forEach((prefix, namespace) -> {
            if (namespace.equals(bound.getOrDefault(prefix, namespace))) {
                prefixByNamespace.put(namespace, prefix);
            }
        });
    }

    /** {@code skos:Concept}, or {@code <IRI>} where no prefix fits. */
    String name(String iri) {
        return names.computeIfAbsent(iri, this::shortened);
    }

    private String shortened(String iri) {
        for (int end = iri.length() - 1; end > 0; end--) {
            String prefix = prefixByNamespace.get(iri.substring(0, end));
            if (prefix != null && isLocalName(iri.substring(end))) {
                used.put(prefix, iri.substring(0, end));
                return prefix + ":" + iri.substring(end);
            }
        }
        return "<" + escaped(iri) + ">";
    }

    /** Namespace by prefix, of the names that were given. */
    SortedMap<String, String> used() {
        return used;
    }

    static String usual(String name) {
        int colon = name.indexOf(':');
        return USUAL.get(name.substring(0, colon)) + name.substring(colon + 1);
    }

    /** A PN_LOCAL of Turtle that needs no escapes. */
    private static boolean isLocalName(String name) {
        int[] points = name.codePoints().toArray();
        int last = points[points.length - 1];
        return (RiotChars.isPNChars_U_N(points[0]) || points[0] == ':')
                && (RiotChars.isPNChars(last) || last == ':')
                && name.codePoints().allMatch(c -> RiotChars.isPNChars(c) || c == '.' || c == ':');
    }

    private static String escaped(String iri) {
        StringBuilder text = new StringBuilder();
        iri.chars().forEach(c -> {
            if (c <= ' ' || "<>\"{}|^`\\".indexOf(c) >= 0) {
                text.append(String.format("\\u%04X", c));
            } else {
                text.append((char) c);
            }
        });
        return text.toString();
    }
}
