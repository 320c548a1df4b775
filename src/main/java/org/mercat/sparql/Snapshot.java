// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.core.DatasetGraph;
import org.mercat.http.Preconditions;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;

/** What an answer says of the state of the data that it speaks of. */
final class Snapshot {
    /** The header that names the revision. */
    static final String HEADER = "Mercat-Revision";

    private Snapshot() {}

    /** The revision of the data. @param dataset the public one, in a transaction */
    static long revisionOf(DatasetGraph dataset) {
        return Resources.revisionOf(dataset.getGraph(Store.NAME), Store.NAME).orElse(0L);
    }

    /** The entity tag of what depends on the data alone. */
    static String tag(long revision, String type) {
        return "\"" + revision + "-" + type.replaceAll("^.*[/+-]", "") + "\"";
    }

    /**
     * Names the revision, and an entity tag where the answer depends on the data alone.
     *
     * @param dataset the public one, in the transaction that the query will run in
     * @param type media type of the answer
     * @return whether the client has that answer already
     */
    static boolean announce(
            HttpServletRequest request, HttpServletResponse response, DatasetGraph dataset, Query query, String type) {
        long revision = revisionOf(dataset);
        response.setHeader(HEADER, Long.toString(revision));
        response.setHeader("Vary", "Accept");
        boolean isRead =
                request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (!isRead || LibraryRoutes.changesWithTime(query)) {
            return false;
        }
        String tag = tag(revision, type);
        response.setHeader("ETag", tag);
        return new Preconditions(null, request.getHeader("If-None-Match")).isFresh(tag);
    }
}
