// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.util.Optional;
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

    private final Store store;
    private final Documents documents;
    private final Cache<Key, Document> cache;

    private record Key(Node resource, Syntax syntax) {}

    /**
     * A resource in one syntax.
     *
     * @param revision of its last change
     * @param withdrawn that it was, and when is all that is left of it
     */
    public record Document(byte[] content, long revision, boolean withdrawn) {}

    public Resources(Store store, Documents documents) {
        this(store, documents, CACHED);
    }

    Resources(Store store, Documents documents, long cached) {
        this.store = store;
        this.documents = documents;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(cached)
                .weigher((Key key, Document document) -> document.content().length + 500)
                .build();
        store.listen(this::forget);
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
        return Optional.ofNullable(
                cache.get(new Key(resource, syntax), key -> load(key).orElse(null)));
    }

    private Optional<Document> load(Key key) {
        return graph(key.resource).map(graph -> {
            long revision = revisionOf(graph, key.resource).orElse(0L);
            byte[] content = documents.write(graph, key.resource, key.syntax);
            return new Document(content, revision, isWithdrawn(graph, key.resource));
        });
    }

    /** The resource's graph, not to be changed; empty if there never was one. */
    public Optional<Graph> graph(Node resource) {
        return Optional.of(store.graph(resource)).filter(graph -> !graph.isEmpty());
    }

    /** Whether the graph says that its resource was withdrawn. */
    public static boolean isWithdrawn(Graph graph, Node resource) {
        return graph.contains(resource, RDF.Nodes.type, MC.Withdrawn);
    }

    /** An instant as it stands in a resource. */
    public static Node time(Instant instant) {
        return NodeFactory.createLiteralDT(instant.toString(), XSDDatatype.XSDdateTime);
    }

    /** The revision of a resource's last change as its graph says; empty if there is none. */
    public static Optional<Long> revisionOf(Graph graph, Node resource) {
        return graph.find(resource, MC.revision, Node.ANY)
                .nextOptional()
                .map(triple -> Long.parseLong(triple.getObject().getLiteralLexicalForm()));
    }
}
