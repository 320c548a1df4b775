// SPDX-License-Identifier: Apache-2.0
/** Benchmarks that anyone can run, against the servers that a user would otherwise take. */
package org.mercat.bench;
