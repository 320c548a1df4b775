// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryBuildException;
import org.apache.jena.query.QueryExecException;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.ExecutionContext;
import org.apache.jena.sparql.engine.QueryIterator;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.binding.BindingBuilder;
import org.apache.jena.sparql.engine.binding.BindingFactory;
import org.apache.jena.sparql.engine.iterator.QueryIterPlainWrapper;
import org.apache.jena.sparql.pfunction.PropFuncArg;
import org.apache.jena.sparql.pfunction.PropFuncArgType;
import org.apache.jena.sparql.pfunction.PropertyFunctionEval;
import org.apache.jena.sparql.pfunction.PropertyFunctionFactory;
import org.apache.jena.sparql.syntax.ElementGroup;
import org.apache.jena.sparql.syntax.ElementTriplesBlock;
import org.apache.jena.sparql.util.Context;
import org.apache.jena.sparql.util.Symbol;
import org.apache.jena.vocabulary.RDF;
import org.mercat.ns.MC;

/**
 * {@code (?offering ?score ?degree ?rank) mc:search ( mc:text "parking" mc:category cat:Parking ... )}: the search as a
 * property function of SPARQL, with a list of criteria, each a property and its value; see {@link Key}. The subject is an
 * offering, or a list of up to four: offering, score from 0 to 1, degree of match, rank from 1. Bound or not, they are
 * joined with what the search finds, at most as many as {@code mc:limit} says.
 */
public final class SearchFunction extends PropertyFunctionEval {
    /** Offerings that one call gives at most. */
    static final int MOST = 10_000;

    private static final int PARTS = 4;
    private static final Symbol FOUND = Symbol.create(MC.NS + "found");
    /** Searches whose rows are kept while a query runs. */
    private static final int MOST_KEPT = 100;

    private final Search search;
    private final Lexicon lexicon;

    private SearchFunction(Search search, Lexicon lexicon) {
        super(PropFuncArgType.PF_ARG_EITHER, PropFuncArgType.PF_ARG_LIST);
        this.search = search;
        this.lexicon = lexicon;
    }

    static PropertyFunctionFactory factory(Search search, Supplier<Lexicon> lexicon) {
        return uri -> new SearchFunction(search, lexicon.get());
    }

    @Override
    public void build(PropFuncArg subject, Node predicate, PropFuncArg object, ExecutionContext context) {
        super.build(subject, predicate, object, context);
        if (subject.isList() && (subject.getArgListSize() < 1 || subject.getArgListSize() > PARTS)) {
            throw new QueryBuildException(
                    "mc:search has an offering before it, or a list of offering, score, degree and rank, each but the first"
                            + " optional: (?offering ?score ?degree ?rank) mc:search (...)");
        }
    }

    @Override
    public QueryIterator execEvaluated(
            Binding binding, PropFuncArg subject, Node predicate, PropFuncArg object, ExecutionContext context) {
        if (!object.isList()) {
            throw new QueryExecException(
                    "mc:search has a list of criteria behind it, (mc:text \"parking\"), and is no part"
                            + " of a property path.");
        }
        List<Node> wanted = subject.isList() ? subject.getArgList() : List.of(subject.getArg());
        List<Node[]> rows = found(context.getContext()).computeIfAbsent(List.copyOf(object.getArgList()), this::find);
        Iterator<Binding> joined = Iter.removeNulls(Iter.map(rows.iterator(), row -> joined(binding, wanted, row)));
        return QueryIterPlainWrapper.create(joined, context);
    }

