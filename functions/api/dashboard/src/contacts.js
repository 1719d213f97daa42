// What the page of contacts does beside what all pages do (app.js): it makes a CSV file of those that are listed, all pages of them. Its first
// columns are those that an import takes as they are.

import { call, find } from "/pages/session.js";

/** Programs that show tables run a cell that begins so; what a customer wrote is text. */
const RUNS = /^([=@\t\r-]|\+(?!\d))/;

/** Everybody whom the filters of the page let through. */
async function everybody(tell) {
  const wanted = new URLSearchParams(location.search);
  const filters = ["q", "tag", "assignee", "source"].filter((name) => wanted.get(name)).map((name) => [name, wanted.get(name)]);
  const [found, next] = [[], new URLSearchParams([...filters, ["limit", "100"]])];
  for (;;) {
    const { items, cursor } = await call("GET", `/v1/contacts?${next}`);
    found.push(...items);
    tell(found.length);
    if (!cursor) return found;
    next.set("cursor", cursor);
  }
}

const cell = (text = "") => `"${(RUNS.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;
const line = (cells) => cells.map(cell).join(",");

/** `Phone`, `Phone 2` and so on, as many as anybody has. */
const numbered = (name, lists) => Array.from({ length: Math.max(1, ...lists.map((list) => list.length)) }, (_, at) => (at ? `${name} ${at + 1}` : name));

function csv(contacts) {
  const of = (kind) => contacts.map(({ addresses }) => addresses.filter((known) => known.kind === kind).map(({ value }) => value));
  const [phones, emails] = [of("phone"), of("email")];
  const own = [...new Set(contacts.flatMap(({ fields }) => Object.keys(fields)))];
  const heads = [numbered("Phone", phones), numbered("Email", emails)];
  const filled = (list, head) => head.map((_, at) => list[at]);
  const lines = contacts.map(({ name, tags, fields, source, updated_at: updated }, at) =>
    line([name ?? "", ...filled(phones[at], heads[0]), ...filled(emails[at], heads[1]), tags.join(", "), ...own.map((field) => fields[field]), source, updated]));
  return [line(["Name", ...heads.flat(), "Tags", ...own, "Source", "Updated"]), ...lines].join("\r\n") + "\r\n";
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
    told.textContent = problem.message;
  } finally {
    button.disabled = false;
  }
});
