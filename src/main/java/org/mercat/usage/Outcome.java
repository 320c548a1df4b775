// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import java.time.YearMonth;

/** What became of one reported event. */
public sealed interface Outcome {
    /** It is on record. @param month to which it is charged */
    record Accepted(YearMonth month) implements Outcome {}

    /** It was on record before, and says the same. */
    record Repeated(YearMonth month) implements Outcome {}

    /** Another event with its key is on record. @param difference what that says */
    record Contradicts(String difference) implements Outcome {}

    /** The month to which it belongs was closed too long ago. @param earliest that would be taken */
    record TooLate(YearMonth earliest) implements Outcome {}
}
