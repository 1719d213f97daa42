// What the pages of stock read beside what all pages do (app.js).

import { readCents, readers, split } from "/app/app.js";

// One key until it was answered: then the page brings the form anew.
readers["key"] = (_, field) => (field.value ||= crypto.randomUUID());

/** A line for each price of a pack: `10: 89.00` from 10 units on. */
readers["pack-prices"] = (text) => {
  const lines = split(text, "\n").map((line) => /^(\d+)\s*:(.+)$/.exec(line));
  const prices = lines.map((line) => line && { from: Number(line[1]), pack_cents: readCents(line[2]) });
  return prices.every((price) => typeof price?.pack_cents === "number") ? prices : undefined;
};
