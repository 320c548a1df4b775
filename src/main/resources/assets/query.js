// SPDX-License-Identifier: Apache-2.0
// The page of a query: a chart of its table, and terms while one is typed. Without it both are there to read and to write.
for (const figure of document.querySelectorAll("figure[data-chart]")) {
  const table = document.getElementById(figure.dataset.chart);
  const column = (number) => [...table.tBodies[0].rows].map((row) => row.cells[number].textContent);
  const heading = (number) => table.tHead.rows[0].cells[number].textContent;
  figure.hidden = false;
  mercatChart(figure.querySelector("canvas"), {
    kind: figure.dataset.kind, labels: column(figure.dataset.x), values: column(figure.dataset.y).map(Number),
    name: heading(figure.dataset.y), across: heading(figure.dataset.x),
  });
}

for (const input of document.querySelectorAll("input[data-terms]")) {
  let asked;
  input.addEventListener("input", async () => {
    const words = input.value.trim();
    asked = words;
    if (words.length < 2 || words.includes(":")) return;
    const answer = await fetch(`/terms?${new URLSearchParams({ q: words, limit: 10, lang: input.dataset.terms })}`,
      { headers: { Accept: "application/json" } });
    if (!answer.ok || asked !== words) return; // something else was typed meanwhile
    input.list.replaceChildren(...(await answer.json()).terms.map((term) => new Option(`${term.label} (${term.kind})`, term.iri)));
  });
}
