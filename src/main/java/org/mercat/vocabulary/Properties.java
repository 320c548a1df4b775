// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What properties of terms are to those who use the terms; docs/vocabulary-changes.md says it in words. */
final class Properties {
    static final String DEFINITION = Prefixes.usual("skos:definition");
    static final String DEPRECATED = Prefixes.usual("owl:deprecated");
    static final String TOP = Prefixes.usual("skos:topConceptOf");
    static final String REPLACED_BY = Prefixes.usual("dcterms:isReplacedBy");

    /** A term has one of each language. */
    static final Set<String> MAIN_LABELS = of("skos:prefLabel rdfs:label dcterms:title");

    static final Set<String> LABELS = of("skos:prefLabel rdfs:label dcterms:title skos:altLabel skos:hiddenLabel");

    static final Set<String> PARENTS = of("skos:broader rdfs:subClassOf rdfs:subPropertyOf");

    /** Only people read them. */
    private static final Set<String> NOTES =
            of("rdfs:comment rdfs:seeAlso rdfs:isDefinedBy dcterms:description skos:note skos:scopeNote "
                    + "skos:example skos:changeNote skos:historyNote skos:editorialNote dcterms:creator dcterms:contributor "
                    + "dcterms:publisher dcterms:created dcterms:modified dcterms:issued dcterms:source skos:hasTopConcept "
                    + "vann:preferredNamespacePrefix skos:closeMatch skos:relatedMatch skos:related sh:message sh:name "
                    + "sh:description sh:order sh:group");

    /** Compared on their own. */
    static final Set<String> VERSIONS = of("owl:versionInfo owl:versionIRI owl:priorVersion");

    /** A value more allows less. */
    private static final Set<String> LIMITS =
            of("rdfs:domain rdfs:range owl:disjointWith owl:disjointUnionOf owl:hasKey "
                    + "owl:equivalentClass owl:equivalentProperty owl:sameAs");

    private static final String SHACL = Prefixes.usual("sh:");

    private Properties() {}

    private static Set<String> of(String names) {
        return Arrays.stream(names.split(" ")).map(Prefixes::usual).collect(Collectors.toUnmodifiableSet());
    }

    static boolean isNote(String property) {
        return NOTES.contains(property);
    }

    /**
     * What a change of values means: values that are gone narrow, except limits; values that are new extend, except
     * limits and descriptions of classes without a name.
     */
    static boolean narrows(String property, boolean isGone, boolean isNew, boolean isNameless) {
        if (property.equals(DEPRECATED) || property.equals(REPLACED_BY)) {
            return false;
        }
        boolean isLimit = LIMITS.contains(property)
                || property.startsWith(SHACL)
                || PARENTS.contains(property) && isNameless
                || property.equals(VocabularyState.UNNAMED);
        return isLimit ? isNew : isGone;
    }
}
