#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Jena's own rsparql against the endpoint of a catalogue. CATALOGUE is its address, JENA the class path of jena-cmds.
set -uo pipefail
catalogue=${CATALOGUE:-http://localhost:8080/}

# What it is to show, then the words for rsparql.
shows() {
  local expected=$1
  shift
  local said
  said=$(java -cp "$JENA" arq.rsparql --service "${catalogue}sparql" "$@" 2>&1)
  grep -v '^\s*at ' <<< "$said"
  grep -q "$expected" <<< "$said" || { echo "This does not show \"$expected\"."; exit 1; }
}

echo 1. rows
shows '| 31 ' --results text 'PREFIX mc: <https://w3id.org/mercat/core#>
  SELECT (COUNT(*) AS ?offerings) WHERE { ?offering a mc:Offering }'
echo 2. a graph
shows 'a *mc:Offering' --results ttl 'PREFIX mc: <https://w3id.org/mercat/core#>
  CONSTRUCT { ?o a mc:Offering } WHERE { ?o a mc:Offering } LIMIT 2'
echo 3. yes or no
shows 'Yes' 'ASK { ?o a <https://w3id.org/mercat/core#Offering> }'
echo 4. what is refused is an error, and no empty answer
shows '400 Bad Request' 'SELECT * WHERE { SERVICE <http://localhost:1/> { ?s ?p ?o } }'
