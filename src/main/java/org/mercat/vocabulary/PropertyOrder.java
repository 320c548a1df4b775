// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.jena.graph.Node;
import org.mercat.vocabulary.TurtleDocument.Name;
import org.mercat.vocabulary.TurtleDocument.Property;
import org.mercat.vocabulary.TurtleDocument.Term;
import org.mercat.vocabulary.TurtleDocument.Value;

/**
 * In which order the properties of a term are written: what it is, its place in the hierarchy, its names, what it
 * means, then what is said of its use; last the vocabulary that defines it.
 */
final class PropertyOrder {
    private static final List<String> FIRST = names(
            "rdf:type skos:inScheme skos:topConceptOf skos:broader skos:narrower rdfs:subClassOf rdfs:subPropertyOf",
            "owl:equivalentClass owl:equivalentProperty owl:disjointWith owl:inverseOf rdfs:domain rdfs:range",
            "schema:domainIncludes schema:rangeIncludes",
            "dcterms:title rdfs:label skos:prefLabel skos:altLabel skos:hiddenLabel",
            "dcterms:description skos:definition rdfs:comment skos:scopeNote skos:example skos:note",
            "skos:changeNote skos:historyNote skos:editorialNote owl:deprecated dcterms:isReplacedBy",
            "dcterms:creator dcterms:publisher dcterms:created dcterms:modified dcterms:license",
            "owl:versionInfo owl:versionIRI owl:priorVersion owl:imports",
            "vann:preferredNamespacePrefix vann:preferredNamespaceUri skos:hasTopConcept",
            "sh:targetClass sh:targetNode sh:targetObjectsOf sh:targetSubjectsOf sh:path sh:minCount sh:maxCount",
            "sh:class sh:nodeKind sh:datatype sh:in sh:hasValue sh:minLength sh:maxLength sh:pattern sh:flags",
            "sh:minInclusive sh:minExclusive sh:maxInclusive sh:maxExclusive sh:languageIn sh:uniqueLang",
            "skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch skos:related",
            "mc:valueType qudt:symbol qudt:hasQuantityKind qudt:applicableUnit",
            "qudt:conversionMultiplier qudt:conversionOffset");

    private static final List<String> LAST =
            names("sh:property sh:severity sh:message sh:select sh:ask rdfs:seeAlso rdfs:isDefinedBy");

    private static final Map<String, Integer> RANKS = new HashMap<>();

    static {
        FIRST.forEach(iri -> RANKS.put(iri, RANKS.size() - FIRST.size()));
        LAST.forEach(iri -> RANKS.put(iri, RANKS.size()));
    }

    static final Comparator<Property> PROPERTIES = Comparator.comparing(
                    Property::verb, Comparator.comparing((Node verb) -> RANKS.getOrDefault(verb.getURI(), 0)))
            .thenComparing(property -> property.verb().getURI());

    private static final List<String> LANGUAGES = List.of("en", "de", "es", "ca", "it");

    /** Texts by language, those of the catalogue first; what has none comes before, in its author's order. */
    static final Comparator<Value> VALUES =
            Comparator.comparing((Value value) -> rank(language(value.term()))).thenComparing(v -> language(v.term()));

    private PropertyOrder() {}

    private static List<String> names(String... lines) {
        return List.of(String.join(" ", lines).split(" ")).stream()
                .map(Prefixes::usual)
                .toList();
    }

    private static String language(Term term) {
        return term instanceof Name name && name.node().isLiteral()
                ? name.node().getLiteralLanguage().toLowerCase(Locale.ROOT)
                : "";
    }

    private static int rank(String language) {
        if (language.isEmpty()) {
            return -1;
        }
        int known = LANGUAGES.indexOf(language);
        return known < 0 ? LANGUAGES.size() : known;
    }
}
