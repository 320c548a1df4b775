// SPDX-License-Identifier: Apache-2.0
// Suggests what could be searched for while somebody types: terms, places and titles. Without it the words are sent as they are.
for (const input of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `${input.id}-suggestions`;
  input.after(list);
  input.setAttribute("list", list.id);
  const language = input.dataset.suggest;
  const json = async (address) => {
    const answer = await fetch(address, { headers: { Accept: "application/json", "Accept-Language": language } });
    return answer.ok ? answer.json() : {};
  };
  let asked;
  input.addEventListener("input", async () => {
    const words = input.value.trim();
    asked = words;
    if (words.length < 2) return;
    const [terms, offerings] = await Promise.all([
      json(`/terms?${new URLSearchParams({ q: words, limit: 6, lang: language })}`),
      json(`/offerings?${new URLSearchParams({ text: words, limit: 5, facets: true })}`),
    ]);
    if (asked !== words) return; // something else was typed meanwhile
    const titles = (offerings.offerings ?? []).map(({ title }) => (typeof title === "string" ? title : title[language] ?? title.en ?? Object.values(title)[0]));
    const places = (offerings.facets?.place ?? []).map((place) => place.value).filter((place) => place.toLowerCase().includes(words.toLowerCase()));
    const all = [...(terms.terms ?? []).map((term) => term.label), ...places, ...titles].filter((text) => text);
    list.replaceChildren(...[...new Set(all)].map((text) => new Option(text)));
  });
}
