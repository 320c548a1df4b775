// SPDX-License-Identifier: Apache-2.0
package org.mercat.offering;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Fault;
import org.mercat.rdf.Unreadable;

/**
 * Refuses in the JSON of an offering what RDF could not tell: an access list that is empty would be none, and the
 * offering everybody's.
 */
public final class OfferingBody implements UnaryOperator<byte[]> {
    private static final String LIST = "accessList";

    private final Documents documents;

    OfferingBody(Documents documents) {
        this.documents = documents;
    }

    /** The body as it is. @throws Unreadable if it cannot be meant so */
    @Override
    public byte[] apply(byte[] body) {
        if (new String(body, StandardCharsets.UTF_8).contains(LIST)) {
            mustSayWhose(documents.checkedJson(body));
        }
        return body;
    }

    /** Refuses an empty access list without another word. @throws Unreadable saying what to write */
    public static void mustSayWhose(ObjectNode offering) {
        boolean isEmpty = offering.has(LIST) && offering.get(LIST).isEmpty() && !offering.get(LIST).isTextual();
        if (isEmpty && !offering.path("restricted").asBoolean()) {
            throw new Unreadable(new Fault(
                    "/" + LIST,
                    "An empty access list does not say whether others see the offering: write \"restricted\": true for one"
                            + " that nobody but your organization sees, or leave \"accessList\" out for everybody."));
        }
    }
}
