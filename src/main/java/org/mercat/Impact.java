// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.mercat.bench.EvaluationCollection;
import org.mercat.bench.EvaluationResult;
import org.mercat.rdf.Home;
import org.mercat.rdf.QueryFile;
import org.mercat.vocabulary.VocabularyDiff;

/**
 * What other vocabularies, shapes and queries would do to a catalogue: its data are held against both.
 *
 * @param diff of the vocabularies
 * @param offerings how many there are
 * @param refused what the catalogue takes today and would refuse, with the reason
 * @param moved what offerings are found under, and were not, or are no longer
 * @param demands stored searches that find other offerings
 * @param queries files of the query library that give other rows, with their default parameters
 * @param figures of the evaluation by name, before and after; empty if no collection was given
 */
record Impact(
        VocabularyDiff diff,
        int offerings,
        List<String> refused,
        List<Moved> moved,
        List<Changed> demands,
        List<Changed> queries,
        Map<String, double[]> figures) {
    /** Rows of a search that are compared. */
    private static final int MOST = 10_000;

    /** Offerings that are found under other categories and types, the same ones. */
    record Moved(Set<String> gained, Set<String> lost, List<String> offerings) {}

    /**
     * Something that has another result.
     *
     * @param lost what only the old one has
     * @param gained what only the new one has
     * @param failure why it has no result any more; empty if it has
     */
    record Changed(String name, int before, int after, List<String> lost, List<String> gained, String failure) {}

    /** Whether nothing changes for anybody. */
    boolean isEmpty() {
        return refused.isEmpty() && moved.isEmpty() && demands.isEmpty() && queries.isEmpty();
    }

    /**
     * Loads the data twice and compares.
     *
     * @param settings of both catalogues but for home and data
     * @param data N-Quads or what else can be loaded
     * @param work an empty folder
     */
    static Impact of(Config settings, Path newHome, Path data, Optional<Path> collection, Path work, Progress progress)
            throws IOException {
        Home before = new Home(settings.home());
        Home after = new Home(Optional.of(newHome));
        try (Catalogue old = Catalogue.open(settings.at(settings.home(), work.resolve("before")));
                Catalogue next = Catalogue.open(settings.at(Optional.of(newHome), work.resolve("after")))) {
            progress.step("Loading the data as it is.");
            List<String> always = old.load(data, progress).refusals();
            progress.step("Loading the data with what is new.");
            List<String> refused = new ArrayList<>(next.load(data, progress).refusals());
            refused.removeAll(always);
            progress.step("Comparing.");
            Map<String, Set<String>> concepts = old.conceptsOfOfferings();
            return new Impact(
                    VocabularyDiff.between(
                            old.vocabularies().byName(), next.vocabularies().byName()),
                    concepts.size(),
                    refused,
                    moved(concepts, next.conceptsOfOfferings()),
                    demands(old, next),
                    queries(old, next),
                    collection.isEmpty() ? Map.of() : figures(collection.get(), before, after, work));
        }
    }

    private static List<Moved> moved(Map<String, Set<String>> before, Map<String, Set<String>> after) {
        Map<List<Set<String>>, List<String>> moved = new LinkedHashMap<>();
        before.forEach((offering, concepts) -> {
            Set<String> now = after.get(offering);
            if (now != null && !now.equals(concepts)) {
                moved.computeIfAbsent(List.of(only(now, concepts), only(concepts, now)), c -> new ArrayList<>())
                        .add(offering);
            }
        });
        return moved.entrySet().stream()
                .map(entry -> new Moved(entry.getKey().get(0), entry.getKey().get(1), entry.getValue()))
                .sorted((a, b) -> b.offerings.size() - a.offerings.size())
                .toList();
    }

    private static Set<String> only(Set<String> these, Set<String> notThose) {
        Set<String> only = new TreeSet<>(these);
        only.removeAll(notThose);
        return only;
    }

    private static List<Changed> demands(Catalogue old, Catalogue next) {
        List<Changed> changed = new ArrayList<>();
        old.searchesOfDemands()
                .forEach((demand, search) -> compare(
                                demand,
                                catalogue ->
                                        rows(catalogue, catalogue.engine().query(search, MOST), List.of("offering")),
                                old,
                                next)
                        .ifPresent(changed::add));
        return changed;
    }

    private static List<Changed> queries(Catalogue old, Catalogue next) {
        Map<String, QueryFile> now = new TreeMap<>();
        next.queries().forEach(file -> now.put(file.name(), file));
        List<Changed> changed = new ArrayList<>();
        for (QueryFile file : old.queries()) {
            QueryFile newer = now.get(file.name());
            if (newer == null) {
                changed.add(new Changed(file.name(), 0, 0, List.of(), List.of(), "There is no such file any more."));
                continue;
            }
            compare(
                            file.name(),
                            catalogue -> rows(
                                    catalogue,
                                    (catalogue == old ? file : newer).bind(Map.of()),
                                    file.query().getResultVars()),
                            old,
                            next)
                    .ifPresent(changed::add);
        }
        return changed;
    }

    private static Optional<Changed> compare(
            String name, Function<Catalogue, List<String>> rows, Catalogue old, Catalogue next) {
        List<String> before;
        try {
            before = rows.apply(old);
        } catch (RuntimeException e) {
            return Optional.empty(); // it has no result today, either
        }
        try {
            List<String> after = rows.apply(next);
            List<String> lost = without(before, after);
            List<String> gained = without(after, before);
            return lost.isEmpty() && gained.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Changed(name, before.size(), after.size(), lost, gained, ""));
        } catch (RuntimeException e) {
            return Optional.of(new Changed(name, before.size(), 0, before, List.of(), LoadBatch.reason(e)));
        }
    }

    private static List<String> without(Collection<String> these, Collection<String> those) {
        List<String> left = new ArrayList<>(new TreeSet<>(these));
        left.removeAll(new TreeSet<>(those));
        return left;
    }

    private static List<String> rows(Catalogue catalogue, Query query, List<String> variables) {
        return catalogue.select(query).stream()
                .map(row -> String.join(
                        "  ", variables.stream().map(name -> word(row, name)).toList()))
                .toList();
    }

    private static String word(Binding row, String name) {
        var node = row.get(Var.alloc(name));
        return node == null ? "-" : node.isURI() ? node.getURI() : node.getLiteralLexicalForm();
    }

    private static Map<String, double[]> figures(Path folder, Home before, Home after, Path work) throws IOException {
        EvaluationCollection collection = EvaluationCollection.read(folder);
        Optional<EvaluationResult.Quality> old =
                Evaluation.run(collection, before, work).mean();
        Optional<EvaluationResult.Quality> now =
                Evaluation.run(collection, after, work).mean();
        Map<String, double[]> figures = new LinkedHashMap<>();
        if (old.isPresent() && now.isPresent()) {
            figures.put(
                    "MAP", new double[] {old.get().averagePrecision(), now.get().averagePrecision()});
            figures.put("nDCG", new double[] {old.get().ndcg(), now.get().ndcg()});
            figures.put("P@10", new double[] {old.get().precision(), now.get().precision()});
        }
        return figures;
    }
}
