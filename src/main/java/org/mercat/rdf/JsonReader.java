// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Reads plain JSON as RDF, by our context and without a JSON-LD processor: what it gives is what a processor would give,
 * with child nodes named by the JSON pointer behind the resource's IRI ({@code .../free-spaces#/inputs/0}).
 *
 * <p>It is stricter than JSON-LD: an unknown member is a fault, not silence. Lexical forms of dates and decimals, and
 * whether a term is known, are for the shapes to say. Threads may share one.
 */
public final class JsonReader {
    private final JsonContext context;

    public JsonReader(JsonContext context) {
        this.context = context;
    }

    /**
     * Reads the body of one resource.
     *
     * @param json UTF-8
     * @throws Unreadable naming everything that is wrong, with line and column
     */
    public ReadResult read(byte[] json, Subject subject) {
        ObjectNode object = JsonText.object(json);
        FaultList faults = new FaultList();
        BodyReader body = new BodyReader(context, subject, faults);
        body.read(object);
        if (!faults.isEmpty()) {
            throw faults.thrown(json);
        }
        if (body.graph().size() > LimitedStream.MAX_TRIPLES) {
            throw new Unreadable(
                    new Fault("", "One resource may have " + LimitedStream.MAX_TRIPLES + " triples at most."));
        }
        return new ReadResult(body.graph(), new JsonSource(context, subject, object, json));
    }
}
