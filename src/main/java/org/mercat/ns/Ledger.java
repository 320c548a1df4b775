// SPDX-License-Identifier: Apache-2.0
package org.mercat.ns;

import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;

/**
 * Properties of the private database. Parties see those of their own graphs at {@code /ledger/sparql}, which
 * {@code docs/data.md} describes; they say how this catalogue works and are no terms of a vocabulary. A constant has the
 * local name of its property.
 */
public final class Ledger {
    /** What all of them begin with. */
    public static final String NS = "urn:mercat:ledger:";

    // credentials of a client
    public static final Node credential = property("credential");
    public static final Node role = property("role");
    public static final Node secretHash = property("secretHash");

    // webhooks of demands
    public static final Node url = property("url");
    public static final Node secret = property("secret");

    // deliveries to webhooks that have failed
    public static final Node delivery = property("delivery");
    public static final Node event = property("event");
    public static final Node body = property("body");
    public static final Node attempts = property("attempts");
    public static final Node failure = property("failure");
    public static final Node nextAttempt = property("nextAttempt");
    public static final Node since = property("since");

    // how far demands have been told
    public static final Node position = property("position");

    private Ledger() {}

    private static Node property(String localName) {
        return NodeFactory.createURI(NS + localName);
    }
}
