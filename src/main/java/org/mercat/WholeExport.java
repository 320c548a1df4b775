// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFWriter;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDF;
import org.mercat.contract.Contracts;
import org.mercat.ns.Ledger;
import org.mercat.ns.MC;
import org.mercat.party.Parties;
import org.mercat.rdf.Change;
import org.mercat.rdf.Change.Replacement;
import org.mercat.rdf.PackedFile;
import org.mercat.rdf.Store;
import org.mercat.usage.UsageLog;
import org.mercat.usage.UsageTransfer;

/**
 * A catalogue with what is private in it, but no secrets, as files in a folder: {@code catalogue.nq}, {@code restricted.nq} (offerings for some only), {@code ledger.nq.gz}, usage by
 * month, and their checksums as {@code sha256sum -c} reads them.
 */
final class WholeExport {
    private static final String CATALOGUE = "catalogue.nq";
    private static final String RESTRICTED = "restricted.nq";
    private static final String LEDGER = "ledger.nq.gz";
    private static final String SUMS = "SHA256SUMS";
    private static final int BATCH = 500;

    /** What of the ledger goes out; secrets and the state of webhooks stay. */
    private static final Set<Node> TYPES = Set.of(
            MC.Contract,
            MC.Dispute,
            MC.FeePlan,
            MC.ValueDistribution,
            MC.TaxRule,
            MC.Promotion,
            MC.BillingRun,
            MC.Invoice,
            MC.Settlement,
            MC.CreditNote);

    private final Path folder;

    WholeExport(Path folder) {
        this.folder = folder;
    }

    /** Whether that can be such an export; {@link #mustBeWhole} tells whether it is. */
    static boolean isOne(Path file) {
        return Files.isDirectory(file);
    }

    /** Writes all of it. @throws IllegalArgumentException if there is something in the folder */
    void write(Config config) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> there = Files.list(folder)) {
            if (there.findAny().isPresent()) {
                throw new IllegalArgumentException(folder + " is not empty: name a new folder.");
            }
        }
        try (Store store = Store.open(config.data());
                UsageLog usage = UsageLog.open(config.data().resolve("usage"))) {
            String baseIri = store.baseIri(config.baseIri());
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(CATALOGUE)))) {
                ExportCommand.write(store, out, Lang.NQUADS);
            }
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(RESTRICTED)))) {
                ExportCommand.writeRestricted(store, out, Lang.NQUADS);
            }
            writeLedger(store, baseIri);
            Contracts contracts = new Contracts(store, Parties.of(baseIri), baseIri, InstantSource.system());
            new UsageTransfer(usage, contracts, config.data().resolve("archives")).write(folder);
        }
        StringBuilder sums = new StringBuilder();
        for (Path file : files()) {
            sums.append(PackedFile.sha256(file))
                    .append("  ")
                    .append(file.getFileName())
                    .append('\n');
        }
        Files.writeString(folder.resolve(SUMS), sums);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.endsWith(SUMS)).sorted().toList();
        }
    }

    /** Where it is kept how many credit notes an organization has written. */
    private static final String COUNTERS = "credit-notes/";

    private static Node runs(String baseIri) {
        return NodeFactory.createURI(baseIri + "billing/runs");
    }

    private void writeLedger(Store store, String baseIri) throws IOException {
        try (PackedFile packed = new PackedFile(folder.resolve(LEDGER))) {
            try (OutputStream out = packed.member()) {
                StreamRDF quads = StreamRDFWriter.getWriterStream(out, Lang.NQUADS);
                quads.start();
                store.readRecords(ledger -> {
                    List<Node> graphs = new ArrayList<>(List.of(runs(baseIri)));
                    TYPES.forEach(type -> ledger.find(Node.ANY, Node.ANY, RDF.Nodes.type, type)
                            .forEachRemaining(quad -> {
                                if (quad.getGraph().equals(quad.getSubject())) {
                                    graphs.add(quad.getGraph());
                                }
                            }));
                    ledger.find(Node.ANY, Node.ANY, Ledger.position, Node.ANY).forEachRemaining(quad -> {
                        if (quad.getGraph().getURI().startsWith(baseIri + COUNTERS)) {
                            graphs.add(quad.getGraph());
                        }
                    });
                    graphs.forEach(graph ->
                            ledger.find(graph, Node.ANY, Node.ANY, Node.ANY).forEachRemaining(quads::quad));
                    return null;
                });
                quads.finish();
            }
            packed.finish();
        }
    }

    /** Refuses a folder of which a file is missing or is not what was written. */
    void mustBeWhole() {
        if (!Files.isRegularFile(folder.resolve(SUMS))) {
            throw new IllegalArgumentException(
                    folder + " has no " + SUMS + ": it is no export, or one that was cut off. Export it again.");
        }
        try {
            for (String line : Files.readAllLines(folder.resolve(SUMS))) {
                String[] parts = line.split(" {2}", 2);
                Path file = folder.resolve(parts[1]).normalize();
                if (!file.startsWith(folder.normalize())
                        || !Files.isRegularFile(file)
                        || !PackedFile.sha256(file).equals(parts[0])) {
                    throw new IllegalArgumentException(
                            file + " is missing or is not what was exported: copy the folder again.");
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Offerings for some only; empty if it is an export that has none. */
    Optional<Path> restricted() {
        return Optional.of(folder.resolve(RESTRICTED)).filter(Files::isRegularFile);
    }

    Path catalogue() {
        return folder.resolve(CATALOGUE);
    }

    /** Brings what is private into a store that has nothing of it. @return how many resources */
    int loadLedger(Store store) {
        DatasetGraph dataset =
                RDFDataMgr.loadDatasetGraph(folder.resolve(LEDGER).toUri().toString());
        TreeMap<String, Replacement> graphs = new TreeMap<>();
        dataset.listGraphNodes().forEachRemaining(name -> {
            Graph graph = GraphFactory.createDefaultGraph();
            dataset.find(name, Node.ANY, Node.ANY, Node.ANY)
                    .forEachRemaining((Quad quad) -> graph.add(quad.asTriple()));
            graphs.put(name.getURI(), new Replacement(name, graph));
        });
        List<Replacement> all = List.copyOf(graphs.values());
        for (int from = 0; from < all.size(); from += BATCH) {
            List<Replacement> batch = all.subList(from, Math.min(all.size(), from + BATCH));
            store.write(view -> new Change(List.of(), batch));
        }
        return all.size();
    }

    /** Brings usage into a log that has none. @return how many events */
    long loadUsage(UsageTransfer transfer) {
        try {
            return transfer.read(folder);
        } catch (IOException e) {
            throw new IllegalArgumentException("The usage in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }
}
