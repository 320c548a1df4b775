// SPDX-License-Identifier: Apache-2.0
/** What a person sees, and what machines need to know of the server itself. */
package org.mercat.web;
