// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.mercat.search.OfferingPage.Datum;
import org.mercat.search.OfferingPage.Duty;
import org.mercat.search.OfferingPage.Fact;
import org.mercat.search.OfferingView.Named;

/** Makes the page of an offering. For one request. */
final class OfferingPageBuilder {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ODRL = "http://www.w3.org/ns/odrl/2/";
    private static final int FEW = 6;

    private final Lexicon lexicon;
    private final Words words;
    private final String baseIri;
    private final String language;
    private final Function<Criteria, Search.Page> search;
    private final OfferingViews views;

    OfferingPageBuilder(Lexicon lexicon, String baseIri, String language, Function<Criteria, Search.Page> search) {
        this.lexicon = lexicon;
        this.words = lexicon.words();
        this.baseIri = baseIri;
        this.language = language;
        this.search = search;
        this.views = new OfferingViews(words, language);
    }

    OfferingPage build(byte[] json) {
        JsonNode offering = OfferingViews.read(json);
        String id = offering.path("id").asText();
        OfferingView view = views.of(json);
        JsonNode endpoint = OfferingViews.all(offering.path("endpoint")).stream()
                .findFirst()
                .orElse(offering.path("endpoint"));
        List<Datum> inputs = data(offering.path("inputs"));
        String url = endpoint.path("url").asText();
        return new OfferingPage(
                baseIri,
                id,
                view,
                data(offering.path("outputs")),
                inputs,
                url,
                term(Key.PROTOCOL, endpoint.path("protocol")),
                call(url, endpoint.path("protocol").asText(), inputs),
                facts(offering),
                duties(offering.path("licence")),
                similar(id, offering),
                before(id, offering),
                after(id, offering),
                schemaOrg(id, offering, view));
    }

    private Optional<Named> term(Key key, JsonNode word) {
        return word.isTextual() ? words.iri(word.asText(), key.namespace()).map(views::named) : Optional.empty();
    }

    private List<Datum> data(JsonNode sent) {
        return OfferingViews.all(sent).stream().map(this::datum).toList();
    }

    private Datum datum(JsonNode datum) {
        String least = datum.path("minimum").asText();
        String most = datum.path("maximum").asText();
        return new Datum(
                datum.path("name").asText(),
                term(Key.OUTPUT, datum.path("semanticType")),
                term(Key.VALUE_TYPE, datum.path("valueType")),
                term(Key.UNIT, datum.path("unit")),
                datum.path("required").asBoolean(true),
                range(least, most),
                data(datum.path("members")));
    }

    private static String range(String least, String most) {
        if (least.isEmpty()) {
            return most.isEmpty() ? "" : "≤ " + most;
        }
        return most.isEmpty() ? "≥ " + least : least + " … " + most;
    }

    /** Asks by the inputs that are required; the others can be added. */
    private static Optional<String> call(String url, String protocol, List<Datum> inputs) {
        if (url.isEmpty() || !protocol.startsWith("HTTP_")) {
            return Optional.empty();
        }
        String method = protocol.substring("HTTP_".length());
        String values = inputs.stream()
                .filter(Datum::isRequired)
                .map(input -> URLEncoder.encode(input.name(), StandardCharsets.UTF_8) + "=…")
                .collect(Collectors.joining("&"));
        String address =
                values.isEmpty() || !method.equals("GET") ? url : url + (url.contains("?") ? "&" : "?") + values;
        return Optional.of("curl" + (method.equals("GET") ? "" : " -X " + method)
                + " -H \"Authorization: Bearer $TOKEN\" '" + address.replace("'", "%27") + "'");
    }

    private List<Fact> facts(JsonNode offering) {
        List<Fact> facts = new ArrayList<>();
        for (Key key : List.of(Key.SEGMENT, Key.KIND)) {
            term(key, offering.path(key.word())).ifPresent(its -> facts.add(new Fact(key.word(), "", List.of(its))));
        }
        if (offering.path("restricted").asBoolean()) {
            List<Named> some = OfferingViews.all(offering.path("accessList")).stream()
                    .map(JsonNode::asText)
                    .map(id -> new Named(id, "/organizations/" + id))
                    .toList();
            facts.add(new Fact("restricted", some.isEmpty() ? "✓" : "", some));
        }
        for (JsonNode tariff : OfferingViews.all(offering.path("price"))) {
            if (tariff.has("freeQuota")) {
                facts.add(new Fact("freeQuota", tariff.path("freeQuota").asText(), List.of()));
            }
        }
        for (JsonNode source : OfferingViews.all(offering.path("derivedFrom"))) {
            String id = source.asText();
            facts.add(new Fact("derivedFrom", "", List.of(new Named(id, id.contains(":") ? id : "/offerings/" + id))));
        }
        for (JsonNode period : OfferingViews.all(offering.path("temporal"))) {
            facts.add(new Fact(
                    "temporal", day(period.path("startDate")) + " … " + day(period.path("endDate")), List.of()));
        }
        for (String time : List.of("activeUntil", "created", "modified")) {
            if (offering.path(time).isTextual()) {
                facts.add(new Fact(time, day(offering.path(time)), List.of()));
            }
        }
        return facts;
    }

