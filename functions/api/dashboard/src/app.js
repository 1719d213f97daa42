// What the pages of a day's work do.
//
// - A form with `data-call="POST /v1/…"` makes that call with what was typed. A field says with `data-type` what it is, where it is not text;
//   `data-version` is what `If-Match` names. A POST carries one key until it is answered, so that it is done once.
//   `data-latest` changes what is stored at that moment, whoever changed it before.
//   `data-then` is the page that one is led to when it is done.
// - A form with `data-list="services"` changes a list within what its path answers: the entry at `data-at`, or it adds one; `data-do` says
//   `remove` or `up`. With `data-whole`, what the form does not name is sent back as it was read. `If-Match` refuses both where someone
//   was faster.
// - A form with `data-upload` begins an import with the size of its file, and sends the file to where the answer says; one with `data-enters`
//   opens a session in another business; one with `data-talk` is a talk that this page alone keeps.
// - A file that is chosen in a field with `data-file="POST /v1/…"` is sent to where that call leads, and the form's own call names it.
// - Elements marked `data-live` are asked for again while the page is looked at, and after every call; those marked `data-fresh` only after
//   a call of a form in them, `data-fresh="always"` after every one.
// - `data-results` names the list in the answer that says what was refused of what was sent.
// - A form with `data-undo="POST /v1/… {…}"` can be undone by that call, in which `{id}` is the id of what it made.
// - What is typed into a field with `data-draft` is kept in this tab until it was sent.

import { Problem, call, find, keep, leave, on, refresh, session, tell } from "/pages/session.js";

/** How often an open page asks for news, in milliseconds; and how seldom, where the line is lost. */
const [OFTEN, SELDOM] = [2500, 15000];
/** A token lives five minutes: it is renewed before. */
const RENEW = 4 * 60 * 1000;

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const body = document.body;

// ---- Moments

/** Writes every moment as the page's language does, in the zone of what is around it; the day only where it is not today, but for
 *  those that say with `data-show` that they are an `hour` or a `date`. */
function showMoments(within = document) {
  for (const element of all("time", within)) {
    const at = new Date(element.dateTime);
    const { zone } = element.closest("[data-zone]").dataset;
    element.textContent = shownMoment(at, zone, element.dataset.show);
    element.title = formats(zone).full.format(at);
  }
}

const known = {};

/** How moments are written in a zone. */
function formats(timeZone) {
  const format = (options) => new Intl.DateTimeFormat(document.documentElement.lang, { timeZone, ...options });
  return (known[timeZone] ??= {
    moment: format({ day: "numeric", month: "short", hour: "numeric", minute: "2-digit" }),
    hour: format({ hour: "numeric", minute: "2-digit" }),
    date: format({ weekday: "short", day: "numeric", month: "short" }),
    day: format({ dateStyle: "short" }),
    full: format({ dateStyle: "full", timeStyle: "short" }),
  });
}

/** A moment as `show` says, or in full where it is not today. */
function shownMoment(at, zone, show) {
  const { day, [show ?? (day.format(at) === day.format(new Date()) ? "hour" : "moment")]: format } = formats(zone);
  return format.format(at);
}

/** The moment at which clocks of `zone` show `2026-12-01T00:00`. */
export function momentOf(local, zone) {
  // Swedes write a moment as `2026-12-01 00:00:00`.
  const shown = (at) => Date.parse(`${new Date(at).toLocaleString("sv-SE", { timeZone: zone }).replace(" ", "T")}Z`);
  const wanted = Date.parse(`${local}:00Z`);
  const near = wanted + wanted - shown(wanted);
  return new Date(near + wanted - shown(near));
}

/** The date so many days later. */
export const later = (date, days) => new Date(Date.parse(`${date}T00:00Z`) + days * 86400000).toISOString().slice(0, 10);

// ---- Live elements

let tag;
let failures = 0;

