// What the pages of stock read beside what all pages do (app.js).

import { read, readCents, readers, split } from "/app/app.js";

// One key until it was answered: then the page brings a new form.
readers["key"] = (_, field) => (field.value ||= crypto.randomUUID());

/** A line for each price of a pack: `10: 89.00` from 10 units on. */
readers["pack-prices"] = (text) => {
  const lines = split(text, "\n").map((line) => /^(\d+)\s*:(.+)$/.exec(line));
  const prices = lines.map((line) => line && { from: Number(line[1]), pack_cents: readCents(line[2]) });
  return prices.every((price) => typeof price?.pack_cents === "number") ? prices : undefined;
};

/** The entries of a list, from fields named such as `lines[0].packs`; one whose first field is empty is left out. */
readers["rows"] = (_, { name, form }) => {
  const rows = [];
  for (const field of form.elements) {
    const [, list, index, part] = /^(\w+)\[(\d+)\]\.(\w+)$/.exec(field.name) ?? [];
    if (list === name && !field.matches(":disabled")) (rows[index] ??= {})[part] = read(field);
  }
  return rows.filter((row) => Object.values(row)[0] !== null);
};

// A file that is chosen fills the field beside it, where it can be looked at and put right.
document.addEventListener("change", async ({ target }) => {
  const [file] = target.dataset?.fills ? target.files : [];
  if (file) document.getElementById(target.dataset.fills).value = await file.text();
});

// What became of a list of items: its figures, and the lines that could not be taken.
document.addEventListener("answered", ({ target: form, detail: answer }) => {
  const told = form.dataset.import && document.getElementById(form.dataset.import);
  if (!told) return;
  for (const figure of told.querySelectorAll("[data-figure]")) figure.textContent = answer[figure.dataset.figure];
  const list = told.querySelector("[data-line]");
  const entry = ({ line, column, message }) => {
    const item = document.createElement("li");
    item.dir = "auto";
    item.textContent = `${list.dataset.line.replace("{}", line)} ${column ? `${column}: ` : ""}${message}`;
    return item;
  };
  list.replaceChildren(...answer.problems.map(entry));
  told.hidden = false;
});

// What was reported is done: the next report is another movement. A form's reset leaves a hidden field as it is.
document.addEventListener("answered", ({ target: form }) => {
  for (const field of form.querySelectorAll("[data-type=key]")) field.value = "";
});
