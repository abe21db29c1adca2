// Single keys for officers who want them. They open pages and forms; they never send anything.
(() => {
  "use strict";
  const rows = () => [...document.querySelectorAll("tr[data-matter]")];
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
  const follow = (url) => { if (url) { window.location.assign(url); } };
  let before = "";

  const chosen = () => document.activeElement?.closest("tr[data-matter]") ?? null;

  function step(by) {
    const all = rows();
    if (!all.length) { return; }
    const at = all.indexOf(chosen());
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
    all[next].querySelector("a").focus();
  }

  function open(key, move) {
    const row = chosen();
    if (row) { follow(row.dataset.matter + "moves/" + move + "/"); return; }
    follow(document.querySelector('a[aria-keyshortcuts="' + key + '"]')?.href);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event.target)) { return; }
    const was = before;
    before = event.key;
    switch (event.key) {
      case "j": step(1); break;
      case "k": step(-1); break;
      case "a": open("a", "accept"); break;
      case "r": open("r", "reply"); break;
      case "d": if (was === "g") { follow(document.querySelector(".topbar__home")?.href); } break;
      case "n": case "?": follow(document.querySelector('a[aria-keyshortcuts="' + event.key + '"]')?.href); break;
      case "/": {
        const field = document.getElementById("q") ?? document.getElementById("top-search");
        if (field) { event.preventDefault(); field.focus(); field.select(); }
        break;
      }
      default:
    }
  });
})();
