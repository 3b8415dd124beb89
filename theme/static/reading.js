/* Shows the reader what this browser remembers of the reading, newest first. Nothing leaves the browser. */
(() => {
  "use strict";
  const { empty = "" } = document.currentScript.dataset;
  const box = document.querySelector("[data-gp-reading-list]");
  const entries = () => {
    for (const name of ["localStorage", "sessionStorage"]) {
      try {
        const list = JSON.parse(window[name].getItem("gp.journey"));
        if (list) return list.reverse();
      } catch (_) { /* forbidden, or not a list */ }
    }
    return [];
  };
  const seen = new Set(), list = document.createElement("ul");
  for (const { article, path = "", title, t } of entries()) {
    // Only addresses of this site: one slash, not two.
    if (seen.has(article) || !/^\/(?![/\\])/.test(path)) continue;
    seen.add(article);
    const item = list.appendChild(document.createElement("li")), link = item.appendChild(document.createElement("a"));
    link.href = path;
    link.textContent = title || article;
    item.append(", ", new Date(t * 1000).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" }));
  }
  if (box && seen.size) box.replaceChildren(list);
  else if (box && !box.textContent.trim()) box.textContent = empty;
})();
