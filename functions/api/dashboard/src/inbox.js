// What a conversation's page does beside what all pages do (app.js): it inserts canned answers and replies that are proposed, says what was
// read and who is there.

import { call, find, tell } from "/pages/session.js";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// ---- Canned answers

/** All that the business keeps, by name in lower case. */
async function cannedAnswers() {
  const answers = new Map();
  let cursor;
  do {
    const page = await call("GET", `/v1/canned-answers?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
    for (const answer of page.items) answers.set(answer.name.trim().toLowerCase(), answer);
    cursor = page.cursor;
  } while (cursor);
  return answers;
}

/** Picks an answer by its name and puts its text, filled in by the API, into the field; there it can be changed. */
function pickCanned(picker) {
  const [input, names, told] = ["input", "datalist", ".problem"].map((part) => find(part, picker));
  const field = document.getElementById(picker.dataset.into);
  let known;

  async function load() {
    known ??= cannedAnswers();
    const answers = await known.catch((problem) => {
      known = undefined;
      throw problem;
    });
    names.replaceChildren(...[...answers.values()].map(({ name, text }) => {
      const option = document.createElement("option");
      [option.value, option.label] = [name, text.slice(0, 60)];
      return option;
    }));
    return answers;
  }

  async function insert() {
    told.textContent = "";
    try {
      const answers = await load();
      const answer = answers.get(input.value.trim().toLowerCase());
      if (!answer) {
        told.textContent = answers.size ? picker.dataset.unknown : picker.dataset.none;
        return;
      }
      const { text, missing } = await call("GET", picker.dataset.canned + answer.id);
      field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
      // It is a draft like what was typed.
      field.dispatchEvent(new Event("input", { bubbles: true }));
      input.value = "";
      if (missing.length) told.textContent = `${picker.dataset.missing} ${missing.map((place) => `{${place}}`).join(", ")}`;
      field.focus();
    } catch (problem) {
      tell(told, problem);
    }
  }

  input.addEventListener("focus", () => load().catch(() => {}));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    insert();
  });
  find("button", picker).addEventListener("click", insert);
}

for (const picker of all("[data-canned]")) pickCanned(picker);

// ---- Replies that are proposed

/** Has a reply proposed and puts it into the field, where it can be changed: never over what was typed, unless its writer says so. The
 *  message names what it was made of, until it was sent. */
function suggestReplies(place) {
  const [ask, drop, told] = ["#suggest", "#suggest-drop", "#suggest-told"].map((part) => find(part, place));
  const field = document.getElementById(place.dataset.into);
  const named = field.form.elements.namedItem("suggestion_id");
  let proposed = "";
  let busy = false;
  let sent = 0;
  let stop;

  const mayReplace = () => !field.value.trim() || field.value === proposed || confirm(place.dataset.ask);

  /** Whether the field's text was made of something that was proposed, or something is being written that can be stopped. */
  function mark() {
    const hadFocus = document.activeElement === drop;
    [named.disabled, drop.hidden] = [!named.value, !named.value && !stop];
    // It would be lost with the button.
    if (hadFocus && drop.hidden) ask.focus();
  }

  /** Puts `text` into the field, with the id of what it is; both are drafts. */
  function put(text, id) {
    [proposed, field.value, named.value] = [text, text, id];
    for (const draft of [field, named]) draft.dispatchEvent(new Event("input", { bubbles: true }));
    mark();
  }

  async function suggest() {
    told.textContent = place.dataset.busy;
    const [before, round] = [field.value, sent];
    const wanted = named.value ? { instead_of: named.value } : {};
    const made = (await heard(wanted)) ?? (await call("POST", place.dataset.suggest, wanted, { "idempotency-key": crypto.randomUUID() }));
    if (!made.id) return place.dataset.dropped;
    if (!made.text) return place.dataset[made.without_model] ?? place.dataset.unavailable;
    // They sent something meanwhile, or went on typing. What was proposed before is settled by this one, so it is forgotten.
    if (round !== sent || (field.value !== before && !mayReplace())) {
      put(field.value, "");
      await call("DELETE", `${place.dataset.suggest}/${made.id}`);
      return place.dataset.dropped;
    }
    put(made.text, made.id);
    field.focus();
    if (made.replaced) return place.dataset.replaced;
    return made.without_model ? place.dataset.builtin : place.dataset.done;
  }

  /** The suggestion, shown while it is written and not yet in the field; `undefined` where that cannot be. */
  async function heard(wanted) {
    const shown = find("#suggest-heard", place);
    if (!shown) return undefined;
    // During a deploy, the code before this one may be asked for a script that it does not have.
    const { hearSuggestion } = await import("/app/streamed.js").catch(() => ({}));
    if (!hearSuggestion) return undefined;
    const text = find("[dir]", shown);
    try {
      return await hearSuggestion(place.dataset.stream, wanted, (heard) => ([text.textContent, shown.hidden] = [heard, !heard]), (how) => {
        stop = how;
        mark();
      });
    } finally {
      stop = undefined;
      mark();
    }
  }

  async function dismiss() {
    await call("DELETE", `${place.dataset.suggest}/${named.value}`);
    put(field.value === proposed ? "" : field.value, "");
    field.focus();
    return place.dataset.dropped;
  }

  /** Does one thing at a time, and says what came of it. */
  async function doing(what) {
    if (busy) return;
    busy = true;
    try {
      told.textContent = await what();
    } catch (problem) {
      tell(told, problem);
    }
    busy = false;
  }

  mark();
  ask.addEventListener("click", () => mayReplace() && doing(suggest));
  drop.addEventListener("click", () => (stop ? stop() : doing(dismiss)));
  // The message was sent.
  field.form.addEventListener("reset", () => {
    [proposed, named.value, told.textContent] = ["", "", ""];
    sent++;
    mark();
  });
  // Who empties the field writes something of their own.
  field.addEventListener("input", () => {
    if (!field.value && named.value) put("", "");
  });
}

for (const place of all("[data-suggest]")) suggestReplies(place);

// ---- What was read, and who is there

/** How often somebody who looks at a conversation says so, in milliseconds; it holds twice as long. */
const LOOK_IN = 15000;
const thread = find("[data-conversation]");
const path = `/v1/conversations/${thread.dataset.conversation}`;
let read = 0;
let typedAt = -Infinity;

/** Says that the messages on the page were read, once somebody sees them. */
async function markRead() {
  const messages = Number(find("#thread-state").dataset.messages);
  if (document.hidden || messages <= read) return;
  const before = read;
  read = messages;
  try {
    await call("POST", `${path}/read`, { messages });
  } catch {
    // The next message, or the next look, says it again.
    read = before;
  }
}

async function lookIn() {
  if (document.hidden) return;
  try {
    await call("POST", `${path}/presence`, { writing: performance.now() - typedAt < LOOK_IN });
  } catch {
    // It is said again soon.
  }
}

// Who begins to write, and who has sent it, is seen at once: the visitor of a chat looks at it.
find("#reply")?.addEventListener("input", () => {
  const begins = performance.now() - typedAt >= LOOK_IN;
  typedAt = performance.now();
  if (begins) lookIn();
});
find("#reply")?.form?.addEventListener("reset", () => {
  typedAt = -Infinity;
  lookIn();
});
// What is live is replaced where it stands: the new one tells of more messages.
new MutationObserver(markRead).observe(thread, { childList: true, subtree: true });
document.addEventListener("visibilitychange", () => {
  markRead();
  lookIn();
});
markRead();
lookIn();
setInterval(lookIn, LOOK_IN);
