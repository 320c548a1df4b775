// SPDX-License-Identifier: Apache-2.0
// The map beside what a search found, and a box that is drawn on it as a criterion. Without it there is the list.
const where = document.querySelector(".where");
const box = new URLSearchParams(location.search).get("box")?.split(",").map(Number);
const titles = new Map(); // by shape: many offerings are of one place
for (const article of document.querySelectorAll("article[data-shapes]")) {
  for (const text of article.dataset.shapes.split("\n").filter((each) => each)) {
    titles.set(text, [...(titles.get(text) ?? []), article.querySelector("h1, h2").textContent]);
  }
}
const found = [...titles].map(([text, those]) => ({ shape: mercatShape(text), text: those.join("\n") })).filter(({ shape }) => shape);
const asked = box?.length === 4 && box.every(Number.isFinite)
  ? L.rectangle([[box[1], box[0]], [box[3], box[2]]], { className: "asked", interactive: false, weight: 1 }) : null;

if (where && (found.length || asked)) {
  where.hidden = false;
  where.parentElement.classList.add("mapped");
  const map = mercatMap(document.getElementById("map"), found);
  asked?.addTo(map);
  if (asked) map.fitBounds(asked.getBounds().pad(0.1));

  const button = document.getElementById("draw");
  if (button) draw(map, button);
}

/** Has the button turn on the drawing of a box, which then is searched. */
function draw(map, button) {
  const label = button.textContent;
  const turn = (on) => {
    button.setAttribute("aria-pressed", on);
    button.textContent = on ? button.dataset.drawing : label;
    map.getContainer().classList.toggle("drawing", on);
    map.dragging[on ? "disable" : "enable"]();
  };
  let from, drawn;
  button.addEventListener("click", () => turn(button.getAttribute("aria-pressed") !== "true"));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") turn(false); });
  map.on("mousedown", (event) => {
    if (button.getAttribute("aria-pressed") !== "true") return;
    from = event.latlng;
    drawn = L.rectangle([from, from], { className: "asked", weight: 1 }).addTo(map);
  });
  map.on("mousemove", (event) => { if (from) drawn.setBounds([from, event.latlng]); });
  map.on("mouseup", () => {
    if (!from) return;
    const bounds = drawn.getBounds();
    from = undefined;
    turn(false);
    if (bounds.getEast() - bounds.getWest() < 1e-6) return drawn.remove();
    const query = new URLSearchParams(location.search);
    for (const name of ["cursor", "within"]) query.delete(name);
    const side = (number, most) => Math.max(-most, Math.min(most, number)).toFixed(5);
    query.set("box", [side(bounds.getWest(), 180), side(bounds.getSouth(), 90), side(bounds.getEast(), 180), side(bounds.getNorth(), 90)].join(","));
    location.search = query;
  });
}
