// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.mercat.http.Failure;
import org.mercat.http.FailureException;
import org.mercat.http.Fault;
import org.mercat.rdf.Documents;
import org.mercat.search.Criteria;
import org.mercat.search.SearchEngine;

/**
 * A demand as JSON has its search as {@code POST /offerings/search} takes it, with boxes and other short forms. This
 * writes them out as the criteria that they stand for, each a property in the context.
 */
final class DemandBody implements UnaryOperator<byte[]> {
    private static final String SEARCH = "search";
    /** What a search says about its answer and not about offerings. */
    private static final List<String> OF_ANSWERS = List.of("sort", "limit", "cursor", "facets", "explain");

    private final Documents documents;
    private final SearchEngine engine;

    DemandBody(Documents documents, SearchEngine engine) {
        this.documents = documents;
        this.engine = engine;
    }

    @Override
    public byte[] apply(byte[] body) {
        ObjectNode json = documents.checkedJson(body);
        if (!json.path(SEARCH).isObject()) {
            return body; // for the shapes to say
        }
        json.set(SEARCH, criteria((ObjectNode) json.get(SEARCH)));
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode criteria(ObjectNode search) {
        List<Fault> faults = new ArrayList<>();
        for (String member : OF_ANSWERS) {
            if (search.has(member)) {
                faults.add(Fault.at(
                        "/" + SEARCH + "/" + member,
                        0,
                        0,
                        "A demand is matched as offerings come: leave \"" + member
                                + "\" out here and write it when you GET its /matches."));
            }
        }
        if (!faults.isEmpty()) {
            throw new Failure.Malformed("The search of a demand has members that it cannot have.", faults)
                    .asException();
        }
        ObjectNode criteria = Feed.JSON.createObjectNode();
        read(search).forEach((word, values) -> {
            if (Criteria.isRepeatable(word)) {
                ArrayNode array = criteria.putArray(word);
                values.forEach(array::add);
            } else {
                criteria.put(word, values.get(0));
            }
        });
        return criteria;
    }

    private Map<String, List<String>> read(JsonNode search) {
        try {
            return engine.criteria(search.toString().getBytes(StandardCharsets.UTF_8))
                    .words();
        } catch (FailureException e) {
            List<Fault> faults = e.failure().faults().stream()
                    .map(fault -> Fault.at("/" + SEARCH + fault.pointer(), 0, 0, fault.message()))
                    .toList();
            throw new Failure.Malformed(e.failure().detail(), faults).asException();
        }
    }
}
