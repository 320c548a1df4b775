// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;

/**
 * What an organization gets of what an offering earns.
 *
 * @param percent of what is left after the marketplace's percentage
 */
public record Share(String organization, BigDecimal percent) {}
