// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.time.Instant;
import java.util.Locale;

/**
 * One thing that happened to an offering, or to a proposal.
 *
 * @param offering its id; of {@link Type#PROPOSAL} the proposal's
 * @param revision of the change that is its newest
 * @param time when it was modified or withdrawn last; of an offering whose time ran out, when it did
 * @param ranOut whether nobody did anything, but its time ran out
 */
public record OfferingChange(String offering, Type type, long revision, Instant time, boolean ranOut) {
    /** What happened. */
    public enum Type {
        /** It is new. */
        CREATED,
        /** It is another one now, or active for longer or again. */
        CHANGED,
        /** It was deleted. */
        WITHDRAWN,
        /** It is not active any more: its time ran out, or it was paused. */
        EXPIRED,
        /** No offering, but a proposal: somebody took a step with it. */
        PROPOSAL;

        /** As it stands in an event. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
