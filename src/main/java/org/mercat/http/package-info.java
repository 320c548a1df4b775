// SPDX-License-Identifier: Apache-2.0
/** What every route needs: negotiation, callers, problems, resources over HTTP. Knows no feature. */
package org.mercat.http;
