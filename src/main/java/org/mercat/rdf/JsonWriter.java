// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;

/**
 * Writes the graph of a resource as JSON-LD in our context, the inverse of {@link JsonReader}: members in the order of
 * the context, IRIs as short as they can be, properties outside the context under their (compact) IRI, so that nothing
 * is lost. Immutable; threads may share one.
 */
public final class JsonWriter {
    /** {@code "name": value}, as people write it. */
    private static final Separators SEPARATORS =
            Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);

    private final JsonContext context;
    private final boolean pretty;
    private final boolean childIds;

    /** A writer of compact JSON whose children have no {@code @id}. */
    public JsonWriter(JsonContext context) {
        this(context, false, false);
    }

    private JsonWriter(JsonContext context, boolean pretty, boolean childIds) {
        this.context = context;
        this.pretty = pretty;
        this.childIds = childIds;
    }

    /** The same with indentation. */
    public JsonWriter pretty() {
        return new JsonWriter(context, true, childIds);
    }

    /**
     * The same with the {@code @id} of every child, for application/ld+json: without it a processor reads children that
     * are named by their pointer as blank nodes, and only {@link JsonReader} gives them their names back.
     */
    public JsonWriter withChildIds() {
        return new JsonWriter(context, pretty, true);
    }

    /**
     * Writes everything that the graph says.
     *
     * @param resource an IRI, the subject that becomes the outermost object
     * @return UTF-8
     * @throws IllegalArgumentException for a graph with what JSON-LD cannot say: triple terms, and IRIs that
     *     {@link JsonContext#isAmbiguous}
     */
    public byte[] write(Graph graph, Node resource) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        try (JsonGenerator generator = JsonText.MAPPER.createGenerator(out, JsonEncoding.UTF8)) {
            if (pretty) {
                DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
                generator.setPrettyPrinter(new DefaultPrettyPrinter(SEPARATORS)
                        .withObjectIndenter(indenter)
                        .withArrayIndenter(indenter));
            }
            new BodyWriter(context, graph, generator, childIds).write(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
