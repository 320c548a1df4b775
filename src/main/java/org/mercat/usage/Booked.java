// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import java.time.YearMonth;

/**
 * An event as it was accepted.
 *
 * @param month to which it is charged: its own, or if that was closed already the one that was open
 * @param number in the order of acceptance
 */
public record Booked(UsageEvent event, YearMonth month, long number) {}
