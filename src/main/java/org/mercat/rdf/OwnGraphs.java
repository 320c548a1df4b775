// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.query.ReadWrite;
import org.apache.jena.query.TxnType;
import org.apache.jena.riot.system.PrefixMap;
import org.apache.jena.riot.system.PrefixMapFactory;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphBaseFind;
import org.apache.jena.sparql.core.GraphView;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.graph.GraphReadOnly;

/**
 * Some graphs of a dataset as a dataset of their own, to read: no other graph is in it, whatever is asked of it, and
 * nothing that it gives leads to the one behind it. The default graph is their union. It lives in a transaction that its
 * maker has begun.
 */
public final class OwnGraphs extends DatasetGraphBaseFind {
    /** More graphs than that are searched together by the index, and what is not of them is left out. */
    private static final int FEW = 16;

    private final DatasetGraph data;
    private final Set<Node> names;
    private final Function<Node, Optional<Graph>> made;
    private final PrefixMap prefixes = PrefixMapFactory.create();

    /**
     * @param names of the graphs; fixed from here on
     * @param made graphs that are in no database: those who know their names find them; they are not in the union
     */
    public OwnGraphs(DatasetGraph data, Collection<Node> names, Function<Node, Optional<Graph>> made) {
        this.data = data;
        this.names = Set.copyOf(names);
        this.made = made;
    }

    @Override
    protected Iterator<Quad> findInSpecificNamedGraph(Node graph, Node s, Node p, Node o) {
        if (names.contains(graph)) {
            return data.findNG(graph, s, p, o);
        }
        return made.apply(graph)
                .<Iterator<Quad>>map(its -> Iter.map(its.find(s, p, o), triple -> Quad.create(graph, triple)))
                .orElseGet(Iter::nullIterator);
    }

    @Override
    protected Iterator<Quad> findInAnyNamedGraphs(Node s, Node p, Node o) {
        boolean isBroad = !isConcrete(s) && !isConcrete(p) && !isConcrete(o);
        return isBroad || names.size() <= FEW
                ? names.stream()
                        .flatMap(name -> Iter.asStream(data.findNG(name, s, p, o)))
                        .iterator()
                : Iter.filter(data.findNG(Node.ANY, s, p, o), quad -> names.contains(quad.getGraph()));
    }

    private static boolean isConcrete(Node node) {
        return node != null && node.isConcrete();
    }

    @Override
    protected Iterator<Quad> findInDftGraph(Node s, Node p, Node o) {
        Stream<Quad> all = Iter.asStream(findInAnyNamedGraphs(s, p, o));
        return all.map(Quad::asTriple)
                .distinct()
                .map(triple -> new Quad(Quad.defaultGraphIRI, triple))
                .iterator();
    }

    @Override
    public Iterator<Node> listGraphNodes() {
        return names.iterator();
    }

    @Override
    public boolean containsGraph(Node name) {
        return names.contains(name)
                || Quad.isDefaultGraph(name)
                || Quad.isUnionGraph(name)
                || made.apply(name).isPresent();
    }

    @Override
    public Graph getDefaultGraph() {
        return new GraphReadOnly(GraphView.createDefaultGraph(this));
    }

    @Override
    public Graph getGraph(Node name) {
        return new GraphReadOnly(GraphView.createNamedGraph(this, name));
    }

    @Override
    public PrefixMap prefixes() {
        return prefixes;
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("These graphs are to be read.");
    }

    @Override
    public void add(Quad quad) {
        throw readOnly();
    }

    @Override
    public void delete(Quad quad) {
        throw readOnly();
    }

    @Override
    public void addGraph(Node name, Graph graph) {
        throw readOnly();
    }

    @Override
    public void removeGraph(Node name) {
        throw readOnly();
    }

    @Override
    public boolean supportsTransactions() {
        return false;
    }

    @Override
    public void begin(TxnType type) {
        throw readOnly();
    }

    @Override
    public void begin(ReadWrite mode) {
        throw readOnly();
    }

    @Override
    public void commit() {
        throw readOnly();
    }

    @Override
    public void abort() {
        throw readOnly();
    }

    @Override
    public boolean promote(Promote mode) {
        throw readOnly();
    }

    @Override
    public void end() {
        // it is its maker's transaction
    }

    @Override
    public boolean isInTransaction() {
        return true;
    }

    @Override
    public ReadWrite transactionMode() {
        return ReadWrite.READ;
    }

    @Override
    public TxnType transactionType() {
        return TxnType.READ;
    }

    @Override
    public void close() {
        // it is its maker's dataset
    }
}
