// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.time.Instant;

/**
 * A step that somebody took with a proposal.
 *
 * @param proposal its id
 * @param revision that wrote the step
 * @param step such as {@code accept}
 * @param status of the proposal after it
 */
public record ProposalChange(String proposal, long revision, Instant time, String step, String status) {}
