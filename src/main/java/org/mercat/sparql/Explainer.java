// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.jena.graph.Graph;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.algebra.Algebra;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DynamicDatasets;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.syntax.Element;
import org.apache.jena.sparql.syntax.ElementGroup;
import org.apache.jena.sparql.syntax.ElementOptional;
import org.apache.jena.sparql.syntax.ElementPathBlock;
import org.apache.jena.sparql.syntax.ElementVisitorBase;
import org.apache.jena.sparql.syntax.ElementWalker;
import org.apache.jena.sparql.syntax.PatternVars;
import org.apache.jena.sparql.util.Context;
import org.mercat.sparql.Explanation.Warning;

/** Tells what a query would do, and runs nothing of it: triples are counted, up to a limit. */
final class Explainer {
    /** Triples that are looked at within a second or so. */
    private static final double QUICK = 300_000;

    /** Triples that are not looked at within the time limit. */
    private static final double NEVER = 50_000_000;

    private final DatasetGraph dataset;
    private final Context guarded;
    private final Limits limits;
    private final Function<Map<String, List<String>>, Query> search;

    /** @param search the query that asks {@code mc:search} for criteria as REST takes them */
    Explainer(DatasetGraph dataset, Context guarded, Limits limits, Function<Map<String, List<String>>, Query> search) {
        this.dataset = dataset;
        this.guarded = guarded;
        this.limits = limits;
        this.search = search;
    }

    /** @param query to explain; a transaction is open */
    Explanation explain(Query query) {
        Op algebra = Algebra.compile(query);
        Op plan = Algebra.optimize(algebra, Context.setupContextForDataset(guarded, dataset));
        Steps steps = new Steps(new Counts(graphOf(query)), query.getPrefixMapping());
        steps.go(plan);
        if (query.isDescribeType()) {
            steps.describe(query.getResultURIs().size());
        }
        List<Warning> warnings = new ArrayList<>(steps.warnings());
        if (query.getQueryPattern() != null) {
            suggestion(query).ifPresent(warnings::add);
            optionals(query.getQueryPattern(), warnings);
        }
        if (query.hasOrderBy() && !query.hasLimit()) {
            warnings.add(new Warning(
                    "order-without-limit", "ORDER BY without LIMIT sorts all rows in memory: add a LIMIT."));
        }
        QueryShape.fault(query, limits).ifPresent(fault -> warnings.add(0, new Warning("refused", fault)));
        double cost = steps.looksAt();
        return new Explanation(
                verdict(cost, warnings),
                String.format(
                        Locale.ROOT,
                        "It looks at %s, by an estimate from counts up to %,d a pattern; it may be wrong by a factor of"
                                + " ten. The time limit is %d s. Nothing was run.",
                        StepWords.about(cost).replace("rows", "triples").replace("one row", "hardly a triple"),
                        Counts.LIMIT,
                        limits.time().toSeconds()),
                cost,
                steps.words(),
                warnings,
                query.serialize(),
                algebra.toString(query.getPrefixMapping()),
                plan.toString(query.getPrefixMapping()));
    }

    private Graph graphOf(Query query) {
        return query.hasDatasetDescription()
                ? DynamicDatasets.dynamicDataset(query.getDatasetDescription(), dataset, false)
                        .getDefaultGraph()
                : dataset.getUnionGraph();
    }

    private static String verdict(double cost, List<Warning> warnings) {
        if (warnings.stream().anyMatch(warning -> warning.kind().equals("refused"))) {
            return "will be refused";
        }
        return cost > NEVER ? "will be stopped" : cost > QUICK ? "may be slow" : "quick";
    }

    private Optional<Warning> suggestion(Query query) {
        Map<String, List<String>> criteria = Criteria.of(query);
        if (criteria.isEmpty()) {
            return Optional.empty();
        }
        String rewrite;
        try {
            rewrite = search.apply(criteria).serialize();
        } catch (RuntimeException e) {
            return Optional.empty(); // criteria that the search does not take, such as a category that is none
        }
        return Optional.of(new Warning(
                "search-instead-of-filter",
                "A FILTER that mc:search does by its index (" + String.join(", ", criteria.keySet())
                        + "): begin with this and join the rest to ?offering. Words are found by their stems, and"
                        + " narrower categories and offerings of today alone are found, which is mostly what is meant.",
                rewrite));
    }

    /** What follows an OPTIONAL and uses what it may have bound. */
    private static void optionals(Element pattern, List<Warning> warnings) {
        ElementWalker.walk(pattern, new ElementVisitorBase() {
            @Override
            public void visit(ElementGroup group) {
                Set<Var> before = new HashSet<>();
                Set<Var> maybe = new HashSet<>();
                for (Element each : group.getElements()) {
                    Set<Var> its = new HashSet<>(PatternVars.vars(each));
                    if (each instanceof ElementOptional) {
                        its.removeAll(before);
                        maybe.addAll(its);
                        continue;
                    }
                    Set<Var> both = new HashSet<>(its);
                    both.retainAll(maybe);
                    if (each instanceof ElementPathBlock && !both.isEmpty()) {
                        warnings.add(new Warning(
                                "optional-before-join",
                                "A pattern behind an OPTIONAL uses " + both
                                        + ", which it binds only at times: where it does"
                                        + " not, everything is tried. Put the OPTIONAL last."));
                    }
                    before.addAll(its);
                }
            }
        });
    }
}
