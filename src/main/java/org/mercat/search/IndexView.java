// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import org.apache.lucene.search.IndexSearcher;

/** What a search sees of the index. */
interface IndexView {
    /** Runs a search on a state that has everything that was committed before. */
    <T> T search(IndexStates.Action<T> action);

    /** Runs a search on the state that has that number, if it is still kept, else on the newest. */
    <T> T search(long state, IndexStates.Action<T> action);

    /** Keeps a state for the pages to come. @return its number */
    long keep(IndexSearcher searcher) throws IOException;
}
