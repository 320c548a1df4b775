// SPDX-License-Identifier: Apache-2.0
/** What the two sides of a contract do not agree on, and how the operator decides. */
package org.mercat.dispute;
