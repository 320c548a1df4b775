// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.jena.datatypes.RDFDatatype;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.ns.MC;

/**
 * What a search can ask for. Its word is the parameter of the REST search, the member of a search as JSON, and the local
 * name of the property that stands for it among the arguments of {@code mc:search}.
 */
public enum Key {
    TEXT("text", XSDDatatype.XSDstring),
    CATEGORY("category", SKOS.Concept.asNode(), "https://w3id.org/mercat/categories#", true),
    OUTPUT("output", MC.SemanticType, "https://w3id.org/mercat/datatypes#", true),
    INPUT("input", MC.SemanticType, "https://w3id.org/mercat/datatypes#", true),
    WITHIN("within", Geometry.WKT),
    NEAR("near", Geometry.WKT),
    RADIUS("radius", XSDDatatype.XSDdecimal),
    PLACE("place", XSDDatatype.XSDstring),
    FROM("from", XSDDatatype.XSDdateTime),
    UNTIL("until", XSDDatatype.XSDdateTime),
    MAX_PRICE("maxPrice", XSDDatatype.XSDdecimal),
    CURRENCY("currency", XSDDatatype.XSDstring),
    PRICING_MODEL("pricingModel", MC.PricingModel, MC.NS, true),
    LICENCE("licence", MC.Licence, "https://w3id.org/mercat/licences#", true),
    PERMISSION("permission", null, "http://creativecommons.org/ns#", true),
    PROVIDER("provider", null, "providers/", true),
    ORGANIZATION("organization", null, "organizations/", true),
    SEGMENT("segment", MC.Segment, "https://w3id.org/mercat/categories#", true),
    KIND("kind", MC.Kind, MC.NS, false),
    PROTOCOL("protocol", MC.Protocol, MC.NS, true),
    VALUE_TYPE("valueType", MC.ValueType, MC.NS, true),
    UNIT("unit", NodeFactory.createURI("http://qudt.org/schema/qudt/Unit"), "http://qudt.org/vocab/unit/", true),
    MODIFIED_SINCE("modifiedSince", XSDDatatype.XSDdateTime),
    DEGREE("degree", MC.Degree, MC.NS, false),
    SORT("sort", XSDDatatype.XSDstring),
    LIMIT("limit", XSDDatatype.XSDinteger),
    CURSOR("cursor", XSDDatatype.XSDstring);

    private final String word;
    private final RDFDatatype datatype;
    private final Node type;
    private final String namespace;
    private final boolean repeatable;

    Key(String word, RDFDatatype datatype) {
        this(word, datatype, null, null, false);
    }

    Key(String word, Node type, String namespace, boolean repeatable) {
        this(word, null, type, namespace, repeatable);
    }

    Key(String word, RDFDatatype datatype, Node type, String namespace, boolean repeatable) {
        this.word = word;
        this.datatype = datatype;
        this.type = type;
        this.namespace = namespace;
        this.repeatable = repeatable;
    }

    static Optional<Key> of(String word) {
        return Stream.of(values()).filter(key -> key.word.equals(word)).findFirst();
    }

    static Optional<Key> of(Node property) {
        return property.isURI() && property.getURI().startsWith(MC.NS)
                ? of(property.getURI().substring(MC.NS.length()))
                : Optional.empty();
    }

    String word() {
        return word;
    }

    /** The property among the arguments of {@code mc:search}. */
    Node property() {
        return NodeFactory.createURI(MC.NS + word);
    }

    /** Of its values if they are literals, else null. */
    RDFDatatype datatype() {
        return datatype;
    }

    /** The class of its values if they are terms, else null. */
    Node type() {
        return type;
    }

    /** Where bare words belong if its values are IRIs; of parties it goes on after the base IRI. */
    String namespace() {
        return namespace;
    }

    /** Whether it can be asked for more than once. */
    boolean isRepeatable() {
        return repeatable;
    }
}
