// What is typed stays on this device for a day, if its user ticks so: a line that breaks loses nothing.
(() => {
  "use strict";
  const DAY = 24 * 60 * 60 * 1000;
  const skipped = new Set(["csrfmiddlewaretoken", "do"]);
  const fieldsOf = (form) => [...form.elements].filter((each) => each.name && !skipped.has(each.name) && !["file", "submit", "password"].includes(each.type));

  function read(name) {
    try {
      const kept = JSON.parse(localStorage.getItem(name) ?? "null");
      return kept && Date.now() - kept.at < DAY ? kept.values : null;
    } catch { return null; }
  }

  function write(name, form) {
    const values = {};
    fieldsOf(form).forEach((each, at) => {
      values[each.name + " " + at] = ["checkbox", "radio"].includes(each.type) ? each.checked : each.value;
    });
    try { localStorage.setItem(name, JSON.stringify({ at: Date.now(), values })); } catch { /* no room: nothing is kept */ }
  }

  for (const form of document.querySelectorAll("form[data-draft]")) {
    const name = "table " + location.pathname + " " + form.dataset.draft;
    const choice = form.querySelector("[data-draft-choice]"), keep = form.querySelector("[data-draft-keep]");
    if (!choice || !keep) { continue; }
    choice.hidden = false;
    const wasSent = document.querySelector(".panel--good") !== null && sessionStorage.getItem(name) === "sent";
    sessionStorage.removeItem(name);
    if (wasSent) { localStorage.removeItem(name); }
    const kept = read(name);
    if (kept && !form.querySelector(".govuk-form-group--error")) {
      keep.checked = true;
      fieldsOf(form).forEach((each, at) => {
        const value = kept[each.name + " " + at];
        if (value === undefined) { return; }
        if (["checkbox", "radio"].includes(each.type)) { each.checked = value; } else { each.value = value; }
      });
    }
    const save = () => { if (keep.checked) { write(name, form); } };
    form.addEventListener("input", save);
    keep.addEventListener("change", () => { if (keep.checked) { save(); } else { localStorage.removeItem(name); } });
    form.addEventListener("submit", () => { save(); sessionStorage.setItem(name, "sent"); });
  }
})();
