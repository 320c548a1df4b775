// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.jena.graph.NodeFactory;
import org.mercat.contract.Contracts;

/**
 * Moves usage from one data folder to another, while no server has either open: a file for each month as archives are, and
 * {@code usage.json}, which says which months are closed and archived and counts the calls.
 */
public final class UsageTransfer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STATE = "usage.json";
    private static final int CHUNK = 1_000;

    private final UsageLog log;
    private final Contracts contracts;
    private final Path archives;

    /** @param archives folder of the data in which archives are */
    public UsageTransfer(UsageLog log, Contracts contracts, Path archives) {
        this.log = log;
        this.contracts = contracts;
        this.archives = archives;
    }

    /** Whether nothing was ever used here. */
    public boolean isEmpty() {
        return log.months().isEmpty()
                && log.closed().isEmpty()
                && log.state().callsByMonth().isEmpty();
    }

    /** Writes all of it into a folder that is there. */
    public void write(Path folder) throws IOException {
        ObjectNode state = JSON.createObjectNode();
        log.closed().ifPresent(month -> state.put("closed", month.toString()));
        ObjectNode months = state.putObject("months");
        ArchiveFile files = new ArchiveFile(log, contracts);
        for (YearMonth month : log.months()) {
            boolean isArchived = log.state().archived().contains(month);
            Path file = folder.resolve(month + ArchiveFile.ENDING);
            Archive archive;
            if (isArchived) {
                archive = Archive.read(archives.resolve(month + ".json"));
                Files.copy(archives.resolve(archive.file()), file);
            } else {
                var catalogue = NodeFactory.createURI(contracts.collection().baseIri());
                archive = files.write(file, month, catalogue, Instant.now(), () -> {});
            }
            files.mustBeWhole(file, archive, () -> {});
            Files.write(folder.resolve(month + ".json"), archive.bytesOfIndex());
            months.put(month.toString(), isArchived ? "archived" : "logged");
        }
        ObjectNode calls = state.putObject("calls");
        log.state().callsByMonth().forEach((month, its) -> {
            ObjectNode one = calls.putObject(month.toString());
            its.forEach(one::put);
        });
        Files.writeString(folder.resolve(STATE), state.toPrettyString() + "\n");
    }

    /**
     * Reads what {@link #write} has written into a log that is empty.
     *
     * @return how many events
     * @throws IllegalStateException if something of it is not what was written
     */
    public long read(Path folder) throws IOException {
        JsonNode state = JSON.readTree(folder.resolve(STATE).toFile());
        ArchiveFile files = new ArchiveFile(log, contracts);
        long events = 0;
        for (String name : names(state.path("months"))) {
            YearMonth month = YearMonth.parse(name);
            Archive archive = Archive.read(folder.resolve(month + ".json"));
            Path file = folder.resolve(month + ArchiveFile.ENDING);
            boolean isArchived = state.path("months").path(name).asText().equals("archived");
            for (Archive.Part part : archive.parts().values()) {
                load(files, file, part, isArchived);
            }
            files.mustBeWhole(file, archive, () -> {});
            if (isArchived) {
                Files.createDirectories(archives);
                Files.copy(file, archives.resolve(archive.file()));
                Files.writeString(
                        archives.resolve(archive.file() + ".sha256"), archive.sha256() + "  " + archive.file() + "\n");
                Files.write(archives.resolve(month + ".json"), archive.bytesOfIndex());
                log.state().markArchived(month);
            }
            events += archive.events();
        }
        if (state.has("closed")) {
            log.close(YearMonth.parse(state.path("closed").asText()));
        }
        for (String month : names(state.path("calls"))) {
            Map<String, Long> calls = new TreeMap<>();
            state.path("calls")
                    .path(month)
                    .properties()
                    .forEach(one -> calls.put(one.getKey(), one.getValue().asLong()));
            log.state().addCalls(YearMonth.parse(month), calls);
        }
        return events;
    }

    private static TreeSet<String> names(JsonNode object) {
        TreeSet<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void load(ArchiveFile files, Path file, Archive.Part part, boolean isArchived) {
        List<Booked> chunk = new ArrayList<>();
        files.read(file, part, booked -> {
            chunk.add(booked);
            if (chunk.size() == CHUNK) {
                log.load(chunk, isArchived);
                chunk.clear();
            }
        });
        log.load(chunk, isArchived);
    }
}
