// What is said: the session, the queue of what was not sent yet, the replies that are polled for, and the other tabs.
//
// The session's id is a secret: whoever has it reads the talk. It is made of random bits when the visitor first writes, kept
// in this browser alone, and goes out in a body or a header, never in an address.

const KEY = script.dataset.key ?? "";
const NAME = `porchlight.${KEY}`;
const DAY_MS = 86_400_000;
/** A session that rested for so long is forgotten: somebody else may sit there now. */
const SESSION_MS = 30 * DAY_MS;
const TIMEOUT_MS = 20_000;
/** So long a request is held where an answer is awaited, and so long after the last word one may come that is not. */
const [WAIT_S, AWAITED_MS, YOUNG_MS] = [20, 600_000, 120_000];
/** So many seconds more a file may take: 4 MB at 40 KB a second. */
const UPLOAD_S = 80;

// ---- What this browser keeps; in memory where a page or a person has turned storage off.

const memory = new Map();

function kept(what) {
  try {
    return JSON.parse(localStorage.getItem(`${NAME}.${what}`)) ?? memory.get(what);
  } catch {
    return memory.get(what);
  }
}

function keep(what, value) {
  memory.set(what, value);
  try {
    localStorage.setItem(`${NAME}.${what}`, encode(value));
  } catch {
    // What is in memory lasts as long as the page.
  }
}

/** The session: its id, and when something was last said in it. */
function session() {
  const known = kept("session");
  return known && Date.now() - known.at < SESSION_MS ? known : undefined;
}

const touch = (id) => keep("session", { id, at: Date.now() });

/** Messages of ours that the history does not have yet: `id`, `text`, `at`, `state`, and of a file `file`, its name, and `sent`, what was said of it. */
const pending = () => kept("pending") ?? [];

function keepPending(change) {
  const list = [];
  for (const message of pending()) {
    const next = change(message);
    if (next) list.push(next);
  }
  keep("pending", list);
}

// ---- The talk, as this tab shows it

/** All messages by id, in the order in which they are shown: `id`, `from`, `text`, `at`, `files` of theirs, `state` and `file` (its name, where it is known) of our own. */
const entries = new Map();
/** Where the next poll goes on; undefined: there is nothing yet to go on from, and the answer is the history. */
let after;
let hasHistory = false;
/** Why the last request failed, as a name in the table of words; empty where it did not. */
let trouble = "";
/** Called whenever there is something else to show. */
let changed = () => {};

function put(entry, tell = true) {
  const known = entries.get(entry.id);
  if (known && known.state === entry.state) return;
  entries.set(entry.id, entry);
  if (tell) others?.postMessage(bare(entry));
  changed();
}

const last = () => [...entries.values()].pop();
/** Whether the visitor had the last word. */
const awaited = () => last()?.from === "customer" && last().state !== "failed";
/** Whether the visitor's last word has arrived, and not longer ago. */
const arrived = (ms) => awaited() && last().state === "sent" && Date.now() - last().at < ms;

function begin() {
  if (!session()) {
    touch(randomId());
    // Of somebody who wrote here long ago.
    for (const what of ["pending", "seen"]) keep(what, null);
  }
  touch(session().id);
}

const ours = (what) => ({ id: randomId(), from: "customer", text: "", at: Date.now(), ...what });

/** Shows a message and sends it, after those before it. */
function enqueue(message) {
  keep("pending", [...pending(), message]);
  put(message);
  flush();
}

function say(text) {
  begin();
  enqueue(ours({ text, state: "waiting" }));
}

function retry(id) {
  if (uploads.has(id)) return upload(entries.get(id));
  keepPending((message) => (message.id === id ? { ...message, state: "waiting" } : message));
  put({ ...entries.get(id), state: "waiting" });
  flush();
}

function mark(message, state) {
  keepPending((one) => (one.id === message.id ? { ...one, state } : one));
  put({ ...message, state });
}

// ---- Files: sent first, then named in a message of their own

/** What one call takes, and to how many pixels a picture that is larger is made smaller. */
const [FILE_BYTES, PIXELS] = [4 * 1024 * 1024, 2560];
/** Files that are not sent yet, by their message's id: a browser keeps them no longer than the page. */
const uploads = new Map();