    /** For one execution of a query: a search is run once, however often a join or an OPTIONAL comes back to it. */
    private static Map<List<Node>, List<Node[]>> found(Context execution) {
        Map<List<Node>, List<Node[]>> found = execution.get(FOUND);
        if (found == null) {
            found = new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<List<Node>, List<Node[]>> eldest) {
                    return size() > MOST_KEPT;
                }
            };
            execution.set(FOUND, found);
        }
        return found;
    }

    /** The binding with a row's values; null if they are others than those that are bound. */
    private static Binding joined(Binding binding, List<Node> wanted, Node[] row) {
        BindingBuilder builder = BindingFactory.builder(binding);
        for (int i = 0; i < wanted.size(); i++) {
            Node want = wanted.get(i);
            if (want.isVariable()) {
                Var variable = Var.alloc(want);
                if (row[i] != null) {
                    if (builder.contains(variable)) {
                        if (!builder.get(variable).equals(row[i])) {
                            return null;
                        }
                    } else {
                        builder.add(variable, row[i]);
                    }
                }
            } else if (!want.equals(row[i])) {
                return null;
            }
        }
        return builder.build();
    }

    private List<Node[]> find(List<Node> arguments) {
        List<Node[]> rows = new ArrayList<>();
        int rank = 0;
        for (Search.Hit hit : search.page(criteria(arguments), Set.of()).hits()) {
            rank++;
            rows.add(new Node[] {
                hit.offering(),
                Double.isNaN(hit.score())
                        ? null
                        : NodeFactory.createLiteralDT(Double.toString(hit.score()), XSDDatatype.XSDdouble),
                hit.degree().map(Degree::node).orElse(null),
                NodeFactory.createLiteralDT(Integer.toString(rank), XSDDatatype.XSDinteger)
            });
        }
        return rows;
    }

    private Criteria criteria(List<Node> arguments) {
        List<String> faults = new ArrayList<>();
        CriteriaBuilder criteria =
                new CriteriaBuilder(lexicon, MOST, MOST, (key, fault) -> faults.add("mc:" + key + ": " + fault));
        if (arguments.size() % 2 != 0) {
            throw new QueryExecException(
                    "mc:search takes pairs of a property and its value; after the last property a value"
                            + " is missing.");
        }
        for (int i = 0; i < arguments.size(); i += 2) {
            Node value = arguments.get(i + 1);
            Node property = arguments.get(i);
            if (value.isVariable()) {
                throw new QueryExecException("mc:search needs a value for " + property + "; " + value
                        + " has none where the search is run. Bind it before, with BIND or VALUES.");
            }
            Key.of(property)
                    .ifPresentOrElse(
                            key -> criteria.add(key, value),
                            () -> faults.add(property + " is no criterion of mc:search."));
        }
        return criteria.finish()
                .filter(read -> faults.isEmpty())
                .orElseThrow(() -> new QueryExecException("mc:search: " + String.join(" ", faults)));
    }

    /**
     * The query that gives the offerings of a search in their order, as it can be sent to {@code /sparql}.
     *
     * @param prefixes namespace by prefix: those that it needs are declared
     */
    static Query query(Criteria criteria, Map<String, String> prefixes) {
        Query query = QueryFactory.make();
        query.setQuerySelectType();
        ElementTriplesBlock block = new ElementTriplesBlock();
        List<Node> subject = new ArrayList<>();
        for (String name : List.of("offering", "score", "degree", "rank")) {
            query.addResultVar(name);
            subject.add(Var.alloc(name));
        }
        block.addTriple(Triple.create(list(subject, block), MC.search, list(criteria.arguments(), block)));
        ElementGroup pattern = new ElementGroup();
        pattern.addElement(block);
        query.setQueryPattern(pattern);
        query.addOrderBy(Var.alloc("rank"), Query.ORDER_ASCENDING);
        query.setPrefix("mc", MC.NS);
        String text = pattern.toString();
        prefixes.forEach((prefix, namespace) -> {
            if (text.contains("<" + namespace)) {
                query.setPrefix(prefix, namespace);
            }
        });
        query.resetResultVars();
        return query;
    }

    /** In the order in which a parser would make it: then it is written as a list again. */
    private static Node list(List<Node> members, ElementTriplesBlock block) {
        List<Node> cells = new ArrayList<>();
        members.forEach(member -> cells.add(NodeFactory.createBlankNode()));
        cells.add(RDF.Nodes.nil);
        for (int i = 0; i < members.size(); i++) {
            block.addTriple(Triple.create(cells.get(i), RDF.Nodes.first, members.get(i)));
            block.addTriple(Triple.create(cells.get(i), RDF.Nodes.rest, cells.get(i + 1)));
        }
        return cells.get(0);
    }
}
