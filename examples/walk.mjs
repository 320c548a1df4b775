// SPDX-License-Identifier: Apache-2.0
// A walk through a catalogue with fetch alone; it runs in a browser, too. CATALOGUE is its address.
import assert from "node:assert";

const catalogue = process.env.CATALOGUE ?? "http://localhost:8080/";
const prefixes = `
PREFIX mc: <https://w3id.org/mercat/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX geof: <http://www.opengis.net/def/function/geosparql/>
PREFIX uom: <http://www.opengis.net/def/uom/OGC/1.0/>
`;

async function ask(query, accept = "application/sparql-results+json") {
  const answer = await fetch(new URL("sparql", catalogue), {
    method: "POST", body: prefixes + query,
    headers: { "Content-Type": "application/sparql-query", Accept: accept },
  });
  if (!answer.ok) throw new Error((await answer.json()).detail); // a problem says what is wrong, with line and column
  return answer;
}
const rows = async (query) => (await (await ask(query)).json()).results.bindings;

// 1. How much is there?
const [{ offerings }] = await rows("SELECT (COUNT(*) AS ?offerings) WHERE { ?offering a mc:Offering }");
console.log("1. offerings:", offerings.value);
assert(Number(offerings.value) > 0);

// 2. What is nearest to a position? Shapes and distances by GeoSPARQL.
const near = await rows(`
SELECT ?title (ROUND(geof:distance(?shape, "POINT(-3.9 43.46)"^^geo:wktLiteral, uom:kilometre) * 10) / 10 AS ?km)
WHERE { ?offering dcterms:title ?title ; dcterms:spatial/geo:asWKT ?shape FILTER (LANG(?title) = "en") }
ORDER BY ?km ?title LIMIT 5`);
console.log("2.", near.map((row) => `${row.title.value} (${Number(row.km.value)} km)`));
assert.equal(near.length, 5);

// 3. What is wrong is told.
await assert.rejects(ask("SELECT * WHERE { ?s ?p FILTR }"), /line \d+, column \d+/);

// 4. A query of the library by its name, with a parameter; JSON names the next page in head.link.
let address = new URL("queries/statistics/offerings-by-category?language=it&limit=10", catalogue).href;
const all = [];
while (address) {
  const page = await (await fetch(address, { headers: { Accept: "application/sparql-results+json" } })).json();
  all.push(...page.results.bindings);
  address = page.head.link?.[0];
}
console.log("4.", all.length, "categories, first", all[0].label.value);
assert(all.length > 10);
