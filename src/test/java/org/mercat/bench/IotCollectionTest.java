// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.junit.jupiter.api.Test;
import org.mercat.rdf.Home;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Vocabularies;

/** Our own collection keeps the rules that its README states. */
class IotCollectionTest {
    private static final EvaluationCollection IOT =
            EvaluationCollection.read(Path.of("src/test/resources/evaluation/iot"));

    private final Judgments judgments = IOT.graded().orElseThrow();

    @Test
    void it_has_its_size_and_its_languages() {
        assertThat(IOT.offerings()).hasSize(152);
        assertThat(IOT.requests()).hasSize(40);
        assertThat(IOT.requests().stream()
                        .collect(Collectors.groupingBy(r -> r.id().replaceFirst("-\\d$", ""), Collectors.counting())))
                .containsOnlyKeys("en", "de", "es", "ca", "it")
                .allSatisfy((language, requests) -> assertThat(requests).isEqualTo(8));
    }

    @Test
    void every_request_has_two_good_offerings_that_exist() {
        Set<String> ids = IOT.offerings().stream()
                .map(offering -> offering.path("id").asText())
                .collect(Collectors.toSet());
        assertThat(judgments.grades().keySet())
                .isEqualTo(IOT.requests().stream().map(EvaluationRequest::id).collect(Collectors.toSet()));
        assertThat(judgments.grades()).allSatisfy((request, grades) -> {
            assertThat(ids).containsAll(grades.keySet());
            assertThat(grades.values()).allMatch(grade -> grade <= 3);
            assertThat(judgments.relevant(request, 2)).as(request).hasSizeGreaterThanOrEqualTo(2);
        });
    }

    @Test
    void what_requests_ask_for_is_in_the_vocabularies() {
        Terms terms =
                Terms.of(Vocabularies.read(new Home(Optional.empty())).byName().values());
        Set<Node> asked = IOT.requests().stream()
                .flatMap(r -> Stream.of(r.inputs().stream(), r.outputs().stream(), r.category().stream())
                        .flatMap(iris -> iris))
                .map(NodeFactory::createURI)
                .collect(Collectors.toSet());
        assertThat(asked).hasSizeGreaterThan(20).allMatch(terms::isKnown);
        assertThat(terms.isKnown(NodeFactory.createURI("https://w3id.org/mercat/categories#Parkin")))
                .isFalse();
    }
}
