// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.DCTerms;

/** Terms as plain JSON. */
public final class TermAnswer {
    private TermAnswer() {}

    /**
     * A term that a search found.
     *
     * @param meant the name by which it was found, where that is not its label
     * @param replacements of a deprecated term
     */
    public record Hit(
            Link term,
            TermKind kind,
            String vocabulary,
            Optional<Text> definition,
            Optional<Text> meant,
            List<Link> replacements,
            double similarity) {}

    static Hit hit(Glossary glossary, TermSearch.Found found, String language) {
        Link link = Link.to(glossary, found.term(), language);
        List<Node> replacements = glossary.graph()
                .find(found.term(), DCTerms.isReplacedBy.asNode(), Node.ANY)
                .mapWith(triple -> triple.getObject())
                .filterKeep(Node::isURI)
                .toList();
        return new Hit(
                link,
                glossary.kind(found.term()),
                glossary.place(found.term()).map(Glossary.Place::vocabulary).orElse(""),
                Text.best(glossary.graph(), found.term(), Text.DEFINITIONS, language),
                Optional.of(found.name())
                        .filter(name -> !name.text().equals(link.label().text())),
                TermPageBuilder.links(glossary, replacements, language),
                found.similarity());
    }

    static Map<String, Object> json(Hit hit) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("iri", hit.term.iri());
        json.put("name", Glossary.localName(hit.term.iri()));
        json.put("label", hit.term.label().text());
        json.put("kind", hit.kind.word());
        json.put("vocabulary", hit.vocabulary);
        json.put("page", hit.term.href());
        hit.definition.ifPresent(definition -> json.put("definition", definition.text()));
        hit.meant.ifPresent(name -> json.put("matched", name.text()));
        if (hit.term.isDeprecated()) {
            json.put("deprecated", true);
            json.put("replacedBy", hit.replacements.stream().map(Link::iri).toList());
        }
        json.put("similarity", Math.round(hit.similarity * 1e4) / 1e4);
        return json;
    }

    static ObjectNode json(TermPage page, String language) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("iri", page.term().iri())
                .put("name", Glossary.localName(page.term().iri()))
                .put("kind", page.kind().word())
                .put("label", page.term().label().text())
                .put("language", language)
                .put("vocabulary", page.vocabulary().iri())
                .put("version", page.version());
        ObjectNode labels = json.putObject("labels");
        page.labels().forEach(label -> labels.put(label.language(), label.text()));
        page.definition().ifPresent(definition -> json.put("definition", definition.text()));
        if (page.term().isDeprecated()) {
            json.put("deprecated", true);
            iris(json.putArray("replacedBy"), page.replacements());
        }
        ArrayNode paths = json.putArray("paths");
        page.paths().forEach(path -> iris(paths.addArray(), path));
        iris(json.putArray("narrower"), page.narrower());
        ObjectNode alignments = json.putObject("alignments");
        page.alignments().forEach(alike -> iris(alignments.putArray(alike.word()), alike.links()));
        ArrayNode uses = json.putArray("uses");
        page.uses()
                .forEach(use -> uses.addObject()
                        .put("as", use.parameter())
                        .put("direct", use.direct())
                        .put("withNarrower", use.withNarrower()));
        ArrayNode history = json.putArray("history");
        page.history()
                .forEach(event -> history.addObject()
                        .put("version", event.version())
                        .put("what", event.what())
                        .put("details", event.details()));
        return json;
    }

    private static void iris(ArrayNode array, List<Link> links) {
        links.forEach(link -> array.add(link.iri()));
    }
}
