// SPDX-License-Identifier: Apache-2.0
package org.mercat.dispute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.junit.jupiter.api.Test;
import org.mercat.contract.Contract;
import org.mercat.http.Caller;
import org.mercat.http.Caller.Role;

/** An unanswered dispute goes to the operator when its deadline has passed, not before. */
class DeadlineTest {
    private static final Instant UNTIL = Instant.parse("2026-12-07T12:00:00Z");
    private static final Caller BOB = new Caller("bob/app", Role.CONSUMER);

    private static Dispute dispute(Status status) {
        Node node = NodeFactory.createURI("https://catalogue.example/contracts/bob/lots");
        Contract contract = new Contract(
                "bob/lots",
                node,
                node,
                "bob/app",
                "acme/parking",
                org.mercat.contract.Status.ACTIVE,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                1);
        return new Dispute(
                "bob/lots/1",
                node,
                contract,
                node,
                "bob/app",
                status,
                UNTIL,
                Optional.<BigDecimal>empty(),
                "EUR",
                UNTIL,
                1);
    }

    @Test
    void it_waits_for_an_answer_until_the_deadline() {
        assertThatThrownBy(() -> dispute(Status.OPEN).mustBePossible(BOB, Step.ESCALATE, UNTIL.minusSeconds(1)))
                .hasMessageContaining("has until 2026-12-07T12:00:00Z");
        assertThatCode(() -> dispute(Status.OPEN).mustBePossible(BOB, Step.ESCALATE, UNTIL))
                .doesNotThrowAnyException();
        assertThatCode(() -> dispute(Status.ANSWERED).mustBePossible(BOB, Step.ESCALATE, UNTIL.minusSeconds(1)))
                .doesNotThrowAnyException();
    }

    @Test
    void only_the_other_side_answers_it() {
        assertThat(dispute(Status.OPEN).after(BOB, Step.ANSWER)).isEqualTo(Status.OPEN);
        assertThat(dispute(Status.OPEN).after(new Caller("acme", Role.ORGANIZATION), Step.ANSWER))
                .isEqualTo(Status.ANSWERED);
        assertThat(dispute(Status.ESCALATED).after(BOB, Step.ANSWER)).isEqualTo(Status.ESCALATED);
    }
}
