// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

/** The fields of an offering's document in the index. */
final class Fields {
    /** IRI: the key. */
    static final String IRI = "iri";
    /** A number made of the IRI, for the order of equals: the IRI itself would be compared slowly. */
    static final String TURN = "turn";
    /** The revision that last changed the offering. */
    static final String REVISION = "revision";
    /** The organizations that may see an offering for some only. */
    static final String LISTED = "listed";

    /** One of {@link #ACTIVE} and {@link #WITHDRAWN}. */
    static final String STATE = "state";

    static final String ACTIVE = "active";
    static final String WITHDRAWN = "withdrawn";

    /** Milliseconds of the epoch. */
    static final String ACTIVE_UNTIL = "activeUntil";

    static final String CREATED = "created";
    static final String MODIFIED = "modified";

    /** The offering as JSON, ready to send. */
    static final String JSON = "json";

    /** Stems of the words of title, description and names of the offering's concepts, in all languages. */
    static final String TEXT = "text";
    /** The same words, each with how many times it is there, to compare documents by. */
    static final String VECTOR = "vector";
    /** Stems of the words of the names of broader concepts. */
    static final String BROADER = "broader";
    /** Every word as it is written, in all languages together. */
    static final String WORDS = "words";

    // concepts, by the IRIs that stand for them; with "+" their broader ones are there too
    static final String CATEGORY = "category";
    static final String OUTPUT = "output";
    static final String INPUT = "input";
    /** Inputs that must be sent. */
    static final String NEEDED = "needed";

    static final String ALL = "+";

    static final String PLACE = "place";
    static final String SHAPE = "shape";
    static final String TIME = "time";

    static final String PRICING_MODEL = "pricingModel";
    static final String CURRENCY = "currency";
    static final String AMOUNT = "amount";
    static final String LICENCE = "licence";
    static final String PERMISSION = "permission";
    static final String PROVIDER = "provider";
    static final String ORGANIZATION = "organization";
    static final String SEGMENT = "segment";
    static final String KIND = "kind";
    static final String PROTOCOL = "protocol";
    static final String VALUE_TYPE = "valueType";
    static final String UNIT = "unit";
    static final String QUANTITY = "quantity";

    /** By which titles are ordered. */
    static final String TITLE_KEY = "titleKey";

    private Fields() {}
}
