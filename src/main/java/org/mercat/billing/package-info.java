// SPDX-License-Identifier: Apache-2.0
/** What usage costs under what was agreed: rating, invoices, settlements. */
package org.mercat.billing;
