// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.jena.graph.Node;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.QueryParseException;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.syntax.syntaxtransform.QueryTransformOps;

/**
 * One question of the library: a {@code .rq} file, parsed.
 *
 * @param name path below {@code queries} without ending, for example {@code search/category}
 * @param summary what it answers, in a line
 * @param description what one must know to use it
 * @param audience for whom it is
 * @param parameters variables to bind
 * @param header all its {@code #+} lines but those of parameters, by their first word
 * @param query as parsed; it must not be changed
 */
public record QueryFile(
        String name,
        String summary,
        String description,
        String audience,
        List<Parameter> parameters,
        Map<String, String> header,
        Query query) {
    private static final Pattern HEADER = Pattern.compile("(?m)^#\\+ (\\w+): +(.+?) *$");
    private static final Pattern PARAMETER = Pattern.compile("\\?(\\w+) (\\w+)(?: (.+))?");

    /**
     * A variable that is bound before the query runs.
     *
     * @param fallback its value where none is given
     */
    public record Parameter(String name, ParameterType type, Optional<Node> fallback) {
        private static Parameter parse(String header) {
            Matcher parts = PARAMETER.matcher(header);
            if (!parts.matches()) {
                throw new IllegalArgumentException("\"" + header + "\": write ?name type default");
            }
            ParameterType type = ParameterType.of(parts.group(2));
            return new Parameter(
                    parts.group(1),
                    type,
                    Optional.ofNullable(parts.group(3)).map(text -> type.node(text.equals("\"\"") ? "" : text)));
        }
    }

    public QueryFile {
        parameters = List.copyOf(parameters);
        header = Map.copyOf(header);
    }

    /** @throws IllegalStateException naming the file, if it cannot be understood */
    static QueryFile parse(String path, String text) {
        Map<String, String> header = new HashMap<>();
        List<Parameter> parameters = new java.util.ArrayList<>();
        try {
            Matcher lines = HEADER.matcher(text);
            while (lines.find()) {
                if (lines.group(1).equals("param")) {
                    parameters.add(Parameter.parse(lines.group(2)));
                } else {
                    header.put(lines.group(1), lines.group(2));
                }
            }
            return new QueryFile(
                    path.replaceFirst("\\.rq$", ""),
                    header.getOrDefault("summary", ""),
                    header.getOrDefault("description", ""),
                    header.getOrDefault("audience", ""),
                    parameters,
                    header,
                    QueryFactory.create(text));
        } catch (QueryParseException | IllegalArgumentException e) {
            String fault = e.getMessage().lines().findFirst().orElse(""); // behind it, all that could stand there
            throw new IllegalStateException("queries/" + path + ": " + fault, e);
        }
    }

    /**
     * The query with its parameters replaced in its structure, never in its text.
     *
     * @param values by name of parameter; those left out take their default
     * @throws IllegalArgumentException for a value of another type, an unknown name, or none where there is no default
     */
    public Query bind(Map<String, Node> values) {
        Map<Var, Node> nodes = new HashMap<>();
        for (Parameter parameter : parameters) {
            Node value = Optional.ofNullable(values.get(parameter.name()))
                    .or(parameter::fallback)
                    .orElseThrow(() -> new IllegalArgumentException("?" + parameter.name() + " has no value"));
            if (!parameter.type().accepts(value)) {
                throw new IllegalArgumentException(
                        "?" + parameter.name() + " is of type " + parameter.type() + ", not " + value);
            }
            nodes.put(Var.alloc(parameter.name()), value);
        }
        if (!nodes.keySet().containsAll(values.keySet().stream().map(Var::alloc).toList())) {
            throw new IllegalArgumentException(name + " has no such parameter among " + values.keySet());
        }
        return QueryTransformOps.replaceVars(query, nodes);
    }
}
