// SPDX-License-Identifier: Apache-2.0
/** What was agreed between a consumer and a provider: contracts, their tariffs, conditions and access tokens. */
package org.mercat.contract;