function attach(file) {
  begin();
  const message = ours({ file: file.name, state: "uploading" });
  uploads.set(message.id, file);
  upload(message);
}

/** A file as it is sent: a picture that is too large, or of a kind that is not taken, as a smaller JPEG; nothing where that cannot be. */
async function fitting(file) {
  const isPicture = /^image\//.test(file.type);
  if (file.size <= FILE_BYTES && (!isPicture || /jpeg|png/.test(file.type))) return file;
  if (!isPicture) return undefined;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, PIXELS / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [picture.width * scale, picture.height * scale];
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  } catch {
    return undefined;
  }
}

async function upload(message) {
  put({ ...message, state: "uploading" });
  const body = await fitting(uploads.get(message.id));
  const headers = { __proto__: null, ...secrets(), "content-type": "application/octet-stream" };
  const answer = body && (await ask("/webhooks/live-chat/files", { __proto__: null, method: "POST", headers, body }, UPLOAD_S));
  let sent;
  try {
    sent = answer?.ok ? await answer.json() : undefined;
  } catch {
    // Half an answer is none.
  }
  if (sent) {
    uploads.delete(message.id);
    trouble = "";
    return enqueue({ ...message, sent, state: "waiting" });
  }
  trouble = !body || answer?.status === 400 || answer?.status === 413 ? "unfit" : answer ? "refused" : "offline";
  put({ ...message, state: "failed" });
}

// ---- Sending, one after the other

let flushing = false;
let flushAgain = false;
let failures = 0;
let flushTimer;

/** One tab at a time, where the browser can tell them apart; the server takes a message once in any case. */
async function alone(work) {
  let begun = false;
  try {
    await navigator.locks.request(`${NAME}.send`, () => {
      begun = true;
      return work();
    });
  } catch {
    if (!begun) await work();
  }
}

async function flush() {
  clearTimeout(flushTimer);
  if (flushing || !session()) {
    flushAgain = flushing;
    return;
  }
  flushing = true;
  await alone(async () => {
    for (;;) {
      let next;
      for (const message of pending()) if (!next && message.state === "waiting") next = message;
      if (!next) break;
      const outcome = await post(next);
      if (outcome === "later") break;
      mark(next, outcome);
    }
  });
  flushing = false;
  changed();
  wake();
  if (flushAgain) {
    flushAgain = false;
    flush();
  }
}

/** Sends one message: `sent`, `failed` where it will never be taken, or `later`. */
async function post({ id, text, sent }) {
  const body = { widget_key: KEY, session_id: session().id, message_id: id, message: text, file: sent, page: page() };
  const request = { __proto__: null, method: "POST", body: encode(body), keepalive: true };
  request.headers = { __proto__: null, "content-type": "application/json" };
  const answer = await ask("/webhooks/live-chat", request);
  if (answer?.ok) {
    failures = 0;
    trouble = "";
    return "sent";
  }
  if (answer && answer.status < 500 && answer.status !== 408 && answer.status !== 429) {
    trouble = answer.status === 400 ? "refused" : "unavailable";
    return "failed";
  }
  failures += 1;
  trouble = answer ? "busy" : "offline";
  const seconds = Number(answer?.headers.get("retry-after")) || Math.min(2 ** failures, 30);
  flushTimer = setTimeout(flush, seconds * 1000);
  return "later";
}

/** What opens the talk: in headers, because addresses get into logs. */
const secrets = () => ({ __proto__: null, "x-widget-key": KEY, "x-chat-session": session().id });

