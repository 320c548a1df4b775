// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Vocabularies;
import org.mercat.search.TermUsage;

/**
 * What changes while a catalogue runs, and is asked anew for each request.
 *
 * @param terms of these vocabularies
 * @param usage how many offerings use which terms
 * @param offerings that a search finds, as JSON, by the parameters of the search
 * @param events what is on record of a term beside its versions, the oldest first; its words are those of pages
 */
public record Live(
        Supplier<Vocabularies> vocabularies,
        Supplier<Terms> terms,
        Supplier<TermUsage> usage,
        Function<Map<String, List<String>>, List<byte[]>> offerings,
        Function<Node, List<TermEvent>> events) {}
