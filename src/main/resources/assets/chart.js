// SPDX-License-Identifier: Apache-2.0
// Draws rows with Chart.js in the colours of the page. What it draws stands in a table as well.
globalThis.mercatChart = (canvas, { kind, labels, values, name, across }) => {
  const style = getComputedStyle(document.documentElement);
  const colour = (variable) => style.getPropertyValue(variable).trim();
  const ink = colour("--pico-muted-color");
  const isFlat = kind === "bar" && labels.length > 8;
  const numbers = { beginAtZero: kind === "bar", title: { display: true, text: name, color: ink },
    ticks: { color: ink, precision: 0 }, grid: { color: colour("--pico-muted-border-color") } };
  const names = { title: { display: kind !== "bar" && Boolean(across), text: across, color: ink },
    ticks: { color: ink, autoSkip: !isFlat }, grid: { display: kind === "scatter", color: colour("--pico-muted-border-color") } };
  const most = canvas.parentElement.clientWidth < 500 ? 20 : 60; // letters of a name
  if (isFlat) names.ticks.callback = (i) => (labels[i].length > most ? `${labels[i].slice(0, most - 1)}…` : labels[i]);
  if (kind === "scatter") names.type = "linear";
  canvas.parentElement.style.height = isFlat ? `${Math.min(60, 4 + labels.length * 1.4)}rem` : "20rem";
  return new Chart(canvas, {
    type: kind,
    data: {
      labels: kind === "scatter" ? undefined : labels,
      datasets: [{ label: name, borderRadius: 3, tension: 0.2,
        backgroundColor: colour("--chart"), borderColor: colour("--chart"),
        data: kind === "scatter" ? values.map((y, i) => ({ x: Number(labels[i]), y })) : values }],
    },
    options: { indexAxis: isFlat ? "y" : "x", responsive: true, maintainAspectRatio: false, animation: false,
      plugins: { legend: { display: false } },
      scales: isFlat ? { x: numbers, y: names } : { x: names, y: numbers } },
  });
};
