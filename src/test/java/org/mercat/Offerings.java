// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/** Bodies of offerings. */
final class Offerings {
    private static final String SMALL = """
            {"id": "acme/parking/x", "title": {"en": "Free parking spaces", "de": "Freie Parkplätze"},
             "description": {"en": "Counts free spaces."}, "category": "Parking", "provider": "acme/parking",
             "licence": "CC-BY-4.0", "kind": "information", "segment": "Cities", "place": {"name": "Santander"},
             "outputs": [{"name": "longitude", "semanticType": "Longitude", "valueType": "number", "unit": "DEG"}],
             "endpoint": {"url": "https://api.example/parking", "protocol": "HTTP_GET", "accessInterface": "EXTERNAL", "description": "https://api.example/openapi.json"},
             "price": {"pricingModel": "FREE"}}""";

    private static final String FULL = """
            {"title": {"de": "Freie Parkplätze", "en": "Free parking spaces"},
             "description": {"en": "Counts the free spaces of each car park 🅿."},
             "category": ["Charging", "Parking"],
             "licence": "CC-BY-4.0", "kind": "information", "segment": "Cities",
             "place": {"name": {"en": "Santander"}, "wkt": "POLYGON((-3.9 43.4, -3.7 43.4, -3.7 43.5, -3.9 43.4))"},
             "temporal": {"startDate": "2017-01-01T00:00:00Z", "endDate": "2018-01-01T00:00:00Z"},
             "inputs": [
               {"name": "latitude", "semanticType": "Latitude", "valueType": "number", "unit": "DEG", "required": true, "location": "query", "minimum": -90, "maximum": 90},
               {"name": "longitude", "semanticType": "Longitude", "valueType": "number", "unit": "DEG", "required": true, "location": "query", "minimum": -180, "maximum": 180}],
             "outputs": [
               {"name": "space", "semanticType": "ParkingAvailability", "valueType": "object", "members": [
                 {"name": "status", "semanticType": "ParkingSpaceStatus", "valueType": "text"},
                 {"name": "position", "semanticType": "Position", "valueType": "object", "members": [
                   {"name": "latitude", "semanticType": "Latitude", "valueType": "number", "unit": "DEG"}]}]}],
             "endpoint": {"url": "https://api.example/parking?area=old%20town", "protocol": "HTTP_GET", "accessInterface": "EXTERNAL", "description": "https://api.example/openapi.json"},
             "price": {"pricingModel": "PER_ACCESS", "price": "0.001", "currency": "EUR", "freeQuota": 100},
             "derivedFrom": ["acme/parking/sensors"], "activeUntil": "2036-01-01T00:00:00Z"}""";

    private Offerings() {}

    static String pathOf(String id) {
        return "/offerings/" + id;
    }

    static String iriOf(String id) {
        return TestServer.BASE + "offerings/" + id;
    }

    /** An offering without any warning. */
    static ObjectNode small(String id) {
        return named((ObjectNode) Answer.json(SMALL), id);
    }

    /** An offering with everything that an offering can have. */
    static ObjectNode full(String id) {
        return named((ObjectNode) Answer.json(FULL), id);
    }

    private static ObjectNode named(ObjectNode offering, String id) {
        return offering.put("id", id).put("provider", id.substring(0, id.lastIndexOf('/')));
    }

    /** An offering that somebody has changed. */
    static String changed(String id, Consumer<ObjectNode> change) {
        ObjectNode offering = small(id);
        change.accept(offering);
        return offering.toString();
    }

    /** The same in Turtle, children without names. */
    static String turtle(String id) {
        return """
                @prefix mc: <https://w3id.org/mercat/core#> .
                @prefix cat: <https://w3id.org/mercat/categories#> .
                @prefix dcat: <http://www.w3.org/ns/dcat#> .
                @prefix dcterms: <http://purl.org/dc/terms/> .
                @prefix schema: <http://schema.org/> .
                <> a mc:Offering ;
                  dcterms:title "Free parking spaces"@en , "Freie Parkplätze"@de ;
                  dcterms:description "Counts free spaces."@en ;
                  dcat:theme cat:Parking ;
                  dcterms:publisher <%sproviders/%s> ;
                  dcterms:license <https://w3id.org/mercat/licences#CC-BY-4.0> ;
                  dcterms:spatial [ a dcterms:Location ; schema:name "Santander" ] ;
                  mc:kind mc:information ;
                  mc:segment cat:Cities ;
                  mc:output [
                    mc:name "longitude" ;
                    mc:semanticType <https://w3id.org/mercat/datatypes#Longitude> ;
                    mc:valueType mc:number ;
                    mc:unit <http://qudt.org/vocab/unit/DEG> ] ;
                  mc:endpoint [
                    dcat:endpointURL <https://api.example/parking> ;
                    mc:protocol mc:HTTP_GET ;
                    mc:accessInterface mc:EXTERNAL ;
                    dcat:endpointDescription <https://api.example/openapi.json> ] ;
                  mc:price [ mc:pricingModel mc:FREE ] .
                """.formatted(TestServer.BASE, id.substring(0, id.lastIndexOf('/')));
    }
}
