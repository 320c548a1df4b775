// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.ORG;
import org.mercat.http.Caller;
import org.mercat.http.Caller.Role;
import org.mercat.ns.MC;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Resources;

/** The three kinds of party. Their ids are one space, the client ids; {@link #OPERATOR} is in it, too. */
public record Parties(Collection organizations, Collection providers, Collection consumers) {
    /** The client id of the operator, who is no party and has no public resource. */
    public static final String OPERATOR = "operator";

    /** The parties of a catalogue. @param baseIri ending in a slash */
    public static Parties of(String baseIri) {
        return new Parties(
                new Collection("organizations", ORG.Organization.asNode(), 1, baseIri),
                new Collection("providers", MC.Provider, 2, baseIri),
                new Collection("consumers", MC.Consumer, 2, baseIri));
    }

    /** The public resource of a client; empty for the operator and for nobody. */
    public Optional<Node> resourceOf(Caller client) {
        return collectionOf(client.role()).map(collection -> collection.resource(client.id()));
    }

    private Optional<Collection> collectionOf(Role role) {
        return switch (role) {
            case ORGANIZATION -> Optional.of(organizations);
            case PROVIDER -> Optional.of(providers);
            case CONSUMER -> Optional.of(consumers);
            case OPERATOR, ANYONE -> Optional.empty();
        };
    }

    /** Whether a resource's graph says that it is there and was not withdrawn. */
    public static boolean isLive(Graph graph, Node resource) {
        return !graph.isEmpty() && !Resources.isWithdrawn(graph, resource);
    }
}
