// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.jena.atlas.RuntimeIOException;
import org.apache.jena.atlas.io.IOX;
import org.apache.jena.dboe.DBOpEnvException;
import org.apache.jena.dboe.base.file.Location;
import org.apache.jena.dboe.transaction.txn.TransactionCoordinator;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.tdb2.DatabaseMgr;
import org.apache.jena.tdb2.TDB2;
import org.apache.jena.tdb2.params.StoreParams;
import org.apache.jena.tdb2.params.StoreParamsBuilder;
import org.apache.jena.tdb2.store.DatasetGraphSwitchable;
import org.apache.jena.tdb2.store.DatasetGraphTDB;
import org.apache.jena.tdb2.store.NodeId;
import org.apache.jena.tdb2.store.NodeIdInline;
import org.apache.jena.tdb2.sys.StoreConnection;
import org.apache.jena.tdb2.sys.TDBInternal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    /** A file of a quad index. */
    private static final Pattern INDEX = Pattern.compile("([GSPO]{4})\\..+");

    /** The folder of a database's files: a new one whenever all of them are written anew. */
    private static final Pattern GENERATION = Pattern.compile("Data-(\\d+)");

    /** What TDB2 deletes at a start: the name ends so until the files are whole. */
    private static final String UNFINISHED = "-tmp";

    private static final Logger LOG = LoggerFactory.getLogger(Layout.class);

    private Layout() {}

    /**
     * Opens a database or makes one. TDB2 makes its files one after the other, and one that it was killed over cannot be
     * opened: a file beside the folder says that it is not finished, and then the next start makes it anew.
     *
     * @throws IllegalStateException saying why the folder cannot be opened and what to do
     */
    static DatasetGraph connect(Path folder) {
        Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
        try {
            if (Files.exists(unfinished)) {
                IOX.deleteAll(folder);
            }
            if (!Files.exists(folder)) {
                Files.createDirectories(folder.getParent());
                Files.write(unfinished, new byte[0]);
            }
            Files.createDirectories(folder);
            tellOfUnfinished(folder);
            DatasetGraph database = DatabaseMgr.connectDatasetGraph(Location.create(folder), PARAMETERS);
            if (Files.exists(unfinished)) {
                database.executeWrite(() -> {});
                Files.delete(unfinished);
                sync(folder.getParent());
            }
            database.getContext().setTrue(TDB2.symUnionDefaultGraph);
            return database;
        } catch (DBOpEnvException e) {
            if (String.valueOf(e.getMessage()).contains("process")) {
                throw inUse(folder.getParent());
            }
            throw new IllegalStateException(
                    "The database " + folder.toAbsolutePath() + " cannot be opened: " + e.getMessage(), e);
        } catch (IOException | RuntimeIOException e) {
            throw notWritable(folder, e);
        }
    }

    /** TDB2 deletes the files that a load or a compaction left unfinished, which nobody would learn. */
    private static void tellOfUnfinished(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().endsWith(UNFINISHED))
                    .forEach(file -> LOG.warn(
                            "\"mercat load\" or \"mercat reindex\" was cut short. Nothing is lost that was there before; of"
                                    + " the offerings that it was loading none is there: run it again."));
        }
    }

    /**
     * New, empty files for a database, beside those in use and like them. Until they are {@linkplain #putInUse put in
     * use}, the next start deletes them.
     */
    static DatasetGraphTDB filesBeside(DatasetGraph database) {
        Path present = folderOf(TDBInternal.requireStorage(database));
        Matcher generation = GENERATION.matcher(present.getFileName().toString());
        if (!generation.matches()) {
            throw new IllegalStateException("TDB2 calls its files otherwise than Data-0001: " + present);
        }
        String next = String.format(Locale.ROOT, "Data-%04d%s", Integer.parseInt(generation.group(1)) + 1, UNFINISHED);
        try {
            Path folder = Files.createDirectory(present.resolveSibling(next));
            return StoreConnection.connectCreate(Location.create(folder), PARAMETERS, null)
                    .getDatasetGraphTDB();
        } catch (IOException e) {
            throw notWritable(present.getParent(), e);
        }
    }

    /** Makes a database go on with other files, and deletes those that it had: what TDB2 does after it has compacted. */
    static void putInUse(DatasetGraph database, DatasetGraphTDB files) {
        DatasetGraphSwitchable container = TDBInternal.getDatabaseContainer(database);
        DatasetGraphTDB before = TDBInternal.requireStorage(database);
        Path unfinished = folderOf(files);
        Path finished =
                unfinished.resolveSibling(unfinished.getFileName().toString().replace(UNFINISHED, ""));
        StoreConnection.release(files.getLocation());
        try {
            Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
            sync(finished.getParent());
        } catch (IOException e) {
            throw notWritable(finished, e);
        }
        DatasetGraphTDB after =
                StoreConnection.connectCreate(Location.create(finished)).getDatasetGraphTDB();
        before.getTxnSystem()
                .getTxnMgr()
                .startExclusiveMode(); // waits until nobody reads; it is the end of these files
        TransactionCoordinator transactions = after.getTxnSystem().getTxnMgr();
        transactions.execExclusive(() -> {
            transactions.takeOverFrom(before.getTxnSystem().getTxnMgr());
            container.set(after);
        });
        drop(before);
    }

    /** Closes and deletes files that are not in use. */
    static void drop(DatasetGraphTDB files) {
        StoreConnection.internalExpel(files.getLocation(), true);
        IOX.deleteAll(folderOf(files));
    }

    private static Path folderOf(DatasetGraphTDB files) {
        return Path.of(files.getLocation().getDirectoryPath());
    }

    static IllegalStateException notWritable(Path folder, Exception cause) {
        return new IllegalStateException(
                "The data folder " + folder.toAbsolutePath()
                        + " cannot be made or written: give one that this user may write.",
                cause);
    }

    /** Names the process that has a data folder, if TDB2's own lock does. */
    static IllegalStateException inUse(Path data) {
        String holder;
        try {
            holder = " (" + Files.readString(data.resolve("catalogue/tdb.lock")).strip() + ")";
        } catch (IOException e) {
            holder = "";
        }
        return new IllegalStateException("The data folder " + data.toAbsolutePath() + " is in use by another process"
                + holder + ", and one process at a time may have it: stop that one, or give another folder.");
    }

    /** Makes durable which files a folder has, where the system can do that. */
    static void sync(Path folder) {
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        } catch (IOException e) {
            LOG.debug("The folder {} cannot be forced to disk", folder, e);
        }
    }

    /**
     * Rewrites a database without the leftovers of old commits. TDB2 then builds all six quad indexes, whatever it was
     * told before; the two that nothing opens any more are deleted.
     */
    static void compact(DatasetGraph database) {
        DatabaseMgr.compact(database, true);
        Path storage =
                Path.of(TDBInternal.requireStorage(database).getLocation().getDirectoryPath());
        List<String> wanted = List.of(PARAMETERS.getQuadIndexes());
        try (Stream<Path> files = Files.list(storage)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Matcher index = INDEX.matcher(file.getFileName().toString());
                if (index.matches() && !wanted.contains(index.group(1))) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Compacted, but what is left over in " + storage + " stays", e);
        }
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

    /** A node as it is read back: numbers and times are kept by value, so {@code +00:00} comes back as {@code Z}. */
    static Node asStored(Node node) {
        NodeId inline = node.isLiteral() ? NodeIdInline.inline(node) : null;
        return inline == null ? node : NodeIdInline.extract(inline);
    }

    /** Closes a database even under a query that does not end: what is committed is on disk. */
    static void release(DatasetGraph database) {
        TDBInternal.expel(database, true);
    }
}
