/* Answers forms in place, or lets them post plainly; "remember what I read". */
(() => {
  "use strict";
  if (self.gpForms) return; // once a page
  self.gpForms = 1;
  const doc = document, FORM = "[data-gp-form][data-gp-words]";
  // What it says, in the offer's language.
  const words = (form) => JSON.parse(form.dataset.gpWords);
  const fill = (text, email) => text.replace("{email}", () => email);
  const made = (tag, facts) => Object.assign(doc.createElement(tag), facts);
  const say = (form, text, bad) => {
    const box = form.querySelector(".gp-status");
    box.setAttribute("role", bad ? "alert" : "status");
    box.classList.toggle("gp-bad", !!bad);
    box.textContent = text;
    return box;
  };
  const describing = (input) => input.getAttribute("aria-describedby") || "";
  const describe = (input, ids) => input.setAttribute("aria-describedby", ids);
  const isAnswer = (name) => name.startsWith("answer.");

  // The error stands after its field, or between a question and its choices.
  const blame = (input, text) => {
    const group = input.closest("fieldset"), id = (group || input).id + "-error";
    const note = made("p", { className: "gp-error", textContent: text, id });
    if (group) input.closest(".gp-rows").before(note);
    else input.after(note);
    (group && input.type === "radio" ? group : input).setAttribute("aria-invalid", "true");
    describe(input, `${id} ${describing(input)}`);
  };
  const absolve = (form) => {
    form.querySelectorAll(".gp-error, .gp-meant").forEach((note) => note.remove());
    form.querySelectorAll("[aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"));
    form.querySelectorAll("[aria-describedby*=error]").forEach((one) => describe(one, describing(one).replace(/\S+-error ?/, "")));
  };

  // What could not be sent is kept in this tab until it was: address, name and answers, never a permission.
  const waiting = new Set(), key = (form) => "gp.form." + form.elements.offer.value;
  const keep = (form) => {
    const typed = [...new FormData(form)].filter(([name, text]) => text && (/^(email|name)$/.test(name) || isAnswer(name)));
    try { sessionStorage.setItem(key(form), JSON.stringify(typed)); } catch (_) { /* nothing is kept */ }
  };
  const restore = (form) => {
    let typed = [];
    try { typed = JSON.parse(sessionStorage.getItem(key(form))) || []; } catch (_) { /* nothing is kept */ }
    for (const [name, text] of typed) for (const field of form.elements) if (field.name === name) {
      if (!/radio|checkbox/.test(field.type)) field.value = text;
      else if (field.value === text) field.checked = true;
    }
    if (!typed.length) return;
    waiting.add(form);
    say(form, words(form).kept);
  };
  doc.addEventListener("input", ({ target }) => { if (waiting.has(target.form)) keep(target.form); });
  addEventListener("online", () => waiting.forEach((form) => say(form, words(form).online)));

  const plainly = (form) => HTMLFormElement.prototype.submit.call(form);
  const thank = (form, email) => {
    try { sessionStorage.removeItem(key(form)); } catch (_) { /* nothing is kept */ }
    waiting.delete(form);
    const box = say(form, fill(words(form).done, email));
    for (const part of form.children) part.hidden = part !== box;
    box.tabIndex = -1;
    box.focus();
  };
  const button = (textContent, onclick) => made("button", { type: "button", textContent, onclick });
  // One press sends it either way.
  const suggest = (form, input, meant) => {
    const { yes, no } = words(form), typed = input.value.trim(), box = made("p", { className: "gp-meant" });
    const send = () => form.requestSubmit();
    box.append(
      button(fill(yes, meant), () => { input.value = meant; send(); }),
      button(fill(no, typed), () => {
        const sure = form.elements.sure || form.appendChild(made("input", { type: "hidden", name: "sure" }));
        sure.value = typed;
        send();
      }),
    );
    doc.getElementById(input.id + "-error").after(box);
  };
  const refuse = (form, { errors = {}, suggestion, detail }) => {
    // A question that was added since: the service has its own page.
    if (Object.keys(errors).some((name) => !form.elements[name])) return plainly(form);
    const said = words(form), seen = {};
    const wrong = [...form.elements].filter(({ name, type }) => errors[name] && type !== "hidden" && !seen[name] && (seen[name] = 1));
    wrong.forEach((input) => blame(input, errors[input.name]));
    if (suggestion && seen.email) suggest(form, form.elements.email, suggestion);
    say(form, wrong.length ? said.again : detail || said.refused, true);
    if (wrong.length) wrong[0].focus();
  };
  const fail = (form, text, mayBeBlocked) => {
    const { write, mail, subject, plain } = words(form), box = say(form, text, true);
    waiting.add(form);
    keep(form);
    if (mail) {
      const href = `mailto:${mail}?subject=${encodeURIComponent(subject)}`;
      box.append(` ${write} `, made("a", { textContent: mail, href }));
    }
    if (mayBeBlocked) box.append(button(plain, () => plainly(form)));
  };
  // A refused call, a content blocker and a dead server look alike; a plain request tells some apart.
  const unanswered = (form) => navigator.onLine === false ? fail(form, words(form).offline)
    : fetch(new URL("healthz", form.action), { mode: "no-cors", credentials: "omit", cache: "no-store" })
      .then(() => plainly(form), () => fail(form, words(form).down, true));
  const send = async (form) => {
    const data = new FormData(form), body = { answers: {} };
    for (const name of data.keys()) {
      const all = data.getAll(name); // several permissions have a wording each
      if (isAnswer(name)) body.answers[name.slice(7)] = all;
      else body[name] = all[1] ? all : all[0];
    }
    body.consent = data.getAll("consent");
    try { body.journey = JSON.parse(body.journey); } catch (_) { body.journey = []; }
    let answer, said;
    try {
      answer = await fetch(form.action, { method: "POST", credentials: "omit", body: JSON.stringify(body), headers: { "Content-Type": "application/json", Accept: "application/json" } });
    } catch (_) { return unanswered(form); }
    try { said = await answer.json(); } catch (_) { /* not for us */ }
    if (answer.status >= 500) return fail(form, words(form).down);
    if (!said) return plainly(form);
    return answer.ok ? thank(form, body.email) : refuse(form, said);
  };
  doc.addEventListener("submit", (event) => {
    const form = event.target, pressed = form.querySelector("[type=submit]");
    if (!form.matches(FORM)) return;
    event.preventDefault();
    if (pressed.hasAttribute("aria-disabled")) return;
    pressed.setAttribute("aria-disabled", "true");
    absolve(form);
    say(form, words(form).sending);
    send(form).finally(() => pressed.removeAttribute("aria-disabled"));
  });
  doc.querySelectorAll(FORM).forEach((form) => {
    form.noValidate = true; // the service checks
    restore(form);
  });

  // The switch moves the list over; gatepost.js goes on where it finds it. No storage, or an objection: no switch.
  const KEY = "gp.journey", { globalPrivacyControl, doNotTrack, webdriver } = navigator;
  const remembered = () => localStorage.getItem(KEY) !== null;
  const show = () => doc.querySelectorAll("[data-gp-remember]").forEach((button) => {
    button.setAttribute("aria-pressed", remembered());
    button.hidden = false;
    button.onclick = toggle;
  });
  const toggle = () => {
    const [from, to] = remembered() ? [localStorage, sessionStorage] : [sessionStorage, localStorage];
    for (const key of [KEY, "gp.trials"]) {
      to.setItem(key, from.getItem(key) || "[]");
      from.removeItem(key);
    }
    show();
  };
  const shown = () => { try { show(); } catch (_) { /* nothing is kept */ } };
  if (globalPrivacyControl || doNotTrack === "1" || webdriver || !doc.querySelector("[data-gp-journey=ask]")) return;
  shown();
  // Back from the browser's memory: another page may have been the last to switch.
  addEventListener("pageshow", shown);
})();
