// SPDX-License-Identifier: Apache-2.0
package org.mercat.dump;

import java.time.Duration;
import java.util.Optional;

/**
 * How dumps are made.
 *
 * @param kept how many keep their files; of older ones only what they were is known
 * @param every after which a new one is due, if something was written; zero for never
 * @param licence IRI of the licence of the data, if one is stated
 */
public record DumpPlan(int kept, Duration every, Optional<String> licence) {
    /** What holds if nothing else is said. */
    public static final DumpPlan DEFAULT = new DumpPlan(4, Duration.ofDays(1), Optional.empty());
}
