// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import org.apache.jena.graph.Node;
import org.apache.jena.query.text.Entity;
import org.apache.jena.query.text.EntityDefinition;
import org.apache.jena.query.text.TextIndex;
import org.apache.jena.query.text.TextQueryFuncs;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.system.Txn;
import org.apache.jena.system.progress.MonitorOutput;
import org.apache.jena.tdb2.DatabaseMgr;
import org.apache.jena.tdb2.loader.DataLoader;
import org.apache.jena.tdb2.loader.LoaderFactory;

/** Fills the databases of {@link PlainFuseki}: TDB2's bulk loader, then jena-text's index of what is there. */
final class PlainFusekiLoader {
    private PlainFusekiLoader() {}

    /** @param args file of quads, folder of the database, folder of the text index */
    public static void main(String[] args) throws IOException {
        DatasetGraph database = DatabaseMgr.connectDatasetGraph(args[1]);
        MonitorOutput silent = (format, words) -> {};
        DataLoader loader = LoaderFactory.createLoader(database, silent);
        loader.startBulk();
        loader.load(args[0]);
        loader.finishBulk();
        TextIndex index = PlainFuseki.textIndex(Path.of(args[2]));
        Txn.executeRead(database, () -> index(database, index));
        index.commit();
        index.close();
    }

    private static void index(DatasetGraph database, TextIndex index) {
        EntityDefinition definition = index.getDocDef();
        definition.fields().stream()
                .map(definition::getPredicates)
                .flatMap(Collection::stream)
                .forEach(property -> database.find(Node.ANY, Node.ANY, property, Node.ANY)
                        .forEachRemaining(quad -> add(definition, quad, index)));
    }

    private static void add(EntityDefinition definition, Quad quad, TextIndex index) {
        Entity entity = TextQueryFuncs.entityFromQuad(definition, quad);
        if (entity != null) { // as of a number
            index.addEntity(entity);
        }
    }
}
