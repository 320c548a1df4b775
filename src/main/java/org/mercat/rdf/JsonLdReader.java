// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.JsonLdVersion;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoaderOptions;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.json.JsonArray;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RiotException;
import org.apache.jena.riot.lang.LangJSONLD11;
import org.apache.jena.riot.system.ErrorHandlerFactory;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFWrapper;
import org.apache.jena.sparql.core.Quad;

/**
 * Reads JSON-LD with any context. Of remote contexts it knows ours only; it asks neither network nor disk.
 * Threads may share one.
 */
public final class JsonLdReader {
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** Each object may make the library work through a context again, up to a millisecond: as many at most. */
    private static final int MAX_OBJECTS = 2_000;

    private final JsonContext context;
    private final Document document;

    public JsonLdReader(JsonContext context) {
        this.context = context;
        try {
            this.document = JsonDocument.of(new StringReader(context.text()));
        } catch (JsonLdError e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads a document. Nodes are named as there, blank ones too.
     *
     * @param json UTF-8
     * @param baseIri for relative IRIs in it
     * @param triples takes what is read; may throw to end it
     * @throws Unreadable with line and column for a fault of the syntax; also for all that a JSON-LD processor would
     *     silently leave out: members that the context does not define, bad IRIs, named graphs
     */
    public void read(byte[] json, String baseIri, StreamRDF triples) {
        JsonNode tree = JsonText.value(json);
        checkNumbers(tree);
        if (objects(tree) > MAX_OBJECTS) {
            throw new Unreadable(new Fault("", "One resource may have " + MAX_OBJECTS + " JSON objects at most."));
        }
        JsonArray expanded = expand(tree, baseIri);
        ExpandedJsonLd.check(expanded);
        OneGraph graph = new OneGraph(triples);
        try {
            RDFParser.create()
                    .source(new StringReader(expanded.toString()))
                    .lang(Lang.JSONLD11)
                    .base(baseIri)
                    .set(LangJSONLD11.JSONLD_OPTIONS, options())
                    .errorHandler(ErrorHandlerFactory.errorHandlerSimple())
                    .parse(graph);
        } catch (RiotException e) {
            throw graph.refusal == null ? unreadable(e.getMessage()) : graph.refusal;
        }
    }

    private JsonArray expand(JsonNode tree, String baseIri) {
        JsonLdOptions options = options();
        options.setBase(URI.create(baseIri));
        try {
            String text = JsonText.MAPPER.writeValueAsString(tree);
            return JsonLd.expand(JsonDocument.of(new StringReader(text)))
                    .options(options)
                    .get();
        } catch (JsonLdError e) {
            throw unreadable(e.getMessage());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For other uses of the JSON-LD library: options that load our context and nothing else. */
    JsonLdOptions options() {
        JsonLdOptions options = new JsonLdOptions(this::load);
        options.setProcessingMode(JsonLdVersion.V1_1);
        options.setTimeout(LONGEST);
        options.setUndefinedTermsPolicy(JsonLdOptions.ProcessingPolicy.Fail);
        return options;
    }

    private Document load(URI url, DocumentLoaderOptions ignored) {
        if (context.iris().contains(url.toString())) {
            return document;
        }
        throw new Unreadable(new Fault(
                "",
                "The context <" + url + "> is not loaded: write the context itself into the document, or use "
                        + context.iri()));
    }

    /** The library would write 1e999999999 out in full. */
    private static void checkNumbers(JsonNode tree) {
        if (tree.isNumber() && JsonNumbers.exact(tree) == null) {
            throw new Unreadable(new Fault("", JsonNumbers.TOO_LARGE));
        }
        tree.forEach(JsonLdReader::checkNumbers);
    }

    private static int objects(JsonNode tree) {
        int count = tree.isObject() ? 1 : 0;
        for (JsonNode child : tree) {
            count += objects(child);
        }
        return count;
    }

    private static Unreadable unreadable(String why) {
        return new Unreadable(new Fault("", "This JSON-LD cannot be read: " + why));
    }

    /** Remembers what ended it, for the parser turns every exception into one of its own. */
    private static final class OneGraph extends StreamRDFWrapper {
        private RuntimeException refusal;

        OneGraph(StreamRDF triples) {
            super(triples);
        }

        @Override
        public void triple(Triple triple) {
            try {
                super.triple(triple);
            } catch (RuntimeException e) {
                refusal = e;
                throw e;
            }
        }

        @Override
        public void quad(Quad quad) {
            if (!quad.isDefaultGraph()) {
                refusal = new Unreadable(
                        new Fault("", "A resource is one graph, not a named graph: leave out @graph or its @id."));
                throw refusal;
            }
            triple(quad.asTriple());
        }
    }
}
