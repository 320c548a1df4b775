// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Waits until something changes in folders. Editors write a file in several steps; these count as one change. */
final class FolderWatch implements AutoCloseable {
    private static final long QUIET_MILLIS = 200;

    private final WatchService service;

    private final List<Path> trees;

    /**
     * @param trees folders that are watched with all below them
     * @param files whose own folder is watched
     */
    FolderWatch(List<Path> trees, List<Path> files) throws IOException {
        this.trees = trees.stream().map(Path::toAbsolutePath).toList();
        service = FileSystems.getDefault().newWatchService();
        for (Path tree : this.trees) {
            registerAll(tree);
        }
        for (Path file : files) {
            register(file.toAbsolutePath().getParent());
        }
    }

    private void registerAll(Path tree) throws IOException {
        try (Stream<Path> folders = Files.walk(tree, FileVisitOption.FOLLOW_LINKS)) {
            for (Path folder : (Iterable<Path>) folders.filter(Files::isDirectory)::iterator) {
                register(folder);
            }
        }
    }

    private void register(Path folder) throws IOException {
        folder.register(
                service,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
    }

    /** @return false if this was closed, or the thread interrupted, before anything changed */
    boolean awaitChange() {
        try {
            for (WatchKey key = service.take(); key != null; key = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS)) {
                for (WatchEvent<?> event : key.pollEvents()) {
                    registerNew(key, event);
                }
                key.reset();
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ClosedWatchServiceException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("A new folder cannot be watched", e);
        }
    }

    private void registerNew(WatchKey key, WatchEvent<?> event) throws IOException {
        if (event.context() instanceof Path name && key.watchable() instanceof Path folder) {
            Path made = folder.resolve(name);
            if (Files.isDirectory(made) && trees.stream().anyMatch(made::startsWith)) {
                try {
                    registerAll(made);
                } catch (NoSuchFileException e) {
                    // it is gone again
                } catch (UncheckedIOException e) {
                    if (!(e.getCause() instanceof NoSuchFileException)) {
                        throw e.getCause();
                    }
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
