// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.core.TriplePath;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.expr.E_LessThan;
import org.apache.jena.sparql.expr.E_LessThanOrEqual;
import org.apache.jena.sparql.expr.E_Regex;
import org.apache.jena.sparql.expr.E_StrContains;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprFunction;
import org.apache.jena.sparql.syntax.ElementFilter;
import org.apache.jena.sparql.syntax.ElementPathBlock;
import org.apache.jena.sparql.syntax.ElementVisitorBase;
import org.apache.jena.sparql.syntax.ElementWalker;
import org.apache.jena.vocabulary.DCAT;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDFS;

/** The filters of a query that the search could answer from its index, as the criteria that REST takes. */
final class Criteria {
    private static final String SCHEMA = "http://schema.org/";
    private static final Set<Node> TEXTS = Set.of(DCTerms.title.asNode(), DCTerms.description.asNode());

    private final Map<Node, Node> propertyOf = new LinkedHashMap<>();
    private final Map<String, List<String>> found = new TreeMap<>();
    private boolean hasFilter;

    private Criteria() {}

    /** Empty if there is no filter that the search would do. */
    static Map<String, List<String>> of(Query query) {
        Criteria criteria = new Criteria();
        ElementWalker.walk(query.getQueryPattern(), new ElementVisitorBase() {
            @Override
            public void visit(ElementPathBlock block) {
                block.getPattern().forEach(criteria::add);
            }
        });
        ElementWalker.walk(query.getQueryPattern(), new ElementVisitorBase() {
            @Override
            public void visit(ElementFilter filter) {
                criteria.add(filter.getExpr());
            }
        });
        if (criteria.found.containsKey("maxPrice")) {
            criteria.found.putIfAbsent("currency", List.of("EUR"));
        } else {
            criteria.found.remove("currency");
        }
        return criteria.hasFilter ? criteria.found : Map.of();
    }

    private void add(TriplePath path) {
        if (!path.isTriple()) {
            if (path.getPath().toString().contains(DCAT.theme.getURI())
                    && path.getObject().isURI()) {
                found.put("category", List.of(path.getObject().getURI()));
            }
            return;
        }
        Triple triple = path.asTriple();
        Node object = triple.getObject();
        if (Var.isVar(object)) {
            propertyOf.put(object, triple.getPredicate());
        } else if (triple.getPredicate().equals(DCAT.theme.asNode()) && object.isURI()) {
            found.put("category", List.of(object.getURI()));
        } else if (triple.getPredicate().equals(DCTerms.license.asNode()) && object.isURI()) {
            found.put("licence", List.of(object.getURI()));
        } else if (triple.getPredicate().hasURI(SCHEMA + "priceCurrency") && object.isLiteral()) {
            found.put("currency", List.of(object.getLiteralLexicalForm()));
        }
    }

    private void add(Expr filter) {
        if (filter instanceof E_LessThan || filter instanceof E_LessThanOrEqual) {
            ExprFunction less = (ExprFunction) filter;
            if (isOf(less.getArg(1), SCHEMA + "price") && less.getArg(2).isConstant()) {
                put("maxPrice", less.getArg(2).getConstant().asString());
            }
        } else if (filter instanceof E_Regex || filter instanceof E_StrContains) {
            ExprFunction text = (ExprFunction) filter;
            Expr wanted = text.getArg(2);
            String words = wanted.isConstant()
                    ? wanted.getConstant()
                            .asString()
                            .replaceAll("[^\\p{L}\\p{N} ]", " ")
                            .strip()
                    : "";
            if (words.isEmpty()) {
                return;
            }
            if (TEXTS.stream().anyMatch(property -> isOf(text.getArg(1), property.getURI()))) {
                put("text", words);
            } else if (isOf(text.getArg(1), RDFS.label.getURI()) || isOf(text.getArg(1), SCHEMA + "name")) {
                put("place", words);
            }
        }
    }

    private void put(String criterion, String value) {
        hasFilter = true;
        found.put(criterion, List.of(value));
    }

    private boolean isOf(Expr expression, String property) {
        return expression.getVarsMentioned().stream()
                .anyMatch(variable -> propertyOf.containsKey(variable)
                        && propertyOf.get(variable).hasURI(property));
    }
}
