// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import io.javalin.http.Context;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.pfunction.PropertyFunctionFactory;
import org.mercat.http.Caller;
import org.mercat.http.Pages;
import org.mercat.http.Route;
import org.mercat.ns.MC;
import org.mercat.party.AccessLists;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Documents;
import org.mercat.rdf.JsonContext;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;
import org.mercat.rdf.Terms;

/** The search over a catalogue's offerings with all that belongs to it: index, matching, routes, property function. */
public final class SearchEngine implements AutoCloseable {
    /** What the folder of the index of offerings for some only ends in. */
    private static final String RESTRICTED = "-restricted";

    private final OfferingIndex index;
    private final OfferingIndex restricted;
    private final AccessLists lists;
    private final Search search;
    private final InstantSource clock;
    private final JsonContext context;
    private final Documents documents;
    private final Collection offerings;
    private volatile Lexicon lexicon;

    /**
     * Opens the index in a folder; it is complete after {@link #catchUp}.
     *
     * @param vocabularies changes whenever the vocabularies do
     * @param timeLimit of one search
     * @param clock that says which offerings are active
     */
    public SearchEngine(
            Path folder,
            Store store,
            Terms terms,
            JsonContext context,
            Documents documents,
            Collection offerings,
            String vocabularies,
            Duration timeLimit,
            InstantSource clock) {
        this.clock = clock;
        this.context = context;
        this.documents = documents;
        this.offerings = offerings;
        this.lexicon = Lexicon.of(terms, context, documents);
        this.lists = new AccessLists(store::ledgerGraph, offerings);
        this.index = OfferingIndex.open(
                folder, OfferingSource.catalogue(store, offerings), this::lexicon, offerings, madeFrom(vocabularies));
        this.restricted = OfferingIndex.open(
                folder.resolveSibling(folder.getFileName() + RESTRICTED),
                OfferingSource.ledger(store, lists),
                this::lexicon,
                offerings,
                madeFrom(vocabularies));
        this.search = new Search(index, this::lexicon, clock, timeLimit);
    }

    private Lexicon lexicon() {
        return lexicon;
    }

    private String madeFrom(String vocabularies) {
        return vocabularies + " " + documents.version();
    }

    /**
     * Goes by other vocabularies from now on, while it is searched. Offerings that use a term of which they say something
     * else are filed anew.
     *
     * @param vocabularies changes whenever the vocabularies do
     * @return done when all are filed, with how many were filed anew
     */
    public CompletableFuture<Integer> adopt(Terms terms, String vocabularies) {
        Lexicon before = lexicon;
        Lexicon next = Lexicon.of(terms, context, documents);
        CompletableFuture<Integer> open = index.adopt(
                () -> {
                    Reach reach = new Reach(before, next);
                    lexicon = next;
                    return reach;
                },
                madeFrom(vocabularies));
        return open.thenCombine(
                open.thenCompose(done -> restricted.adopt(() -> new Reach(before, next), madeFrom(vocabularies))),
                Integer::sum);
    }

    /** Takes what the store has and the index has not; from then on the index follows the store. */
    public void catchUp(OfferingIndex.Progress progress) {
        index.catchUp(progress);
        restricted.catchUp((made, all) -> {});
    }

    /** Makes the index anew, in place of {@link #catchUp}. */
    public void rebuild(OfferingIndex.Progress progress) {
        index.rebuild(progress);
        restricted.rebuild((made, all) -> {});
    }

    /** Whether it finds what is committed. */
    public boolean isHealthy() {
        return index.isHealthy() && restricted.isHealthy();
    }

    /** The search over REST, and as a page. @param promoted offerings for which somebody pays */
    public List<Route> routes(PageWriter pages, Resources resources, Pages html, Supplier<Set<Node>> promoted) {
        return searchRoutes(pages, resources, promoted)
                .routes(new SearchPages(this::searchOf, this::lexicon, offerings.baseIri(), html, promoted));
    }

    /**
     * The page of a search.
     *
     * @param parameters names and values as a URL has them
     */
    public SearchPage page(Map<String, List<String>> parameters, String language) {
        return new SearchPageBuilder(
                        search,
                        lexicon,
                        new Explanation(search, this::lexicon),
                        offerings.baseIri(),
                        language,
                        parameters)
                .build(Set.of())
                .page();
    }

