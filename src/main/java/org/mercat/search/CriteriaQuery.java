// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.jena.graph.Node;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.LatLonShape;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.LongRange;
import org.apache.lucene.document.ShapeField.QueryRelation;
import org.apache.lucene.geo.Circle;
import org.apache.lucene.geo.LatLonGeometry;
import org.apache.lucene.geo.Point;
import org.apache.lucene.geo.Rectangle;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.queries.function.FunctionScoreQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.mercat.ns.MC;

/** Makes of criteria the queries of the index. For any number of threads. */
final class CriteriaQuery {
    private static final double ROUNDING = 2e-7;

    private final Concepts concepts;
    private final Facts facts;
    private final Languages languages;

    CriteriaQuery(Concepts concepts, Facts facts, Languages languages) {
        this.languages = languages;
        this.concepts = concepts;
        this.facts = facts;
    }

    /**
     * A search as the index runs it.
     *
     * @param criteria finds what meets the criteria, active or not; its score is that of the text alone
     * @param ranking makes the score of it
     * @param concepts that are ranked by
     */
    record Prepared(Query criteria, Ranking ranking, Concepts concepts) {
        /** What finds the offerings that are active at an instant, in milliseconds of the epoch. */
        Query found(long now) {
            return new BooleanQuery.Builder()
                    .add(criteria, Occur.MUST)
                    .add(LongPoint.newRangeQuery(Fields.ACTIVE_UNTIL, Long.MIN_VALUE, now), Occur.MUST_NOT)
                    .build();
        }

        /** The same with scores by which they can be ordered, see {@link Ranking#score}. */
        Query scored(long now) {
            Query found = found(now);
            if (ranking.onlyCategory().isPresent()) {
                return byCategory(found, ranking.onlyCategory().get());
            }
            return ranking.isEmpty()
                    ? new ConstantScoreQuery(found)
                    : ranking.isOfTextAlone() ? found : new FunctionScoreQuery(found, ranking);
        }

        /** Categories that are equally alike to the wanted one give one score. */
        private Query byCategory(Query found, Node wanted) {
            Map<Double, List<Node>> alike = new TreeMap<>();
            for (Node concept : concepts.relatives(wanted)) {
                alike.computeIfAbsent(concepts.similarity(wanted, concept), s -> new ArrayList<>())
                        .add(concept);
            }
            List<Query> levels = new ArrayList<>();
            alike.forEach((similarity, its) -> levels.add(new BoostQuery(
                    new ConstantScoreQuery(terms(Fields.CATEGORY, its)), (float) ranking.scoreOf(similarity))));
            return new BooleanQuery.Builder()
                    .add(new DisjunctionMaxQuery(levels, 0), Occur.MUST)
                    .add(found, Occur.FILTER)
                    .build();
        }
    }

    /** The search for the offerings that meet the criteria. */
    Prepared prepare(Criteria criteria, IndexReader reader) throws IOException {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        query.add(new MatchAllDocsQuery(), Occur.FILTER);
        for (Query filter : filters(criteria, reader)) {
            query.add(filter, Occur.FILTER);
        }
        double textBound = 0;
        if (criteria.one(Key.TEXT).isPresent()) {
            TextQuery text = new TextQuery(languages, reader);
            Query words = text.of(criteria.text(Key.TEXT).get(), criteria.isOpen());
            query.add(words, criteria.isOpen() ? Occur.SHOULD : Occur.MUST);
            textBound = text.bound();
        }
        return new Prepared(query.build(), new Ranking(criteria, textBound, concepts), concepts);
    }

