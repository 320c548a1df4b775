// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.expr.E_Function;
import org.apache.jena.sparql.expr.ExprList;
import org.apache.jena.sparql.expr.ExprVar;
import org.apache.jena.sparql.expr.NodeValue;
import org.apache.jena.sparql.syntax.Element;
import org.apache.jena.sparql.syntax.ElementData;
import org.apache.jena.sparql.syntax.ElementFilter;
import org.apache.jena.sparql.syntax.ElementGroup;
import org.apache.jena.sparql.syntax.ElementNamedGraph;
import org.apache.jena.sparql.syntax.ElementUnion;
import org.apache.jena.sparql.syntax.PatternVars;
import org.mercat.ns.FN;

/**
 * Answers what a criterion asks of the vocabularies, which is the part before its first GRAPH: the narrower categories,
 * the aliases of a licence. It is the same for all offerings, and asked again for each it would take most of the time.
 */
final class Vocabulary {
    private final Function<Query, List<Binding>> ask;
    private int breadth;

    Vocabulary(Function<Query, List<Binding>> ask) {
        this.ask = ask;
    }

    /** How many terms the answers had so far. */
    int breadth() {
        return breadth;
    }

    /** The pattern with the answer as VALUES in front. */
    ElementGroup answered(ElementGroup group) {
        List<Element> vocabulary = new ArrayList<>();
        List<Element> rest = new ArrayList<>();
        for (Element element : group.getElements()) {
            boolean general = !(element instanceof ElementNamedGraph || element instanceof ElementUnion);
            (general && rest.isEmpty() ? vocabulary : rest).add(inBranches(element, this::answered));
        }
        if (!vocabulary.isEmpty()) {
            rest.add(0, values(groupOf(vocabulary), groupOf(rest)));
        }
        return groupOf(rest);
    }

    /** The pattern with VALUES as filters: only in front of a query they are quick, elsewhere they are multiplied. */
    static ElementGroup asFilters(ElementGroup group) {
        List<Element> elements = new ArrayList<>(group.getElements());
        if (elements.get(0) instanceof ElementData values) {
            elements.remove(0);
            elements.add(oneOf(values));
        }
        elements.replaceAll(element -> inBranches(element, Vocabulary::asFilters));
        return groupOf(elements);
    }

    private static Element inBranches(Element element, UnaryOperator<ElementGroup> change) {
        if (!(element instanceof ElementUnion union)) {
            return element;
        }
        ElementUnion changed = new ElementUnion();
        union.getElements().forEach(branch -> changed.addElement(change.apply((ElementGroup) branch)));
        return changed;
    }

    private ElementData values(ElementGroup vocabulary, ElementGroup rest) {
        Collection<Var> shared = PatternVars.vars(vocabulary);
        shared.retainAll(PatternVars.vars(rest));
        if (shared.size() != 1) {
            throw new IllegalStateException("What stands before GRAPH must share one variable with it, not " + shared);
        }
        Query query = QueryFactory.make();
        query.setQuerySelectType();
        query.setDistinct(true);
        shared.forEach(query::addResultVar);
        query.setQueryPattern(vocabulary);
        query.resetResultVars();
        List<Binding> rows = ask.apply(query);
        breadth += rows.size();
        return new ElementData(List.copyOf(shared), rows);
    }

    private static Element oneOf(ElementData values) {
        Var variable = values.getVars().get(0);
        ExprList arguments = new ExprList(new ExprVar(variable));
        values.getRows().forEach(row -> arguments.add(NodeValue.makeNode(row.get(variable))));
        return new ElementFilter(new E_Function(FN.oneOf.getURI(), arguments));
    }

    private static ElementGroup groupOf(List<Element> elements) {
        ElementGroup group = new ElementGroup();
        elements.forEach(group::addElement);
        return group;
    }
}
