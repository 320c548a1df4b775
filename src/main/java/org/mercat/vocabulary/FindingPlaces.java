// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;

/** Finds the line and column that a finding is about. */
final class FindingPlaces {
    private final List<PlacedGraph> files;
    private final Map<PlacedGraph, Names> namesIn = new HashMap<>();

    /**
     * What a finding is about; each part may be null. The place is that of the first statement that has all parts that
     * are given; where there is none, that of the term.
     *
     * @param file the graph of a file, to look nowhere else
     * @param prefix of a declaration in that file, instead of a statement
     */
    record Statement(Node file, Node term, Node property, Node value, Node prefix) {
        Statement(Node file, Node term, Node property, Node value) {
            this(file, term, property, value, null);
        }

        /** From the variables of a row: {@code ?file ?term ?property ?value ?prefix}. */
        static Statement of(Binding row) {
            return new Statement(
                    row.get(Var.alloc("file")),
                    row.get(Var.alloc("term")),
                    row.get(Var.alloc("property")),
                    row.get(Var.alloc("value")),
                    row.get(Var.alloc("prefix")));
        }
    }

    FindingPlaces(List<PlacedGraph> files, Names names) {
        this.files = files;
        files.forEach(file -> namesIn.put(file, names.in(file)));
    }

    /** @param message what to say, with names as the file has them */
    Finding finding(Severity severity, String rule, Statement about, Function<Names, String> message) {
        List<PlacedGraph> searched = files.stream()
                .filter(file -> about.file() == null || HygieneData.name(file).equals(about.file()))
                .toList();
        return first(searched, file -> placeIn(file, about))
                .or(() -> first(
                        searched, file -> Optional.ofNullable(about.term()).flatMap(file::placeOf)))
                .map(found -> finding(severity, rule, found.getKey(), found.getValue(), about, message))
                .orElseGet(() -> finding(
                        severity, rule, (searched.isEmpty() ? files : searched).get(0), Place.UNKNOWN, about, message));
    }

    private static Optional<Map.Entry<PlacedGraph, Place>> first(
            List<PlacedGraph> files, Function<PlacedGraph, Optional<Place>> look) {
        return files.stream()
                .flatMap(file -> look.apply(file).map(place -> Map.entry(file, place)).stream())
                .findFirst();
    }

    private Finding finding(
            Severity severity,
            String rule,
            PlacedGraph file,
            Place place,
            Statement about,
            Function<Names, String> message) {
        Node term = about.term() == null ? about.value() : about.term();
        String iri = term != null && term.isURI() ? term.getURI() : "";
        return new Finding(
                severity, rule, file.name(), place.line(), place.column(), iri, message.apply(namesIn.get(file)));
    }

    private static Optional<Place> placeIn(PlacedGraph file, Statement about) {
        if (about.prefix() != null && about.prefix().isLiteral()) {
            return Optional.ofNullable(file.prefixes().get(about.prefix().getLiteralLexicalForm()))
                    .map(PlacedGraph.Prefix::place);
        }
        if (about.property() == null && about.value() == null) {
            return about.term() == null ? Optional.empty() : file.placeOf(about.term());
        }
        return file.placeOf(any(about.term()), any(about.property()), any(about.value()))
                .or(() -> about.term() == null || about.property() == null
                        ? Optional.empty()
                        : file.placeOf(about.term(), about.property(), Node.ANY));
    }

    private static Node any(Node node) {
        return node == null ? Node.ANY : node;
    }
}
