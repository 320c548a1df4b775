// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.jena.query.Query;
import org.mercat.http.FailureException;
import org.mercat.rdf.QueryFile;

/** A query file with values, checked as an address of the library is. */
public final class LibraryQuery {
    private LibraryQuery() {}

    /**
     * The query, ready to run.
     *
     * @param values as text, by name of parameter; those left out take their default
     * @param prefixes namespace by prefix, for IRIs that are written with one
     * @param limit rows that are wanted at most; empty for all
     * @throws IllegalArgumentException naming each parameter that is wrong, and what to write
     */
    public static Query of(
            QueryFile file, Map<String, String> values, Map<String, String> prefixes, Optional<Integer> limit) {
        Map<String, List<String>> words = values.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, value -> List.of(value.getValue())));
        try {
            return LibraryRoutes.page(file, LibraryParameters.read(file, words, prefixes), limit);
        } catch (FailureException e) {
            throw new IllegalArgumentException(e.failure().detail().replaceFirst("^queries/", ""), e);
        }
    }
}
