// What is typed stays on this device for a day, if its user ticks so. What is being sent is held in this tab until it
// has arrived: a line that breaks loses nothing, and sent again it is the same form, which counts once.
(() => {
  "use strict";
  const DAY = 24 * 60 * 60 * 1000, ARRIVED = "#arrived-";
  const skipped = new Set(["csrfmiddlewaretoken", "do"]);
  const fieldsOf = (form) => [...form.elements].filter((each) => each.name && !skipped.has(each.name) && !["file", "submit", "password"].includes(each.type));
  const isTicked = (each) => ["checkbox", "radio"].includes(each.type);

  function read(store, name) {
    try {
      const kept = JSON.parse(store.getItem(name) ?? "null");
      return kept && Date.now() - kept.at < DAY ? kept.values : null;
    } catch { return null; }
  }

  function write(store, name, form) {
    const values = {};
    fieldsOf(form).forEach((each, at) => { values[each.name + " " + at] = isTicked(each) ? each.checked : each.value; });
    try { store.setItem(name, JSON.stringify({ at: Date.now(), values })); } catch { /* no room: nothing is kept */ }
  }

  function put(values, form) {
    fieldsOf(form).forEach((each, at) => {
      const value = values[each.name + " " + at];
      if (value === undefined) { return; }
      if (isTicked(each)) { each.checked = value; } else { each.value = value; }
    });
  }

  const keyIn = (values) => Object.entries(values).find(([name]) => name.startsWith("key "))?.[1] ?? "";

  // The answer says which form has arrived: neither its draft nor what was held of it is needed any more.
  let hasArrived = "";
  if (location.hash.startsWith(ARRIVED)) {
    const key = location.hash.slice(ARRIVED.length);
    for (const store of [localStorage, sessionStorage]) {
      for (const name of Object.keys(store).filter((each) => each.startsWith("table "))) {
        const values = read(store, name);
        if (!values || keyIn(values).startsWith(key)) { store.removeItem(name); hasArrived = name; }
      }
    }
    history.replaceState(null, "", location.pathname + location.search);
  }

  // What this page does not ask for any more was done, or cannot be done: nothing is held for it.
  const here = "table " + location.pathname + " ", forms = [...document.querySelectorAll("form[data-draft]")];
  const asked = new Set(forms.map((form) => here + form.dataset.draft));
  for (const store of [localStorage, sessionStorage]) {
    for (const name of Object.keys(store)) {
      if (name.startsWith(here) && !asked.has(name)) { store.removeItem(name); }
    }
  }

  for (const form of forms) {
    const name = here + form.dataset.draft;
    const choice = form.querySelector("[data-draft-choice]"), keep = form.querySelector("[data-draft-keep]"), says = form.querySelector("[data-draft-says]");
    if (!choice || !keep || !says) { continue; }
    const say = (what) => { says.textContent = what ? says.dataset[what] : ""; says.hidden = !what; };
    choice.hidden = false;
    if (hasArrived === name) { say("arrived"); }
    const isAnswered = document.querySelector(".govuk-error-summary") !== null;  // the office read it, and says what is wrong
    if (isAnswered) { sessionStorage.removeItem(name); }
    const held = isAnswered ? null : read(sessionStorage, name), kept = isAnswered ? null : read(localStorage, name);
    if (kept) { keep.checked = true; }
    if (held ?? kept) { put(held ?? kept, form); say(held ? "unsure" : "kept"); }

    const save = () => { if (keep.checked) { write(localStorage, name, form); } };
    form.addEventListener("input", save);
    keep.addEventListener("change", () => { if (keep.checked) { save(); } else { localStorage.removeItem(name); } });
    form.addEventListener("submit", (event) => {
      save();
      write(sessionStorage, name, form);
      if (navigator.onLine) { return; }
      event.preventDefault();
      say("offline");
    });
    window.addEventListener("online", () => { if (sessionStorage.getItem(name)) { say("back"); } });
  }
})();
