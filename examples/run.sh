#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs all examples against a demonstration of its own. Needs target/mercat.jar, python3 with pip, node with npm.
set -uo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
port=${PORT:-8157}
mercat=${MERCAT:-"java -jar ../target/mercat.jar"}
export CATALOGUE=http://localhost:$port/
$mercat serve --demo --data "$work/data" --port "$port" > "$work/server.log" 2>&1 &
server=$!
trap 'kill $server; wait $server; rm -rf "$work"' EXIT
for _ in $(seq 60); do curl -sf "${CATALOGUE}health/ready" > /dev/null && break; sleep 1; done

failed=0
try() {
  echo "== $1"
  shift
  "$@" || { failed=$((failed + 1)); echo "failed"; }
}
python() {
  for python in python3 /usr/bin/python3; do # Debian has it as python3-sparqlwrapper
    "$python" -c 'import SPARQLWrapper' 2> /dev/null && { "$python" walk.py; return; }
  done
  python3 -m venv "$work/python" && "$work/python/bin/pip" -q install SPARQLWrapper && "$work/python/bin/python" walk.py
}
comunica() { cp comunica.mjs "$work" && (cd "$work" && npm install --silent --no-fund --no-audit @comunica/query-sparql@4 && node comunica.mjs); }
jena() {
  mkdir -p "$work/jena" && cp jena-pom.xml "$work/jena/pom.xml" \
    && ../mvnw -q -B -f "$work/jena/pom.xml" dependency:copy-dependencies -DoutputDirectory="$work/jena/lib" \
    && JENA="$work/jena/lib/*" bash jena.sh
}
try "Python, SPARQLWrapper" python
try "JavaScript, fetch" node walk.mjs
try "JavaScript, Comunica" comunica
try "Jena, rsparql" jena
echo "$failed failed"
exit "$failed"
