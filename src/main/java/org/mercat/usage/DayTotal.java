// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.mercat.usage.UsageEvent.Side;

/**
 * What one side of a contract reported of a metric for a day.
 *
 * @param events how many reports it is the sum of
 */
public record DayTotal(LocalDate day, Side side, String metric, long events, BigDecimal quantity) {}
