// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.jena.dboe.base.file.Location;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.tdb2.DatabaseMgr;
import org.apache.jena.tdb2.TDB2;
import org.apache.jena.tdb2.params.StoreParams;
import org.apache.jena.tdb2.params.StoreParamsBuilder;
import org.apache.jena.tdb2.sys.TDBInternal;

/** How our TDB2 databases lie on disk. */
final class Layout {
    /**
     * Four quad indexes instead of six. One graph is one resource, some thirty triples, so within a graph a scan of
     * GSPO serves every pattern; the union of all graphs has SPO, POS and OSP. TDB2 keeps this beside the data, in
     * {@code tdb.cfg}, so that other tools open the database alike.
     */
    private static final StoreParams PARAMETERS = StoreParamsBuilder.create("mercat")
            .quadIndexes(new String[] {"GSPO", "SPOG", "POSG", "OSPG"})
            .build();

    private Layout() {}

    static DatasetGraph connect(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder " + folder + " cannot be written", e);
        }
        DatasetGraph database = DatabaseMgr.connectDatasetGraph(Location.create(folder), PARAMETERS);
        database.getContext().setTrue(TDB2.symUnionDefaultGraph);
        return database;
    }

    /** Bytes on disk. */
    static long size(DatasetGraph database) {
        try (Stream<Path> files =
                Files.walk(Path.of(DatabaseMgr.location(database).getDirectoryPath()))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void release(DatasetGraph database) {
        TDBInternal.expel(database);
    }
}
