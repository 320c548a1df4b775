#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Jena's own rsparql against the endpoint of a catalogue. CATALOGUE is its address, JENA the class path of jena-cmds.
set -euo pipefail
catalogue=${CATALOGUE:-http://localhost:8080/}
rsparql() { java -cp "$JENA" arq.rsparql --service "${catalogue}sparql" "$@"; }

echo 1. rows
rsparql --results text 'PREFIX mc: <https://w3id.org/mercat/core#>
  SELECT (COUNT(*) AS ?offerings) WHERE { ?offering a mc:Offering }' | tee /dev/stderr | grep -q offerings
echo 2. a graph
rsparql --results ttl 'PREFIX mc: <https://w3id.org/mercat/core#>
  CONSTRUCT { ?o a mc:Offering } WHERE { ?o a mc:Offering } LIMIT 2' | tee /dev/stderr | grep -q 'mc:Offering'
echo 3. yes or no
rsparql 'ASK { ?o a <https://w3id.org/mercat/core#Offering> }' | tee /dev/stderr | grep -qi yes
echo 4. what is wrong is told
if rsparql 'PREFIX ex: <urn:x> SELECT * WHERE { SERVICE <http://localhost:1/> { ?s ?p ?o } }' 2>&1 | tee /dev/stderr | grep -q 'offering'; then
  exit 1
fi
