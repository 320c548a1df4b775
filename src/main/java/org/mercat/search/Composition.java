// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.jena.graph.Node;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.syntax.Element;
import org.apache.jena.sparql.syntax.ElementFilter;
import org.apache.jena.sparql.syntax.ElementGroup;
import org.apache.jena.sparql.syntax.ElementNamedGraph;
import org.apache.jena.sparql.syntax.ElementSubQuery;
import org.apache.jena.sparql.syntax.ElementUnion;
import org.apache.jena.sparql.syntax.PatternVars;
import org.apache.jena.sparql.syntax.syntaxtransform.QueryTransformOps;

/** Puts the queries of several criteria together into one, in the order in which they are best evaluated. */
final class Composition {
    private static final Var OFFERING = Var.alloc("offering");
    private static final Var KEY = Var.alloc("key");

    private final Function<Query, List<Binding>> ask;
    private final Query composed = QueryFactory.make();
    private final List<Part> parts = new ArrayList<>();
    private final Set<Var> taken = new HashSet<>(Set.of(OFFERING, KEY));

    /** A criterion with VALUES in place of what it asked of the vocabularies; the breadth is how many there are. */
    private record Part(ElementGroup pattern, int rank, int breadth) {}

    /** @param ask answers a query from the snapshot that the search runs on */
    Composition(Function<Query, List<Binding>> ask) {
        this.ask = ask;
    }

    /**
     * Adds a criterion or an order, its parameters bound.
     *
     * @param rank place in the evaluation; of equals, the one that asks for fewer terms comes first
     */
    void add(Query query, int rank) {
        query.getPrefixMapping().getNsPrefixMap().forEach(composed::setPrefix);
        Vocabulary vocabulary = new Vocabulary(ask);
        ElementGroup pattern = vocabulary.answered((ElementGroup) renamed(query).getQueryPattern());
        parts.add(new Part(pattern, rank, vocabulary.breadth()));
    }

    /** The whole: what all criteria ask of an offering's graph stands together, so that each graph is met once. */
    Query finish(Sort sort, int limit) {
        parts.sort(Comparator.comparingInt(Part::rank).thenComparingInt(Part::breadth));
        composed.setQuerySelectType();
        composed.setDistinct(true);
        composed.addResultVar(OFFERING);
        composed.addResultVar(KEY);
        composed.setQueryPattern(where());
        composed.addOrderBy(KEY, sort.direction());
        composed.addOrderBy(OFFERING, Query.ORDER_ASCENDING);
        composed.setLimit(limit);
        composed.resetResultVars();
        return composed;
    }

    private ElementGroup where() {
        ElementGroup where = new ElementGroup();
        ElementGroup inGraph = new ElementGroup();
        List<Element> tail = new ArrayList<>();
        for (Part part : parts) {
            boolean first = part == parts.get(0);
            if (!first && part.pattern().get(0) instanceof ElementUnion) {
                tail.add(0, distinctOfferings(Vocabulary.asFilters(part.pattern())));
                continue;
            }
            for (Element element : (first ? part.pattern() : Vocabulary.asFilters(part.pattern())).getElements()) {
                if (element instanceof ElementNamedGraph graph) {
                    ((ElementGroup) graph.getElement()).getElements().forEach(inGraph::addElement);
                } else if (first && !(element instanceof ElementFilter)) {
                    where.addElement(element);
                } else {
                    tail.add(element);
                }
            }
        }
        where.addElement(new ElementNamedGraph(OFFERING, inGraph));
        tail.forEach(where::addElement);
        return where;
    }

    /** Variables that mean something in one criterion only must not meet those of another. */
    private Query renamed(Query query) {
        Map<Var, Node> names = new HashMap<>();
        Collection<Var> own = PatternVars.vars(query.getQueryPattern());
        for (Var variable : own) {
            if (!variable.equals(OFFERING) && !variable.equals(KEY) && !taken.add(variable)) {
                int n = 2;
                while (!taken.add(Var.alloc(variable.getVarName() + n))) {
                    n++;
                }
                names.put(variable, Var.alloc(variable.getVarName() + n));
            }
        }
        return names.isEmpty() ? query : QueryTransformOps.replaceVars(query, names);
    }

    /** One criterion that can be met in several ways, each offering once. */
    private static Element distinctOfferings(ElementGroup pattern) {
        Query query = QueryFactory.make();
        query.setQuerySelectType();
        query.setDistinct(true);
        query.addResultVar(OFFERING);
        query.setQueryPattern(pattern);
        return new ElementSubQuery(query);
    }
}
