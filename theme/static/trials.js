/* A call that is being tested: shows one of its variants, in this browser always the same one, and says once that it was seen. */
(() => {
  "use strict";
  const me = document.currentScript, { gpTrial: trial, gpKeys, gpSeen, gpOther, gpCapture, gpJourney: mode, gpArticle: article, gpOffer: offer } = me.dataset;
  const { globalPrivacyControl, doNotTrack, webdriver } = navigator;
  if (globalPrivacyControl || doNotTrack === "1" || webdriver) return;

  // Kept where the journey is kept. Who has no storage sees the call as it stands and is not part of the test.
  const KEY = "gp.trials", all = gpKeys.split(" ").map((key) => trial + ":" + key), told = (one) => "seen " + one;
  let place, one;
  const load = () => JSON.parse(place.getItem(KEY)) || [];
  const add = (what) => place.setItem(KEY, JSON.stringify([...load(), what].slice(-50)));
  try {
    place = mode === "local" || (mode === "ask" && localStorage.getItem("gp.journey") !== null) ? localStorage : sessionStorage;
    const known = load();
    one = all.find((each) => known.includes(each));
    if (!one) add(one = all[crypto.getRandomValues(new Uint32Array(1))[0] % all.length]);
  } catch (_) { return; }

  // The templates stand before this script. What they replace comes after it, and is replaced before it is painted.
  let mine = me;
  do mine = mine.previousElementSibling; while (mine && mine.matches("template[data-gp-variant]") && trial + ":" + mine.dataset.gpVariant !== one);
  const shown = mine && mine.matches("template[data-gp-variant]") && mine.content;
  if (shown && gpOther !== undefined) me.after(shown);
  else if (shown) {
    const swap = () => {
      const now = me.nextElementSibling;
      if (now) now.replaceWith(shown);
      return now;
    };
    const waiting = new MutationObserver(() => { if (swap()) waiting.disconnect(); });
    if (!swap()) waiting.observe(me.parentNode, { childList: true });
  }

  const seen = () => {
    if (load().includes(told(one))) return;
    add(told(one));
    navigator.sendBeacon(gpCapture + "/touch", JSON.stringify({ article, offer, rung: "variant-seen", variant: one }));
  };
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-gp-form]").forEach((form) => {
      const { offer: of, variant } = form.elements;
      if (of.value !== offer || !variant) return;
      variant.value = one;
      variant.disabled = false;
      form.addEventListener("submit", seen, true);
    });
    // Half of it, or half a screen of it, for a second; where it may have been moved away, the beginning of what stands here.
    const isMark = gpSeen === "mark";
    let wait, box = me;
    while (box && !box.offsetHeight) box = box.nextElementSibling;
    if (gpSeen && box) new IntersectionObserver((changes) => {
      const { isIntersecting, intersectionRatio, intersectionRect } = changes.pop();
      clearTimeout(wait);
      if (isMark ? isIntersecting : intersectionRatio >= 0.5 || intersectionRect.height >= innerHeight / 2)
        wait = setTimeout(() => document.hidden || seen(), isMark ? 0 : 1000);
    }, { threshold: [0, 0.1, 0.3, 0.5] }).observe(box);
  });
})();
