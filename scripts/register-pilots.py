#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Registers the offerings of the BIG IoT pilots over HTTP, as they were written then, and finds them again.

    python3 scripts/register-pilots.py --base http://localhost:8080 --client operator --secret SECRET --pilots offerings.json

The foreign terms are sent as they are: the catalogue must understand those that its vocabularies are aligned to
and refuse all others with a suggestion. What the pilots left out and the catalogue requires (an endpoint, a price)
is filled in with a stated default, so that the terms alone decide. Needs Python 3.9 and nothing else.

Exit code 0: every offering came out as expected. 1: at least one did not. 2: the catalogue did not let us begin.
"""
import argparse
import base64
import json
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
from decimal import Decimal

PREFIXES = {
    "schema": "http://schema.org/",
    "datex": "http://vocab.datex.org/terms#",
    "mobility": "http://schema.big-iot.org/mobility/",
    "environment": "http://schema.big-iot.org/environment/",
    "common": "http://schema.big-iot.org/common/",
}
LICENCES = {
    name: "http://schema.big-iot.org/core/" + name.lower()
    for name in ("OPEN_DATA_LICENSE", "CREATIVE_COMMONS", "PROJECT_INTERNAL_USE_ONLY")
} | {"NON_COMMERCIAL_DATA_LICENSE": "http://schema.big-iot.org/core/non_commercial_data_lc"}

# The pilots wrote these names as schema.org's, which has no such terms: the vocabularies may know them or not.
NOT_IN_SCHEMA_ORG = {
    PREFIXES["schema"] + name for name in ("random", "resourceType", "resourceId", "airTemperatureValue")
}
POSITION = {PREFIXES["schema"] + name for name in ("longitude", "latitude")}

DEFAULT_ENDPOINT = "https://example.org/pilots/"
DEFAULT_PRICE, DEFAULT_CURRENCY = "0.001", "EUR"

SUGGESTION = re.compile(r"did you mean|nearest|similar|suggest", re.IGNORECASE)


# --- HTTP ---


class Answer:
    """Status and content of an answer; problems (RFC 9457) are answers too."""

    def __init__(self, status, text):
        self.status = status
        try:
            self.json = json.loads(text) if text else {}
        except ValueError:
            self.json = {"detail": text[:500]}

    @property
    def ok(self):
        return 200 <= self.status < 300

    def faults(self):
        """The single faults, warnings left out, or the problem's detail where it lists none."""
        content = self.json if isinstance(self.json, dict) else {}
        faults = [f for f in content.get("errors", []) if f.get("severity") != "warning"]
        return faults or [{"message": content.get("detail") or content.get("title") or "no reason given"}]

    def suggests(self):
        return any(SUGGESTION.search(f.get("message", "")) or f.get("suggestions") for f in self.faults())


