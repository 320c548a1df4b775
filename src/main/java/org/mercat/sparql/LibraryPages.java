// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.jena.graph.Node;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.expr.NodeValue;
import org.mercat.http.Failure;
import org.mercat.http.FailureException;
import org.mercat.http.Pages;
import org.mercat.rdf.ParameterType;
import org.mercat.rdf.Queries;
import org.mercat.rdf.QueryFile;
import org.mercat.rdf.QueryFile.Parameter;

/** The query library for people: a page that lists it, and a page for each query. */
final class LibraryPages {
    /** Rows of a page, where nobody says another number. */
    private static final int USUAL = 50;

    private static final String LANGUAGE = "lang"; // that the page is in; no parameter of a query is called so

    private final Pages pages;
    private final Map<String, String> prefixes;
    private final NodeLinks links;

    /** @param prefixes namespace by prefix, to read and to write IRIs with */
    LibraryPages(Pages pages, Map<String, String> prefixes, NodeLinks links) {
        this.pages = pages;
        this.prefixes = prefixes;
        this.links = links;
    }

    /** Runs a query of the library. */
    interface Asking {
        /** @throws FailureException if it is refused or stopped */
        QueryRunner.Rows rows(Query query, int most);
    }

    void list(Context ctx, Queries queries) {
        String words = Optional.ofNullable(ctx.queryParam("q")).orElse("");
        pages.answer(ctx, "queries", Map.of("folders", folders(queries, words), "words", words));
    }

