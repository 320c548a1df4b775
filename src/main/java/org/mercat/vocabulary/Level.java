// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.Locale;

/**
 * How much a change means to those who use a vocabulary: which part of its version it raises.
 *
 * @see <a href="https://semver.org/">Semantic Versioning</a>
 */
public enum Level {
    NONE,
    /** Only what people read. */
    PATCH,
    /** There is more than before; what was right stays right. */
    MINOR,
    /** What was right before may be wrong now, or mean something else. */
    MAJOR;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
