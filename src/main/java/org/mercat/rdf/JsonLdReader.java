// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import com.apicatalog.jsonld.loader.DocumentLoaderOptions;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RiotException;
import org.apache.jena.riot.lang.LangJSONLD11;
import org.apache.jena.riot.system.ErrorHandlerFactory;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFLib;
import org.apache.jena.riot.system.StreamRDFWrapper;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.graph.GraphFactory;

/**
 * Reads JSON-LD with any context. Of remote contexts it knows ours only; it asks neither network nor disk.
 * Threads may share one.
 */
public final class JsonLdReader {
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final JsonContext context;
    private final Document document;

    public JsonLdReader(JsonContext context) {
        this.context = context;
        try {
            this.document = JsonDocument.of(new StringReader(context.text()));
        } catch (JsonLdError e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * Reads a document into a new graph.
     *
     * @see #read(byte[], String, StreamRDF)
     */
    public Graph read(byte[] json, String baseIri) {
        Graph graph = GraphFactory.createDefaultGraph();
        read(json, baseIri, StreamRDFLib.graph(graph));
        return graph;
    }

    /**
     * Reads a document. Nodes are named as there, blank ones too.
     *
     * @param json UTF-8
     * @param baseIri for relative IRIs in it
     * @param triples takes what is read; may throw to end it
     * @throws JsonFaults with one fault, with line and column if it is one of the syntax; for members that the context
     *     does not define and for named graphs too, which would be lost otherwise
     */
    public void read(byte[] json, String baseIri, StreamRDF triples) {
        JsonNode tree = JsonText.value(json);
        checkNumbers(tree);
        try {
            RDFParser.create()
                    .source(new ByteArrayInputStream(JsonText.MAPPER.writeValueAsBytes(tree)))
                    .lang(Lang.JSONLD11)
                    .base(baseIri)
                    .set(LangJSONLD11.JSONLD_OPTIONS, options())
                    .errorHandler(ErrorHandlerFactory.errorHandlerSimple())
                    .parse(new OneGraph(triples));
        } catch (RiotException e) {
            throw new JsonFaults(new Fault("", "This JSON-LD cannot be read: " + message(e)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class OneGraph extends StreamRDFWrapper {
        OneGraph(StreamRDF triples) {
            super(triples);
        }

        @Override
        public void quad(Quad quad) {
            if (!quad.isDefaultGraph()) {
                throw new JsonFaults(
                        new Fault("", "A resource is one graph: leave the named graph (@graph with @id) out."));
            }
            triple(quad.asTriple());
        }
    }

    /** For other uses of the JSON-LD library: options that load our context and nothing else. */
    JsonLdOptions options() {
        JsonLdOptions options = new JsonLdOptions((DocumentLoader) this::load);
        options.setTimeout(LONGEST);
        options.setUndefinedTermsPolicy(JsonLdOptions.ProcessingPolicy.Fail);
        return options;
    }

    private Document load(URI url, DocumentLoaderOptions ignored) throws JsonLdError {
        if (context.iris().contains(url.toString())) {
            return document;
        }
        throw new JsonLdError(
                JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED,
                "the context <" + url + "> is not loaded. Write the context itself into the document, or use "
                        + context.iri());
    }

    /** The library would write 1e999999999 out in full. */
    private static void checkNumbers(JsonNode tree) {
        if (tree.isNumber() && JsonNumbers.exact(tree) == null) {
            throw new JsonFaults(new Fault("", JsonNumbers.TOO_LARGE));
        }
        tree.forEach(JsonLdReader::checkNumbers);
    }

    private static String message(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }
}