    private static String day(JsonNode time) {
        return time.asText().replaceFirst("T.*", "");
    }

    /** What the licence permits, asks and forbids, as the vocabulary of licences says. */
    private List<Duty> duties(JsonNode licence) {
        Graph graph = lexicon.terms().graph();
        return words.iri(licence.asText(), Key.LICENCE.namespace()).stream()
                .flatMap(node -> List.of("permission", "duty", "prohibition").stream()
                        .map(kind -> new Duty(kind, actions(graph, node, kind))))
                .filter(duty -> !duty.actions().isEmpty())
                .toList();
    }

    private List<String> actions(Graph graph, Node licence, String kind) {
        List<Node> rules = objects(graph, List.of(licence), kind.equals("duty") ? "permission" : kind);
        if (kind.equals("duty")) {
            rules = objects(graph, rules, "duty");
        }
        return objects(graph, rules, "action").stream()
                .filter(Node::isURI)
                .map(Node::getLocalName)
                .distinct()
                .sorted()
                .toList();
    }

    private static List<Node> objects(Graph graph, List<Node> subjects, String property) {
        Node named = NodeFactory.createURI(ODRL + property);
        return subjects.stream()
                .flatMap(subject -> graph.find(subject, named, Node.ANY).mapWith(Triple::getObject).toList().stream())
                .toList();
    }

    private List<OfferingView> similar(String id, JsonNode offering) {
        return found(id, Map.of(Key.CATEGORY.word(), texts(offering.path("category"))));
    }

    /** Of each type that it cannot do without, who gives it. */
    private List<OfferingView> before(String id, JsonNode offering) {
        List<OfferingView> found = new ArrayList<>();
        for (String type : types(offering.path("inputs"), true)) {
            found.addAll(found(id, Map.of(Key.OUTPUT.word(), List.of(type))));
        }
        return found.stream().distinct().limit(FEW).toList();
    }

    /** Who needs something and can do with what this gives. */
    private List<OfferingView> after(String id, JsonNode offering) {
        return found(id, Map.of(Key.INPUT.word(), types(offering.path("outputs"), false)));
    }

    private static List<String> texts(JsonNode words) {
        return OfferingViews.all(words).stream().map(JsonNode::asText).toList();
    }

    private static List<String> types(JsonNode data, boolean required) {
        Set<String> types = new LinkedHashSet<>();
        for (JsonNode datum : OfferingViews.all(data)) {
            if (!required || datum.path("required").asBoolean(true)) {
                OfferingViews.all(datum.path("semanticType")).forEach(type -> types.add(type.asText()));
            }
        }
        return types.stream().filter(type -> !type.isEmpty()).limit(FEW).toList();
    }

    private List<OfferingView> found(String id, Map<String, List<String>> parameters) {
        if (parameters.values().stream().anyMatch(List::isEmpty)) {
            return List.of();
        }
        Criteria criteria = new CriteriaReader(lexicon, baseIri, FEW + 1, Criteria.MOST)
                .read(parameters)
                .criteria();
        return search.apply(criteria).hits().stream()
                .map(hit -> views.of(hit.json()))
                .filter(other -> !other.href().equals("/offerings/" + id))
                .limit(FEW)
                .toList();
    }

    /** @see <a href="https://schema.org/Dataset">schema.org, Dataset</a> */
    private String schemaOrg(String id, JsonNode offering, OfferingView view) {
        ObjectNode json = JSON.createObjectNode();
        json.put("@context", "https://schema.org/");
        json.put("@type", offering.path("kind").asText().equals("function") ? "WebAPI" : "Dataset");
        json.put("@id", baseIri + "offerings/" + id).put("url", baseIri + "offerings/" + id);
        json.put("name", view.title().text());
        view.description().ifPresent(text -> json.put("description", text.text()));
        json.putObject("provider")
                .put("@type", "Organization")
                .put("name", view.provider().label());
        words.iri(offering.path("licence").asText(), Key.LICENCE.namespace())
                .ifPresent(licence -> json.put("license", licence.toString()));
        view.categories().forEach(category -> json.withArray("keywords").add(category.label()));
        view.places()
                .forEach(place -> json.withArray("spatialCoverage")
                        .addObject()
                        .put("@type", "Place")
                        .put("name", place));
        for (JsonNode tariff : OfferingViews.all(offering.path("price"))) {
            json.withArray("offers")
                    .addObject()
                    .put("@type", "Offer")
                    .put("price", tariff.path("price").asText("0"))
                    .put("priceCurrency", tariff.path("currency").asText("EUR"));
        }
        return json.toString().replace("<", "\\u003c");
    }
}
