// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.mercat.rdf.Syntax;
import org.mercat.rdf.Vocabularies;

/** All vocabularies in one document: together, or where the syntax has graphs each as the graph that it is in the store. */
enum VocabularyDump {
    TTL(Lang.TURTLE),
    JSONLD(Lang.JSONLD),
    RDF(Lang.RDFXML),
    NT(Lang.NTRIPLES),
    TRIG(Lang.TRIG),
    NQ(Lang.NQUADS);

    private final Lang lang;

    VocabularyDump(Lang lang) {
        this.lang = lang;
    }

    /** The one whose ending that is. */
    static Optional<VocabularyDump> of(String ending) {
        return Arrays.stream(values())
                .filter(dump -> dump.ending().equals(ending))
                .findFirst();
    }

    static VocabularyDump of(Syntax syntax) {
        return of(syntax.extension()).orElse(JSONLD);
    }

    static String endings() {
        return Arrays.stream(values()).map(VocabularyDump::ending).collect(Collectors.joining(", "));
    }

    private String ending() {
        return name().toLowerCase(Locale.ROOT);
    }

    String contentType() {
        String type = lang.getContentType().getContentTypeStr();
        return this == TTL || this == TRIG ? type + ";charset=utf-8" : type;
    }

    byte[] write(Vocabularies vocabularies) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
        Graph union = Glossary.union(vocabularies.byName().values());
        if (this == TRIG || this == NQ || this == JSONLD) {
            DatasetGraph dataset = DatasetGraphFactory.create();
            vocabularies.byName().values().forEach(graph -> dataset.addGraph(Vocabularies.ontologyOf(graph), graph));
            union.getPrefixMapping().getNsPrefixMap().forEach(dataset.prefixes()::add);
            RDFDataMgr.write(out, dataset, lang);
        } else {
            RDFDataMgr.write(out, union, lang);
        }
        return out.toByteArray();
    }
}