    /** Those that have all words, by folder. */
    static List<QueryFolder> folders(Queries queries, String words) {
        List<String> wanted = Arrays.stream(lower(words).strip().split("\\s+")).toList();
        SortedMap<String, List<QueryFolder.Entry>> folders = new TreeMap<>();
        for (QueryFile file : queries.published()) {
            String text = lower(file.name() + " " + file.summary() + " " + file.description());
            if (wanted.stream().allMatch(text::contains)) {
                folders.computeIfAbsent(file.name().substring(0, file.name().indexOf('/')), name -> new ArrayList<>())
                        .add(new QueryFolder.Entry(
                                file.name(), file.summary(), file.description(), LibraryList.runnable(file)));
            }
        }
        return folders.entrySet().stream()
                .map(folder -> new QueryFolder(folder.getKey(), folder.getValue()))
                .toList();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Answers a query with its page; what is wrong stands there, too. */
    void answer(Context ctx, QueryFile file, Asking asking) {
        Map<String, List<String>> words = words(ctx, file);
        LibraryParameters.Reading reading = LibraryParameters.reading(file, words, prefixes);
        Optional<Failure> failure = Optional.empty();
        Optional<QueryPage.Table> table = Optional.empty();
        if (reading.faults().isEmpty()) {
            try {
                table = Optional.of(table(ctx, file, words, reading.parameters(), asking));
            } catch (FailureException e) {
                failure = Optional.of(e.failure());
            }
        }
        QueryPage page = new QueryPage(
                file.name(),
                file.summary(),
                file.description(),
                file.parameters().stream()
                        .map(parameter -> field(parameter, words, reading.faults()))
                        .toList(),
                table,
                failure.map(Failure::detail).or(() -> elsewhere(file, reading.faults())),
                sparql(file, reading),
                downloads(file, words),
                SparqlService.PATH + "?query=" + encoded(sparql(file, reading)));
        ctx.header("Vary", "Accept");
        pages.answer(ctx, "query", Map.of("page", page));
        table.ifPresent(rows -> ctx.header("Mercat-Revision", Long.toString(rows.revision())));
        int status = failure.map(Failure::status).orElse(reading.faults().isEmpty() ? 200 : 400);
        if (status >= 400) {
            ctx.status(status).removeHeader("ETag");
        }
    }

    /** What the address says to the query. A field of the form that was left empty says nothing, unless it is a text. */
    private static Map<String, List<String>> words(Context ctx, QueryFile file) {
        Map<String, List<String>> words = new LinkedHashMap<>(ctx.queryParamMap());
        words.remove(LANGUAGE);
        for (Parameter parameter : file.parameters()) {
            if (parameter.type() != ParameterType.STRING) {
                words.remove(parameter.name(), List.of(""));
            }
        }
        return words;
    }

    /** What is wrong with what has no field. */
    private static Optional<String> elsewhere(QueryFile file, Map<String, String> faults) {
        Map<String, String> others = new LinkedHashMap<>(faults);
        file.parameters().forEach(parameter -> others.remove(parameter.name()));
        return others.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", others.values()));
    }

    private static QueryPage.Field field(
            Parameter parameter, Map<String, List<String>> words, Map<String, String> faults) {
        String usual = parameter.fallback().map(LibraryParameters::text).orElse("");
        return new QueryPage.Field(
                parameter.name(),
                parameter.type().word(),
                words.getOrDefault(parameter.name(), List.of(usual)).get(0),
                usual.isEmpty() ? LibraryParameters.example(parameter.type()) : usual,
                parameter.fallback().isEmpty(),
                Optional.ofNullable(faults.get(parameter.name())));
    }

    private static String sparql(QueryFile file, LibraryParameters.Reading reading) {
        return reading.faults().isEmpty()
                ? file.bind(reading.parameters().values()).serialize()
                : LibraryList.runnable(file);
    }

    private static List<QueryPage.Download> downloads(QueryFile file, Map<String, List<String>> words) {
        String parameters = words.entrySet().stream()
                .filter(word -> !QueryFile.PAGING.contains(word.getKey()))
                .map(word -> word.getKey() + "=" + encoded(word.getValue().get(0)))
                .collect(Collectors.joining("&"));
        return Arrays.stream(RowFormat.values())
                .map(format -> new QueryPage.Download(
                        format == RowFormat.QUERY ? "SPARQL" : format.name(),
                        path(file) + "." + format.extension() + (parameters.isEmpty() ? "" : "?" + parameters)))
                .toList();
    }

    private static String path(QueryFile file) {
        return "/queries/" + file.name();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private QueryPage.Table table(
            Context ctx, QueryFile file, Map<String, List<String>> words, LibraryParameters parameters, Asking asking) {
        int most = parameters.limit().orElse(USUAL);
        Query query =
                LibraryRoutes.page(file, parameters, Optional.of(most + 1)); // one more tells whether there are more
        QueryRunner.Rows found = asking.rows(query, most + 1);
        List<Binding> rows = found.rows().subList(0, Math.min(most, found.rows().size()));
        List<Var> variables = file.query().getProjectVars();
        List<QueryPage.Column> columns = variables.stream()
                .map(variable -> new QueryPage.Column(variable.getVarName(), isNumber(variable, rows)))
                .toList();
        Map<String, String> known =
                new LinkedHashMap<>(file.query().getPrefixMapping().getNsPrefixMap());
        prefixes.forEach(known::putIfAbsent);
        return new QueryPage.Table(
                columns,
                rows.stream()
                        .map(row -> variables.stream()
                                .map(variable -> cell(row.get(variable), known))
                                .toList())
                        .toList(),
                parameters.offset() + 1,
                parameters.offset() == 0 ? "" : page(ctx, file, words, most, Math.max(0, parameters.offset() - most)),
                found.rows().size() <= most ? "" : page(ctx, file, words, most, parameters.offset() + most),
                found.revision(),
                file.chart().filter(chart -> rows.size() > 1).map(chart -> chart(chart, variables)));
    }

    private static boolean isNumber(Var variable, List<Binding> rows) {
        List<Node> values = rows.stream()
                .map(row -> row.get(variable))
                .filter(node -> node != null)
                .toList();
        return !values.isEmpty()
                && values.stream()
                        .allMatch(node ->
                                node.isLiteral() && NodeValue.makeNode(node).isNumber());
    }

    private QueryPage.Cell cell(Node value, Map<String, String> known) {
        if (value == null) {
            return new QueryPage.Cell("", "", null, null);
        }
        if (value.isURI()) {
            String name = links.name(value, known);
            return new QueryPage.Cell(
                    name, links.href(value), name.equals(value.getURI()) ? null : value.getURI(), null);
        }
        String language = value.isLiteral() ? value.getLiteralLanguage() : "";
        return new QueryPage.Cell(
                value.isLiteral() ? value.getLiteralLexicalForm() : "_:b",
                "",
                null,
                language.isEmpty() ? null : language);
    }

    private static QueryPage.Chart chart(QueryFile.Chart chart, List<Var> variables) {
        return new QueryPage.Chart(chart.kind(), column(variables, chart.x()), column(variables, chart.y()));
    }

    private static int column(List<Var> variables, String name) {
        return IntStream.range(0, variables.size())
                .filter(i -> variables.get(i).getVarName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String page(Context ctx, QueryFile file, Map<String, List<String>> words, int limit, int offset) {
        String language = ctx.queryParam(LANGUAGE);
        return path(file) + "?" + LibraryParameters.address(words, limit, offset)
                + (language == null ? "" : "&" + LANGUAGE + "=" + encoded(language));
    }
}
