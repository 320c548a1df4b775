// SPDX-License-Identifier: Apache-2.0
// The console: YASGUI's editor and results, prefixes and terms of this catalogue, a map and a chart. Without it the form is there.
(() => {
  const page = document.getElementById("console");
  const plain = document.getElementById("plain");
  const say = page.dataset;
  const prefixes = JSON.parse(say.prefixes);
  const { Yasqe, Yasr } = Yasgui;
  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // What is completed: prefixes of the JSON context, the terms that it names, and those of the vocabularies by /terms.
  let named = [];
  fetch("/context/v1.jsonld").then((answer) => answer.json()).then((json) => {
    const names = Object.values(json["@context"]).map((term) => (typeof term === "string" ? term : term?.["@id"]));
    named = [...new Set(names.map((name) => {
      const [prefix, local] = String(name).split(/:(.*)/s);
      return local && !local.startsWith("//") && prefixes[prefix] ? prefixes[prefix] + local : name;
    }).filter((name) => /^https?:.*[#/]\w+$/.test(name)))].sort();
  });
  Yasqe.Autocompleters.prefixes.get = Object.entries(prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`).sort();
  Yasqe.forkAutocompleter("class", {
    name: "terms",
    autoShow: true,
    isValidCompletionPosition: (yasqe) => /^(?:[\w-]*:[\w-]+|<https?:\S{3,})$/.test(yasqe.getCompleteToken().string),
    preProcessToken: (yasqe, token) => {
      const [prefix, local] = token.string.split(/:(.*)/s);
      const isWhole = token.string.startsWith("<");
      const known = { ...prefixes, ...yasqe.getPrefixesFromQuery() };
      return { ...token, namespace: isWhole ? "" : known[prefix] ?? "",
        autocompletionString: isWhole ? token.string.slice(1) : local };
    },
    get: async (_, token) => {
      if (!token) return [];
      const begun = token.autocompletionString;
      const own = named.filter((iri) => iri.toLowerCase().startsWith((token.namespace + begun).toLowerCase()));
      const words = begun.split(/[#/]/).pop().replace(/([a-z])([A-Z])/g, "$1 $2");
      if (!words) return own;
      const answer = await fetch(`/terms?${new URLSearchParams({ q: words, limit: 30, lang: say.language })}`, { headers: { Accept: "application/json" } });
      const found = answer.ok ? (await answer.json()).terms.map((term) => term.iri) : [];
      return [...new Set([...own, ...found.filter((iri) => iri.startsWith(token.namespace))])];
    },
    postProcessSuggestion: (yasqe, _, iri) => {
      const known = { ...prefixes, ...yasqe.getPrefixesFromQuery() };
      const end = Math.max(iri.lastIndexOf("#"), iri.lastIndexOf("/")) + 1;
      const prefix = Object.keys(known).find((each) => known[each] === iri.slice(0, end));
      return prefix !== undefined && /^\w[\w-]*$/.test(iri.slice(end)) ? `${prefix}:${iri.slice(end)}` : `<${iri}>`;
    },
  }, false);

  // How results are shown.
  const icon = (path) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const line = document.createElementNS(svg.namespaceURI, "path");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  };
  const short = (value) => {
    const prefix = Object.keys(prefixes).find((each) => value.startsWith(prefixes[each]) && value !== prefixes[each]);
    return prefix === undefined ? value : `${prefix}:${value.slice(prefixes[prefix].length)}`;
  };
  const text = (binding) => (binding ? (binding.type === "uri" ? short(binding.value) : binding.value) : "");
  const isNumber = (binding) => binding !== undefined && binding.type !== "uri" && binding.value.trim() !== "" && Number.isFinite(Number(binding.value));

  class MapView {
    constructor(yasr) { this.yasr = yasr; this.label = say.map; this.priority = 5; this.helpReference = ""; }
    shapes() {
      const rows = this.yasr.results?.getBindings() ?? [];
      return rows.flatMap((row) => Object.entries(row).filter(([, binding]) => binding.datatype?.endsWith("wktLiteral")).map(([name, binding]) => ({
        shape: mercatShape(binding.value),
        text: Object.entries(row).filter(([other]) => other !== name).map(([other, its]) => `${other}: ${text(its)}`).join("\n"),
      })));
    }
    canHandleResults() { return this.shapes().some(({ shape }) => shape); }
    getIcon() { return icon("M9 4 3 6v14l6-2 6 2 6-2V4l-6 2zm0 0v14m6-12v14"); }
    draw() {
      const all = this.shapes();
      const drawn = all.filter(({ shape }) => shape);
      const map = element("div", { className: "map" });
      this.yasr.resultsEl.append(map);
      mercatMap(map, drawn);
      if (drawn.length < all.length) this.yasr.resultsEl.append(element("p", { className: "count" }, say.undrawn.replace("{}", all.length - drawn.length)));
    }
  }

  class ChartView {
    constructor(yasr) { this.yasr = yasr; this.label = say.chart; this.priority = 4; this.helpReference = ""; }
    rows() { return this.yasr.results?.getBindings() ?? []; }
    numeric() {
      return (this.yasr.results?.getVariables() ?? []).filter((name) => this.rows().some((row) => row[name]) && this.rows().every((row) => !row[name] || isNumber(row[name])));
    }
    canHandleResults() { return this.rows().length > 1 && this.numeric().length > 0; }
    getIcon() { return icon("M4 20V10m6 10V4m6 16v-8M2 20h20"); }
    draw() {
      const variables = this.yasr.results.getVariables();
      const numeric = this.numeric();
      const others = variables.filter((name) => !numeric.includes(name));
      const literal = others.find((name) => this.rows().some((row) => row[name] && row[name].type !== "uri"));
      const choice = (label, values, chosen) => {
        const select = element("select", {}, ...values.map(([value, word]) => new Option(word, value, false, value === chosen)));
        return [select, element("label", {}, label, select)];
      };
      const same = (names) => names.map((name) => [name, name]);
      const [x, xLabel] = choice(`${say.column} x`, same(variables), literal ?? others[0] ?? numeric[0]);
      const [y, yLabel] = choice(`${say.column} y`, same(numeric), numeric[numeric.length - 1]);
      const [kind, kindLabel] = choice(say.kind, [["bar", say.bar], ["line", say.line], ["scatter", say.scatter]], "bar");
      const box = element("div", { className: "chart" });
      this.yasr.resultsEl.append(element("div", { className: "choices" }, xLabel, yLabel, kindLabel), box);
      const draw = () => {
        const canvas = element("canvas");
        box.replaceChildren(canvas);
        const rows = this.rows().filter((row) => row[y.value]).slice(0, 500);
        mercatChart(canvas, { kind: kind.value, labels: rows.map((row) => text(row[x.value])), values: rows.map((row) => Number(row[y.value].value)), name: y.value, across: x.value });
      };
      for (const select of [x, y, kind]) select.addEventListener("change", draw);
      draw();
    }
  }
  Yasr.registerPlugin("map", MapView);
  Yasr.registerPlugin("chart", ChartView);

  page.hidden = false;
  plain.hidden = true;
  const yasqe = new Yasqe(document.getElementById("editor"), {
    value: document.getElementById("query").value,
    persistenceId: null,
    showQueryButton: false,
    createShareableLink: null,
    consumeShareLink: null,
    editorHeight: "20rem",
    autocompleters: ["variables", "prefixes", "terms"],
    requestConfig: { endpoint: "/sparql" },
    extraKeys: { ...Yasqe.defaults.extraKeys, "Ctrl-Enter": () => run(), "Cmd-Enter": () => run(), Tab: false, "Shift-Tab": false },
  });
  yasqe.getInputField().setAttribute("aria-label", document.querySelector("label[for=query]").firstChild.textContent);
  const results = document.getElementById("results");
  const yasr = new Yasr(results, { persistenceId: null, prefixes, pluginOrder: ["table", "map", "chart", "response"], defaultPlugin: "table" });

  yasr.plugins.table.persistentConfig.compact = true;

  // Terms of this catalogue's vocabularies lead to their pages here.
  results.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='https://w3id.org/mercat/']");
    if (link) link.href = `/terms?iri=${encodeURIComponent(link.href)}`;
  }, true);

  const message = document.getElementById("explanation");
  const tell = (className, ...children) => {
    message.className = className;
    message.hidden = children.length === 0;
    message.replaceChildren(...children);
  };
  const problemOf = async (answer) => {
    const problem = await answer.json().catch(() => ({ title: `${answer.status} ${answer.statusText}` }));
    const place = problem.errors?.find((each) => each.line);
    if (place) {
      yasqe.getDoc().setCursor({ line: place.line - 1, ch: Math.max(0, (place.column ?? 1) - 1) });
      yasqe.focus();
    }
    return element("pre", { lang: "en" }, problem.detail ?? problem.title);
  };
  const address = () => `/sparql?query=${encodeURIComponent(yasqe.getValue())}`;
  const button = document.getElementById("run");
  let running;

  async function run() {
    running?.abort();
    const mine = (running = new AbortController());
    button.setAttribute("aria-busy", "true");
    tell("");
    const begun = performance.now();
    const isGraph = ["CONSTRUCT", "DESCRIBE"].includes(yasqe.getQueryType());
    try {
      const answer = await fetch("/sparql", { method: "POST", signal: mine.signal, body: yasqe.getValue(), headers: {
        "Content-Type": "application/sparql-query", Accept: isGraph ? "text/turtle" : "application/sparql-results+json" } });
      if (answer.ok) {
        const data = await answer.text();
        yasr.setResponse({ data: data || "\n", contentType: answer.headers.get("Content-Type"), status: answer.status }, Math.round(performance.now() - begun));
        if (address().length < 8000) history.replaceState(null, "", address());
      } else {
        tell("notice", await problemOf(answer));
      }
    } catch (error) {
      if (error.name !== "AbortError") tell("notice", element("pre", {}, String(error.message)));
    } finally {
      if (running === mine) button.removeAttribute("aria-busy");
    }
  }
  button.addEventListener("click", run);

  const share = document.getElementById("share");
  share.hidden = !navigator.clipboard;
  share.addEventListener("click", async () => {
    await navigator.clipboard.writeText(new URL(address(), location.href).href);
    const label = share.textContent;
    share.textContent = share.dataset.done;
    setTimeout(() => { share.textContent = label; }, 2000);
  });

  const examples = document.getElementById("example");
  examples.form.querySelector("button").hidden = true;
  examples.addEventListener("change", () => {
    const chosen = examples.selectedOptions[0];
    if (!chosen.dataset.query) return;
    yasqe.setValue(chosen.dataset.query);
    yasqe.collapsePrefixes(true);
    run();
  });

  const explain = document.getElementById("explain");
  explain.hidden = false;
  explain.addEventListener("click", async () => {
    const answer = await fetch("/sparql/explain", { method: "POST", body: yasqe.getValue(), headers: { "Content-Type": "application/sparql-query", Accept: "application/json" } });
    if (!answer.ok) {
      tell("notice", await problemOf(answer));
      return;
    }
    const { verdict, why = "", words = [], warnings = [], algebra } = await answer.json();
    const children = [element("p", {}, element("strong", {}, `${verdict}. `), why)];
    for (const warning of warnings) {
      children.push(element("p", { className: "warnings" }, `⚠ ${warning.message}`));
      if (warning.rewrite) children.push(element("pre", {}, warning.rewrite));
    }
    children.push(element("ol", {}, ...words.map((word) => element("li", {}, word))));
    children.push(element("details", {}, element("summary", {}, "Algebra"), element("pre", {}, algebra)));
    tell("explanation", ...children.map((child) => Object.assign(child, { lang: "en" })));
  });

  if (say.asked) run();
})();
