// SPDX-License-Identifier: Apache-2.0
/** Telling those who wait: what changes among the offerings, and which of it meets a demand. */
package org.mercat.demand;
