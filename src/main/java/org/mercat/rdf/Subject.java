// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.Objects;
import org.apache.jena.graph.Node;

/**
 * The resource that a JSON body describes.
 *
 * @param iri its full IRI, {@code http://.../offerings/acme/parking/free-spaces}
 * @param id the part of the IRI behind the collection, {@code acme/parking/free-spaces}
 * @param type its class, an IRI node such as {@code mc:Offering}
 */
public record Subject(String iri, String id, Node type) {
    public Subject {
        Objects.requireNonNull(iri);
        Objects.requireNonNull(id);
        Objects.requireNonNull(type);
    }
}
