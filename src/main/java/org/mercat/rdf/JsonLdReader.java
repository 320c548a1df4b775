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
     * Reads a document.
     *
     * @param json UTF-8
     * @param baseIri for relative IRIs in it
     * @return the nodes as the document names them, blank ones too; named graphs are left out
     * @throws JsonFaults with one fault, with line and column if it is one of the syntax
     */
    public Graph read(byte[] json, String baseIri) {
        JsonNode tree = JsonText.value(json);
        checkNumbers(tree);
        Graph graph = GraphFactory.createDefaultGraph();
        try {
            RDFParser.create()
                    .source(new ByteArrayInputStream(JsonText.MAPPER.writeValueAsBytes(tree)))
                    .lang(Lang.JSONLD11)
                    .base(baseIri)
                    .set(LangJSONLD11.JSONLD_OPTIONS, options())
                    .errorHandler(ErrorHandlerFactory.errorHandlerStrictNoLogging)
                    .parse(graph);
            return graph;
        } catch (RiotException e) {
            throw new JsonFaults(new Fault("", "This JSON-LD cannot be read: " + message(e)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For other uses of the JSON-LD library: options that load our context and nothing else. */
    JsonLdOptions options() {
        JsonLdOptions options = new JsonLdOptions((DocumentLoader) this::load);
        options.setTimeout(LONGEST);
        return options;
    }

    private Document load(URI url, DocumentLoaderOptions ignored) throws JsonLdError {
        if (context.iris().contains(url.toString())) {
            return document;
        }
        throw new JsonLdError(
                JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED,
                "the context <" + url + "> is not loaded. Write the context itself into the document, or use " + context.iri());
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
