// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import org.apache.jena.graph.Node;
import org.mercat.http.Fault;

/** Something wrong with one property; without a value, with its absence. */
record Problem(Node property, Node value, String message) {
    /** Without a place in what was sent. */
    Fault fault(Node resource) {
        String shown = value == null ? null : value.toString();
        return new Fault(message, null, 0, 0, resource.toString(), property.toString(), shown, null, "violation");
    }
}
