// What the form about a damage by storms does beside what all forms do (app.js): a file fills the field beside it, and what its table says
// is told.

import { readers } from "/app/app.js";

/** Degrees as people type them, such as `-104.99` or `39,74`. */
readers["degrees"] = (text) => {
  const typed = text.trim().replace(",", ".");
  return /^-?\d+(?:\.\d+)?$/.test(typed) ? Number(typed) : undefined;
};

document.addEventListener("change", async ({ target }) => {
  const [file] = target.dataset?.fills ? target.files : [];
  if (file) document.getElementById(target.dataset.fills).value = await file.text();
});

document.addEventListener("answered", ({ target: form, detail: answer }) => {
  const told = form.dataset.storms && document.getElementById(form.dataset.storms);
  if (!told) return;
  for (const figure of told.querySelectorAll("[data-figure]")) {
    const found = answer[figure.dataset.figure];
    // Of a list, how many are in it.
    figure.textContent = found.length ?? found;
  }
  const entry = ({ said, county }) => {
    const item = document.createElement("li");
    item.textContent = [said, county].filter(Boolean).join(", ");
    return item;
  };
  told.querySelector("ul").replaceChildren(...answer.storms.map(entry));
  told.querySelector("[data-none]").hidden = answer.storms.length > 0;
  told.hidden = false;
});
