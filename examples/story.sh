#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A month of a marketplace, from the first registration to the trace of a cent. Needs target/mercat.jar and curl.
#
#   city          owns what its sensors see; gets 30 % of what is earned with it
#   lots          offers free parking spaces, by those sensors
#   routes        consumes lots' data and offers guidance to a space, made of them
#   drive         an application that consumes the guidance
#
# The catalogue is a new one, with a clock of its own (--now): it is 1 September 2026, and then 1 October.
set -euo pipefail
cd "$(dirname "$0")"
mercat=${MERCAT:-"java -jar ../target/mercat.jar"}
port=${PORT:-8158}
base=http://localhost:$port
data=$(mktemp -d)
unset MERCAT_NOW MERCAT_HOME MERCAT_DATA MERCAT_BASE_IRI MERCAT_DEMO
export MERCAT_OPERATOR_SECRET=the-operator-of-the-story
server=
stop() { [ -z "$server" ] || { kill "$server"; wait "$server" || true; server=; }; }
trap 'stop; rm -rf "$data"' EXIT

say() { printf '\n== %s\n' "$*"; }
begin() { # at a time
  $mercat serve --now "$1" --data "$data" --port "$port" --host 127.0.0.1 > "$data/server.log" 2>&1 &
  server=$!
  for _ in $(seq 120); do
    curl -sf "$base/health/ready" && { echo; return; }
    kill -0 "$server" || break
    sleep 0.5
  done
  cat "$data/server.log"
  exit 1
}
# Method, path, who, and what to send; what comes goes to standard output. A refusal is shown, and ends the story.
call() {
  local type=${5:-application/json}
  if ! curl -sS --fail-with-body -X "$1" "$base/$2" -H "Authorization: Bearer $(cat "$data/token-${3//\//-}")" \
      -H "Content-Type: $type" -H "Accept: ${6:-application/json}" --data-binary "${4:-}" > "$data/answer"; then
    { echo "$1 /$2 was refused:"; cat "$data/answer"; } >&2
    exit 1
  fi
  cat "$data/answer"
}
get() { call GET "$1" "$2" "" application/json "${3:-application/json}"; }
value() { sed -n "s/^ *\"$1\" *: *\"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p" | head -n 1; }
sign_in() { # who, secret
  curl -sS --fail-with-body -u "$1:$2" -d grant_type=client_credentials "$base/oauth/token" \
    | sed 's/.*"access_token":"\([^"]*\)".*/\1/' > "$data/token-${1//\//-}"
}
secret() { cat "$data/secret-${1//\//-}"; }
register() { # collection, id, body; keeps the secret, which is shown this once
  call PUT "$1/$2" operator "$3" | value clientSecret > "$data/secret-${2//\//-}"
  sign_in "$2" "$(secret "$2")"
  echo "$1/$2"
}
sign_in_all() {
  sign_in operator "$MERCAT_OPERATOR_SECRET"
  for file in "$data"/secret-*; do
    local id=${file#"$data"/secret-}
    sign_in "${id/-//}" "$(cat "$file")"
  done
}
numbers() { grep -E "\"($1)\" *: *[^ {]" | sed 's/^ *//; s/,$//'; }

say "It is September"
begin 2026-09-01T06:00:00Z
sign_in operator "$MERCAT_OPERATOR_SECRET"

say "Who takes part"
register organizations city '{"name": "City of Example", "email": "data@city.example"}'
register organizations lots '{"name": "Lots of Parking", "email": "billing@lots.example"}'
register organizations routes '{"name": "Routes and Guides", "email": "billing@routes.example"}'
register organizations drive '{"name": "Drive There", "email": "billing@drive.example"}'
register providers lots/sensors '{"name": "Parking sensors", "organization": "lots"}'
register providers routes/guide '{"name": "Guidance", "organization": "routes"}'
register consumers routes/app '{"name": "What the guidance uses", "organization": "routes"}'
register consumers drive/app '{"name": "The application", "organization": "drive"}'

say "What is offered: spaces, and guidance that is made of them"
call PUT offerings/lots/sensors/spaces lots/sensors '{
  "title": {"en": "Free parking spaces", "de": "Freie Parkplätze"}, "category": "ParkingSpace", "provider": "lots/sensors",
  "rightsHolder": "city", "licence": "CC-BY-4.0", "kind": "information", "activeUntil": "2027-01-01T00:00:00Z",
  "outputs": [{"name": "free", "semanticType": "VacantParkingSpaceCount", "valueType": "integer", "unit": "NUM"}],
  "endpoint": {"url": "https://api.lots.example/spaces", "protocol": "HTTP_GET"},
  "price": {"pricingModel": "PER_ACCESS", "price": "0.02", "currency": "EUR", "freeQuota": 100}}' | numbers 'id|price|freeQuota' | paste -s -
call PUT offerings/routes/guide/guidance routes/guide '{
  "title": {"en": "Guidance to a free space", "de": "Wegweiser zum freien Platz"}, "category": "Parking",
  "provider": "routes/guide", "derivedFrom": ["lots/sensors/spaces"], "licence": "CC-BY-4.0", "kind": "information",
  "activeUntil": "2027-01-01T00:00:00Z",
  "outputs": [{"name": "latitude", "semanticType": "Latitude", "valueType": "number"},
              {"name": "longitude", "semanticType": "Longitude", "valueType": "number"}],
  "endpoint": {"url": "https://api.routes.example/guidance", "protocol": "HTTP_GET"},
  "price": {"pricingModel": "PER_MESSAGE", "price": "0.04", "currency": "EUR",
            "tiers": [{"upTo": 5000, "price": "0.05"}]}}' | numbers 'id|price|upTo' | paste -s -

