// SPDX-License-Identifier: Apache-2.0
// Comunica, a query engine of its own, over the endpoint of a catalogue. CATALOGUE is its address.
import assert from "node:assert";
import { QueryEngine } from "@comunica/query-sparql";

const catalogue = process.env.CATALOGUE ?? "http://localhost:8080/";
const engine = new QueryEngine();
const sparql = { sources: [{ type: "sparql", value: `${catalogue}sparql` }] };

// 1. The endpoint answers; Comunica reads.
const rows = await (await engine.queryBindings(`
PREFIX mc: <https://w3id.org/mercat/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?title WHERE { ?offering a mc:Offering ; dcterms:title ?title FILTER (LANG(?title) = "en") } ORDER BY ?title LIMIT 3`, sparql)).toArray();
console.log("1.", rows.map((row) => row.get("title").value));
assert.equal(rows.length, 3);

// 2. A graph.
const quads = await (await engine.queryQuads(`
PREFIX mc: <https://w3id.org/mercat/core#>
CONSTRUCT { ?tariff mc:pricingModel ?model } WHERE { ?tariff mc:pricingModel ?model } LIMIT 7`, sparql)).toArray();
console.log("2.", quads.length, "triples");
assert.equal(quads.length, 7);

// 3. Yes or no.
assert(await engine.queryBoolean("ASK { ?offering a <https://w3id.org/mercat/core#Offering> }", sparql));
console.log("3. yes");

// 4. A document and the endpoint joined, which the endpoint itself would refuse (SERVICE).
const joined = await (await engine.queryBindings(`
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?label WHERE { ?offering dcat:theme ?category . ?category skos:prefLabel ?label FILTER (LANG(?label) = "ca") } LIMIT 3`,
{ sources: [`${catalogue}vocabularies/categories.ttl`, ...sparql.sources] })).toArray();
console.log("4.", joined.map((row) => row.get("label").value));
assert(joined.length > 0);
