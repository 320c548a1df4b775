// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What stays in the log of an event that was archived: where it was, and what its content comes to. */
final class ArchivedKey {
    private ArchivedKey() {}

    /** In place of the address of an event. */
    static byte[] of(byte[] address, UsageEvent event) {
        byte[] content = content(event);
        return ByteBuffer.allocate(address.length + content.length)
                .put(address)
                .put(content)
                .array();
    }

    /** Whether what stands for a key is that of an event which is not in the log any more. */
    static boolean is(byte[] stored) {
        return stored.length > EventFormat.ADDRESS;
    }

    /** Whether an event says what the one says that was archived. */
    static boolean isOf(byte[] stored, UsageEvent event) {
        return Arrays.equals(Arrays.copyOfRange(stored, EventFormat.ADDRESS, stored.length), content(event));
    }

    /** The month to which it is charged. */
    static YearMonth month(byte[] stored) {
        return EventFormat.month(ByteBuffer.wrap(stored).getInt(Integer.BYTES));
    }

    private static byte[] content(UsageEvent event) {
        List<String> parts = new ArrayList<>(List.of(
                event.contract(),
                event.time().toString(),
                event.until().map(Instant::toString).orElse("")));
        event.quantities().forEach((metric, quantity) -> {
            parts.add(metric);
            parts.add(quantity.toPlainString());
        });
        return EventFormat.hash(parts);
    }
}
