// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import org.apache.jena.datatypes.RDFDatatype;
import org.apache.jena.graph.Node;

/** One member name of the JSON mapping, as the context defines it. Not a record: scopes may contain themselves. */
final class JsonTerm {
    /** What a member's value is. */
    enum Kind {
        /** An object: a child node. */
        NODE,
        /** A string that stands for an IRI; bare words belong to the scope's vocabulary. */
        WORD,
        /** A string that is an IRI. */
        IRI,
        /** A string or an object from language to string. */
        TEXT,
        BOOLEAN,
        INTEGER,
        /** A string with a decimal number. */
        DECIMAL,
        /** A JSON number: an integer or a double. */
        NUMBER,
        STRING
    }

    final String name;
    final Node predicate;
    final Kind kind;
    /** Of literals; null for nodes, IRIs and text. */
    final RDFDatatype datatype;
    /** Whether the value is always an array. */
    final boolean set;
    /** In which the value is read. */
    final JsonScope inner;

    JsonTerm(String name, Node predicate, Type type, boolean set, JsonScope inner) {
        this.name = name;
        this.predicate = predicate;
        this.kind = type.kind();
        this.datatype = type.datatype();
        this.set = set;
        this.inner = inner;
    }

    /** How a value is read. */
    record Type(Kind kind, RDFDatatype datatype) {}

    @Override
    public String toString() {
        return name;
    }
}
