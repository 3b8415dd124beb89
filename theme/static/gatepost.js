/* Counts reads and offers without an id or a cookie. The list of what was read stays in the reader's own browser. */
(() => {
  "use strict";
  const doc = document, nav = navigator, { gpCapture = "", gpArticle: article = "", gpJourney: mode = "off" } = doc.currentScript.dataset;
  const silent = nav.globalPrivacyControl || nav.doNotTrack === "1" || window.doNotTrack === "1", robot = nav.webdriver;
  const KEY = "gp.journey", ARRIVAL = "gp.arrival";
  const every = (css, act) => doc.querySelectorAll(css).forEach(act);
  const visible = () => !doc.hidden;
  const now = () => Math.floor(Date.now() / 1000);
  // Storage may be forbidden or full: then there is no journey, and nothing else changes.
  const tried = (act, otherwise) => { try { return act(); } catch (_) { return otherwise; } };

  // The journey: 50 entries of 90 days, oldest first. In mode "ask", the place of the list is what the reader chose.
  const store = (name) => silent || robot || mode === "off" ? null : tried(() => window[name], null);
  const session = store("sessionStorage"), local = mode === "session" ? null : store("localStorage");
  const remembered = () => tried(() => mode === "local" || local.getItem(KEY) !== null, false);
  const place = () => remembered() ? local : session;
  const load = () => tried(() => JSON.parse(place().getItem(KEY)).filter((e) => e.article && e.t > now() - 7776e3).slice(-50), []);
  const save = (list) => tried(() => place().setItem(KEY, JSON.stringify(list.slice(-50))));

  // Where the reader came from, kept in this tab until the first read has told it.
  const arrival = () => {
    const query = new URLSearchParams(location.search), word = (name) => (query.get(name) || "").slice(0, 100);
    const host = tried(() => new URL(doc.referrer).host, "");
    const cid = ["gclid", "msclkid", "fbclid", "li_fat_id"].find((name) => query.has(name)) || "";
    const here = { ref: host === location.host ? "" : host, src: word("utm_source"), med: word("utm_medium"), cid };
    if (Object.values(here).some(Boolean)) tried(() => session.setItem(ARRIVAL, JSON.stringify(here)));
    return tried(() => JSON.parse(session.getItem(ARRIVAL)), null) || here;
  };

  // Plain text, so that no browser asks the server first.
  let queue = [], timer;
  const post = (what) => {
    const url = gpCapture + "/touch", body = JSON.stringify(what);
    if (!tried(() => nav.sendBeacon(url, body))) tried(() => fetch(url, { method: "POST", body, keepalive: true, mode: "no-cors", credentials: "omit" }).catch(() => {}));
  };
  const flush = () => {
    clearTimeout(timer);
    timer = 0;
    while (queue.length) post({ touches: queue.splice(0, 20) });
  };
  let known, from, mine, done;
  // What this very visit added does not count.
  const look = () => {
    const slugs = load().filter((e) => e.t !== mine).map((e) => e.article), seen = new Set(slugs);
    known = { previous: slugs.pop() || "", first: !seen.has(article), depth: seen.add(article).size };
  };
  const touch = (rung, offer, later) => {
    if (done.has(rung + offer)) return;
    done.add(rung + offer);
    queue.push({ article, rung, offer, ...known, ...from });
    if (!later) flush();
    else timer = timer || setTimeout(flush, 5000);
  };

  // Time counts while the page is visible and focused; depth is how much of the article has come into view.
  const text = doc.querySelector("article") || doc.body, words = text.textContent.split(/\s+/).length;
  let clock, reading, spent, depth;
  const measure = () => {
    const box = text.getBoundingClientRect();
    if (reading) depth = Math.max(depth, (innerHeight - box.top) / (box.height || 1));
  };
  const tick = () => {
    const at = performance.now();
    if (reading) spent += at - clock;
    clock = at;
    reading = visible() && doc.hasFocus();
    measure();
    if (article && spent >= 1e4 && depth >= 0.5) read();
    // 240 words a minute are 250 ms each.
    if (done.has("read") && depth >= 0.9 && spent >= 75 * words) touch("consumed", "");
  };
  const read = () => {
    if (done.has("read")) return;
    look();
    touch("read", "");
    const list = load(), last = list[list.length - 1];
    // The same article again within half an hour is one visit.
    if (!last || last.article !== article || now() - last.t > 1800) {
      const title = (doc.querySelector("h1") || text).textContent.trim().slice(0, 200);
      save([...list, { t: mine = now(), article, rung: "read", ...from, path: location.pathname, title }]);
    }
    tried(() => session.removeItem(ARRIVAL));
  };
  const begin = () => {
    done = new Set();
    spent = depth = mine = 0;
    reading = false;
    from = arrival();
    look();
    if (article) touch("view", "", true);
    tick();
  };

  // Offers: seen is half of one, or half a screen of it, in view for a second.
  const watch = () => {
    const waits = new Map(), name = (card, what) => [(card.dataset.gpPlace === "linkedin" ? "linkedin-" : "offer-") + what, card.dataset.gpOffer];
    const eye = new IntersectionObserver((changes) => changes.forEach(({ target, intersectionRatio, intersectionRect }) => {
      clearTimeout(waits.get(target));
      if (intersectionRatio >= 0.5 || intersectionRect.height >= innerHeight / 2)
        waits.set(target, setTimeout(() => visible() && touch(...name(target, "seen"), true), 1000));
    }), { threshold: [0.1, 0.3, 0.5] });
    every("[data-gp-offer]", (card) => {
      const clicked = (event) => event.target.closest("a[href]") && touch(...name(card, "click"));
      eye.observe(card);
      ["click", "auxclick"].forEach((name) => card.addEventListener(name, clicked));
      card.addEventListener("input", () => touch("form-start", card.dataset.gpOffer));
    });
  };

  // The switch "remember what I read" moves the list over.
  const show = () => every("[data-gp-remember]", (button) => {
    button.hidden = mode !== "ask" || !local;
    button.setAttribute("aria-pressed", remembered());
  });
  const toggle = () => {
    const list = JSON.stringify(load()), [to, away] = remembered() ? [session, local] : [local, session];
    tried(() => { to.setItem(KEY, list); away.removeItem(KEY); });
    show();
  };

  const start = () => {
      doc.addEventListener("submit", ({ target }) => {
      if (target.matches("[data-gp-form]") && target.elements.journey) target.elements.journey.value = JSON.stringify(load());
    }, true);
    show();
    every("[data-gp-remember]", (button) => button.addEventListener("click", toggle));
    if (silent) return;
    if (robot) return post({ dropped: "webdriver" });
    begin();
    setInterval(tick, 1000);
    addEventListener("scroll", measure, { passive: true });
    ["focus", "blur"].forEach((name) => addEventListener(name, tick));
    doc.addEventListener("visibilitychange", () => { tick(); if (!visible()) flush(); });
    addEventListener("pagehide", () => { tick(); flush(); });
    // Back from the browser's memory: a new visit.
    addEventListener("pageshow", (event) => { if (event.persisted) { begin(); show(); } });
    watch();
  };
  // A page that is only being prepared is nobody's read until it is shown.
  const unseen = () => silent || post({ dropped: "prerender" });
  if (!doc.prerendering) return start();
  addEventListener("pagehide", unseen);
  doc.addEventListener("prerenderingchange", () => { removeEventListener("pagehide", unseen); start(); }, { once: true });
})();
