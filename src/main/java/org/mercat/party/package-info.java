// SPDX-License-Identifier: Apache-2.0
/** Organizations, their providers and consumers, and how these sign in. */
package org.mercat.party;
