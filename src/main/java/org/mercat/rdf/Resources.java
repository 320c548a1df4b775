// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.vocabulary.RDF;
import org.mercat.ns.MC;

/**
 * Single resources as bytes, ready to send. A view of the store: what is written is forgotten here before its writer is
 * answered, so that nobody reads behind his own write.
 */
public final class Resources {
    /** Bytes of ready answers; an offering has some 3,000 in each syntax. */
    private static final long CACHED = 64 << 20;

    private final Function<Node, Graph> graphs;
    private final Documents documents;
    private final Cache<Key, Document> cache;
    private final boolean isCached;

    private record Key(Node resource, Syntax syntax) {}

    /**
     * A resource in one syntax.
     *
     * @param revision of its last change
     * @param withdrawn that it was, and when is all that is left of it
     * @param isPrivate whether it is out of the ledger, and not for everybody
     */
    public record Document(byte[] content, long revision, boolean withdrawn, boolean isPrivate) {}

    public Resources(Store store, Documents documents) {
        this(store, documents, CACHED);
    }

    /** Those of the ledger, which are read each time. */
    public static Resources ofLedger(Store store, Documents documents) {
        return ofLedger(store::ledgerGraph, documents);
    }

    /** Those of the ledger as somebody may see them. */
    public static Resources ofLedger(Function<Node, Graph> graphs, Documents documents) {
        return new Resources(graphs, documents, 0);
    }

    Resources(Store store, Documents documents, long cached) {
        this(store::graph, documents, cached);
        store.listen(this::forget);
    }

    private Resources(Function<Node, Graph> graphs, Documents documents, long cached) {
        this.graphs = graphs;
        this.documents = documents;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(cached)
                .weigher((Key key, Document document) -> document.content().length + 500)
                .build();
        this.isCached = cached > 0;
    }

    private void forget(Commit commit) {
        for (Commit.Patch patch : commit.patches()) {
            for (Syntax syntax : Syntax.values()) {
                cache.invalidate(new Key(patch.graph(), syntax)); // waits for a read of it under way
            }
        }
    }

    /** The resource in that syntax; empty if there never was one. */
    public Optional<Document> find(Node resource, Syntax syntax) {
        Key wanted = new Key(resource, syntax);
        return isCached ? Optional.ofNullable(cache.get(wanted, key -> load(key).orElse(null))) : load(wanted);
    }

    private Optional<Document> load(Key key) {
        return graph(key.resource).map(graph -> {
            long revision = revisionOf(graph, key.resource).orElse(0L);
            byte[] content = documents.write(graph, key.resource, key.syntax);
            return new Document(content, revision, isWithdrawn(graph, key.resource), !isCached);
        });
    }

    /** The resource's graph, not to be changed; empty if there never was one. */
    public Optional<Graph> graph(Node resource) {
        return Optional.of(graphs.apply(resource)).filter(graph -> !graph.isEmpty());
    }

    /** Whether the graph says that its resource was withdrawn. */
    public static boolean isWithdrawn(Graph graph, Node resource) {
        return graph.contains(resource, RDF.Nodes.type, MC.Withdrawn);
    }

    /** An instant as it stands in a resource. */
    public static Node time(Instant instant) {
        return NodeFactory.createLiteralDT(instant.toString(), XSDDatatype.XSDdateTime);
    }

    /** Whether a time in a resource is after an instant; not, if it is one that Java has not, such as 24:00:00. */
    public static boolean isAfter(Node time, Instant instant) {
        try {
            return OffsetDateTime.parse(time.getLiteralLexicalForm())
                    .toInstant()
                    .isAfter(instant);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** The revision of a resource's last change as its graph says; empty if there is none. */
    public static Optional<Long> revisionOf(Graph graph, Node resource) {
        return graph.find(resource, MC.revision, Node.ANY)
                .nextOptional()
                .map(triple -> Long.parseLong(triple.getObject().getLiteralLexicalForm()));
    }
}
