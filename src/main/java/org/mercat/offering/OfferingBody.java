// SPDX-License-Identifier: Apache-2.0
package org.mercat.offering;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mercat.http.Failure;
import org.mercat.http.Fault;
import org.mercat.rdf.Documents;

/**
 * Refuses in the JSON of an offering what RDF could not tell: an access list that is empty would be none, and the
 * offering everybody's.
 */
public final class OfferingBody implements UnaryOperator<byte[]> {
    private static final String LIST = "accessList";

    private final Documents documents;

    public OfferingBody(Documents documents) {
        this.documents = documents;
    }

    /** The body as it is. @throws org.mercat.http.FailureException if it cannot be meant so */
    @Override
    public byte[] apply(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.contains(LIST) || text.contains("\\u")) { // a name may be written by the numbers of its letters
            mustSayWhose(documents.checkedJson(body));
        }
        return body;
    }

    private static void mustSayWhose(ObjectNode offering) {
        boolean isEmpty = offering.has(LIST)
                && offering.get(LIST).isEmpty()
                && !offering.get(LIST).isTextual();
        if (isEmpty && !offering.path("restricted").asBoolean()) {
            String message = "An empty access list does not say whether others see the offering: write"
                    + " \"restricted\": true for one that nobody but your organization sees, or leave"
                    + " \"accessList\" out for everybody.";
            throw new Failure.Malformed(message, List.of(Fault.at("/" + LIST, 0, 0, message))).asException();
        }
    }
}
