// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import org.apache.jena.graph.Triple;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFWrapper;
import org.apache.jena.sparql.core.Quad;

/** Stops a reader that brings more triples than one resource may have, and one that brings named graphs. */
final class LimitedStream extends StreamRDFWrapper {
    /** The largest offerings seen in practice have some 300. */
    static final int MAX_TRIPLES = 5_000;

    private int count;

    LimitedStream(StreamRDF target) {
        super(target);
    }

    @Override
    public void triple(Triple triple) {
        if (++count > MAX_TRIPLES) {
            throw new Unreadable("One resource may have " + MAX_TRIPLES + " triples at most.", 0, 0);
        }
        super.triple(triple);
    }

    @Override
    public void quad(Quad quad) {
        throw new Unreadable("Send the resource's triples without a named graph.", 0, 0);
    }
}
