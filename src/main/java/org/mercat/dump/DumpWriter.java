// SPDX-License-Identifier: Apache-2.0
package org.mercat.dump;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFWriter;
import org.apache.jena.sparql.core.Quad;
import org.mercat.rdf.PackedFile;

/** Writes one file of a dump: compressed, its digest taken as it goes, on disk when it is finished. */
final class DumpWriter implements AutoCloseable {
    private final DumpFormat format;
    private final PackedFile file;
    private final OutputStream out;
    private final StreamRDF statements;

    /** @param file that there is not yet */
    DumpWriter(DumpFormat format, Path file) throws IOException {
        this.format = format;
        this.file = new PackedFile(file);
        this.out = this.file.member();
        this.statements = StreamRDFWriter.getWriterStream(out, format.lang());
        statements.start();
    }

    void prefix(String prefix, String iri) {
        if (format == DumpFormat.TURTLE) {
            statements.prefix(prefix, iri);
        }
    }

    void write(Quad quad) {
        if (format == DumpFormat.QUADS) {
            statements.quad(quad);
        } else {
            statements.triple(quad.asTriple());
        }
    }

    /** Brings it to disk. */
    Dump.File finish() throws IOException {
        statements.finish();
        out.close();
        PackedFile.Packed packed = file.finish();
        return new Dump.File(format, packed.bytes(), packed.sha256());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
