// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.mercat.http.Failure;
import org.mercat.http.Fault;
import org.mercat.rdf.ParameterType;
import org.mercat.rdf.QueryFile;
import org.mercat.rdf.QueryFile.Parameter;

/**
 * What an address says to a query of the library.
 *
 * @param values by name of parameter; those left out take their default
 * @param limit rows that are wanted at most; empty for all
 * @param offset rows that are left out before
 */
record LibraryParameters(Map<String, Node> values, Optional<Integer> limit, int offset) {
    /** Rows of one answer. */
    static final int MOST = 10_000;

    private static final int FARTHEST = 100_000_000;

    /**
     * Reads and checks them, all at once.
     *
     * @param prefixes namespace by prefix, for IRIs that are written with one
     * @throws org.mercat.http.FailureException naming each parameter that is wrong, and what to write
     */
    static LibraryParameters read(QueryFile file, Map<String, List<String>> words, Map<String, String> prefixes) {
        Reading reading = reading(file, words, prefixes);
        if (!reading.faults().isEmpty()) {
            throw new Failure.Malformed(
                            "queries/" + file.name() + ": "
                                    + String.join(" ", reading.faults().values()),
                            reading.faults().values().stream()
                                    .map(fault -> Fault.at(null, 0, 0, fault))
                                    .toList())
                    .asException();
        }
        return reading.parameters();
    }

    /**
     * What was understood of an address.
     *
     * @param faults by name of parameter what is wrong and what to write, in the order of the parameters
     */
    record Reading(LibraryParameters parameters, Map<String, String> faults) {}

    /** Reads and checks them, all at once. @param prefixes namespace by prefix, for IRIs that are written with one */
    static Reading reading(QueryFile file, Map<String, List<String>> words, Map<String, String> prefixes) {
        Map<String, String> faults = new LinkedHashMap<>();
        Map<String, Node> values = new HashMap<>();
        for (Parameter parameter : file.parameters()) {
            List<String> given = words.getOrDefault(parameter.name(), List.of());
            if (given.size() == 1) {
                value(file, parameter, given.get(0), prefixes)
                        .ifPresentOrElse(
                                value -> values.put(parameter.name(), value),
                                () -> faults.put(
                                        parameter.name(),
                                        parameter.name() + " is of type "
                                                + parameter.type().word() + ", not \"" + given.get(0) + "\"; "
                                                + instead(parameter)));
            } else if (given.size() > 1) {
                faults.put(
                        parameter.name(),
                        parameter.name() + " is given " + given.size() + " times, and has one value; "
                                + instead(parameter));
            } else if (parameter.fallback().isEmpty()) {
                faults.put(parameter.name(), parameter.name() + " is missing; " + instead(parameter));
            }
        }
        words.keySet().stream()
                .filter(word -> !QueryFile.PAGING.contains(word)
                        && file.parameters().stream()
                                .noneMatch(parameter -> parameter.name().equals(word)))
                .forEach(word -> faults.put(word, "There is no parameter \"" + word + "\": " + all(file)));
        Optional<Integer> limit = number(words, "limit", 1, MOST, faults);
        int offset = number(words, "offset", 0, FARTHEST, faults).orElse(0);
        return new Reading(new LibraryParameters(Map.copyOf(values), limit, offset), faults);
    }

    private static Optional<Node> value(
            QueryFile file, Parameter parameter, String word, Map<String, String> prefixes) {
        try {
            String text = parameter.type() == ParameterType.IRI ? iri(file, parameter, word, prefixes) : word;
            return Optional.of(parameter.type().node(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Of {@code cat:Parking}, and of {@code Parking} where the default is a term of a vocabulary with a hash. */
    private static String iri(QueryFile file, Parameter parameter, String word, Map<String, String> prefixes) {
        int colon = word.indexOf(':');
        if (colon < 0) {
            String example = parameter.fallback().map(Node::getURI).orElse("");
            return example.substring(0, example.indexOf('#') + 1) + word;
        }
        String prefix = word.substring(0, colon);
        String namespace = Optional.ofNullable(file.query().getPrefix(prefix)).orElse(prefixes.get(prefix));
        return namespace == null ? word : namespace + word.substring(colon + 1);
    }

    private static Optional<Integer> number(
            Map<String, List<String>> words, String name, int least, int most, Map<String, String> faults) {
        List<String> given = words.getOrDefault(name, List.of());
        if (given.isEmpty()) {
            return Optional.empty();
        }
        String word = given.get(0);
        if (given.size() == 1 && word.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(word);
            if (number >= least && number <= most) {
                return Optional.of(number);
            }
        }
        faults.put(
                name,
                name + " is a whole number from " + least + " to " + most + ", not \"" + String.join(", ", given)
                        + "\".");
        return Optional.empty();
    }

    private static String all(QueryFile file) {
        List<String> names = new ArrayList<>();
        file.parameters()
                .forEach(parameter -> names.add(parameter.name() + " ("
                        + parameter.type().word()
                        + parameter
                                .fallback()
                                .map(fallback -> ", default \"" + text(fallback) + "\"")
                                .orElse("")
                        + ")"));
        names.addAll(QueryFile.PAGING);
        return "there are " + String.join(", ", names) + ".";
    }

    private static String instead(Parameter parameter) {
        String example = parameter.fallback().map(LibraryParameters::text).orElse(example(parameter.type()));
        return parameter
                        .fallback()
                        .map(fallback -> "its default is \"" + text(fallback) + "\": write for example ")
                        .orElse("it has no default: write for example ")
                + parameter.name() + "=" + URLEncoder.encode(example, StandardCharsets.UTF_8) + ".";
    }

    static String example(ParameterType type) {
        return switch (type) {
            case IRI -> "https://w3id.org/mercat/categories#Parking";
            case STRING -> "parking";
            case INTEGER -> "10";
            case DECIMAL -> "0.5";
            case BOOLEAN -> "true";
            case DATETIME -> "2026-01-31T00:00:00Z";
        };
    }

    /** As it is written in an address. */
    static String text(Node value) {
        return value.isURI() ? value.getURI() : value.getLiteralLexicalForm();
    }

    /** The address parameters of a page of the same. */
    static String address(Map<String, List<String>> words, int limit, int offset) {
        List<String> parts = new ArrayList<>();
        words.forEach((name, values) -> {
            if (!QueryFile.PAGING.contains(name)) {
                values.forEach(value -> parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
            }
        });
        parts.add("limit=" + limit);
        parts.add("offset=" + offset);
        return String.join("&", parts);
    }
}