/** Asks for the page again and shows what is new in it; `sent` is the form that was answered just now. */
async function update(sent) {
  const answer = await fetch(location.href, { headers: tag ? { "if-none-match": tag } : {}, cache: "no-store" });
  if (answer.status === 401) return refresh(session().csrf).then(() => undefined);
  if (answer.status === 304) return;
  if (!answer.ok) throw new Problem("not now");
  tag = answer.headers.get("etag");
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  showMoments(fresh);
  for (const old of all("[data-live]")) {
    const next = fresh.getElementById(old.id);
    if (next && !next.isEqualNode(old) && (old.contains(sent) || !isBusy(old))) replace(old, next, sent);
  }
  if (!sent) return;
  for (const old of all("[data-fresh]")) {
    const next = fresh.getElementById(old.id);
    if (next && (old.contains(sent) || old.dataset.fresh === "always")) replace(old, next, sent);
    else if (next) takeVersions(old, next);
  }
}

/** Shows what is stored now; `sent` is where it was changed. */
export function showNew(sent) {
  tag = undefined;
  return update(sent);
}

/** What was typed elsewhere and not saved stays, and can still be saved. */
function takeVersions(old, next) {
  const [forms, fresh] = [old, next].map((element) => all("form[data-version]", element));
  if (forms.length !== fresh.length) return;
  forms.forEach((form, index) => (form.dataset.version = fresh[index].dataset.version));
}

/** Whether somebody is choosing or typing in it just now. */
const isBusy = (element) => {
  const active = document.activeElement;
  return element.contains(active) && active.matches("select, input:not([type=hidden]), textarea");
};

/** What was chosen in other forms than the one `sent` stays chosen where it can. */
function keepChoices(old, next, sent) {
  for (const select of all("select[id]", old).filter((select) => select.form !== sent)) {
    const first = [...select.options].find((option) => option.defaultSelected) ?? select.options[0];
    const fresh = find(`#${CSS.escape(select.id)}`, next);
    if (select.value === first?.value || !fresh) continue;
    if ([...fresh.options].some((option) => option.value === select.value)) fresh.value = select.value;
  }
}

/** Puts `next` in the place of `old`, with the focus and the place where the reader is. */
function replace(old, next, sent) {
  const focused = old.contains(document.activeElement) ? document.activeElement : undefined;
  const same = focused?.id && find(`#${CSS.escape(focused.id)}`, next);
  keepChoices(old, next, sent);
  const place = focused && all("a, button, summary", old).indexOf(focused);
  const [above, follows] = [old.scrollTop, isAtEnd(old)];
  for (const open of all("details[open][id]", old)) find(`#${open.id}`, next)?.setAttribute("open", "");
  old.replaceWith(document.adoptNode(next));
  wire(next);
  keepDrafts(next);
  next.dispatchEvent(new Event("replaced", { bubbles: true }));
  next.scrollTop = next.hasAttribute("data-follow") && follows ? next.scrollHeight : above;
  if (same) same.focus();
  else if (place >= 0 && !focused.id) all("a, button, summary", next)[place]?.focus();
  else if (focused === old) next.focus();
  // What had the focus is gone, or folded away: it goes on from the first thing there.
  if (focused && !next.contains(document.activeElement)) find("summary, a, button", next)?.focus();
}

const isAtEnd = (element) => element.scrollHeight - element.scrollTop - element.clientHeight < 40;

/** Asks for news again and again while somebody looks at the page. */
async function watch() {
  if (document.hidden) return setTimeout(watch, OFTEN);
  try {
    await update();
    failures = 0;
    offline(false);
  } catch {
    failures += 1;
    if (failures > 1) offline(true);
  }
  setTimeout(watch, failures ? SELDOM : OFTEN);
}

function offline(is) {
  if (is) toast(body.dataset.offline, "offline");
  else if (find("#toast").dataset.kind === "offline") toast("");
}

// ---- What was done

