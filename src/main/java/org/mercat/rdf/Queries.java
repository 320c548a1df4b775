// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.mercat.rdf.QueryFile.Misunderstood;

/** The query library: all files below {@code queries}, read and parsed once. */
public final class Queries {
    private final SortedMap<String, QueryFile> byName;
    private final List<Misunderstood> misunderstood;

    private Queries(SortedMap<String, QueryFile> byName, List<Misunderstood> misunderstood) {
        this.byName = Collections.unmodifiableSortedMap(byName);
        this.misunderstood = List.copyOf(misunderstood);
    }

    /**
     * Parses query files, and makes the functions known that they may call.
     *
     * @param files text by path below {@code queries}, for example {@code search/category.rq}
     * @throws Misunderstood the first file that cannot be understood
     */
    public static Queries parse(Map<String, String> files) {
        Queries queries = read(files);
        if (!queries.misunderstood.isEmpty()) {
            throw queries.misunderstood.get(0);
        }
        return queries;
    }

    /**
     * Parses query files as {@link #parse} does, but leaves out those that cannot be understood.
     *
     * @param files text by path below {@code queries}
     */
    public static Queries read(Map<String, String> files) {
        FunctionRegistry.get().put(FN.fold.getURI(), Fold.class);
        FunctionRegistry.get().put(FN.intersectsBox.getURI(), IntersectsBox.class);
        GeoFunctions.register(FunctionRegistry.get());
        SortedMap<String, QueryFile> byName = new TreeMap<>();
        List<Misunderstood> misunderstood = new ArrayList<>();
        files.forEach((path, text) -> {
            try {
                QueryFile file = QueryFile.parse(path, text);
                byName.put(file.name(), file);
            } catch (Misunderstood e) {
                misunderstood.add(e);
            }
        });
        return new Queries(byName, misunderstood);
    }

    /** The files that cannot be understood, and why. */
    public List<Misunderstood> misunderstood() {
        return misunderstood;
    }

    /** All of them, in the order of their names. */
    public Collection<QueryFile> all() {
        return byName.values();
    }

    /** Those that everybody may ask, in the order of their names. */
    public List<QueryFile> published() {
        return byName.values().stream().filter(QueryFile::isPublic).toList();
    }

    /** One of those that everybody may ask, if there is one of that name. */
    public Optional<QueryFile> published(String name) {
        return Optional.ofNullable(byName.get(name)).filter(QueryFile::isPublic);
    }

    /** One of them, which must be there. */
    public QueryFile query(String name) {
        QueryFile file = byName.get(name);
        if (file == null) {
            misunderstood.stream()
                    .filter(bad -> bad.file().equals("queries/" + name + ".rq"))
                    .forEach(bad -> {
                        throw bad;
                    });
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