class Catalogue:
    def __init__(self, base):
        self.base = base.rstrip("/")

    def send(self, method, path, body=None, token=None, content_type="application/json", accept="application/json"):
        url = path if path.startswith(("http://", "https://")) else self.base + path
        headers = {"Accept": accept}
        if body is not None:
            headers["Content-Type"] = content_type
            body = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        if token:
            headers["Authorization"] = "Bearer " + token
        request = urllib.request.Request(url, body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return Answer(response.status, response.read().decode())
        except urllib.error.HTTPError as refused:
            return Answer(refused.code, refused.read().decode(errors="replace"))
        except urllib.error.URLError as unreachable:
            give_up(f"{url} cannot be reached: {unreachable.reason}")

    def token(self, client, secret):
        """An access token for client credentials, RFC 6749 section 4.4."""
        pair = ":".join(urllib.parse.quote(part, safe="") for part in (client, secret))
        request = urllib.request.Request(
            self.base + "/oauth/token",
            b"grant_type=client_credentials",
            {
                "Authorization": "Basic " + base64.b64encode(pair.encode()).decode(),
                "Content-Type": "application/x-www-form-urlencoded",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return json.loads(response.read())["access_token"]
        except urllib.error.HTTPError as refused:
            give_up(f"no token for {client}: {refused.code} {refused.read().decode(errors='replace')}")
        except urllib.error.URLError as unreachable:
            give_up(f"{self.base} cannot be reached: {unreachable.reason}")

    def aligned(self):
        """All foreign IRIs that the vocabularies give the meaning of a term of ours."""
        query = (
            "SELECT DISTINCT ?term { ?ours <http://www.w3.org/2004/02/skos/core#exactMatch>"
            "|<http://www.w3.org/2002/07/owl#equivalentClass>|<http://www.w3.org/2002/07/owl#equivalentProperty> ?term }"
        )
        answer = self.send("GET", "/sparql?" + urllib.parse.urlencode({"query": query}), accept="application/sparql-results+json")
        if not answer.ok:
            give_up(f"the alignments cannot be read from /sparql: {answer.status} {answer.faults()[0]['message']}")
        return {row["term"]["value"] for row in answer.json["results"]["bindings"]}

    def finds(self, offering_id, criteria):
        """Whether a search has that offering among its results, on any page."""
        path = "/offerings?" + urllib.parse.urlencode(criteria | {"limit": 100})
        for _ in range(50):
            answer = self.send("GET", path)
            if not answer.ok:
                print(f"    search {criteria}: {answer.status} {answer.faults()[0]['message']}")
                return False
            if any(found.get("id") == offering_id for found in answer.json["offerings"]):
                return True
            path = answer.json.get("next")
            if not path:
                return False
        return False


def give_up(reason):
    print(reason, file=sys.stderr)
    sys.exit(2)


# --- from the pilots' words to ours ---


class Pilot:
    """One offering of the pilots: its id here, what is sent for it, what was filled in, what is expected."""

    def __init__(self, given):
        self.given = given
        self.fill_ins = []
        self.id = offering_id(given)
        self.body = self.offering()

    @property
    def provider(self):
        return self.id.rpartition("/")[0]

    @property
    def organization(self):
        return self.id.partition("/")[0]

    def offering(self):
        given = self.given
        body = {"id": self.id, "title": given["name"]}
        if given.get("description"):
            body["description"] = given["description"]
        body |= {
            "category": given["category"],
            "provider": self.provider,
            "licence": LICENCES[given["license"]],
            "place": place(given.get("spatialExtent")),
            "temporal": self.temporal(),
            "inputs": self.elements("inputs"),
            "outputs": self.elements("outputs"),
            "endpoint": self.endpoint(),
            "price": self.price(),
        }
        for member, reason in (("expires", "it is over"), ("accessWhiteList", "access lists are not sent, so all may see it")):
            if given.get(member):
                self.fill_ins.append(f"{member} {given[member]} left out: {reason}")
        return {name: value for name, value in body.items() if value}

    def elements(self, side):
        if self.given.get(side) is None:
            self.fill_ins.append(f"{side} are null: left out")
        encoding = (self.given.get("endpoint") or {}).get("inputEncoding") if side == "inputs" else None
        location = {"route": "path", "query": "query"}.get(encoding)
        return [element(given, location) for given in self.given.get(side) or []]

    def temporal(self):
        start = (self.given.get("temporalExtent") or {}).get("from")
        if not start:
            return None
        match = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?(Z?)", start)
        if not match.group(3):
            self.fill_ins.append(f"the start {start} has no time zone: UTC")
        return {"startDate": match.group(1) + (match.group(2) or ":00") + "Z"}

    def endpoint(self):
        given = self.given.get("endpoint") or {}
        url = given.get("uri") or ""
        if not re.match(r"https?://", url):
            default = DEFAULT_ENDPOINT + self.id.rpartition("/")[2]
            self.fill_ins.append(f"endpoint {url or 'missing'}: {default}")
            url = default
        return {
            "url": url,
            "protocol": given.get("endpointType", "HTTP_GET"),
            "accessInterface": given.get("accessInterfaceType", "EXTERNAL"),
        }

    def price(self):
        given = self.given.get("price") or {"pricingModel": "FREE"}
        if given["pricingModel"] == "FREE":
            return {"pricingModel": "FREE"}
        money = given.get("money")
        if not money:
            money = {"amount": Decimal(DEFAULT_PRICE), "currency": DEFAULT_CURRENCY}
            self.fill_ins.append(f"price amount missing: {DEFAULT_PRICE} {DEFAULT_CURRENCY}")
        return {
            "pricingModel": given["pricingModel"],
            "price": format(Decimal(money["amount"]), "f"),
            "currency": money["currency"],
        }

    def unknown_terms(self, aligned):
        """The terms for which this offering must be refused, each with where it stands."""
        unknown = []
        category = self.given["category"]
        if category.startswith("bigiot:") or (category.startswith("urn:proposed:") and category not in aligned):
            unknown.append(("/category", category))
        for side in ("inputs", "outputs"):
            for position, given in enumerate(self.given.get(side) or []):
                term = type_iri(given)
                invented = term in NOT_IN_SCHEMA_ORG and term not in aligned
                if given.get("termStatus") in ("unknown", "proposed") or invented:
                    unknown.append((f"/{side}/{position}/semanticType", term))
        return unknown

    @property
    def is_negative_test(self):
        return "NEGATIVE TEST" in self.given.get("note", "") or self.given["category"].startswith("bigiot:")

    def searches(self):
        """Criteria by which it must be found: category, one type that it gives, box."""
        searches = {"category": {"category": self.given["category"]}}
        for side, name in (("outputs", "output"), ("inputs", "input")):
            types = [type_iri(given) for given in self.given.get(side) or []]
            if types:
                telling = next((t for t in types if t not in POSITION), types[0])
                searches["type"] = {name: telling}
                break
        box = box_of(self.given.get("spatialExtent"))
        if box:
            searches["box"] = {"box": ",".join(map(str, box))}
        return searches


def offering_id(given):
    """organization/provider/offering out of Organization-Provider-Offering, or as near as what is given allows."""
    parts = (given.get("id") or "").split("-")
    if len(parts) == 3:
        return "/".join(map(word, parts))
    owner = re.match(r"([\w-]+)/([\w.-]+):", given["source"])
    organization = given.get("organization") or (owner.group(1) if owner else "bigiot-examples")
    provider = parts[0] or "examples"
    return "/".join(map(word, (organization, provider, given.get("localId") or given["name"])))


def word(name):
    """A name as a segment of an id."""
    return re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-._")[:64]


def type_iri(given):
    iri = given.get("iri") or given["type"]
    prefix, colon, local = iri.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else iri


def element(given, location=None):
    body = {"name": given["name"], "semanticType": type_iri(given)}
    for member, name in (("valueType", "valueType"), ("required", "required"), ("min", "minimum"), ("max", "maximum")):
        if member in given:
            body[name] = float(given[member]) if isinstance(given[member], Decimal) else given[member]
    if location:
        body["location"] = location
    if given.get("members"):
        body["members"] = [element(member) for member in given["members"]]
    return body


def box_of(extent):
    """west, south, east, north; the pilots name two opposite corners, in no fixed order."""
    if not extent or "boundary" not in extent:
        return None
    corners = extent["boundary"].values()
    longitudes, latitudes = [c["lng"] for c in corners], [c["lat"] for c in corners]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def place(extent):
    if not extent:
        return None
    box = box_of(extent)
    if not box:
        return {"name": extent["city"]}
    w, s, e, n = box
    ring = ", ".join(f"{x} {y}" for x, y in ((w, s), (e, s), (e, n), (w, n), (w, s)))
    return {"wkt": f"POLYGON(({ring}))"}


# --- what is done ---


def register_parties(catalogue, pilots, operator):
    """Organizations and providers; answers an access token for each provider, as each registers its own offerings."""
    for organization in sorted({p.organization for p in pilots}):
        names = [p.given["organization"] for p in pilots if p.organization == organization and p.given.get("organization")]
        must(catalogue, "/organizations/" + organization, {"id": organization, "name": (names or [organization])[0]}, operator)
    tokens = {}
    for provider in sorted({p.provider for p in pilots}):
        organization, _, system = provider.partition("/")
        body = {"id": provider, "name": system, "organization": organization}
        secret = must(catalogue, "/providers/" + provider, body, operator).get("clientSecret")
        if not secret:  # it was there before, and its secret was shown to somebody else
            answer = catalogue.send("POST", f"/providers/{provider}/secret", token=operator)
            secret = answer.json.get("clientSecret") or give_up(f"no new secret for {provider}: {answer.status}")
        tokens[provider] = catalogue.token(provider, secret)
    return tokens


def must(catalogue, path, body, token):
    answer = catalogue.send("PUT", path, body, token)
    if not answer.ok:
        give_up(f"PUT {path}: {answer.status} " + "; ".join(f.get("message", "") for f in answer.faults()))
    return answer.json


def register(catalogue, pilot, token, unknown):
    """Registers one and prints what came of it; answers the status and what is not as expected."""
    answer = catalogue.send("PUT", "/offerings/" + pilot.id, pilot.body, token)
    print(f"{answer.status} {pilot.id}")
    for fill_in in pilot.fill_ins:
        print("    filled in: " + fill_in)
    if not answer.ok:
        for fault in answer.faults():
            print(f"    {fault.get('pointer') or '-'}: {fault.get('message', '')}")
    return answer.status, complaints(pilot, answer, unknown)


def complaints(pilot, answer, unknown):
    refused = 400 <= answer.status < 500
    if pilot.is_negative_test and not refused:
        return ["a negative test was not refused"]
    if unknown and not refused:
        return ["not refused, although unknown: " + ", ".join(term for _, term in unknown)]
    if unknown and not answer.suggests():
        return ["refused without a suggestion for " + ", ".join(term for _, term in unknown)]
    if not (unknown or pilot.is_negative_test) and not answer.ok:
        return ["refused, although all its terms are known"]
    return []


def report(rows):
    width = max(len(row[0]) for row in rows)
    print(f"\n{'offering':<{width}}  status  expected  category  type   box    verdict")
    for name, status, expected, found, wrong in rows:
        marks = [{True: "found", False: "NOT", None: "-"}[found.get(by)] for by in ("category", "type", "box")]
        verdict = "; ".join(wrong) or "as expected"
        print(f"{name:<{width}}  {status:<6}  {expected:<8}  {marks[0]:<8}  {marks[1]:<5}  {marks[2]:<5}  {verdict}")


def main():
    parser = argparse.ArgumentParser(description="Registers the offerings of the BIG IoT pilots and finds them again.")
    parser.add_argument("--base", default="http://localhost:8080", help="address of the catalogue (default: %(default)s)")
    parser.add_argument("--client", default="operator", help="client id that may register organizations (default: %(default)s)")
    parser.add_argument("--secret", required=True, help="its secret")
    parser.add_argument("--pilots", required=True, help="the pilots' offerings, a JSON file")
    options = parser.parse_args()

    with open(options.pilots, encoding="utf-8") as file:
        pilots = [Pilot(given) for given in json.load(file, parse_float=Decimal)]
    doubled = {p.id for p in pilots if sum(q.id == p.id for q in pilots) > 1}
    if not pilots or doubled:
        give_up(f"the ids do not tell the offerings apart: {doubled}" if doubled else "there are no offerings in the file")

    catalogue = Catalogue(options.base)
    aligned = catalogue.aligned()
    tokens = register_parties(catalogue, pilots, catalogue.token(options.client, options.secret))
    rows = []
    for pilot in pilots:
        unknown = pilot.unknown_terms(aligned)
        status, wrong = register(catalogue, pilot, tokens[pilot.provider], unknown)
        expected = "4xx" if unknown or pilot.is_negative_test else "2xx"
        rows.append((pilot, status, expected, {}, wrong))
    for pilot, status, _, found, wrong in rows:
        if 200 <= status < 300:
            for by, criteria in pilot.searches().items():
                found[by] = catalogue.finds(pilot.id, criteria)
            wrong += [f"not found by {by}" for by, was_found in found.items() if not was_found]
    report([(pilot.id, *rest) for pilot, *rest in rows])

    accepted = sum(200 <= row[1] < 300 for row in rows)
    wrong = sum(bool(row[4]) for row in rows)
    print(f"\n{len(rows)} offerings: {accepted} accepted, {len(rows) - accepted} refused, {wrong} not as expected.")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
