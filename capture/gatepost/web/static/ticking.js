/* Ticks of a checklist, kept in this browser and nowhere else. Without this script the boxes are plain boxes. */
(() => {
  "use strict";
  const page = document.getElementById("list");
  const boxes = [...page.querySelectorAll("input[data-key]")];
  const bar = document.getElementById("bar"), count = document.getElementById("count");
  const progress = bar.querySelector("progress"), again = document.getElementById("again");
  const KEY = `gatepost.list.${page.dataset.offer}`;
  let taken = null;

  // A browser may forbid storage, be full, or hold something that is not ours.
  const read = () => {
    try {
      const found = JSON.parse(localStorage.getItem(KEY) || "{}");
      return found && typeof found === "object" && !Array.isArray(found) ? found : {};
    } catch { return {}; }
  };
  const write = (ticks) => {
    try { localStorage.setItem(KEY, JSON.stringify(ticks)); return true; } catch { return false; }
  };

  const say = (works) => {
    document.getElementById("kept").hidden = !works;
    document.getElementById("lost").hidden = works;
  };
  const show = () => {
    const done = boxes.filter((box) => box.checked).length;
    progress.max = boxes.length;
    progress.value = done;
    count.textContent = done === boxes.length
      ? page.dataset.all : page.dataset.some.replace("{done}", done).replace("{all}", boxes.length);
    bar.classList.toggle("whole", done === boxes.length);
    again.hidden = !done && !taken;
    again.textContent = taken ? page.dataset.back : page.dataset.again;
  };
  // A point that is new on the list has no entry and stays as the writer left it; one that has gone keeps its entry.
  const load = (ticks) => boxes.forEach((box) => {
    box.checked = Object.hasOwn(ticks, box.dataset.key) ? ticks[box.dataset.key] === 1 : box.defaultChecked;
  });
  const keep = () => write({ ...read(), ...Object.fromEntries(boxes.map((box) => [box.dataset.key, box.checked ? 1 : 0])) });

  page.addEventListener("change", (event) => {
    if (!event.target.matches("input[data-key]")) return;
    taken = null;
    say(keep());
    show();
  });
  again.addEventListener("click", () => {
    const before = taken;
    taken = before ? null : boxes.map((box) => box.checked);
    boxes.forEach((box, at) => { box.checked = before ? before[at] : box.defaultChecked; });
    say(keep());
    show();
  });
  // The same list in another tab.
  addEventListener("storage", (event) => { if (event.key === KEY || event.key === null) { load(read()); show(); } });
  // Also when the page comes back from the browser's own memory.
  addEventListener("pageshow", () => { load(read()); show(); });

  say((() => {
    try { localStorage.setItem(`${KEY}?`, "1"); localStorage.removeItem(`${KEY}?`); return true; } catch { return false; }
  })());
  if (boxes.length) bar.hidden = false;
  load(read());
  show();
})();
