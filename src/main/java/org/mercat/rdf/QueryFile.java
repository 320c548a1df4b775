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
import org.apache.jena.sparql.algebra.Algebra;
import org.apache.jena.sparql.algebra.OpVisitorBase;
import org.apache.jena.sparql.algebra.op.OpService;
import org.apache.jena.sparql.algebra.walker.Walker;
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
    /** In place of bytes that are not UTF-8. */
    private static final char UNREADABLE = '\uFFFD';

    private static final Pattern HEADER = Pattern.compile("(?m)^#\\+ (\\w+): +(.+?) *$");
    private static final Pattern PARAMETER = Pattern.compile("\\?(\\w+) (\\w+)(?: (.+))?");
    private static final Pattern PUBLIC_NAME = Pattern.compile("[a-z0-9-]+/[a-z0-9-]+");
    private static final Pattern PLACE = Pattern.compile("(?i)\\bline:? (\\d+)");
    private static final String PUBLIC = "public";

    /** What the address of a public query says besides: how much of its answer is wanted. */
    public static final List<String> PAGING = List.of("limit", "offset");

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

    /** How its rows can be drawn: {@code bar}, {@code line} or {@code scatter}, and the variables of both axes. */
    public record Chart(String kind, String x, String y) {
        private static final Pattern HEADER = Pattern.compile("(bar|line|scatter) (\\w+) (\\w+)");

        private static Chart parse(String header) {
            Matcher parts = HEADER.matcher(header);
            if (!parts.matches()) {
                throw new IllegalArgumentException("chart \"" + header
                        + "\": write bar, line or scatter, and the names of two variables: bar category offerings");
            }
            return new Chart(parts.group(1), parts.group(2), parts.group(3));
        }
    }

    public QueryFile {
        parameters = List.copyOf(parameters);
        header = Map.copyOf(header);
    }

    /** Whether everybody may ask it by its name. */
    public boolean isPublic() {
        return audience.equals(PUBLIC);
    }

    /** How its rows can be drawn, if that helps. */
    public Optional<Chart> chart() {
        return Optional.ofNullable(header.get("chart")).map(Chart::parse);
    }

    /** @throws Misunderstood naming the file, if it cannot be understood */
    static QueryFile parse(String path, String text) {
        int line = 0;
        Map<String, String> header = new HashMap<>();
        List<Parameter> parameters = new java.util.ArrayList<>();
        try {
            int unreadable = text.indexOf(UNREADABLE);
            if (unreadable >= 0) {
                line = lineAt(text, unreadable);
                throw new IllegalArgumentException("is not UTF-8: write it in that encoding");
            }
            Matcher lines = HEADER.matcher(text);
            while (lines.find()) {
                line = lineAt(text, lines.start());
                if (lines.group(1).equals("param")) {
                    parameters.add(Parameter.parse(lines.group(2)));
                } else {
                    header.put(lines.group(1), lines.group(2));
                }
            }
            line = 0;
            QueryFile file = new QueryFile(
                    path.replaceFirst("\\.rq$", ""),
                    header.getOrDefault("summary", ""),
                    header.getOrDefault("description", ""),
                    header.getOrDefault("audience", ""),
                    parameters,
                    header,
                    QueryFactory.create(text));
            if (file.isPublic()) {
                file.mustBeGoodForAll();
            }
            return file;
        } catch (QueryParseException e) {
            throw new Misunderstood(path, lineOf(e), firstLine(e), e);
        } catch (IllegalArgumentException e) {
            throw new Misunderstood(path, line, firstLine(e), e);
        }
    }

    /** The parser's own line is that of the last word that it understood. */
    private static int lineAt(String text, int place) {
        return 1 + (int) text.substring(0, place).chars().filter(c -> c == '\n').count();
    }

    private static int lineOf(QueryParseException e) {
        Matcher place = PLACE.matcher(firstLine(e));
        return place.find() ? Integer.parseInt(place.group(1)) : Math.max(e.getLine(), 0);
    }

    /** Behind it, all that could stand there. */
    private static String firstLine(Exception e) {
        return e.getMessage().lines().findFirst().orElse("");
    }

    private void mustBeGoodForAll() {
        must(
                PUBLIC_NAME.matcher(name).matches(),
                "is public: put it into a folder of queries, its name in small letters");
        must(!summary.isBlank(), "is public: say what it answers, #+ summary: ...");
        must(!description.isBlank(), "is public: say what one must know to use it, #+ description: ...");
        must(query.isSelectType(), "is public: write a SELECT, whose rows can be given page by page");
        Walker.walk(Algebra.compile(query), new OpVisitorBase() {
            @Override
            public void visit(OpService service) {
                must(false, "is public: leave SERVICE out, no query calls another server");
            }
        });
        for (Parameter parameter : parameters) {
            String its = "?" + parameter.name();
            must(!PAGING.contains(parameter.name()), its + ": call it otherwise, limit and offset are for paging");
            must(
                    !query.getResultVars().contains(parameter.name()),
                    its + " is a parameter and selected; a parameter has one value, so leave it out of SELECT");
        }
        chart().ifPresent(chart -> must(
                query.getResultVars().containsAll(List.of(chart.x(), chart.y())),
                "#+ chart: names variables that are not selected"));
    }

    private static void must(boolean good, String fault) {
        if (!good) {
            throw new IllegalArgumentException(fault);
        }
    }

    /** A file that cannot be understood. */
    public static final class Misunderstood extends IllegalStateException {
        private static final long serialVersionUID = 1L;
        private final String file;
        private final int line;
        private final String reason;

        Misunderstood(String path, int line, String reason, Exception cause) {
            super("queries/" + path + (line > 0 ? ", line " + line : "") + ": " + reason, cause);
            this.file = "queries/" + path;
            this.line = line;
            this.reason = reason;
        }

        /** Its path in the home. */
        public String file() {
            return file;
        }

        /** From 1; 0 for the file as a whole. */
        public int line() {
            return line;
        }

        /** What is wrong and what to write. */
        public String reason() {
            return reason;
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
