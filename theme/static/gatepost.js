/* Counts reads and offers without an id or a cookie. What was read is kept in the reader's own browser. */
(() => {
  "use strict";
  let { gpCapture = "", gpArticle: article = "", gpJourney: mode = "off" } = document.currentScript.dataset;
  const silent = navigator.globalPrivacyControl || navigator.doNotTrack === "1";
  let from, mine, done, token, opened, path, queue = [];
  const KEY = "gp.journey", ARRIVAL = "gp.arrival", CARD = "[data-gp-offer]";
  const now = () => Math.floor(Date.now() / 1000);
  // Storage may be forbidden, or full.
  const tried = (act, otherwise) => { try { return act(); } catch (_) { return otherwise; } };

  // The journey: 50 entries of 90 days, oldest first. In mode "ask", reading.js says where.
  const store = (name) => silent || navigator.webdriver || mode === "off" ? null : tried(() => window[name]);
  const session = store("sessionStorage"), local = mode === "session" ? null : store("localStorage");
  const place = () => tried(() => mode === "local" || local.getItem(KEY) !== null) ? local : session;
  const load = () => tried(() => JSON.parse(place().getItem(KEY)).filter((e) => e.t > now() - 7776e3), []);
  const save = (list) => tried(() => place().setItem(KEY, JSON.stringify(list.slice(-50))));

  // Where the reader came from: told by every read in this tab.
  const arrive = () => {
    const query = new URLSearchParams(location.search), word = (name) => (query.get(name) || "").slice(0, 100);
    const host = tried(() => new URL(document.referrer).host, "");
    const cid = ["gclid", "msclkid", "fbclid", "li_fat_id"].find((name) => query.has(name)) || "";
    from = { ref: host === location.host ? "" : host, src: word("utm_source"), med: word("utm_medium"), cid };
    if (from.ref + from.src + from.med + cid) tried(() => session.setItem(ARRIVAL, JSON.stringify(from)));
  };

  // Plain text, so that no browser asks first. `ask` brings a token, or nothing.
  const url = gpCapture + "/touch";
  const ask = (what, name) => fetch(url, { method: "POST", body: JSON.stringify(what), keepalive: true, credentials: "omit" })
    .then((said) => said.json()).then((said) => said[name]).catch(() => {});
  const post = (what) => tried(() => navigator.sendBeacon(url, JSON.stringify(what))) || ask(what);
  const flush = () => { while (queue.length) post({ touches: queue.splice(0, 20) }); };
  const tell = (rung, offer, start) => {
    // What this visit added does not count.
    const slugs = load().filter((e) => e.t !== mine).map((e) => e.article), seen = new Set(slugs);
    done.add(rung + offer);
    return { article, rung, offer, start, previous: slugs.pop() || "", first: !seen.has(article), depth: seen.add(article).size, ...from };
  };
  const touch = (rung, offer, wait, start) => {
    if (done.has(rung + offer)) return;
    queue.push(tell(rung, offer, start));
    if (wait) setTimeout(flush, 5000);
    else flush();
  };

  // Time counts while the page is visible and focused; depth is how much text came into view. A task of its own.
  let text, words, clock, reading, spent, depth;
  const tick = () => {
    follow();
    const at = performance.now(), box = text.getBoundingClientRect();
    if (reading) spent += at - clock;
    clock = at;
    reading = !document.hidden && document.hasFocus();
    if (reading && box.height) depth = Math.max(depth, (innerHeight - box.top) / box.height);
    if (article && spent >= 1e4 && depth >= 0.5 && !done.has("read")) read();
    // 240 words a minute are 250 ms each.
    if (done.has("read") && depth >= 0.9 && spent >= 75 * words) touch("consumed", "", false, token);
  };
  const read = () => {
    const list = load(), asked = ask({ touches: [tell("read", "", token)] }, "receipt");
    let [entry] = list.slice(-1);
    // The same article within half an hour is one visit.
    if (!entry || entry.article !== article || now() - entry.t > 1800) {
      const title = (document.querySelector("h1") || text).textContent.trim().slice(0, 200);
      entry = { t: mine = now(), article, rung: "read", ...from, path: location.pathname, title };
      save([...list, entry]);
    }
    // Another tab may write too.
    asked.then((r) => r && save(load().map((e) => e.t === entry.t && e.article === entry.article ? { r, ...e } : e)));
  };
  const begin = () => {
    const visit = done = new Set();
    spent = depth = mine = reading = 0;
    token = "";
    path = location.pathname;
    opened = now();
    text = document.querySelector("article") || document.body;
    words = text.textContent.split(/\s+/).length;
    from = tried(() => JSON.parse(session.getItem(ARRIVAL))) || from;
    // The server's ten seconds begin with its token.
    if (article) ask({ touches: [tell("view", "")], start: true }, "start").then((start) => {
      if (start && visit === done) [token, spent, clock] = [start, 0, performance.now()];
    });
    eye.disconnect();
    document.querySelectorAll(CARD).forEach((card) => eye.observe(card));
    setTimeout(tick);
  };
  // Themes may swap pages without loading. A day later is a new visit.
  const follow = () => {
    const shown = document.querySelector("[data-gp-article]:not(script)") || document.body;
    const slug = path === location.pathname ? article : shown.dataset.gpArticle || "";
    if (slug === article && (slug || path) && (document.hidden || now() - opened < 7e4)) return;
    flush();
    article = slug;
    begin();
  };

  // Offers: seen is half of one, or half a screen of it, for a second.
  const offered = (card, what, wait) => touch((card.dataset.gpPlace === "linkedin" ? "linkedin-" : "offer-") + what, card.dataset.gpOffer, wait);
  const eye = new IntersectionObserver((changes) => changes.forEach(({ target, intersectionRatio, intersectionRect }) => {
    clearTimeout(target.gpWait);
    if (intersectionRatio >= 0.5 || intersectionRect.height >= innerHeight / 2)
      target.gpWait = setTimeout(() => document.hidden || offered(target, "seen", true), 1000);
  }), { threshold: [0.1, 0.3, 0.5] });
  const acted = ({ type, target }) => {
    const card = target.closest(CARD);
    if (card && type === "input") touch("form-start", card.dataset.gpOffer);
    else if (card && target.closest("a[href]")) offered(card, "click");
  };

  const start = () => {
    document.addEventListener("submit", ({ target }) => {
      if (target.matches("[data-gp-form]") && target.elements.journey) target.elements.journey.value = JSON.stringify(session && !article ? [...load(), { article, ...from }] : load());
    }, true);
    if (silent) return;
    if (navigator.webdriver) return post({ dropped: "webdriver" });
    arrive();
    begin();
    setInterval(tick, 1000);
    ["focus", "blur", "scroll"].forEach((name) => addEventListener(name, tick));
    document.addEventListener("gatepost:article", () => { path = ""; tick(); });
    ["visibilitychange", "pagehide"].forEach((name) => addEventListener(name, () => { tick(); flush(); }));
    addEventListener("pageshow", ({ persisted }) => persisted && begin());
    ["click", "auxclick", "input"].forEach((name) => document.documentElement.addEventListener(name, acted, true));
  };
  // A page being prepared is nobody's read until it is shown.
  if (!document.prerendering) return start();
  document.addEventListener("prerenderingchange", start);
  if (!silent) post({ dropped: "prerender" });
})();
