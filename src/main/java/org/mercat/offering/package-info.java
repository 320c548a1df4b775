// SPDX-License-Identifier: Apache-2.0
/** Offerings: what providers register, one by one or in bulk, and keep alive. */
package org.mercat.offering;
