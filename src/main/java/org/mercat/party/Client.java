// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import org.mercat.http.Caller;

/**
 * A client that has signed in.
 *
 * @param credential id of the credential that it signed in with; each new secret has a new one
 */
record Client(Caller caller, String credential) {}
