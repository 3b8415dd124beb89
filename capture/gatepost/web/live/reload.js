/* Shows what was saved. `gatepost up` puts it into the pages it serves on the writer's own machine; no published page has it. */
(() => {
  "use strict";
  const { src, dataset } = document.currentScript;
  let { build, page, style } = dataset, panel;
  const asking = new URL("changes", src);
  const rest = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const seen = () => document.visibilityState === "visible" ? undefined
    : new Promise((resolve) => document.addEventListener("visibilitychange", resolve, { once: true }));

  function dress() {
    for (const old of document.querySelectorAll("link[rel=stylesheet]")) {
      const fresh = old.cloneNode(), address = new URL(old.href);
      if (address.origin !== location.origin) continue;
      address.searchParams.set("live", style);
      fresh.href = address;
      // Never a moment without a style.
      fresh.addEventListener("load", () => old.remove(), { once: true });
      fresh.addEventListener("error", () => fresh.remove(), { once: true });
      old.after(fresh);
    }
  }

  // By the style's own object and not by an attribute, which a strict policy forbids.
  const look = (element, rules) => Object.assign(element.style, rules);

  function tell(mistakes) {
    if (!mistakes) {
      panel?.remove();
      panel = undefined;
      return;
    }
    if (!panel) {
      panel = document.body.appendChild(document.createElement("section"));
      panel.setAttribute("role", "alert");
      panel.id = "gatepost-mistakes";
      look(panel, {
        position: "fixed", inset: "auto 0 0 0", zIndex: 2147483647, maxHeight: "60vh", overflow: "auto", padding: "1rem clamp(1rem, 4vw, 2rem)",
        background: "#3d0f0b", color: "#fff", borderTop: "4px solid #f2a59b", font: "14px/1.6 ui-monospace, Menlo, Consolas, monospace",
      });
      look(panel.appendChild(document.createElement("strong")), { display: "block", font: "700 16px/1.5 system-ui, sans-serif" });
      look(panel.appendChild(document.createElement("div")), { whiteSpace: "pre-wrap", overflowWrap: "anywhere" });
    }
    panel.firstChild.textContent = "The site was not built; what you see is the last good one.";
    panel.lastChild.textContent = mistakes.trim();
  }

  async function ask() {
    const before = build, began = performance.now();
    asking.search = new URLSearchParams({ path: dataset.path, build });
    const answer = await fetch(asking, { cache: "no-store" });
    if (!answer.ok) throw new Error(answer.status);
    const now = await answer.json();
    build = now.build;
    // With many pages open, not every question is held open.
    if (build === before && performance.now() - began < 1000) await rest(300);
    tell(now.mistakes);
    if (now.page !== page) {
      location.reload();
      return rest(60000);
    }
    if (now.style !== style) {
      style = now.style;
      dress();
    }
  }

  (async () => {
    for (;;) {
      await seen();
      // A server that is being started again, or a laptop that slept, is asked until it answers.
      try { await ask(); } catch { await rest(500); }
    }
  })();
})();
