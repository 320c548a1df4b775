// SPDX-License-Identifier: Apache-2.0
package org.mercat.dump;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.mercat.http.Failure.Kind;
import org.mercat.http.FailureException;
import org.mercat.http.Preconditions;

/** Sends the files of dumps: whole, or from where somebody was cut off. */
final class DumpFiles {
    private static final int CHUNK = 1 << 20;

    private final Dumps dumps;

    DumpFiles(Dumps dumps) {
        this.dumps = dumps;
    }

    /** Answers with a file. @throws FailureException if it is not there any more */
    void send(Context ctx, Dump dump, Dump.File file) {
        if (!dumps.isKept(dump)) {
            throw gone(dump);
        }
        String tag = "\"" + file.sha256().substring(0, 32) + "\"";
        ctx.header("ETag", tag).header("Accept-Ranges", "bytes").header("Cache-Control", "public, max-age=31536000");
        ctx.header("Mercat-Revision", Long.toString(dump.revision()));
        if (Preconditions.of(ctx).isFresh(tag)) {
            ctx.status(304);
            return;
        }
        String digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(file.sha256()));
        ctx.header("Repr-Digest", "sha-256=:" + digest + ":");
        ctx.header(
                "Content-Disposition",
                "attachment; filename=\"mercat-" + dump.revision() + "."
                        + file.format().ending() + "\"");
        String ifRange = ctx.header("If-Range");
        Optional<ByteRange> range = ifRange == null || ifRange.equals(tag)
                ? ByteRange.of(ctx.header("Range"), file.bytes())
                : Optional.empty();
        if (range.isPresent() && !range.get().fits(file.bytes())) {
            ctx.header("Content-Range", "bytes */" + file.bytes()).removeHeader("ETag");
            throw Kind.RANGE_NOT_SATISFIABLE.because("The file has " + file.bytes() + " bytes, and \""
                    + ctx.header("Range") + "\" begins behind its end.");
        }
        range.ifPresent(part -> ctx.status(206)
                .header("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + file.bytes()));
        ctx.contentType(DumpFormat.GZIP);
        ByteRange part = range.orElse(new ByteRange(0, file.bytes() - 1));
        ctx.res().setContentLengthLong(part.length());
        if (ctx.method().name().equals("GET")) {
            copy(ctx, dump, dumps.file(dump, file.format()), part);
        }
    }

    private void copy(Context ctx, Dump dump, Path file, ByteRange part) {
        try (FileChannel from = FileChannel.open(file)) {
            WritableByteChannel to = Channels.newChannel(ctx.res().getOutputStream());
            for (long at = part.first(); at <= part.last(); ) {
                at += from.transferTo(at, Math.min(CHUNK, part.last() + 1 - at), to);
            }
        } catch (NoSuchFileException e) {
            throw gone(dump); // in this moment
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FailureException gone(Dump dump) {
        return Kind.GONE.because("The files of the dump of revision " + dump.revision() + " are not kept any more."
                + dumps.newest()
                        .map(newest -> " The newest dump is that of revision " + newest.revision() + ": GET /dumps/"
                                + newest.revision() + ".nq.gz.")
                        .orElse("")
                + " GET /dumps lists all that are kept.");
    }
}
