// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.jena.fuseki.main.FusekiServer;
import org.apache.jena.query.text.EntityDefinition;
import org.apache.jena.query.text.TextDatasetFactory;
import org.apache.jena.query.text.TextIndex;
import org.apache.jena.query.text.TextIndexConfig;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.tdb2.DatabaseMgr;
import org.apache.jena.tdb2.TDB2;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.apache.lucene.store.FSDirectory;

/** Jena Fuseki as it comes, with one updatable TDB2 dataset {@code /ds}: what is compared with. */
final class PlainFuseki {
    private PlainFuseki() {}

    /** @param args port, folder of the database and, for one with jena-text, folder of its index */
    public static void main(String[] args) throws IOException {
        DatasetGraph database = DatabaseMgr.connectDatasetGraph(args[1]);
        database.getContext().setTrue(TDB2.symUnionDefaultGraph);
        FusekiServer.create()
                .port(Integer.parseInt(args[0]))
                .loopback(true)
                .enablePing(true)
                .add("/ds", args.length < 3 ? database : searchable(database, Path.of(args[2])), true)
                .start();
    }

    private static DatasetGraph searchable(DatasetGraph database, Path index) throws IOException {
        return TextDatasetFactory.create(database, textIndex(index), true);
    }

    /** Of titles, descriptions and labels, with Lucene's standard analyzer, which jena-text has unless told otherwise. */
    static TextIndex textIndex(Path folder) throws IOException {
        EntityDefinition definition = new EntityDefinition("uri", "title", DCTerms.title);
        definition.set("description", DCTerms.description.asNode());
        definition.set("prefLabel", SKOS.prefLabel.asNode());
        definition.set("altLabel", SKOS.altLabel.asNode());
        definition.set("label", RDFS.label.asNode());
        return TextDatasetFactory.createLuceneIndex(FSDirectory.open(folder), new TextIndexConfig(definition));
    }
}