    /** Single offerings for people. */
    public OfferingPages offeringPages(Pages html) {
        return new OfferingPages(this::searchOf, this::lexicon, offerings.baseIri(), html);
    }

    private SearchRoutes searchRoutes(PageWriter pages, Resources resources, Supplier<Set<Node>> promoted) {
        return new SearchRoutes(
                this::searchOf,
                this::lexicon,
                new SearchAnswer(context, this::lexicon, offerings.baseIri()),
                pages,
                visible(resources),
                offerings,
                promoted);
    }

    /** Offerings as the one who asks may see them. @param resources the public ones */
    public VisibleOfferings visible(Resources resources) {
        return new VisibleOfferings(resources, lists, documents);
    }

    /** The search as the one who asks may use it. */
    Search searchOf(Caller caller) {
        return caller.role() == Caller.Role.ANYONE
                ? search
                : search.on(new OwnView(
                        index, restricted, lists.organizationOf(caller).map(Node::getURI)));
    }

    Search search() {
        return search;
    }

    CriteriaReader reader() {
        return new CriteriaReader(lexicon, offerings.baseIri());
    }

    /** The property functions that the search adds to SPARQL, by IRI. */
    public Map<String, PropertyFunctionFactory> functions() {
        return Map.of(MC.search.getURI(), SearchFunction.factory(search, this::lexicon));
    }

    /**
     * The query that asks {@code mc:search} what a search over REST asks.
     *
     * @param parameters names and values as a URL has them
     * @param limit how many offerings at most, at most {@value SearchFunction#MOST}
     * @throws org.mercat.http.FailureException with all that is wrong
     */
    public Query query(Map<String, List<String>> parameters, int limit) {
        Lexicon its = lexicon;
        return SearchFunction.query(
                new CriteriaReader(its, offerings.baseIri(), limit, SearchFunction.MOST)
                        .read(parameters)
                        .criteria(),
                its.words().prefixes());
    }

    @Override
    public void close() {
        index.close();
        restricted.close();
    }

    /** What has changed among the offerings. */
    public OfferingChanges changes() {
        return new OfferingChanges(index, this::lexicon, offerings, clock);
    }

    /** Searches that new offerings are held against. */
    public StandingSearches standingSearches() {
        return new StandingSearches(index, this::lexicon);
    }

    /**
     * The search that a JSON object is, as {@code POST /offerings/search} takes it.
     *
     * @throws org.mercat.http.FailureException with all that is wrong
     */
    public Criteria criteria(byte[] json) {
        return reader().read(JsonParameters.read(json)).criteria();
    }

    /** What is wrong with a search whose criteria are properties of a node: by the word of each, a message. */
    public Map<String, String> faults(Graph graph, Node search) {
        Map<String, String> faults = new LinkedHashMap<>();
        CriteriaBuilder builder = new CriteriaBuilder(lexicon, Criteria.MOST, Criteria.MOST, faults::putIfAbsent);
        Criteria.in(graph, search).values().forEach((key, values) -> values.forEach(value -> builder.add(key, value)));
        builder.finish();
        return faults;
    }

    /** How many active offerings use which terms, now. */
    public TermUsage usage() {
        return search.usage();
    }

    /** The same of all, with those for some only: for the operator. */
    public TermUsage usageOfAll() {
        return searchOf(new Caller("", Caller.Role.OPERATOR)).usage();
    }

    /**
     * The offerings that a search finds, as JSON.
     *
     * @param parameters names and values as a URL has them
     * @throws org.mercat.http.FailureException with all that is wrong
     */
    public List<byte[]> offerings(Map<String, List<String>> parameters) {
        Criteria criteria = reader().read(parameters).criteria();
        return search.page(criteria, Set.of(Search.Extra.JSON)).hits().stream()
                .map(Search.Hit::json)
                .toList();
    }

    /** Answers a request by what the search finds now. */
    public void answer(Context ctx, Map<String, List<String>> parameters, PageWriter pages, Resources resources) {
        searchRoutes(pages, resources, Set::of).answer(ctx, parameters);
    }

    /** Adds an offering that comes into a store that had none, past its commits. For any number of threads. */
    public void add(Node offering, Graph graph) {
        index.add(offering, graph);
    }

    /** What was added is in the store, and this is its revision. */
    public void keepAdded(long revision) {
        index.keepAdded(revision);
    }

    /** What was added did not come into the store, which still has no offerings. */
    public void dropAdded() {
        index.dropAdded();
    }
}
