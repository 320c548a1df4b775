// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.apache.jena.graph.Node;

/**
 * Our JSON-LD context, compiled once: the only place that says how members of JSON and properties of RDF correspond.
 * Immutable.
 *
 * @see <a href="https://www.w3.org/TR/json-ld11/#the-context">JSON-LD 1.1, The Context</a>
 */
public final class JsonContext {
    /** The context's IRI whatever the catalogue; the same document as the catalogue's own. */
    public static final String PUBLISHED = "https://w3id.org/mercat/context/v1.jsonld";

    private final String text;
    private final String version;
    private final String iri;
    private final JsonScope scope;
    private final Map<Node, JsonTerm> children = new HashMap<>();

    private JsonContext(String text, String iri, JsonScope scope) {
        this.text = text;
        this.version = hash(JsonContext.class.getPackage().getImplementationVersion() + text);
        this.iri = iri;
        this.scope = scope;
        collectChildren(scope);
    }

    /**
     * Compiles a context.
     *
     * @param text of {@code context.jsonld}, in which {@code {base}} stands for the catalogue's base IRI
     * @param baseIri ends in a slash
     */
    public static JsonContext load(String text, String baseIri) {
        String own = text.replace("{base}", baseIri);
        JsonNode document =
                JsonText.object(own.getBytes(StandardCharsets.UTF_8)).path("@context");
        return new JsonContext(own, baseIri + "context/v1.jsonld", ContextCompiler.compile(JsonScope.EMPTY, document));
    }

    private void collectChildren(JsonScope within) {
        for (JsonTerm term : within.terms()) {
            if (term.kind == JsonTerm.Kind.NODE && children.put(term.predicate, term) == null) {
                collectChildren(term.inner);
            }
        }
    }

    /** The document to serve at {@link #iri}. */
    public String text() {
        return text;
    }

    /** Eight hex digits that change with the context and with the program: with what a graph becomes as text. */
    String version() {
        return version;
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** What our JSON says as its {@code @context}. */
    public String iri() {
        return iri;
    }

    /** All IRIs by which this context is known. */
    public Set<String> iris() {
        return Set.of(iri, PUBLISHED);
    }

    /** Namespace by prefix. */
    public Map<String, String> prefixes() {
        return scope.prefixes();
    }

    /** Of a whole resource. */
    JsonScope scope() {
        return scope;
    }

    /** How a property is called whose values are child nodes, {@code inputs} for {@code mc:input}; null for any other. */
    JsonTerm child(Node predicate) {
        return children.get(predicate);
    }

    /**
     * Whether JSON-LD would take the IRI for a prefix of ours with something behind it, such as {@code geo:41.4,2.2}.
     * Such an IRI can stand in RDF but not in our JSON.
     */
    public boolean isAmbiguous(String iri) {
        return !scope.expand(iri).equals(iri);
    }
}