/** The answer, or nothing where none came. */
async function ask(path, request, held = 0) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT_MS + held * 1000);
  try {
    return await fetch(host + path, { ...request, __proto__: null, credentials: "omit", cache: "no-store", signal: stop.signal });
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

// ---- Receiving

let isOpen = false;
let polling = false;
/** Whether someone of the team is writing. */
let typing = false;
/** Whether the last request was held, or had something to say: the next follows at once. */
let flows = false;
let misses = 0;
let pollTimer;

/** Whether the next request may be held until there is an answer. */
const waits = () => isOpen && !document.hidden && Date.now() - session().at < (awaited() ? AWAITED_MS : YOUNG_MS);

/** Asks as the tab that is held, where no other one is; at once where one is, or where the browser cannot tell. */
async function inTurn(look) {
  let given;
  const one = async (held) => (given = await look(held));
  try {
    const mode = { __proto__: null, ifAvailable: true };
    await navigator.locks.request(`${NAME}.wait`, mode, (lock) => one(lock && waits() ? WAIT_S : 0));
  } catch {
    if (!given) await one(0);
  }
  return given;
}

/** Milliseconds to the next poll; nothing: there is nothing to wait for. */
function pace() {
  const known = session();
  if (!known || document.hidden || trouble === "unavailable") return undefined;
  const quiet = Date.now() - known.at;
  if (flows && waits()) return 0;
  if (!isOpen && quiet > DAY_MS) return undefined;
  const steps = isOpen ? [[30_000, awaited() ? 1000 : 3000], [120_000, 3000], [600_000, 10_000]] : [[120_000, 5000]];
  for (const [until, wait] of steps) if (quiet < until) return wait * 2 ** Math.min(misses, 4);
  return 30_000;
}

/** Polls when it is time; at once where the history is missing. */
function wake() {
  clearTimeout(pollTimer);
  const wait = pace();
  if (wait !== undefined && !polling) pollTimer = setTimeout(poll, hasHistory || misses ? wait : 0);
}

async function poll() {
  const known = session();
  if (!known || polling) return;
  polling = true;
  const headers = secrets();
  const answer = await inTurn((held) => {
    const wait = held ? `&wait=${held}&typing=${typing}` : "";
    const path = `/webhooks/live-chat/messages?after=${encodeURIComponent(after ?? "")}${wait}`;
    return ask(path, { __proto__: null, headers }, held);
  });
  let given;
  try {
    given = answer?.ok ? await answer.json() : undefined;
  } catch {
    // Half an answer is none.
  }
  polling = false;
  misses = given ? 0 : misses + 1;
  flows = given?.at_once === true;
  typing = given?.typing === true;
  if (given) take(given, known.id);
  else if (answer?.status === 403 || answer?.status === 404) trouble = "unavailable";
  changed();
  wake();
}

function take(given, id) {
  const isFirst = !hasHistory;
  const earlier = new Map(entries);
  if (isFirst) entries.clear();
  hasHistory = true;
  after = given.after ?? undefined;
  for (const { id: reply, from, text, at, files, attached, message_id: own } of given.messages) {
    if (own) keepPending((message) => (message.id === own ? undefined : message));
    if (from !== "customer" && !isFirst && !entries.has(reply)) touch(id);
    const file = attached && (earlier.get(own)?.file ?? true);
    put({ id: own ?? reply, from, text, files, file, at: Date.parse(at), state: from === "customer" ? "sent" : "" }, !isFirst);
  }
  // What was shown before the history came stands after it, unless it is a part of it.
  for (const entry of isFirst ? earlier.values() : []) if (!entries.has(entry.id)) put(entry, false);
}

// ---- Unread, and the other tabs

/** Replies that came since the panel was last open. */
function unread() {
  let count = 0;
  for (const { id, from } of entries.values()) {
    if (id === kept("seen")) count = 0;
    else if (from !== "customer") count += 1;
  }
  return count;
}

function see() {
  let newest;
  for (const { id, from } of entries.values()) if (from !== "customer") newest = id;
  if (!newest || newest === kept("seen")) return;
  keep("seen", newest);
  others?.postMessage({ __proto__: null, id: "" });
}

/** Other tabs of this site; missing where a sandbox has none. */
const others = (() => {
  try {
    return new BroadcastChannel(NAME);
  } catch {
    return undefined;
  }
})();

function listen() {
  others?.addEventListener("message", ({ data }) => {
    if (data.id) put(data, false);
    changed();
    wake();
  });
  addEventListener("online", () => {
    for (const id of uploads.keys()) if (entries.get(id).state === "failed") upload(entries.get(id));
    flush();
    wake();
  });
  document.addEventListener("visibilitychange", () => {
    misses = 0;
    changed();
    wake();
  });
  for (const message of session() ? pending() : []) put(message, false);
  flush();
  wake();
}
