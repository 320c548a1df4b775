// SPDX-License-Identifier: Apache-2.0
/** What was used of what was agreed: events, counted once, with their sums. */
package org.mercat.usage;
