// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import org.apache.jena.fuseki.main.FusekiServer;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.tdb2.DatabaseMgr;

/** Jena Fuseki as it comes, with one updatable TDB2 dataset {@code /ds}: what is compared with. */
final class PlainFuseki {
    private PlainFuseki() {}

    /** @param args port and folder of the database */
    public static void main(String[] args) {
        DatasetGraph dataset = DatabaseMgr.connectDatasetGraph(args[1]);
        FusekiServer.create()
                .port(Integer.parseInt(args[0]))
                .loopback(true)
                .enablePing(true)
                .add("/ds", dataset, true)
                .start();
    }
}