/** Says what was done, or the problem with it, with a button to undo it where `undo` can. */
export function toast(said, kind = "done", undo) {
  const place = find("#toast");
  place.dataset.kind = kind;
  tell(place, said.message ? said : { message: said });
  if (!undo) return;
  const button = document.createElement("button");
  button.textContent = body.dataset.undo;
  button.addEventListener("click", () => undo().then(() => toast(""), (problem) => toast(problem)));
  place.append(" ", button);
}

// ---- Drafts

/** Fills in what was typed and not sent, and keeps what is typed. */
function keepDrafts(within = document) {
  for (const field of all("[data-draft]", within)) {
    const name = `porchlight.draft.${field.dataset.draft}`;
    if (!field.value) field.value = sessionStorage.getItem(name) ?? "";
    field.addEventListener("input", () => sessionStorage.setItem(name, field.value));
  }
}

function forgetDrafts(form) {
  for (const field of all("[data-draft]", form)) sessionStorage.removeItem(`porchlight.draft.${field.dataset.draft}`);
}

/** Forms in which something was typed that is kept nowhere yet. */
const changed = new Set();
addEventListener("input", ({ target }) => {
  if (target.form?.dataset.call && target.dataset.draft === undefined) changed.add(target.form);
});
addEventListener("reset", ({ target }) => changed.delete(target));
// The session is over, whatever is on the page: a question would keep it, and every other tab, from going on.
addEventListener("porchlight.over", () => changed.clear());
// Whoever leaves the page is asked first, in the browser's own words.
addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault();
});

// ---- Forms

/** What is typed, as the API takes it; undefined where it cannot be read. */
export const readers = {
  "number": (text) => (text === "" ? null : Number(text)),
  "null": () => null,
  "cents": readCents,
  "worth": (text) => {
    const cents = readCents(text);
    return typeof cents === "number" ? { cents } : cents;
  },
  "dollars": (text) => {
    const cents = readCents(text);
    return typeof cents === "number" ? cents * 10000 : cents;
  },
  "empty-null": (text) => (text === "" ? null : text),
  "lines": (text) => split(text, "\n"),
  "columns": (text) => split(text, ","),
  "size": (text, field) => field.files[0]?.size,
  "pairs": readPairs,
  "words": (text) => split(text.toLowerCase(), /[,\n]/),
  "json": (text) => (text === "" ? null : JSON.parse(text)),
  "spans": readSpans,
  "times-off": readTimesOff,
  "price": readPrice,
  "options": readOptions,
  "slug": (text, field) => text || newSlug(field),
  "last-day": (text, field) => (text === "" ? null : momentOf(`${later(text, 1)}T00:00`, field.closest("[data-zone]").dataset.zone).toISOString()),
  "hours-from-now": (text) => fromNow(Number(text) * 60),
  "minutes-from-now": (text) => fromNow(Number(text)),
};

const fromNow = (minutes) => new Date(Math.floor(Date.now() / 1000) * 1000 + minutes * 60000).toISOString();
export const split = (text, at) => text.split(at).map((part) => part.trim()).filter(Boolean);

/** A line for each field, `gate: 4711`; one of before that is not there any more is taken away. */
function readPairs(text, field) {
  const pairs = split(text, "\n").map((line) => /^([^:]+):(.*)$/.exec(line)?.slice(1).map((part) => part.trim()));
  const gone = JSON.parse(field.dataset.before).map((name) => [name, null]);
  return pairs.every(Boolean) ? Object.fromEntries([...gone, ...pairs]) : undefined;
}

/** `9:00-12:00, 1pm-5pm` as spans; nothing is closed. */
function readSpans(text) {
  const spans = split(text, /[,;\n]/).map((span) => split(span, /[-–—]/).map(readTime));
  const sound = spans.every((span) => span.length === 2 && span.every(Boolean));
  return sound ? spans.map(([open, close]) => ({ open, close })) : undefined;
}

