// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.sparql.ARQConstants;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.binding.BindingBuilder;
import org.apache.jena.sparql.engine.binding.BindingFactory;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.function.FunctionRegistry;
import org.apache.jena.sparql.pfunction.PropertyFunctionFactory;
import org.apache.jena.sparql.pfunction.PropertyFunctionRegistry;
import org.mercat.ns.FN;

/** The query library: all files below {@code queries}, read and parsed once. */
public final class Queries {
    private final SortedMap<String, QueryFile> byName;

    private Queries(SortedMap<String, QueryFile> byName) {
        this.byName = Collections.unmodifiableSortedMap(byName);
    }

    /**
     * Parses query files, and makes the functions known that they may call.
     *
     * @param files text by path below {@code queries}, for example {@code search/category.rq}
     * @throws IllegalStateException naming the first file that cannot be understood
     */
    public static Queries parse(Map<String, String> files) {
        FunctionRegistry.get().put(FN.fold.getURI(), Fold.class);
        FunctionRegistry.get().put(FN.intersectsBox.getURI(), IntersectsBox.class);
        SortedMap<String, QueryFile> byName = new TreeMap<>();
        files.forEach((path, text) -> {
            QueryFile file = QueryFile.parse(path, text);
            byName.put(file.name(), file);
        });
        return new Queries(byName);
    }

    /** All of them, in the order of their names. */
    public Collection<QueryFile> all() {
        return byName.values();
    }

    /** One of them, which must be there. */
    public QueryFile query(String name) {
        QueryFile file = byName.get(name);
        if (file == null) {
            throw new IllegalStateException("There is no queries/" + name + ".rq; there are " + byName.keySet());
        }
        return file;
    }

    /**
     * Runs a SELECT and takes all its rows.
     *
     * @param database within a transaction, as {@link Store#read} gives it
     * @param limit how long it may take
     * @param functions property functions that it may use, by IRI
     * @throws QueryCancelledException if it takes longer
     */
    public static List<Binding> select(
            DatasetGraph database, Query query, Duration limit, Map<String, PropertyFunctionFactory> functions) {
        PropertyFunctionRegistry known = new PropertyFunctionRegistry();
        functions.forEach(known::put);
        try (QueryExec execution = QueryExec.dataset(database)
                .query(query)
                .set(ARQConstants.registryPropertyFunctions, known)
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .build()) {
            List<Binding> rows = new ArrayList<>();
            execution.select().forEachRemaining(row -> rows.add(whole(row)));
            return rows;
        }
    }

    /** With its values read: the database gives them when they are asked for, and cannot once the transaction is over. */
    private static Binding whole(Binding row) {
        BindingBuilder whole = BindingFactory.builder();
        row.forEach(whole::add);
        return whole.build();
    }
}
