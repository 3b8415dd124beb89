/* Answers a form in place where that works, and lets it post plainly where it does not. Typed input is never lost.
   And the switch "remember what I read", for the same pages. */
(() => {
  "use strict";
  const doc = document;
  const status = (form) => form.querySelector(".gp-status") || form.appendChild(doc.createElement("p"));
  const say = (form, words, bad) => {
    status(form).classList.toggle("gp-bad", !!bad);
    status(form).textContent = words;
  };
  const blame = (input, words) => {
    const id = input.id + "-error", old = doc.getElementById(id);
    if (old) old.remove();
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
    if (!words) return;
    const note = doc.createElement("p");
    note.id = id;
    note.className = "gp-error";
    note.textContent = words;
    input.after(note);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", id);
  };
  const plainly = (form) => HTMLFormElement.prototype.submit.call(form);
  const thank = (form, email) => {
    for (const part of form.children) part.hidden = part !== status(form);
    say(form, form.dataset.gpDone || `Check your mail: a letter is on its way to ${email}. Press the button on the page that it opens, and what you asked for is yours.`);
    status(form).tabIndex = -1;
    status(form).focus();
  };
  const refuse = (form, { errors = {}, detail, title }) => {
    const named = Object.keys(errors).filter((name) => (form.elements[name] || {}).id);
    named.forEach((name) => blame(form.elements[name], String(errors[name])));
    say(form, named.length ? "" : detail || title || "That was not accepted. Please look at it again.", true);
    if (named.length) form.elements[named[0]].focus();
  };
  const down = (form) => say(form, form.dataset.gpDown || "That did not work: our server does not answer properly just now. What you typed is still here; please try again in a few minutes.", true);
  // A refused cross-origin call and a dead server look the same from here; a plain request tells them apart.
  const unanswered = (form) => fetch(new URL("healthz", form.action), { mode: "no-cors", credentials: "omit", cache: "no-store" }).then(() => plainly(form), () => down(form));
  const send = async (form) => {
    const data = new FormData(form), body = { consent: data.getAll("consent"), journey: [] };
    for (const name of ["email", "offer", "article", "page", "wording", "website"]) {
      const all = data.getAll(name); // an offer may ask for several permissions, each with its wording
      body[name] = all.length > 1 ? all : all[0] || "";
    }
    try { body.journey = JSON.parse(data.get("journey")); } catch (_) { /* none */ }
    let answer, said;
    try {
      answer = await fetch(form.action, { method: "POST", credentials: "omit", body: JSON.stringify(body), headers: { "Content-Type": "application/json", Accept: "application/json" } });
    } catch (_) { return unanswered(form); }
    try { said = await answer.json(); } catch (_) { /* not for us */ }
    if (answer.status >= 500) return down(form);
    if (!said) return plainly(form);
    return answer.ok ? thank(form, body.email) : refuse(form, said);
  };
  doc.addEventListener("submit", (event) => {
    const form = event.target, button = form.querySelector("[type=submit]");
    if (!form.matches("[data-gp-form]") || !window.fetch) return;
    event.preventDefault();
    if (button.hasAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    form.querySelectorAll("[aria-invalid]").forEach((input) => blame(input, ""));
    say(form, "Sending …");
    send(form).finally(() => button.removeAttribute("aria-disabled"));
  });

  // The switch moves the list over; gatepost.js goes on where it finds it. No storage, or a reader who objects: no switch.
  const KEY = "gp.journey", { globalPrivacyControl, doNotTrack, webdriver } = navigator;
  const remembered = () => localStorage.getItem(KEY) !== null;
  const show = () => doc.querySelectorAll("[data-gp-remember]").forEach((button) => {
    button.setAttribute("aria-pressed", remembered());
    button.hidden = false;
    button.onclick = toggle;
  });
  const toggle = () => {
    const [from, to] = remembered() ? [localStorage, sessionStorage] : [sessionStorage, localStorage];
    to.setItem(KEY, from.getItem(KEY) || "[]");
    from.removeItem(KEY);
    show();
  };
  const shown = () => { try { show(); } catch (_) { /* storage is forbidden */ } };
  if (globalPrivacyControl || doNotTrack === "1" || webdriver || !doc.querySelector("[data-gp-journey=ask]")) return;
  shown();
  // Back from the browser's memory: another page may have been the last to switch.
  addEventListener("pageshow", shown);
})();
