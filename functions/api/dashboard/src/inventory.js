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
