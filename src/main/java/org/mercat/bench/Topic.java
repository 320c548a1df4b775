// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.util.List;
import java.util.Map;

/**
 * A category, and what offerings of it give.
 *
 * @param name local name
 * @param labels by language
 * @param types the usual ones first, never empty
 * @param segments local names of the segments that the category lies in
 * @param leaf whether no category is narrower
 */
record Topic(String name, Map<String, String> labels, List<Type> types, List<String> segments, boolean leaf) {
    /**
     * A semantic type.
     *
     * @param name local name
     * @param labels by language
     * @param valueType local name
     * @param units local names, none for what is no quantity
     */
    record Type(String name, Map<String, String> labels, String valueType, List<String> units) {}
}
