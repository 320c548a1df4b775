// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RiotException;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFWriter;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.XSD;
import org.mercat.contract.Contract;
import org.mercat.contract.Contracts;
import org.mercat.ns.MC;
import org.mercat.rdf.PackedFile;
import org.mercat.rdf.Resources;
import org.mercat.usage.Archive.Part;
import org.mercat.usage.EventFormat.Sum;

/**
 * The events of a month as a file: TriG, a graph for each contract, each packed by itself so that it can be read without the
 * others, after a graph that says when and by whom the file was made (PROV).
 */
final class ArchiveFile {
    static final String ENDING = ".trig.gz";
    private static final int PAGE = 1_000;

    private final UsageLog log;
    private final Contracts contracts;

    ArchiveFile(UsageLog log, Contracts contracts) {
        this.log = log;
        this.contracts = contracts;
    }

    /**
     * Writes the events of a month that are in the log.
     *
     * @param by who has it made
     * @param breath is called now and then
     */
    Archive write(Path file, YearMonth month, Node by, Instant now, Runnable breath) throws IOException {
        TreeMap<String, Part> parts = new TreeMap<>();
        try (PackedFile packed = new PackedFile(file)) {
            try (OutputStream out = packed.member()) {
                provenance(begin(out), month, by, now);
            }
            for (String name : log.names()) {
                Contract contract = contracts.find(name).orElse(null);
                if (contract != null) {
                    long from = packed.size();
                    long events = write(packed, contract, month, breath);
                    if (events > 0) {
                        parts.put(name, new Part(from, packed.size() - from, events));
                    }
                }
            }
            PackedFile.Packed done = packed.finish();
            String name = file.getFileName().toString();
            return new Archive(month, name, done.bytes(), done.sha256(), now.toString(), by.getURI(), parts);
        }
    }

    private void provenance(StreamRDF out, YearMonth month, Node by, Instant now) {
        Node graph = NodeFactory.createURI(contracts.collection().baseIri() + "usage/archives/" + month);
        out.quad(Quad.create(graph, graph, RDF.Nodes.type, prov("Entity")));
        out.quad(Quad.create(
                graph, graph, DCTerms.identifier.asNode(), NodeFactory.createLiteralString(month.toString())));
        out.quad(Quad.create(graph, graph, prov("generatedAtTime"), Resources.time(now)));
        out.quad(Quad.create(graph, graph, prov("wasAttributedTo"), by));
        out.finish();
    }

    private static Node prov(String name) {
        return NodeFactory.createURI(EventTriples.PROV + name);
    }

    private static StreamRDF begin(OutputStream out) {
        StreamRDF stream = StreamRDFWriter.getWriterStream(out, Lang.TRIG);
        stream.start();
        stream.prefix("dcterms", DCTerms.getURI());
        stream.prefix("mc", MC.NS);
        stream.prefix("prov", EventTriples.PROV);
        stream.prefix("xsd", XSD.getURI());
        return stream;
    }

    /** @return how many events; without any nothing is written */
    private long write(PackedFile packed, Contract contract, YearMonth month, Runnable breath) throws IOException {
        List<Booked> page = page(contract, month, 0);
        if (page.isEmpty()) {
            return 0;
        }
        EventTriples triples =
                new EventTriples(contract, contracts.parties(), EventTriples.graph(contract.node(), month));
        long events = 0;
        try (OutputStream out = packed.member()) {
            StreamRDF stream = begin(out);
            while (!page.isEmpty()) {
                page.forEach(booked ->
                        triples.of(booked).forEach(triple -> stream.quad(Quad.create(triples.graph(), triple))));
                events += page.size();
                breath.run();
                page = page(contract, month, page.get(page.size() - 1).number());
            }
            stream.finish();
        }
        return events;
    }

    private List<Booked> page(Contract contract, YearMonth month, long after) {
        List<Booked> page = new ArrayList<>();
        log.logged(contract.id(), month, after, PAGE, page::add);
        return page;
    }

    /** Reads the events of a contract. @throws IllegalStateException if they cannot be read */
    void read(Path file, Part part, Consumer<Booked> taker) {
        try (FileChannel channel = FileChannel.open(file)) {
            channel.position(part.from());
            InputStream member = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
            try (InputStream in = new GZIPInputStream(new Limited(member, part.length()))) {
                RDFParser.source(in)
                        .lang(Lang.TRIG)
                        .parse(new EventParser(contracts.parties(), contracts.collection(), taker));
            }
        } catch (IOException | RiotException e) {
            throw unreadable(file, e);
        }
    }

    private static IllegalStateException unreadable(Path file, Exception e) {
        String why = e instanceof NoSuchFileException ? "it is not there" : e.getMessage();
        return new IllegalStateException(
                "The file " + file + " cannot be read: " + why + ". Bring it back as it was written.", e);
    }

    /** Bytes up to a limit. */
    private static final class Limited extends java.io.FilterInputStream {
        private long left;

        Limited(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            return left-- > 0 ? super.read() : -1;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int read = super.read(into, from, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(left, super.available());
        }
    }

    /**
     * Looks whether a file is what was written, and has all that the sums of the log's days count.
     *
     * @throws IllegalStateException saying what is missing
     */
    void mustBeWhole(Path file, Archive archive, Runnable breath) {
        try {
            if (!PackedFile.sha256(file).equals(archive.sha256())) {
                throw new IllegalStateException("The file " + file + " is not what was archived: its SHA-256 is not "
                        + archive.sha256() + ". Bring it back as it was written.");
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        archive.parts().forEach((contract, part) -> {
            Map<DayTotal, Sum> found = new HashMap<>();
            read(
                    file,
                    part,
                    booked -> booked.event()
                            .quantities()
                            .forEach((metric, quantity) -> found.merge(
                                    new DayTotal(
                                            booked.event().day(), booked.event().side(), metric, 0, BigDecimal.ZERO),
                                    Sum.NOTHING.plus(quantity),
                                    (sum, more) -> sum.plus(more.quantity()))));
            breath.run();
            Map<DayTotal, Sum> known = new HashMap<>();
            log.totals(contract, archive.month())
                    .forEach(total -> known.put(
                            new DayTotal(total.day(), total.side(), total.metric(), 0, BigDecimal.ZERO),
                            new Sum(total.events(), UsageEvent.plain(total.quantity()))));
            if (!found.equals(known)) {
                throw new IllegalStateException("The events of \"" + contract + "\" in " + file
                        + " are not those that the sums of its days count; nothing was changed.");
            }
        });
    }
}
