// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.jena.sparql.ARQConstants;
import org.apache.jena.sparql.function.FunctionFactory;
import org.apache.jena.sparql.function.FunctionRegistry;
import org.apache.jena.sparql.pfunction.PropertyFunctionFactory;
import org.apache.jena.sparql.pfunction.PropertyFunctionRegistry;
import org.apache.jena.sparql.vocabulary.ListPFunction;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.XSD;

/**
 * The functions that a query of a stranger may call: those that are registered, and the harmless ones of Jena's own
 * library. Jena itself loads any class that an IRI names, among them one that sleeps and one that prints on the console.
 */
final class KnownFunctions extends FunctionRegistry {
    private static final List<String> LIBRARY = List.of(
            "bnode",
            "e",
            "langeq",
            "localname",
            "max",
            "min",
            "namespace",
            "now",
            "nowtz",
            "pi",
            "sha1sum",
            "sqrt",
            "strlen",
            "struuid",
            "substr",
            "substring",
            "uuid",
            "version");

    /** Of those without bounds: SPARQL has CONCAT, REPLACE, REGEX and ROUND, which have them here. */
    private static final Set<String> BOUNDLESS = Set.of(
            ARQConstants.fnPrefix + "apply",
            ARQConstants.fnPrefix + "concat",
            ARQConstants.fnPrefix + "format-number",
            ARQConstants.fnPrefix + "matches",
            ARQConstants.fnPrefix + "replace",
            ARQConstants.fnPrefix + "round",
            ARQConstants.fnPrefix + "round-half-to-even",
            ARQConstants.mathPrefix + "exp10",
            ARQConstants.mathPrefix + "pow");

    private final FunctionRegistry all = FunctionRegistry.get();

    @Override
    public FunctionFactory get(String uri) {
        return isRegistered(uri) ? all.get(uri) : null;
    }

    @Override
    public boolean isRegistered(String uri) {
        String library = ARQConstants.ARQFunctionLibraryURI;
        return uri.startsWith(library)
                ? LIBRARY.contains(uri.substring(library.length()))
                : !uri.startsWith(ARQConstants.javaClassURIScheme)
                        && !uri.startsWith(ARQConstants.CDTFunctionLibraryURI) // lists within literals
                        && !BOUNDLESS.contains(uri)
                        && all.isRegistered(uri);
    }

    /** The IRIs of all that there are, sorted. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        all.keys().forEachRemaining(names::add);
        LIBRARY.forEach(name -> names.add(ARQConstants.ARQFunctionLibraryURI + name));
        return names.stream()
                .filter(name -> isRegistered(name) && !name.startsWith(XSD.getURI()))
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * The same for property functions: those of this catalogue, and Jena's own library, of which none touches files. Not
     * what else is registered: any library on the class path may do that, as jena-text does.
     */
    static final class OfProperties extends PropertyFunctionRegistry {
        private static final List<String> LIBRARIES =
                List.of(ARQConstants.ARQPropertyFunctionLibraryURI, ListPFunction.NS);

        /** Those without bounds. */
        private static final Set<String> BOUNDLESS = Set.of(
                ARQConstants.ARQPropertyFunctionLibraryURI + "concat",
                ARQConstants.ARQPropertyFunctionLibraryURI + "strSplit"); // by a regular expression

        private final PropertyFunctionRegistry all = PropertyFunctionRegistry.get();

        /** @param own of this catalogue, by IRI */
        OfProperties(Map<String, PropertyFunctionFactory> own) {
            own.forEach(this::put);
        }

        /** The IRIs of this catalogue's own, sorted. */
        List<String> own() {
            List<String> own = new ArrayList<>();
            keys().forEachRemaining(own::add);
            own.sort(null);
            return own;
        }

        private static boolean isOfJena(String uri) {
            return !BOUNDLESS.contains(uri) && LIBRARIES.stream().anyMatch(uri::startsWith)
                    || uri.equals(RDFS.member.getURI());
        }

        @Override
        public PropertyFunctionFactory get(String uri) {
            return super.isRegistered(uri) ? super.get(uri) : manages(uri) ? all.get(uri) : null;
        }

        @Override
        public boolean manages(String uri) {
            return super.isRegistered(uri) || isOfJena(uri) && all.manages(uri);
        }

        @Override
        public boolean isRegistered(String uri) {
            return super.isRegistered(uri) || isOfJena(uri) && all.isRegistered(uri);
        }
    }
}