say "What the marketplace takes, what the city gets, and the tax"
call PUT fee-plans/2026-09 operator '{"currency": "EUR", "percentage": 10, "listingFee": "1"}' | numbers 'percentage|listingFee' | paste -s -
call PUT shares/lots/sensors/spaces/2026-09 lots/sensors '{"shares": [{"organization": "city", "percent": 30}]}' | numbers 'organization|percent' | paste -s -
call PUT taxes/lots/2026-09 lots '{"rate": 21, "note": "IVA"}' | numbers 'rate|note' | paste -s -
call PUT taxes/routes/2026-09 routes '{"rate": 21, "note": "IVA"}' | numbers 'rate|note' | paste -s -

say "The contracts"
call POST contracts routes/app '{"id": "routes/spaces", "offering": "lots/sensors/spaces"}' | numbers 'id|status|price' | paste -s -
call POST contracts drive/app '{"id": "drive/guidance", "offering": "routes/guide/guidance"}' | numbers 'id|status|price' | paste -s -

say "September is over"
stop
begin 2026-10-01T00:05:00Z
sign_in_all

say "What was used: 30 days under both contracts, reported by both sides; on the 12th the application lost its count"
events() { # contract, metric, first quantity, more each day, source, days left out
  for day in $(seq 30); do
    [ "$day" = "${6:-}" ] || printf '{"specversion": "1.0", "type": "org.mercat.usage", "source": "%s", "id": "2026-09-%02d", "subject": "%s", "time": "2026-09-%02dT12:00:00Z", "data": {"quantities": {"%s": %d}}}\n' \
      "$5" "$day" "$1" "$day" "$2" $(($3 + $4 * day))
  done
}
report() { echo "$2: $(call POST usage "$2" "$1" application/x-ndjson | grep -c '"accepted"') events accepted"; }
report "$(events routes/spaces access 200 10 /gateway)" lots/sensors
report "$(events drive/guidance message 300 1 /gateway)" routes/guide
report "$(events drive/guidance message 300 1 /app 12)" drive/app
get 'usage?contract=drive/guidance&month=2026-09' drive/app | sed 's/.*"totals":\[\([^]]*\)\].*/\1/'
echo

say "The operator issues September: the books, which sum to zero"
call POST billing/runs/2026-09/steps/issue operator | sed -n '/"postings"/,/\]/p' | numbers 'account|amount' | paste - -

say "Two invoices, line by line"
get invoices/lots/1 routes text/csv
get invoices/lots/1 routes | numbers 'net|tax|total' | paste -s -
get invoices/routes/1 drive text/csv
get invoices/routes/1 drive | numbers 'net|tax|total' | paste -s -

say "Three settlements: two providers, and the city whose data they are"
for number in 1 2 3; do get "settlements/$number" operator | numbers 'recipient|gross|fees|payout' | paste - - - -; done

say "The application disputes the 12th; the provider sees it, and gives 312 messages back"
call POST disputes drive/app '{"contract": "drive/guidance", "month": "2026-09", "metric": "message",
  "text": "On the 12th we got nothing.", "evidence": ["https://drive.example/log-2026-09-12.csv"]}' | numbers 'id|about|status' | paste -s -
call POST disputes/drive/guidance/1/steps/answer routes/guide '{"text": "Our gateway sent into the void, indeed."}' | numbers status
call POST disputes/drive/guidance/1/steps/award routes/guide '{"amount": "12.48"}' | numbers 'status|awardedAmount|creditNote' | paste -s -
get credit-notes/routes/1 drive/app | numbers 'id|invoice|month|net|total' | paste -s -

say "From a cent of a line to its events, in SPARQL"
curl -sS --fail-with-body "$base/ledger/sparql" -H "Authorization: Bearer $(cat "$data/token-routes-app")" \
  -H 'Accept: text/csv' --data-urlencode "query=
  PREFIX dcterms: <http://purl.org/dc/terms/>
  PREFIX mc: <https://w3id.org/mercat/core#>
  PREFIX schema: <http://schema.org/>
  SELECT ?amount ?price ?model ?event ?quantity {
    <$base/invoices/lots/1#/lines/1> mc:amount ?amount ; mc:usage ?usage ; mc:contract ?contract .
    ?contract mc:tariff [ schema:price ?price ; mc:pricingModel ?model ] .
    GRAPH ?usage { ?of dcterms:identifier ?event ; mc:side 'provider' ; mc:measured [ mc:quantity ?quantity ] }
  } ORDER BY ?event LIMIT 3"
get 'invoices/lots/1/lines/2/trace?limit=1' routes/app | sed 's/.*"arithmetic":"\([^"]*\)".*/\1/'
echo

say "And from the guidance to what it was made of, which everybody may ask"
curl -sS --fail-with-body "$base/sparql" -H 'Accept: text/csv' --data-urlencode 'query=
  PREFIX prov: <http://www.w3.org/ns/prov#>
  PREFIX dcterms: <http://purl.org/dc/terms/>
  SELECT ?offering ?source ?owner { ?offering prov:wasDerivedFrom ?source . ?source dcterms:rightsHolder ?owner }'
