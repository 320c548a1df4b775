// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.query.ReadWrite;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.graph.GraphFactory;

/**
 * The graphs of one database that are answered and not settled in it yet, laid over it so that single graphs can be
 * read at once. Any thread reads; only the writer's changes it.
 */
final class Unsettled {
    private final DatasetGraph database;

    /** Empty ones are deleted. */
    private final Map<Node, Graph> graphs = new ConcurrentHashMap<>();

    Unsettled(DatasetGraph database) {
        this.database = database;
    }

    DatasetGraph database() {
        return database;
    }

    /** A graph as it is now, empty if there is none. Not to be changed. */
    Graph graph(Node name) {
        Graph unsettled = graphs.get(name);
        return unsettled == null ? settled(name) : unsettled;
    }

    private Graph settled(Node name) {
        Graph copy = GraphFactory.createDefaultGraph();
        database.begin(ReadWrite.READ);
        try {
            database.getGraph(name).find().forEachRemaining(copy::add);
        } finally {
            database.end();
        }
        return copy;
    }

    void putAll(Map<Node, Graph> answered) {
        graphs.putAll(answered);
    }

    /** After all of them are in the database. */
    void clear() {
        graphs.clear();
    }
}
