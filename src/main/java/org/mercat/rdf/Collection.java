// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;

/**
 * All resources of one class: where their IRIs lie and what their ids look like.
 *
 * @param name first segment of the path, for example {@code offerings}
 * @param type class of its members
 * @param segments how many parts an id has: {@code acme/parking} has two
 * @param baseIri the catalogue's base, ending in a slash
 */
public record Collection(String name, Node type, int segments, String baseIri) {
    private static final Pattern SEGMENT = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?");

    /** What an id's segment may be, in words. */
    public static final String SEGMENT_RULE =
            "1 to 64 of a-z 0-9 . _ - , first and last a letter or digit, not ending in a file type such as .ttl";

    /** IRI of the collection, ending in a slash. */
    public String iri() {
        return baseIri + name + "/";
    }

    /** IRI of a member. */
    public Node resource(String id) {
        return NodeFactory.createURI(iri() + id);
    }

    /** Id of a member; empty for any other node. */
    public Optional<String> idOf(Node resource) {
        return resource.isURI() && resource.getURI().startsWith(iri())
                ? Optional.of(resource.getURI().substring(iri().length())).filter(this::isId)
                : Optional.empty();
    }

    /** Whether that could be a member's id. */
    public boolean isId(String id) {
        String[] parts = id.split("/", -1);
        if (parts.length != segments) {
            return false;
        }
        for (String part : parts) {
            if (!SEGMENT.matcher(part).matches() || Syntax.endingOf(part).isPresent()) {
                return false;
            }
        }
        return true;
    }

    /** The singular, for messages. */
    public String memberName() {
        return type.getLocalName().toLowerCase(Locale.ROOT);
    }
}
