/* Asks the index that lies beside the pages. What is looked for goes into the address, and nowhere else. */
(() => {
  "use strict";
  const form = document.querySelector("[data-gp-search]");
  if (!form) return;
  const field = form.querySelector("input"), status = document.querySelector(".gp-found-status");
  const list = document.querySelector(".gp-found"), more = document.querySelector(".gp-more");
  const start = new URL(`${form.dataset.gpSearch}/`, location.href).pathname, AT_ONCE = 10;
  let index, asked = 0, found = [];

  const opened = () => index ||= import(`${start}pagefind/pagefind.js`).then(async (it) => {
    await it.options({ baseUrl: start, excerptLength: 30 });
    return it;
  });
  const said = (kind, n) => status.textContent = (form.dataset[kind] || "").replace("{n}", n).replace("{words}", field.value.trim());
  // The excerpt is text with <mark> around what was looked for: only that becomes an element.
  const plain = (text) => new DOMParser().parseFromString(`<p>${text}`, "text/html").body.textContent;
  // Most begin with the title, which stands above already.
  const untitled = (text, title) => {
    let at = 0;
    for (const sign of title) {
      while (text[at] === "<") at = text.indexOf(">", at) + 1;
      if (text[at++] !== sign) return text;
    }
    return text.slice(at).replace(/^(<\/mark>)?[.\s]*/, "");
  };
  const marked = (place, text) => text.split(/<\/?mark>/).forEach((part, number) => {
    const words = plain(part.replace(/</g, "&lt;"));
    if (number % 2) place.appendChild(document.createElement("mark")).textContent = words;
    else place.append(words);
  });

  async function show() {
    const mine = asked, next = found.splice(0, AT_ONCE), first = list.children.length;
    const pages = await Promise.all(next.map((one) => one.data()));
    if (mine !== asked) return;
    for (const { url, meta, excerpt } of pages) {
      const item = list.appendChild(document.createElement("li")), link = item.appendChild(document.createElement("a"));
      link.href = url;
      link.textContent = meta.title || url;
      marked(item.appendChild(document.createElement("p")), untitled(excerpt, meta.title || ""));
    }
    more.hidden = !found.length;
    if (first) list.children[first]?.querySelector("a").focus();
  }

  async function ask() {
    const words = field.value.trim(), mine = ++asked;
    const address = new URL(location.href);
    words ? address.searchParams.set("q", words) : address.searchParams.delete("q");
    history.replaceState(null, "", address);
    if (!words) { list.replaceChildren(); more.hidden = true; status.textContent = ""; return; }
    try {
      const answer = await (await opened()).search(words);
      if (mine !== asked) return;
      found = answer.results;
      list.replaceChildren();
      said(found.length ? found.length === 1 ? "foundOne" : "found" : "foundNone", found.length);
      await show();
    } catch (_) {
      index = undefined;
      said("broken", 0);
    }
  }

  let waiting;
  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 150); });
  field.addEventListener("focus", () => opened().catch(() => { index = undefined; }), { once: true });
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waiting); ask(); });
  more.addEventListener("click", show);
  field.value = new URLSearchParams(location.search).get("q") || "";
  if (field.value) ask();
})();
