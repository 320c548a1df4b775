# SPDX-License-Identifier: Apache-2.0
"""A walk through a catalogue with SPARQLWrapper. CATALOGUE is its address."""

import csv
import io
import os
import urllib.parse
import urllib.request

from SPARQLWrapper import CSV, JSON, TURTLE, SPARQLWrapper

CATALOGUE = os.environ.get("CATALOGUE", "http://localhost:8080/")
PREFIXES = """
PREFIX mc: <https://w3id.org/mercat/core#>
PREFIX cat: <https://w3id.org/mercat/categories#>
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


def ask(query, form=JSON):
    endpoint = SPARQLWrapper(CATALOGUE + "sparql")
    endpoint.setMethod("POST")
    endpoint.setReturnFormat(form)
    endpoint.setQuery(PREFIXES + query)
    return endpoint.query().convert()


# 1. How much is there?
rows = ask("SELECT (COUNT(*) AS ?offerings) WHERE { ?offering a mc:Offering }")["results"]["bindings"]
print("1. offerings:", rows[0]["offerings"]["value"])
assert int(rows[0]["offerings"]["value"]) > 0

# 2. What is it about? The label of each category in one language.
rows = ask("""
SELECT ?label (COUNT(?offering) AS ?offerings)
WHERE { ?offering dcat:theme ?category . ?category skos:prefLabel ?label FILTER (LANG(?label) = "es") }
GROUP BY ?label ORDER BY DESC(?offerings) ?label LIMIT 3""")["results"]["bindings"]
print("2.", [(row["label"]["value"], int(row["offerings"]["value"])) for row in rows])
assert rows

# 3. The search of the catalogue, within a query.
rows = ask("""
SELECT ?title ?score
WHERE {
  (?offering ?score) mc:search (mc:text "parking" mc:limit 3) .
  ?offering dcterms:title ?title FILTER (LANG(?title) = "en")
} ORDER BY DESC(?score)""")["results"]["bindings"]
print("3.", [row["title"]["value"] for row in rows])
assert rows

# 4. A table for pandas or a spreadsheet.
table = ask("SELECT ?model (COUNT(*) AS ?n) WHERE { ?tariff mc:pricingModel ?model } GROUP BY ?model ORDER BY ?model", CSV)
print("4.", list(csv.reader(io.StringIO(table.decode())))[:3])

# 5. A graph, to go on with rdflib.
graph = ask("CONSTRUCT { ?o dcterms:title ?t } WHERE { ?o a mc:Offering ; dcterms:title ?t } LIMIT 5", TURTLE)
print("5.", len(graph), "bytes of Turtle")
assert b"title" in graph

# 6. A query of the library, by its name, page by page until there is no next one.
address = CATALOGUE + "queries/statistics/offerings-by-category.csv?" + urllib.parse.urlencode({"language": "de", "limit": 10})
read = []
while address:
    with urllib.request.urlopen(address) as answer:
        read += list(csv.DictReader(io.StringIO(answer.read().decode())))
        link = answer.headers.get("Link", "")
        revision = answer.headers["Mercat-Revision"]
    address = link[link.index("<") + 1 : link.index(">")] if 'rel="next"' in link else None
print("6.", len(read), "categories at revision", revision)
assert len(read) > 10
