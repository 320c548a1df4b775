// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.regex.Pattern;

/**
 * Looks through expanded JSON-LD for what the library would leave out of the RDF without a word.
 *
 * @see <a href="https://www.w3.org/TR/json-ld11/#expanded-document-form">JSON-LD 1.1, Expanded Document Form</a>
 */
final class ExpandedJsonLd {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    private ExpandedJsonLd() {}

    /** @throws Unreadable with all bad IRIs and language tags */
    static void check(JsonValue document) {
        FaultList faults = new FaultList();
        check(document, faults);
        if (!faults.isEmpty()) {
            throw faults.thrown(null);
        }
    }

    private static void check(JsonValue value, FaultList faults) {
        if (value.getValueType() == JsonValue.ValueType.ARRAY) {
            value.asJsonArray().forEach(item -> check(item, faults));
        } else if (value.getValueType() == JsonValue.ValueType.OBJECT) {
            check(value.asJsonObject(), faults);
        }
    }

    private static void check(JsonObject object, FaultList faults) {
        object.forEach((key, value) -> {
            switch (key) {
                case "@value" -> checkText(value, faults);
                case "@id", "@type" -> checkIris(value, faults);
                case "@language" -> checkLanguage(value, faults);
                default -> {
                    if (!key.startsWith("@")) {
                        checkIri(key, faults);
                    }
                    check(value, faults);
                }
            }
        });
    }

    private static void checkIris(JsonValue value, FaultList faults) {
        if (value.getValueType() == JsonValue.ValueType.ARRAY) {
            value.asJsonArray().forEach(item -> checkIris(item, faults));
        } else if (value instanceof JsonString text && !text.getString().startsWith("@")) {
            checkIri(text.getString(), faults);
        } else if (value == JsonValue.NULL) {
            faults.add("", "An @id is null or looks like a keyword: it must be an IRI.");
        }
    }

    private static void checkIri(String iri, FaultList faults) {
        String fault = IriSyntax.fault(iri);
        if (fault == null && !iri.startsWith("_:") && !SCHEME.matcher(iri).matches()) {
            fault = "it is relative";
        }
        if (fault != null) {
            faults.add("", "\"" + iri + "\" is not an IRI: " + fault + ".");
        }
    }

    private static void checkLanguage(JsonValue value, FaultList faults) {
        if (value instanceof JsonString text && !ValueReader.isLanguage(text.getString())) {
            faults.add("", "\"" + text.getString() + "\" is not a language tag: write en, de, es-MX ...");
        }
    }

    private static void checkText(JsonValue value, FaultList faults) {
        if (value instanceof JsonString text) {
            String fault = ValueReader.textFault(text.getString());
            if (fault != null) {
                faults.add("", fault);
            }
        }
    }
}
