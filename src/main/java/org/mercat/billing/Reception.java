// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.mercat.http.Bodies;
import org.mercat.http.Caller;
import org.mercat.http.Failure;
import org.mercat.http.Fault;
import org.mercat.http.Registrar;
import org.mercat.http.Rules;
import org.mercat.rdf.Acceptance;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Store;
import org.mercat.rdf.Submission;
import org.mercat.rdf.Syntax;

/** Takes what is sent in any syntax, if the shapes accept it. Who may send it is not asked here. */
record Reception(Store store, Documents documents, Supplier<Acceptance> acceptance) {
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    /** What a request says of a resource; nothing at all is an empty object. @throws RuntimeException if it is refused */
    Submission take(Context ctx, Collection collection, Node node) {
        byte[] body = Bodies.read(ctx, Bodies.RESOURCE_LIMIT);
        return body.length == 0
                ? take(NOTHING, Syntax.JSON, collection, node)
                : take(body, Bodies.syntax(ctx), collection, node);
    }

    /** What a part of a body says of a resource. */
    Submission take(ObjectNode json, Collection collection, Node node) {
        return take(json.toString().getBytes(StandardCharsets.UTF_8), Syntax.JSON, collection, node);
    }

    private Submission take(byte[] body, Syntax syntax, Collection collection, Node node) {
        Submission sent = documents.read(body, syntax, collection, node);
        check(sent, collection, (caller, id) -> {});
        return sent;
    }

    /** @throws org.mercat.http.FailureException if the shapes or the rules refuse it */
    void check(Submission sent, Collection collection, Rules rules) {
        new Registrar(store, acceptance, collection, rules).check(Caller.ANYONE, sent);
    }

    /** What refuses a property of a node at its place. @param property or null for the node as a whole */
    static RuntimeException refused(Submission sent, Node focus, Node property, String message) {
        var place = sent.locator().fault(focus, property, null, message);
        return new Failure.Invalid(message, List.of(Fault.at(place.pointer(), place.line(), place.column(), message)))
                .asException();
    }
}
