// SPDX-License-Identifier: Apache-2.0
/** The data to take home: dumps, what is in them, and how to cite them. */
package org.mercat.dump;
