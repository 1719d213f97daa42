// What the pages of a day's work do.
//
// - A form with `data-call="POST /v1/…"` makes that call with what was typed. A field says with `data-type` what it is, where it is not text;
//   `data-version` is what `If-Match` names. A POST carries a key of its own until it is answered, so that it is done once however often
//   it is sent.
// - Elements marked `data-live` are asked for again while the page is looked at, and after every call.
// - What is typed into a field with `data-draft` is kept in this tab until it was sent.

import { Problem, call, find, leave, on, refresh, session } from "/pages/session.js";

/** How often an open page asks for news, in milliseconds; and how seldom, where the line is lost. */
const [OFTEN, SELDOM] = [2500, 15000];
/** A token lives five minutes: it is renewed before, so that the next page finds a fresh one. */
const RENEW = 4 * 60 * 1000;

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const body = document.body;

// ---- Moments

/** Writes every moment as the page's language does, in the business's zone; the day only where it is not today. */
function showMoments(within = document) {
  const [locale, timeZone] = [document.documentElement.lang, body.dataset.zone];
  const day = new Intl.DateTimeFormat(locale, { timeZone, day: "numeric", month: "short", hour: "numeric", minute: "2-digit" });
  const hour = new Intl.DateTimeFormat(locale, { timeZone, hour: "numeric", minute: "2-digit" });
  const date = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: "short" });
  const full = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: "full", timeStyle: "short" });
  const today = date.format(new Date());
  for (const element of all("time", within)) {
    const at = new Date(element.dateTime);
    element.textContent = (date.format(at) === today ? hour : day).format(at);
    element.title = full.format(at);
  }
}

// ---- Live elements

let tag;
let failures = 0;

/** Asks for the page again and puts what is new in it in the place of the old. */
async function update() {
  const answer = await fetch(location.href, { headers: tag ? { "if-none-match": tag } : {}, cache: "no-store" });
  if (answer.status === 401) return refresh(session().csrf).then(() => undefined);
  if (answer.status === 304) return;
  if (!answer.ok) throw new Problem("not now");
  tag = answer.headers.get("etag");
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  showMoments(fresh);
  for (const old of all("[data-live]")) {
    const next = fresh.getElementById(old.id);
    if (next && !next.isEqualNode(old) && !isBusy(old)) replace(old, next);
  }
}

/** Whether somebody is choosing or typing in it just now. */
const isBusy = (element) => {
  const active = document.activeElement;
  return element.contains(active) && active.matches("select, input:not([type=hidden]), textarea");
};

/** Puts `next` in the place of `old`, with the focus and the place where the reader is. */
function replace(old, next) {
  const focused = old.contains(document.activeElement) ? document.activeElement : undefined;
  const place = focused && all("a, button", old).indexOf(focused);
  const [above, follows] = [old.scrollTop, isAtEnd(old)];
  old.replaceWith(document.adoptNode(next));
  wire(next);
  keepDrafts(next);
  next.scrollTop = next.hasAttribute("data-follow") && follows ? next.scrollHeight : above;
  if (place >= 0) all("a, button", next)[place]?.focus();
  else if (focused === old) next.focus();
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

/** Says that the line is lost, and takes it back. */
function offline(is) {
  if (is) toast(body.dataset.offline, "offline");
  else if (find("#toast").dataset.kind === "offline") toast("");
}

// ---- What was done

function toast(text, kind = "done") {
  const place = find("#toast");
  place.dataset.kind = kind;
  place.textContent = text;
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

// ---- Forms

const readers = {
  "number": (text) => (text === "" ? null : Number(text)),
  "null": () => null,
  "empty-null": (text) => (text === "" ? null : text),
  "lines": (text) => text.split("\n").map((line) => line.trim()).filter(Boolean),
  "json": (text) => JSON.parse(text),
  "cents": (text) => (text === "" ? null : Math.round(Number(text.replace(",", ".")) * 100)),
  "hours-from-now": (text) => new Date(Math.floor(Date.now() / 1000) * 1000 + Number(text) * 3600000).toISOString(),
};

/** What was typed, as the API takes it: `hours.monday` is the field `monday` of `hours`; unticked boxes are false. */
function typed(form) {
  const typed = {};
  for (const field of form.elements) {
    if (!field.name || field.disabled || (field.type === "radio" && !field.checked)) continue;
    const value = field.type === "checkbox" ? field.checked : (readers[field.dataset.type] ?? String)(field.value);
    const path = field.name.split(".");
    const last = path.pop();
    const place = path.reduce((within, name) => (within[name] ??= {}), typed);
    place[last] = value;
  }
  return typed;
}

/** The key under which a form's call is made until it is answered. */
const keys = new WeakMap();

async function submit(form) {
  const [method, path] = form.dataset.call.split(" ");
  const headers = {};
  if (form.dataset.version) headers["if-match"] = `"${form.dataset.version}"`;
  if (form.dataset.patch !== undefined) headers["content-type"] = "application/merge-patch+json";
  if (method === "POST") {
    if (!keys.has(form)) keys.set(form, crypto.randomUUID());
    headers["idempotency-key"] = keys.get(form);
  }
  let answer;
  try {
    answer = await call(method, path, method === "DELETE" ? undefined : typed(form), headers);
  } catch (problem) {
    // It was refused: what is sent next is another request. Without an answer it is the same.
    if (problem.status && problem.status < 500) keys.delete(form);
    throw problem;
  }
  keys.delete(form);
  forgetDrafts(form);
  if (form.dataset.reveal) reveal(form, answer);
  else form.reset();
  toast(form.dataset.done);
  if (form.dataset.reload !== undefined) return location.reload();
  if (form.dataset.to) return location.assign(form.dataset.to);
  tag = undefined;
  await update();
}

/** Shows what an answer holds once and never again, such as a key. */
function reveal(form, answer) {
  const place = document.getElementById(form.dataset.reveal);
  place.textContent = form.dataset.field.split(".").reduce((within, name) => within?.[name], answer) ?? "";
  place.hidden = false;
}

function wire(within = document) {
  const forms = within.matches?.("form[data-call]") ? [within] : all("form[data-call]", within);
  for (const form of forms) on(form, () => submit(form));
  for (const field of all("textarea", within)) {
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form.requestSubmit();
    });
  }
}

// ---- The session

/** The page that stands in the place of one whose token was too old: with a new one, it is there. */
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
  for (const element of all("[data-follow]")) element.scrollTop = element.scrollHeight;
  if (all("[data-live]").length) setTimeout(watch, OFTEN);
  setInterval(keepSession, RENEW);
  addEventListener("online", () => update().catch(() => {}));
  document.addEventListener("visibilitychange", () => document.hidden || update().catch(() => {}));
}
