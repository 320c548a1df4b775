// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.util.function.Consumer;
import org.apache.jena.query.ARQ;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.ARQConstants;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.pfunction.PropertyFunctionRegistry;
import org.mercat.rdf.Store;
import org.mercat.search.SearchEngine;

/** A data folder that no server has open, to be asked. Only a search index that lags is written. */
final class OfflineCatalogue {
    private OfflineCatalogue() {}

    /**
     * Runs a query with all functions that {@code /sparql} has, and without its limits.
     *
     * @param answer takes the rows or the graph while the data are open
     * @throws IllegalStateException if another process has the folder open
     */
    static void query(Config config, Query query, Consumer<QueryExec> answer) {
        ARQ.globalServiceAllowed = false;
        try (Store store = Store.open(config.data());
                SearchEngine engine = Catalogue.engine(config, store)) {
            engine.catchUp((made, all) -> {});
            PropertyFunctionRegistry functions = new PropertyFunctionRegistry();
            engine.functions().forEach(functions::put);
            store.read(data -> {
                try (QueryExec execution = QueryExec.dataset(data)
                        .query(query)
                        .set(ARQConstants.registryPropertyFunctions, functions)
                        .build()) {
                    answer.accept(execution);
                }
                return null;
            });
        }
    }
}
