// SPDX-License-Identifier: Apache-2.0
/** The common vocabularies over HTTP: files, terms, context, frames and shapes. */
package org.mercat.vocabulary;