    private List<Query> filters(Criteria criteria, IndexReader reader) throws IOException {
        List<Query> filters = new ArrayList<>();
        if (!criteria.isOpen()) {
            Degree worst = criteria.worst().orElse(Degree.SUBSUMES);
            for (Node category : criteria.all(Key.CATEGORY)) {
                filters.add(concept(Fields.CATEGORY, category, criteria.worst().orElse(Degree.PLUGIN)));
            }
            for (Node output : criteria.all(Key.OUTPUT)) {
                filters.add(concept(Fields.OUTPUT, output, worst));
            }
            if (!criteria.all(Key.INPUT).isEmpty()) {
                filters.add(inputs(criteria, worst, reader));
            }
        }
        criteria.text(Key.WITHIN)
                .ifPresent(wkt -> filters.add(touches(Geometry.parse(wkt).parts())));
        criteria.text(Key.NEAR).ifPresent(wkt -> {
            Point centre = (Point) Geometry.parse(wkt).parts().get(0);
            double metres = Double.parseDouble(criteria.text(Key.RADIUS).orElseThrow());
            filters.add(touches(List.of(metres == 0 ? centre : new Circle(centre.getLat(), centre.getLon(), metres))));
        });
        criteria.text(Key.PLACE).ifPresent(words -> filters.add(place(words)));
        if (criteria.one(Key.FROM).isPresent() || criteria.one(Key.UNTIL).isPresent()) {
            filters.add(LongRange.newIntersectsQuery(
                    Fields.TIME,
                    new long[] {criteria.one(Key.FROM).map(Projection::millis).orElse(Long.MIN_VALUE)},
                    new long[] {criteria.one(Key.UNTIL).map(Projection::millis).orElse(Long.MAX_VALUE)}));
        }
        criteria.text(Key.MAX_PRICE)
                .ifPresent(most ->
                        filters.add(price(most, criteria.text(Key.CURRENCY).orElseThrow())));
        criteria.one(Key.MODIFIED_SINCE)
                .ifPresent(since -> filters.add(
                        LongPoint.newRangeQuery(Fields.MODIFIED, Projection.millis(since), Long.MAX_VALUE)));
        if (!criteria.all(Key.UNIT).isEmpty()) {
            filters.add(units(criteria.all(Key.UNIT)));
        }
        oneOf(filters, Fields.PRICING_MODEL, criteria.all(Key.PRICING_MODEL));
        oneOf(filters, Fields.LICENCE, criteria.all(Key.LICENCE));
        oneOf(filters, Fields.PROVIDER, criteria.all(Key.PROVIDER));
        oneOf(filters, Fields.ORGANIZATION, criteria.all(Key.ORGANIZATION));
        oneOf(filters, Fields.SEGMENT, criteria.all(Key.SEGMENT));
        oneOf(filters, Fields.KIND, criteria.all(Key.KIND));
        oneOf(filters, Fields.PROTOCOL, criteria.all(Key.PROTOCOL));
        oneOf(filters, Fields.VALUE_TYPE, criteria.all(Key.VALUE_TYPE));
        for (Node action : criteria.all(Key.PERMISSION)) {
            filters.add(new TermQuery(new Term(Fields.PERMISSION, action.toString())));
        }
        return filters;
    }

    private void oneOf(List<Query> filters, String field, List<Node> values) {
        if (!values.isEmpty()) {
            filters.add(terms(field, values.stream().map(concepts::canonical).toList()));
        }
    }

    private static Query terms(String field, Collection<Node> values) {
        if (values.size() == 1) {
            return new TermQuery(new Term(field, values.iterator().next().toString()));
        }
        return new TermInSetQuery(
                field,
                values.stream().map(value -> new BytesRef(value.toString())).toList());
    }

    /** Documents with a concept of at least that degree. */
    private Query concept(String field, Node wanted, Degree worst) {
        Node concept = concepts.canonical(wanted);
        Term same = new Term(field, concept.toString());
        Term sameOrNarrower = new Term(field + Fields.ALL, concept.toString());
        return switch (worst) {
            case EXACT -> new TermQuery(same);
            case PLUGIN -> new TermQuery(sameOrNarrower);
            case SUBSUMES ->
                any(
                        new TermQuery(sameOrNarrower),
                        terms(field, concepts.ancestors(concept).keySet()));
            case OVERLAP ->
                any(
                        terms(field + Fields.ALL, shared(concept)),
                        terms(field, concepts.ancestors(concept).keySet()));
            case FAIL -> new MatchAllDocsQuery();
        };
    }

    private Set<Node> shared(Node concept) {
        Set<Node> shared = new HashSet<>(concepts.ancestors(concept).keySet());
        shared.removeIf(above -> !above.equals(concept) && !concepts.isShared(above));
        return shared;
    }

