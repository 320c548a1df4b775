// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.mercat.http.Access;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Registrar;
import org.mercat.http.ResourceRoutes;
import org.mercat.http.Route;
import org.mercat.http.Rules;
import org.mercat.ns.MC;
import org.mercat.party.Parties;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Home;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;
import org.mercat.rdf.Syntax;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Vocabularies;
import org.mercat.search.PageWriter;
import org.mercat.vocabulary.TermEvent;

/** How the vocabularies change while the catalogue runs, with all that belongs to it: proposals, their steps, their terms. */
public final class Governance {
    private final Store store;
    private final Proposals proposals;
    private final Parties parties;
    private final Stewards stewards;
    private final Check check;
    private final Moves moves;
    private final Collection offerings;
    private final Collection demands;
    private final Supplier<Home> home;
    private final Supplier<Vocabularies> files;
    private final Runnable adopt;

    /**
     * @param terms of the vocabularies as they are now, with what proposals make of them
     * @param vocabularies the same
     * @param home with the files as they are now
     * @param files what these say of vocabularies
     * @param adopt makes the catalogue know what proposals have changed, before it returns
     */
    public Governance(
            Store store,
            Proposals proposals,
            Parties parties,
            Supplier<Terms> terms,
            Supplier<Vocabularies> vocabularies,
            Supplier<Home> home,
            Supplier<Vocabularies> files,
            Runnable adopt) {
        String baseIri = proposals.collection().baseIri();
        this.store = store;
        this.proposals = proposals;
        this.parties = parties;
        this.stewards = new Stewards(store, parties);
        this.check = new Check(terms, vocabularies, proposals.collection());
        this.offerings = new Collection("offerings", MC.Offering, 3, baseIri);
        this.demands = new Collection("demands", MC.Demand, 3, baseIri);
        this.moves = new Moves(store, offerings, demands);
        this.home = home;
        this.files = files;
        this.adopt = adopt;
    }

    /** Who may propose what. @param commentPeriod before which a proposal is not accepted without a reason */
    public Rules rules(Duration commentPeriod) {
        return new ProposalRules(proposals, parties, stewards, check, commentPeriod, adopt);
    }

    /** The rules of offerings with those for terms that are proposed. */
    public Rules ofOfferings(Rules rules) {
        return new TermUse(rules, proposals, check, offerings, true);
    }

    /** The rules of demands with those for terms that are proposed. */
    public Rules ofDemands(Rules rules) {
        return new TermUse(rules, proposals, check, demands, false);
    }

    public List<Route> routes(Registrar registrar, Documents documents, Resources resources, PageWriter pages) {
        ResourceRoutes members = new ResourceRoutes(ProposalRoutes.PATH, registrar, documents, resources);
        Decisions decisions =
                new Decisions(store, proposals, check, new FileCheck(home, files, proposals), stewards, moves, adopt);
        Impact impact = new Impact(proposals, moves, offerings, demands);
        List<Route> routes = new ArrayList<>(
                new ProposalRoutes(proposals, decisions, impact, documents, resources, pages, members).routes());
        routes.add(Route.get("/vocabularies/{name}/export", Access.PUBLIC, this::export));
        return routes;
    }

    /** What is on record of a term that was accepted or deprecated, for the term's page. */
    public List<TermEvent> events(Node term) {
        List<TermEvent> events = new ArrayList<>();
        for (StoredProposal proposal : proposals.all()) {
            if (proposal.status() == Status.ACCEPTED
                    && proposal.term().filter(term::equals).isPresent()) {
                for (History.Taken taken : History.steps(proposal.graph(), proposal.node())) {
                    if (taken.step() == Step.PROPOSE || taken.step() == Step.ACCEPT) {
                        boolean isEnd = taken.step() == Step.ACCEPT && !proposal.addsTerm();
                        events.add(new TermEvent(
                                "", isEnd ? "deprecate" : taken.step().word(), told(proposal, taken)));
                    }
                }
            }
        }
        return events;
    }

    private static String told(StoredProposal proposal, History.Taken taken) {
        String who = taken.agent().map(agent -> " " + agent.getURI()).orElse("");
        return taken.time().truncatedTo(ChronoUnit.SECONDS) + who + " <" + proposal.node() + ">";
    }

    private void export(Context ctx) {
        String name = ctx.pathParam("name");
        String text = Decided.text(proposals, home.get(), files.get(), name)
                .orElseThrow(() -> Kind.NOT_FOUND.because(
                        "There is no vocabulary file \"" + name + "\". GET /vocabularies lists those that there are."));
        ctx.header("Content-Disposition", "attachment; filename=\"" + name + ".ttl\"");
        ctx.header("Cache-Control", "no-cache")
                .contentType(Syntax.TURTLE.contentType())
                .result(text);
    }

    /** Ends what a stop cut short: what uses a term that was accepted moves to it. */
    public void finish() {
        for (StoredProposal proposal : proposals.all()) {
            if (proposal.status() == Status.ACCEPTED && proposal.addsTerm()) {
                proposal.term().ifPresent(term -> moves.run(proposal.node(), term));
            }
        }
    }
}