function readTime(text) {
  const [, hours, minutes = "00", half] = /^(\d{1,2})(?:[:.h](\d{2}))?\s*([ap]m)?$/i.exec(text) ?? [];
  const shift = half ? (Number(hours) === 12 ? -12 : 0) + (half.toLowerCase() === "pm" ? 12 : 0) : 0;
  const hour = Number(hours) + shift;
  const sound = hours !== undefined && Number(minutes) < 60 && (half ? Number(hours) >= 1 && Number(hours) <= 12 : hour < 24 || (hour === 24 && minutes === "00"));
  return sound ? `${String(hour % 24).padStart(2, "0")}:${minutes}` : undefined;
}

/** A line for each: `2026-12-24 Holiday`, `2026-12-24 - 2026-12-26`, `2026-12-24 09:00 - 12:00 Dentist`; days without an hour are whole. */
function readTimesOff(text, field) {
  const { zone } = field.closest("[data-zone]").dataset;
  const line = /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d))?(?: *[-–—] *(\d{4}-\d\d-\d\d)? *(\d\d:\d\d)?)?(?: +(.*))?$/;
  const off = split(text, "\n").map((off) => {
    const [, date, hour = "00:00", last = date, end, reason = ""] = line.exec(off) ?? [];
    if (!date) return undefined;
    const until = end ? momentOf(`${last}T${end}`, zone) : momentOf(`${later(last, 1)}T00:00`, zone);
    return { from: momentOf(`${date}T${hour}`, zone).toISOString(), until: until.toISOString(), reason: reason.trim() };
  });
  return off.every(Boolean) ? off : undefined;
}

/** `1,250`, `80.50` or `80,50` in cents; nothing is none. */
export function readCents(text) {
  if (text.trim() === "") return null;
  const [, whole, part = "00"] = /^(\d+|\d{1,3}(?:[., ]\d{3})+)(?:[.,](\d{1,2}))?$/.exec(text.trim()) ?? [];
  return whole && Number(whole.replace(/[., ]/g, "")) * 100 + Number(part.padEnd(2, "0"));
}

/** `149` is a price, `350+` one from which it begins, `350-500` its two ends; nothing is none. */
function readPrice(text) {
  if (text.trim() === "") return null;
  const [, from, more, to] = /^(\d+(?:[.,]\d{1,2})?)\s*(?:(\+)|[-–]\s*(\d+(?:[.,]\d{1,2})?))?$/.exec(text.trim()) ?? [];
  return from && { from_cents: readCents(from), to_cents: more ? null : readCents(to ?? from) };
}

/** A line for each answer to choose. One that was there keeps what else is stored of it. */
function readOptions(text, field) {
  const before = JSON.parse(field.dataset.before || "[]");
  const option = (label) => before.find((old) => old.label === label) ?? { value: slugOf(label, 60), label };
  return split(text, "\n").map(option);
}

const slugOf = (text, most) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, most).replace(/^-|-$/g, "") ||
  crypto.randomUUID().slice(0, 8);

/** The id of something new, by the name in the field that `data-of` names; `data-taken` has those that others have. */
function newSlug(field) {
  const [slug, taken] = [slugOf(field.form.elements.namedItem(field.dataset.of).value, field.dataset.most ?? 50), split(field.dataset.taken, " ")];
  if (!taken.includes(slug)) return slug;
  for (let number = 2; ; number++) if (!taken.includes(`${slug}-${number}`)) return `${slug}-${number}`;
}

/** What was typed, as the API takes it: `hours.monday` is the field `monday` of `hours`; boxes named `scopes[]` are the list of those that
 *  are ticked; `lines[0].packs` is left to the reader of `lines`; `when[words]` is `{"words": …}` in the list `when`, unless it is empty; other boxes are true or false. */