    private static Query any(Query... queries) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        for (Query query : queries) {
            any.add(query, Occur.SHOULD);
        }
        return any.build();
    }

    /**
     * Documents that need nothing but what is available, and if no output is wanted, take some of it: else every one
     * without inputs would be found.
     */
    private Query inputs(Criteria criteria, Degree worst, IndexReader reader) throws IOException {
        List<Node> available = criteria.all(Key.INPUT);
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        Set<BytesRef> missing = new TreeSet<>();
        Terms needed = MultiTerms.getTerms(reader, Fields.NEEDED);
        if (needed != null) {
            TermsEnum each = needed.iterator();
            for (BytesRef term = each.next(); term != null; term = each.next()) {
                Node need = org.apache.jena.graph.NodeFactory.createURI(term.utf8ToString());
                if (available.stream()
                        .noneMatch(have -> concepts.degree(need, have).isAtLeast(worst))) {
                    missing.add(BytesRef.deepCopyOf(term));
                }
            }
        }
        if (!missing.isEmpty()) {
            query.add(new TermInSetQuery(Fields.NEEDED, missing), Occur.MUST_NOT);
        }
        if (criteria.all(Key.OUTPUT).isEmpty()) {
            available.forEach(have -> query.add(
                    worst == Degree.PLUGIN // the offering wants, and what is available is narrower
                            ? terms(Fields.INPUT, concepts.ancestors(have).keySet())
                            : concept(Fields.INPUT, have, worst),
                    Occur.SHOULD));
            query.setMinimumNumberShouldMatch(1);
        } else {
            query.add(new MatchAllDocsQuery(), Occur.FILTER);
        }
        return query.build();
    }

    private static Query touches(List<LatLonGeometry> parts) {
        Query[] areas = parts.stream()
                .map(part -> part instanceof Point point ? around(point) : part)
                .map(part -> part instanceof Rectangle box
                        ? inBox(box)
                        : LatLonShape.newGeometryQuery(Fields.SHAPE, QueryRelation.INTERSECTS, part))
                .toArray(Query[]::new);
        return areas.length == 1 ? areas[0] : any(areas);
    }

    /** By the tree of all triangles, or where little else is left, by looking at what is left. */
    private static Query inBox(Rectangle box) {
        return new IndexOrDocValuesQuery(
                LatLonShape.newBoxQuery(
                        Fields.SHAPE, QueryRelation.INTERSECTS, box.minLat, box.maxLat, box.minLon, box.maxLon),
                LatLonShape.newSlowDocValuesBoxQuery(
                        Fields.SHAPE, QueryRelation.INTERSECTS, box.minLat, box.maxLat, box.minLon, box.maxLon));
    }

    /** A box of a few centimetres: the index rounds coordinates, so that no point would meet itself. */
    private static Rectangle around(Point point) {
        return new Rectangle(
                Math.max(-90, point.getLat() - ROUNDING),
                Math.min(90, point.getLat() + ROUNDING),
                Math.max(-180, point.getLon() - ROUNDING),
                Math.min(180, point.getLon() + ROUNDING));
    }

    private Query place(String words) {
        BooleanQuery.Builder place = new BooleanQuery.Builder();
        languages.written(words).forEach(word -> place.add(new TermQuery(new Term(Fields.PLACE, word)), Occur.MUST));
        return place.build();
    }

    private static Query price(String most, String currency) {
        BooleanQuery.Builder payable = new BooleanQuery.Builder();
        payable.add(new TermQuery(new Term(Fields.CURRENCY, currency)), Occur.FILTER);
        payable.add(DoublePoint.newRangeQuery(Fields.AMOUNT, 0, new BigDecimal(most).doubleValue()), Occur.FILTER);
        return any(new TermQuery(new Term(Fields.PRICING_MODEL, MC.FREE.toString())), payable.build());
    }

    /** Values in one of the units, or in one that can be converted into it. */
    private Query units(List<Node> units) {
        List<Node> same = units.stream().map(concepts::canonical).toList();
        Set<Node> quantities = new HashSet<>();
        same.forEach(unit -> quantities.addAll(facts.quantitiesOf(unit)));
        return quantities.isEmpty()
                ? terms(Fields.UNIT, same)
                : any(terms(Fields.UNIT, same), terms(Fields.QUANTITY, quantities));
    }
}
