// A tap on the picture adds a point of the line. Whoever has no pointer types the same points in the field.
(() => {
  "use strict";
  const picture = document.querySelector("svg[data-marked]"), field = document.getElementById("id_drawn"), undo = document.querySelector("[data-undo]");
  if (!picture || !field) { return; }
  const lines = picture.querySelectorAll("[data-line]");
  const box = picture.viewBox.baseVal;
  const points = () => field.value.trim().split(/\s+/).filter((each) => /^\d{1,4},\d{1,4}$/.test(each));

  function draw() {
    const drawn = points().map((each) => each.split(",").map(Number)).map(([x, y]) => x * box.width / 1000 + "," + y * box.height / 1000).join(" ");
    lines.forEach((each) => each.setAttribute("points", drawn));
    if (undo) { undo.hidden = points().length === 0; }
  }

  picture.addEventListener("click", (event) => {
    const at = picture.getBoundingClientRect();
    const part = (value, whole) => Math.min(1000, Math.max(0, Math.round(value / whole * 1000)));
    field.value = [...points(), part(event.clientX - at.left, at.width) + "," + part(event.clientY - at.top, at.height)].join(" ");
    draw();
  });
  undo?.addEventListener("click", () => { field.value = points().slice(0, -1).join(" "); draw(); });
  field.addEventListener("input", draw);
  draw();
})();
