// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

/** Is told what a query does while it runs, and ends it by an exception. Called by the thread that runs the query. */
public interface Watch {
    /** One more triple or row was looked at. Must be quick: it comes millions of times. */
    void step();

    /** So much more is kept in memory until the query ends. @param bytes an estimate */
    void keep(long bytes);
}
