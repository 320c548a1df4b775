// SPDX-License-Identifier: Apache-2.0
/** Proposals of terms: how the vocabularies change while the catalogue runs. */
package org.mercat.proposal;
