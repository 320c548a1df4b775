// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.apache.jena.query.Query;
import org.mercat.bench.SearchCase.Kind;
import org.mercat.bench.Workload.Request;
import org.mercat.bench.Workload.Task;

/** Searches as what clients do, the kinds in turns. */
final class SearchTasks {
    private static final int FIRST_DEEP = 2;
    private static final String NEXT = "\"next\":\"";

    private final SearchPool pool;
    private final List<Kind> kinds;

    SearchTasks(SearchPool pool, List<Kind> kinds) {
        this.pool = pool;
        this.kinds = List.copyOf(kinds);
    }

    private SearchCase search(long number) {
        return pool.get(kinds.get((int) (number % kinds.size())), number);
    }

    /**
     * On Mercat. Deep pages are those that one comes to from the first by {@code next}.
     *
     * @param server where it is, without a slash at the end
     * @param baseIri that its data has
     */
    LongFunction<Task> mercat(String server, String baseIri) {
        ThreadLocal<Reader> readers = ThreadLocal.withInitial(() -> new Reader(server, baseIri));
        return number -> {
            SearchCase search = search(number);
            if (search.kind() == Kind.DEEP) {
                Reader reader = readers.get();
                reader.takeUp(pool, number);
                return task(search.kind(), reader::turn);
            }
            return task(search.kind(), () -> Workload.send(get(server + search.path())));
        };
    }

    /** On Fuseki. A search is all the queries that it takes, one after the other. */
    LongFunction<Task> fuseki(String server, EquivalentQueries queries) {
        int deepPages = SearchPool.LAST_PAGE - FIRST_DEEP + 1;
        return number -> {
            SearchCase search = search(number);
            int page = search.kind() == Kind.DEEP ? FIRST_DEEP + (int) (number / kinds.size() % deepPages) : 1;
            List<Request> requests = queries.of(search, page).stream()
                    .map(query -> query(server, query))
                    .toList();
            return task(search.kind(), () -> requests.forEach(Workload::send));
        };
    }

    private static Task task(Kind kind, Runnable work) {
        return new Task(kind.toString(), 1, work);
    }

    private static Request get(String url) {
        return new Request("GET", url, Map.of("Accept", "application/json"), null);
    }

    static Request query(String server, Query query) {
        return new Request(
                "POST",
                server + "/ds/sparql",
                Map.of("Content-Type", "application/sparql-query", "Accept", "application/sparql-results+json"),
                query.serialize().getBytes(StandardCharsets.UTF_8));
    }

    /** Somebody who reads one page after the other, and then looks for something else. */
    private static final class Reader {
        private final String server;
        private final String baseIri;
        private String next;
        private int page;

        Reader(String server, String baseIri) {
            this.server = server;
            this.baseIri = baseIri;
        }

        /** Opens the first page of another search, if this one has no more. */
        private void takeUp(SearchPool pool, long number) {
            if (page >= SearchPool.LAST_PAGE) {
                next = null;
            }
            for (int tries = 0; next == null; tries++) {
                if (tries == SearchPool.SIZE) {
                    throw new IllegalStateException(
                            "No search has a second page: measure with more offerings (--offerings).");
                }
                page = 0;
                read(server + pool.get(Kind.DEEP, number + tries).path());
            }
        }

        private void turn() {
            read(next);
        }

        private void read(String url) {
            String answer = new String(Workload.send(get(url)), StandardCharsets.UTF_8);
            page++;
            int at = answer.lastIndexOf(NEXT);
            next = at < 0
                    ? null
                    : answer.substring(at + NEXT.length(), answer.indexOf('"', at + NEXT.length()))
                            .replaceFirst("^\\Q" + baseIri + "\\E", server + "/");
        }
    }
}