function typed(form) {
  const typed = {};
  for (const field of form.elements) {
    if (!field.name || field.type === "fieldset" || field.name.includes("].") || field.matches(":disabled")) continue;
    if (field.type === "radio" && !field.checked) continue;
    const [, name, part] = /^([^[]*)(?:\[(.*)\])?$/.exec(field.name);
    const path = name.split(".");
    const last = path.pop();
    const place = path.reduce((within, name) => (within[name] ??= {}), typed);
    const value = field.type === "checkbox" ? field.checked : read(field);
    if (part === undefined) place[last] = value;
    else if (part === "") place[last] = [...(place[last] ?? []), ...(field.checked ? [read(field)] : [])];
    else place[last] = [...(place[last] ?? []), ...(value === null || value.length === 0 ? [] : [{ [part]: value }])];
  }
  return typed;
}

export function read(field) {
  const value = (readers[field.dataset.type] ?? String)(field.value, field);
  if (value === undefined) throw new Problem(field.dataset.wrong, { field: field.name });
  return value;
}

/** The part of `whole` that a path such as `hours.exceptions` names; and a whole of nothing but that part. */
const partOf = (whole, path) => path.split(".").reduce((within, name) => within?.[name], whole);
const wholeOf = (path, part) => path.split(".").reduceRight((within, name) => ({ [name]: within }), part);

/** `whole` with `fields` in the place of what it has of them; of objects in it likewise, while lists are replaced. */
function laidOver(whole, fields) {
  const merged = { ...whole };
  for (const [name, value] of Object.entries(fields)) {
    const isObject = value && typeof value === "object" && !Array.isArray(value);
    merged[name] = isObject ? laidOver(merged[name], value) : value;
  }
  return merged;
}

/** What is sent, with what is there already where that is sent too; and how to undo it, where it takes something away. */
async function request(form, method, path) {
  if (method === "GET" || method === "DELETE") return {};
  const fields = typed(form);
  const { whole, list, at, do: what } = form.dataset;
  if (whole !== undefined) return { sent: laidOver(await call("GET", path), fields) };
  if (!list) return { sent: fields };
  const before = partOf(await call("GET", path), list) ?? [];
  const [after, index] = [[...before], Number(at ?? before.length)];
  if (what === "remove") after.splice(index, 1);
  else if (what === "up") after.splice(index - 1, 2, before[index], before[index - 1]);
  else after[index] = { ...before[index], ...fields };
  return { sent: wholeOf(list, after), prefix: `${list}[${index}]`, undo: what === "remove" ? wholeOf(list, before) : undefined };
}

/** The field to blame: what the API names, or what is within it, or what it is within. */
function blamed(form, named, prefix = "") {
  const fields = [...form.elements].filter((field) => field.name && field.type !== "hidden").map((field) => field.name);
  let path = named?.startsWith(prefix) ? named.slice(prefix.length).replace(/^\./, "") : named;
  while (path) {
    const found = fields.find((name) => name === path) ?? fields.find((name) => name.startsWith(`${path}.`) || name.startsWith(`${path}[`));
    if (found) return found;
    path = path.replace(/(^|\.|\[)[^.[]*$/, "");
  }
}

/**
 * The key under which a call is made until it is answered, also after the page was loaded again.
 */
function keyOf(form, sent) {
  const name = `porchlight.call.${form.dataset.call}`;
  const body = JSON.stringify(sent);
  const kept = JSON.parse(sessionStorage.getItem(name) ?? "{}");
  const key = kept.body === body ? kept.key : crypto.randomUUID();
  sessionStorage.setItem(name, JSON.stringify({ key, body }));
  return key;
}

const forgetKey = (form) => sessionStorage.removeItem(`porchlight.call.${form.dataset.call}`);

async function submit(form) {
  const [method, path] = form.dataset.call.split(" ");
  const headers = {};
  if (form.dataset.version) headers["if-match"] = `"${form.dataset.version}"`;
  if (form.dataset.latest !== undefined) headers["if-match"] = (await call("GET", path)).etag;
  if (form.dataset.patch !== undefined) headers["content-type"] = "application/merge-patch+json";
  const { sent, prefix, undo } = await request(form, method, path);
  const before = form.dataset.undo;
  const attached = find("[data-file]", form);
  if (attached?.files.length) sent.file = await attach(attached);
  if (method === "POST") headers["idempotency-key"] = keyOf(form, sent);
  let answer;
  try {
    answer = await call(method, path, sent, headers);
  } catch (problem) {
    // It was refused: what is sent next is another request. Without an answer it is the same.
    if (problem.status && problem.status < 500) forgetKey(form);
    problem.field = blamed(form, problem.field, prefix);
    // Free times that a refusal names are written as people write them.
    const { zone } = form.closest("[data-zone]").dataset;
    const withTimes = (text) => text?.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (at) => shownMoment(new Date(at), zone, "moment"));
    [problem.message, problem.original] = [withTimes(problem.message), withTimes(problem.original)];
    throw problem;
  }
  forgetKey(form);
  const refused = answer?.[form.dataset.results]?.find(({ problem }) => problem)?.problem;
  if (refused) throw new Problem(refused.message, { code: refused.code, field: blamed(form, `movements[0].${refused.field}`) });
  forgetDrafts(form);
  changed.delete(form);
  if (form.dataset.enters !== undefined) {
    keep(answer);
    return location.assign("/app");
  }
  if (form.dataset.upload) return upload(form, answer);
  if (form.dataset.open) return location.assign(answer[form.dataset.open]);
  if (form.dataset.then) {
    sessionStorage.setItem("porchlight.done", form.dataset.done);
    return location.assign(form.dataset.then);
  }
  if (form.dataset.reveal) reveal(form, answer);
  // What shows a version shows what is stored: it is put in its place anew.
  else if (!form.dataset.version) form.reset();
  toast(form.dataset.done, "done", undo ? () => takeBack(form, undo) : before && (() => callBack(before, answer)));
  form.dispatchEvent(new CustomEvent("answered", { bubbles: true, detail: answer }));
  if (form.dataset.reload !== undefined) {
    sessionStorage.setItem("porchlight.done", form.dataset.done);
    return location.reload();
  }
  await showNew(form);
}

/** Files that were sent already: a message that is sent again names the same one. */
const attachedFiles = new WeakMap();

/** Sends the chosen file to where its call leads; gives what the message says of it. */
async function attach(field) {
  const [file] = field.files;
  if (!attachedFiles.has(file)) {
    const [method, path] = field.dataset.file.split(" ");
    const { id, upload: { url, headers } } = await call(method, path, { bytes: file.size }, { "idempotency-key": crypto.randomUUID() });
    const put = await fetch(url, { method: "PUT", headers, body: file }).catch(() => ({}));
    if (!put.ok) throw new Problem(field.dataset.lost);
    attachedFiles.set(file, { id, name: file.name });
  }
  return attachedFiles.get(file);
}

/** Sends the chosen file to where the answer says, has it tried, and shows how far that is. */
async function upload(form, { id, upload: { url, headers } }) {
  const sent = await fetch(url, { method: "PUT", headers, body: find("[type=file]", form).files[0] }).catch(() => ({}));
  if (!sent.ok) {
    // It would take one of the places for imports.
    await call("POST", `/v1/contact-imports/${id}/cancel`);
    throw new Problem(form.dataset.lost);
  }
  await call("POST", `/v1/contact-imports/${id}/start`, { dry_run: true });
  location.assign(`${form.dataset.upload}/${id}`);
}

/** A talk with the assistant: all of it is sent each time; nothing of it is kept. */
function converse(form) {
  let said = [];
  const log = find("#try-log");
  const show = (who, text) => {
    const [line, name] = [log.appendChild(document.createElement("li")), document.createElement("strong")];
    name.textContent = form.dataset[who];
    line.dir = "auto";
    line.append(name, " ", text);
  };
  form.addEventListener("reset", () => {
    said = [];
    log.replaceChildren();
  });
  on(form, async ({ said: text }) => {
    const [method, path] = form.dataset.talk.split(" ");
    const { replies } = await call(method, path, { said: [...said, text] });
    said.push(text);
    show("customer", text);
    show("assistant", replies.at(-1) || form.dataset.silent);
    form.elements.said.value = "";
  });
}

/** Puts back what `form` took away, if nobody has changed anything since. */
async function takeBack(form, before) {
  const [method, path] = form.dataset.call.split(" ");
  const list = document.getElementById(form.dataset.within);
  const headers = { "if-match": `"${list.dataset.version}"` };
  if (form.dataset.patch !== undefined) headers["content-type"] = "application/merge-patch+json";
  await call(method, path, before, headers);
  await showNew(list);
}

/** Makes the call that undoes one, such as `POST /v1/…/{id}/steps {"step":"cancel"}`, of what the answer names. */
async function callBack(undo, { id }) {
  const [, method, path, sent] = /^(\S+) (\S+) (.*)$/.exec(undo);
  await call(method, path.replace("{id}", id), JSON.parse(sent), { "idempotency-key": crypto.randomUUID() });
  location.reload();
}

/** Shows the fields that belong to what was chosen. */
function showChosen(select) {
  for (const part of all("fieldset[data-when]", select.form)) {
    part.hidden = part.disabled = part.dataset.when !== select.value;
  }
}

/** Shows what an answer holds once, such as a key. */
function reveal(form, answer) {
  const place = document.getElementById(form.dataset.reveal);
  place.textContent = form.dataset.field.split(".").reduce((within, name) => within?.[name], answer) ?? "";
  place.hidden = false;
}

/** Shows what belongs to the entries of a list, such as stored credentials, which are not the page's to read. */
async function showStored(list) {
  const { items } = await call("GET", list.dataset.stored);
  for (const element of all("[data-there]", list)) {
    element.hidden = !items.some(({ name }) => name === element.dataset.there);
  }
}

function wire(within = document) {
  const here = (selector) => [...(within.matches?.(selector) ? [within] : []), ...all(selector, within)];
  for (const form of here("form[data-call]")) on(form, () => submit(form));
  for (const form of here("form[data-talk]")) converse(form);
  for (const list of here("[data-stored]")) showStored(list).catch((problem) => toast(problem));
  for (const field of all("[data-file]", within)) {
    const text = field.form.elements.namedItem("text");
    // A file says enough.
    field.addEventListener("change", () => (text.required = field.files.length === 0));
    field.form.addEventListener("reset", () => (text.required = true));
  }
  for (const select of all("select[data-chooses]", within)) select.addEventListener("change", () => showChosen(select));
  for (const field of all("textarea", within)) {
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form.requestSubmit();
    });
  }
}

// ---- The session

/** Stands in the place of a page whose token was too old. */
async function renew() {
  const tried = sessionStorage.getItem("porchlight.renewed") === location.href;
  sessionStorage.setItem("porchlight.renewed", location.href);
  if (tried) return leave("/sign-in", "");
  await refresh(session().csrf);
  location.reload();
}

async function keepSession() {
  try {
    if (!document.hidden) await refresh(session().csrf);
  } catch {
    // The line is lost: the next call asks again.
  }
}

if (body.dataset.page === "renew") {
  renew();
} else {
  sessionStorage.removeItem("porchlight.renewed");
  showMoments();
  wire();
  keepDrafts();
  const done = sessionStorage.getItem("porchlight.done");
  sessionStorage.removeItem("porchlight.done");
  if (done) toast(done);
  for (const element of all("[data-follow]")) element.scrollTop = element.scrollHeight;
  if (all("[data-live]").length) setTimeout(watch, OFTEN);
  setInterval(keepSession, RENEW);
  addEventListener("online", () => update().catch(() => {}));
  document.addEventListener("visibilitychange", () => document.hidden || update().catch(() => {}));
}
