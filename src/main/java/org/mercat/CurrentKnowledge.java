// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.mercat.Reload.Outcome;
import org.mercat.http.Fault;
import org.mercat.proposal.Decided;
import org.mercat.rdf.Home;
import org.mercat.rdf.Store;
import org.mercat.rdf.Vocabularies;
import org.mercat.search.SearchEngine;
import org.mercat.vocabulary.VersionArchive;
import org.mercat.vocabulary.VocabularyDiff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The knowledge in force. It changes while a catalogue runs, as a whole or not at all: what cannot be read or checked
 * leaves everything as it was.
 */
final class CurrentKnowledge implements Supplier<Knowledge>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CurrentKnowledge.class);
    private static final String CONTEXT = "vocabularies/context.jsonld";

    private final Config config;
    private final Store store;
    private final UnaryOperator<Vocabularies> decided;
    private final VersionArchive archive;
    private volatile Knowledge knowledge;
    private volatile Optional<Reload> last = Optional.empty();
    private SearchEngine engine;
    private final Object publishing = new Object();
    private CompletableFuture<Void> published;
    private FolderWatch watch;

    /** @param decided makes of the vocabularies' files all vocabularies, with what was decided since */
    CurrentKnowledge(Config config, Store store, Knowledge files, UnaryOperator<Vocabularies> decided) {
        this.config = config;
        this.store = store;
        this.decided = decided;
        this.archive = new VersionArchive(config.data().resolve("vocabularies"));
        this.knowledge = files.with(decided);
        files.queries().misunderstood().forEach(bad -> LOG.error("Left out: {}", bad.getMessage()));
    }

    @Override
    public Knowledge get() {
        return knowledge;
    }

    /** The search that follows it. */
    void follow(SearchEngine search) {
        engine = search;
    }

    /** The versions that the vocabularies have had. */
    VersionArchive archive() {
        return archive;
    }

    /** What came of the last reading of files that differed, since the start. */
    Optional<Reload> last() {
        return last;
    }

    /** Done when the store has the vocabularies, which nothing but its readers needs. */
    CompletableFuture<Void> published() {
        synchronized (publishing) {
            if (published == null) {
                published = CompletableFuture.supplyAsync(() -> publish(knowledge.vocabularies()))
                        .thenCompose(writing -> writing)
                        .whenComplete((done, failure) -> {
                            if (failure != null) {
                                LOG.error("The vocabularies cannot be written to the store", failure);
                            }
                        });
            }
            return published;
        }
    }

    /** Reads the files of the home again, and answers when requests and searches go by them. */
    synchronized Reload reload() {
        Reload reload;
        try {
            reload = read();
        } catch (CompletionException e) {
            reload = refused(List.of(), List.of(), String.valueOf(e.getCause().getMessage()));
        } catch (RuntimeException e) { // of whatever kind: the files are somebody else's
            reload = refused(List.of(), List.of(), String.valueOf(e.getMessage()));
        }
        if (reload.outcome() == Outcome.REFUSED) {
            LOG.error(
                    "The files of {} are not taken: {} {}",
                    config.home().orElseThrow(),
                    reload.detail(),
                    reload.errors().stream().map(Fault::message).toList());
        } else if (reload.outcome() == Outcome.TAKEN) {
            LOG.info("{}", reload.detail());
        }
        last = reload.outcome() == Outcome.UNCHANGED ? last : Optional.of(reload);
        return reload;
    }

    private Reload read() {
        Home home = new Home(config.home());
        SortedSet<String> files = home.differing(knowledge.home());
        if (files.isEmpty()) {
            return new Reload(
                    Outcome.UNCHANGED,
                    Instant.now().toString(),
                    "No file differs.",
                    List.of(),
                    List.of(),
                    0,
                    List.of());
        }
        Knowledge next =
                Knowledge.read(home, config.baseIri()).with(knowledge.context()).with(decided);
        List<Fault> unclear = next.queries().misunderstood().stream()
                .map(bad -> Fault.at(null, bad.line(), 0, bad.getMessage()))
                .toList();
        if (!unclear.isEmpty()) {
            return refused(List.copyOf(files), unclear, "Files of the query library cannot be understood.");
        }
        KnowledgeCheck check = new KnowledgeCheck(knowledge, next, engine.usageOfAll());
        List<Fault> errors = check.errors(files);
        if (!errors.isEmpty()) {
            return refused(List.copyOf(files), errors, "\"mercat check\" finds errors in them.");
        }
        List<Fault> missing = check.missing();
        if (!missing.isEmpty()) {
            return refused(List.copyOf(files), missing, "Something is gone that is needed.");
        }
        VocabularyDiff diff = VocabularyDiff.between(
                knowledge.vocabularies().byName(), next.vocabularies().byName());
        int filedAnew = adopt(next);
        String detail = "New files are in force: " + String.join(", ", files) + ". " + filedAnew
                + " offerings are filed anew."
                + (files.contains(CONTEXT) ? " What " + CONTEXT + " says is in force after the next start." : "");
        return new Reload(
                Outcome.TAKEN,
                Instant.now().toString(),
                detail,
                List.copyOf(files),
                diff.versions().stream().map(Reload.Version::of).toList(),
                filedAnew,
                List.of());
    }

    private static Reload refused(List<String> files, List<Fault> errors, String why) {
        return new Reload(
                Outcome.REFUSED,
                Instant.now().toString(),
                why + (why.endsWith(".") ? "" : ".") + " Those from before stay in force.",
                files,
                List.of(),
                0,
                errors);
    }

    /** Takes what was decided since; requests and searches go by it when this returns. */
    synchronized void adopt() {
        adopt(knowledge.with(decided));
    }

    /** Puts another knowledge in force. @return how many offerings the search finds otherwise */
    private int adopt(Knowledge next) {
        if (next.version().equals(knowledge.version())) {
            knowledge = next;
            return 0;
        }
        int filedAnew = engine.adopt(next.terms(), next.version()).join();
        knowledge = next;
        published().join();
        publish(next.vocabularies()).join();
        return filedAnew;
    }

    /** Keeps their versions, and writes them to the store. @return done when the store has them */
    private CompletableFuture<Void> publish(Vocabularies vocabularies) {
        archive.keep(Decided.versioned(vocabularies));
        return vocabularies.publish(store);
    }

    /** Reads the files again whenever one changes, if they are in a folder. */
    void watch() {
        if (config.home().isEmpty()) {
            return;
        }
        Path home = config.home().get();
        List<Path> folders = new ArrayList<>();
        Stream.of("vocabularies", "shapes", "queries")
                .map(home::resolve)
                .filter(Files::isDirectory)
                .forEach(folders::add);
        try {
            watch = new FolderWatch(folders, folders); // the folder that they are in, too: they may be replaced
        } catch (IOException e) {
            LOG.warn("The files of {} are not watched; POST /reload reads them again", home, e);
            return;
        }
        Thread thread = new Thread(
                () -> {
                    while (isChanged()) {
                        reload();
                    }
                },
                "mercat-home");
        thread.setDaemon(true);
        thread.start();
    }

    /** The store, which is closed next, is still read and written for it if this is closed soon after the start. */
    private void awaitPublished() {
        synchronized (publishing) {
            if (published != null) {
                published.handle((done, failure) -> done).join(); // a failure is in the log
            }
        }
    }

    private boolean isChanged() {
        try {
            return watch.awaitChange();
        } catch (UncheckedIOException e) {
            LOG.error(
                    "Not all folders of {} are watched; POST /reload reads their files",
                    config.home().get(),
                    e);
            return true;
        }
    }

    @Override
    public void close() {
        awaitPublished();
        if (watch != null) {
            try {
                watch.close();
            } catch (IOException e) {
                LOG.warn("The watch of the home could not be ended", e);
            }
        }
    }
}
