// What the page of contacts does beside what all pages do (app.js): it makes a CSV file of those that are listed, all pages of them. Its first
// columns are those that an import takes as they are.

import { call, find, tell } from "/pages/session.js";

/** Programs that show tables run a cell that begins so; what a customer wrote is text. An import takes the guard off again. */
const RUNS = /^\s*[\t\r=+\-@＝＋－＠]/;
const PHONE = /^\+\d+$/;
/** Spreadsheets of these languages take a comma for a decimal point, and separate cells by semicolons. */
const [LANGUAGE] = document.documentElement.lang.split("-");
const SEPARATOR = ["de", "es", "fr", "pt"].includes(LANGUAGE) ? ";" : ",";

/** Everybody whom the filters of the page let through. */
async function everybody(tell) {
  const wanted = new URLSearchParams(location.search);
  const next = new URLSearchParams(["q", "tag", "assignee", "source"].filter((name) => wanted.get(name)).map((name) => [name, wanted.get(name)]));
  const found = [];
  for (;;) {
    const { items, cursor } = await call("GET", `/v1/contacts/export?${next}`);
    found.push(...items);
    tell(found.length);
    if (!cursor) return found;
    next.set("cursor", cursor);
  }
}

const guarded = (text) => (RUNS.test(text) && !PHONE.test(text) ? `'${text}` : text);
const cell = (text = "") => `"${guarded(text).replace(/"/g, '""')}"`;
const line = (cells) => cells.map(cell).join(SEPARATOR);
const yes = (is) => (is ? "yes" : "no");

/** `Phone`, `Phone 2` and so on, as many as anybody has. */
const numbered = (name, lists) => Array.from({ length: lists.reduce((most, list) => Math.max(most, list.length), 1) }, (_, at) => (at ? `${name} ${at + 1}` : name));

function csv(contacts) {
  const own = [...new Set(contacts.flatMap(({ fields }) => Object.keys(fields)))];
  const heads = [numbered("Phone", contacts.map(({ phones }) => phones)), numbered("Email", contacts.map(({ emails }) => emails))];
  const filled = (list, head) => head.map((_, at) => list[at]);
  const lines = contacts.map(({ name, phones, emails, tags, fields, proven, opted_out: optedOut, source, updated_at: updated }) =>
    line([name ?? "", ...filled(phones, heads[0]), ...filled(emails, heads[1]), tags.join(", "), ...own.map((field) => fields[field]),
      yes(proven), yes(optedOut), source, updated]));
  return [line(["Name", ...heads.flat(), "Tags", ...own, "Proven", "Opted out", "Source", "Updated"]), ...lines].join("\r\n") + "\r\n";
}

const [button, told] = [find("#download"), find("#download-told")];
button?.addEventListener("click", async () => {
  button.disabled = true;
  try {
    const contacts = await everybody((count) => (told.textContent = String(count)));
    // The mark at the beginning tells spreadsheets that it is UTF-8.
    const address = URL.createObjectURL(new Blob(["\ufeff", csv(contacts)], { type: "text/csv" }));
    const link = document.createElement("a");
    [link.href, link.download] = [address, "contacts.csv"];
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    told.textContent = button.dataset.done.replace("{}", contacts.length);
  } catch (problem) {
    tell(told, problem);
  } finally {
    button.disabled = false;
  }
});
