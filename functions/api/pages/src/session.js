// What every page's script is made of: the session, the API, and forms.
//
// The tokens of the session are in cookies, which no script can read. What a script needs of it, the token against forged
// requests, is kept for all tabs together, because they share the cookies too. When an answer is 401 the session is
// refreshed and the request sent once more. Whatever the API says is put on the page as text, never as HTML.

const SESSION = "porchlight.session";
export const NOTE = "porchlight.note";
const CAME_FROM = "porchlight.came-from";

export const find = (selector, within = document) => within.querySelector(selector);
export const time = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });

const words = JSON.parse(document.body.dataset.words);

/** What the page says in its language, with `values` in its gaps; what has no words is said by its own name. */
export const say = (name, ...values) => (words[name] ?? name.replace("_", " ")).replace(/\{\}/g, () => values.shift());

// ---- The session

/** What the last sign-in or refresh said: `csrf`, `role` and `enrolling`; empty where nobody is signed in. */
export function session() {
  try {
    return JSON.parse(localStorage.getItem(SESSION)) ?? {};
  } catch {
    return {};
  }
}

export function keep({ csrf_token: csrf, role, enrolling }) {
  localStorage.setItem(SESSION, JSON.stringify({ csrf, role, enrolling }));
}

/** Goes to another page, which "back" does not undo; `note` is shown on the sign-in page, once. `isOver`: the session ended by itself. */
export function leave(path, note = "", isOver = false) {
  if (path === "/sign-in") {
    localStorage.removeItem(SESSION);
    if (isOver) dispatchEvent(new Event("porchlight.over"));
    // What was typed belongs to who typed it; whoever signs in next in this tab may be somebody else.
    if (!isOver) {
      for (const name of Object.keys(sessionStorage)) if (/^porchlight\.(draft|call|done)/.test(name)) sessionStorage.removeItem(name);
    }
    if (location.pathname.startsWith("/app")) sessionStorage.setItem(CAME_FROM, location.pathname + location.search);
  }
  sessionStorage.setItem(NOTE, note);
  location.replace(path);
  return new Promise(() => {});
}

/** Where somebody goes who has signed in: to the page that asked for it, once, else to the first. */
export function home() {
  const from = sessionStorage.getItem(CAME_FROM);
  sessionStorage.removeItem(CAME_FROM);
  if (session().enrolling) return "/account";
  return from?.startsWith("/app") ? from : "/app";
}

/** The next pair of cookies, unless somebody got it since `used`: a refresh token that comes twice ends the session. Every tab waits for the
 *  lock, so that whoever has to sign in again leaves when it is free. */
export async function refresh(used) {
  const isOver = await navigator.locks.request("porchlight.refresh", async () => {
    const { csrf } = session();
    if (csrf && csrf !== used) return false;
    try {
      keep(await send("POST", "/v1/auth/refresh", {}));
      return false;
    } catch (problem) {
      if (problem.status !== 401) throw problem;
      return true;
    }
  });
  if (isOver) await leave("/sign-in", say("please_sign_in"), true);
}

// ---- The API

const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");

/** Why the API did not do what was asked: a sentence for people, and the field that is to blame, where one is. A page that is not in English says
 *  what the `code` means, and `original` is what the API says. */
export class Problem extends Error {
  constructor(detail, { status, code, field } = {}) {
    const said = words[`code_${code}`];
    super(sentence(said ?? detail));
    this.original = said && sentence(detail);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

/** Puts a problem on the page: in its language, and after that what the API says, marked as English. */
export function tell(place, { message, original }) {
  place.textContent = message;
  if (!original) return;
  const english = document.createElement("span");
  english.lang = "en";
  english.textContent = original;
  place.append(" ", english);
}

/** How often a request is sent that the API puts off. */
const TRIES = 3;

/** The answer; where too many come from this network just now, after the time that the API asks for. */
async function patiently(path, request) {
  for (let tries = 1; ; tries++) {
    const answer = await fetch(path, request);
    if (answer.status !== 429 || tries === TRIES) return answer;
    const seconds = Math.min(Number(answer.headers.get("retry-after")) || 1, 10);
    await new Promise((wake) => setTimeout(wake, seconds * 1000));
  }
}

export async function send(method, path, body, more = {}) {
  const headers = { ...more };
  const { csrf } = session();
  if (csrf && method !== "GET") headers["x-csrf-token"] = csrf;
  if (body) headers["content-type"] ??= "application/json";
  let answer, text;
  try {
    answer = await patiently(path, { method, headers, body: body && JSON.stringify(body) });
    text = await answer.text();
  } catch {
    throw new Problem(say("unreachable"));
  }
  let said = {};
  try {
    said = text ? JSON.parse(text) : {};
  } catch {
    // Not ours: a gateway's own page. The status says enough.
  }
  // What If-Match names in the next change; it is no part of what was said.
  if (answer.ok) return Object.defineProperty(said, "etag", { value: answer.headers.get("etag") });
  throw new Problem(said.detail ?? say("not_now"), { status: answer.status, code: said.code, field: said.field });
}

/** A request of somebody who is signed in. */
export async function call(method, path, body, headers) {
  const { csrf } = session();
  if (!csrf) await refresh(csrf);
  try {
    return await send(method, path, body, headers);
  } catch (problem) {
    if (problem.status !== 401) throw problem;
    await refresh(csrf);
    return send(method, path, body, headers);
  }
}

// ---- Forms

/** Does `work` with what was typed when the form is sent, one at a time, and shows what is wrong with it. */
export function on(form, work) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    for (const place of form.querySelectorAll(".problem")) place.textContent = "";
    for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
    try {
      await work(Object.fromEntries(new FormData(form)));
    } catch (problem) {
      complain(form, problem);
    } finally {
      form.ariaBusy = null;
    }
  });
}

/** At the field that is to blame, which gets the focus; else at the form. */
function complain(form, problem) {
  const input = problem.field && form.elements.namedItem(problem.field);
  if (input && !input.closest("[hidden]")) {
    input.setAttribute("aria-invalid", "true");
    tell(document.getElementById(`${input.id}-problem`), problem);
    input.focus();
  } else {
    const known = problem instanceof Problem;
    tell(find(".problem[role=alert]", form), known ? problem : { message: say("broken") });
    if (!known) console.error(problem);
  }
}
