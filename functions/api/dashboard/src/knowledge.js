// What the pages of knowledge do beside what all pages do (app.js): they send files to the bucket, read pasted questions with their
// answers, try a question, and say what became ready.

import { showNew, toast } from "/app/app.js";
import { Problem, call, find, on, tell } from "/pages/session.js";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
/** `text` with `values` in its gaps. */
const filled = (text, ...values) => text.replace(/\{\}/g, () => values.shift());
/** What is not said is not sent. */
const said = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value));

/** Keys under which a call is made until it is answered, so that it is done once however often it is sent. */
const keys = new WeakMap();

/** A POST on behalf of `owner`, a file or a form; sent again without an answer, it is the same call. */
async function post(owner, path, body) {
  const is = JSON.stringify([path, body]);
  if (keys.get(owner)?.is !== is) keys.set(owner, { is, key: crypto.randomUUID() });
  try {
    const answer = await call("POST", path, body, { "idempotency-key": keys.get(owner).key });
    keys.delete(owner);
    return answer;
  } catch (problem) {
    if (problem.status && problem.status < 500) keys.delete(owner);
    throw problem;
  }
}

/** All entries of a list of the API. */
async function listed(path) {
  const items = [];
  let cursor;
  do {
    const page = await call("GET", `${path}?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
    items.push(...page.items);
    cursor = page.cursor;
  } while (cursor);
  return items;
}

// ---- Files

/** What keeps a file from being sent at all. */
function refusal(file, { most, kinds, tooLarge, wrongKind, empty }) {
  if (!kinds.split(",").some((kind) => file.name.toLowerCase().endsWith(kind))) return wrongKind;
  if (file.size === 0) return empty;
  if (file.size > Number(most)) return tooLarge;
}

/** Sends a file to where a link leads. */
async function put(file, { url, headers }, lost) {
  const answer = await fetch(url, { method: "PUT", headers, body: file }).catch(() => ({}));
  if (!answer.ok) throw new Problem(lost);
}

/** A file that is new here, or a new version of `before`. */
async function send(file, before, place, lost) {
  if (before) {
    const { upload } = await post(file, `/v1/knowledge/documents/${before}/upload`, { bytes: file.size });
    return put(file, upload, lost);
  }
  const { document, upload } = await post(file, "/v1/knowledge/documents", { name: file.name, bytes: file.size, ...place });
  try {
    await put(file, upload, lost);
  } catch (problem) {
    // A document without its file would wait for ever.
    await call("DELETE", `/v1/knowledge/documents/${document.id}`).catch(() => {});
    throw problem;
  }
}

let sending = 0;
addEventListener("beforeunload", (event) => {
  if (sending) event.preventDefault();
});

/** The files that were chosen, one after the other, each with a line that says how far it is; what failed can be sent again. */
function sendFiles(form) {
  const [input, list, template] = [find("[type=file]", form), find(".sending", form), find("template", form)];
  const { lost, sent, waits, runs, again } = form.dataset;

  async function one(file, line, before, place) {
    const [told, retry] = [find(".told", line), find("button", line)];
    line.dataset.state = "runs";
    [told.textContent, retry.hidden] = [runs, true];
    sending += 1;
    try {
      await send(file, before, place, lost);
      line.dataset.state = "sent";
      told.textContent = sent;
      return true;
    } catch (problem) {
      line.dataset.state = "failed";
      tell(told, problem instanceof Problem ? problem : { message: lost });
      retry.hidden = false;
      retry.setAttribute("aria-label", `${again}: ${file.name}`);
      retry.onclick = () => one(file, line, before, place);
    } finally {
      sending -= 1;
    }
  }

  on(form, async ({ location, category, replaces }) => {
    const files = [...input.files];
    const place = said({ location, category: category?.trim() });
    const known = replaces ? await listed("/v1/knowledge/documents") : [];
    const same = (file) => known.find(({ name, format, location }) => format !== "faq" && name === file.name && (location ?? "") === (place.location ?? ""));
    list.replaceChildren();
    const lines = files.map((file) => {
      const line = list.appendChild(template.content.firstElementChild.cloneNode(true));
      find(".name", line).textContent = file.name;
      find(".told", line).textContent = waits;
      find("button", line).hidden = true;
      return line;
    });
    let failed = 0;
    for (const [at, file] of files.entries()) {
      const refused = refusal(file, form.dataset);
      if (refused) {
        lines[at].dataset.state = "failed";
        find(".told", lines[at]).textContent = refused;
      }
      if (refused || !(await one(file, lines[at], form.dataset.replace ?? same(file)?.id, place))) failed += 1;
    }
    input.value = "";
    toast(filled(failed ? form.dataset.someFailed : form.dataset.done, files.length - failed, files.length));
  });
}

/** Files that are dropped anywhere on the page are chosen, as if by hand; dropped beside it they would take its place. */
function takeDropped(form) {
  const input = find("[type=file]", form);
  const brings = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    form.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget || form.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    form.classList.remove("over");
    if (form.ariaBusy === "true") return;
    const files = new DataTransfer();
    for (const file of [...event.dataTransfer.files].slice(0, input.multiple ? undefined : 1)) files.items.add(file);
    input.files = files.files;
    find("[type=submit]", form).focus();
  });
}

for (const form of all("form[data-files]")) {
  sendFiles(form);
  takeDropped(form);
}

// ---- What became of documents while one looks

const states = () => Object.fromEntries(all("[data-status]").map(({ id, dataset }) => [id, dataset.status]));
let seen = states();
document.addEventListener("replaced", () => {
  const told = all("[data-told]").filter(({ id, dataset }) => seen[id] && seen[id] !== dataset.status).map(({ dataset }) => dataset.told);
  seen = states();
  // What can still be undone is not covered by news.
  if (told.length && !find("#toast button")) toast(told.join(" "));
});

// ---- Questions with their answers

/** Sends the pairs of a list as `change` makes them of those that it has now; again where somebody else was faster. */
async function changeList(path, change) {
  for (let tries = 1; ; tries++) {
    const before = await call("GET", path);
    try {
      return await call("PUT", path, { pairs: change(before.pairs) }, { "if-match": before.etag });
    } catch (problem) {
      if (problem.status !== 412 || tries === 3) throw problem;
    }
  }
}

/** Adds pairs to the list that was chosen, or to a new one; a question that is there already gets the new answer. */
async function addPairs(form, pairs) {
  const field = (name) => form.elements.namedItem(name);
  const list = field("list").value;
  if (list === "new") {
    const fields = ["name", "location", "category"].map((name) => [name, field(name)?.value.trim()]);
    const made = await post(form, "/v1/knowledge/faqs", { ...said(Object.fromEntries(fields)), pairs });
    // What is added next goes to the same list.
    for (const select of all("select[name=list]")) {
      select.add(new Option(made.name, made.id));
      select.value = made.id;
      select.dispatchEvent(new Event("change"));
    }
    return;
  }
  const asked = new Set(pairs.map(({ question }) => question.toLowerCase()));
  const others = ({ question }) => !asked.has(question.trim().toLowerCase());
  await changeList(`/v1/knowledge/faqs/${list}`, (before) => [...before.filter(others), ...pairs]);
}

function addOne(form) {
  on(form, async () => {
    const [question, answer] = ["question", "answer"].map((name) => form.elements.namedItem(name));
    await addPairs(form, [{ question: question.value.trim(), answer: answer.value.trim() }]);
    [question.value, answer.value] = ["", ""];
    toast(form.dataset.done);
    question.focus();
  });
}

/** A text that is read while it is typed: what was understood is shown, and what was not, by its line. */
function addMany(form, readPairs) {
  const [text, count, table, wrong, add] = ["textarea", ".count", ".understood", ".wrong", "[type=submit]"].map((part) => find(part, form));
  const limits = JSON.parse(form.dataset.limits);
  let read = { pairs: [], problems: [] };

  function show() {
    read = readPairs(text.value, limits);
    const { pairs, problems } = read;
    count.textContent = text.value.trim() ? filled(form.dataset.count, pairs.length, problems.length) : "";
    table.hidden = !pairs.length;
    find("tbody", table).replaceChildren(...pairs.slice(0, 50).map(({ question, answer, line }) => {
      const row = document.createElement("tr");
      for (const [name, text] of [["td", line], ["th", question], ["td", answer]]) {
        const cell = row.appendChild(document.createElement(name));
        [cell.textContent, cell.dir] = [text, "auto"];
        if (name === "th") cell.scope = "row";
      }
      return row;
    }));
    find(".rest", table).textContent = pairs.length > 50 ? filled(form.dataset.rest, pairs.length - 50) : "";
    wrong.replaceChildren(...problems.slice(0, 50).map(({ line, why, values }) => {
      const item = document.createElement("li");
      item.textContent = filled(form.dataset.line, line) + " " + filled(form.dataset[why], ...values);
      return item;
    }));
    add.disabled = !pairs.length;
  }

  let soon;
  text.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(show, 250);
  });
  show();
  on(form, async () => {
    clearTimeout(soon);
    show();
    if (!read.pairs.length) throw new Problem(form.dataset.none, { field: text.name });
    await addPairs(form, read.pairs.map(({ question, answer }) => ({ question, answer })));
    toast(filled(form.dataset.done, read.pairs.length));
    // What was not understood stays, to be put right.
    text.value = read.problems.map(({ raw }) => raw).join("\n\n");
    show();
  });
}

/** Changes a pair of a list, which is found by the question that it has: what others changed meanwhile stays. */
function editPair(form) {
  const { edit, do: what, was, done, gone } = form.dataset;
  const [, path] = edit.split(" ");
  on(form, async () => {
    let removed, at;
    await changeList(path, (pairs) => {
      at = was === undefined ? pairs.length : pairs.findIndex(({ question }) => question === was);
      if (at < 0) throw new Problem(gone);
      removed = pairs[at];
      const field = (name) => form.elements.namedItem(name).value.trim();
      return pairs.toSpliced(at, 1, ...(what === "remove" ? [] : [{ question: field("question"), answer: field("answer") }]));
    });
    const region = form.closest("[data-fresh]");
    const undo = () => changeList(path, (pairs) => pairs.toSpliced(at, 0, removed)).then(() => showNew(find(`#${region.id}`)));
    toast(done, "done", what === "remove" ? undo : undefined);
    await showNew(form);
  });
}

for (const form of all("form[data-edit]")) editPair(form);
document.addEventListener("replaced", ({ target }) => all("form[data-edit]", target).forEach(editPair));
for (const form of all("form[data-pair]")) addOne(form);
for (const form of all("form[data-pairs]")) import("/app/pairs.js").then(({ readPairs }) => addMany(form, readPairs));

// ---- A question is tried

/** `text` with the sentence that would be quoted marked, if one would be, and what was found of the question in it. */
function marked(text, best, highlights) {
  const signs = [...text];
  const within = (at, { start, end }) => at >= start && at < end;
  const parts = [];
  signs.forEach((sign, at) => {
    const [quoted, found] = [best ? within(at, best) : false, highlights.some((span) => within(at, span))];
    const last = parts.at(-1);
    if (last?.quoted === quoted && last.found === found) last.text += sign;
    else parts.push({ quoted, found, text: sign });
  });
  let mark;
  return parts.reduce((nodes, { quoted, found, text }) => {
    const node = found ? document.createElement("strong") : document.createTextNode(text);
    if (found) node.textContent = text;
    if (!quoted) mark = undefined;
    else if (!mark) nodes.push((mark = document.createElement("mark")));
    if (mark) mark.append(node);
    else nodes.push(node);
    return nodes;
  }, []);
}

function ask(form) {
  const [verdict, list, template] = ["#verdict", "#found", "#found-one"].map((part) => find(part));
  const { from, page, none, nothing, score } = form.dataset;
  const source = ({ document, page: number, heading }) => [document.name, number && filled(page, number), heading].filter(Boolean).join(" · ");
  form.addEventListener("reset", () => {
    [verdict.textContent, verdict.dataset.kind] = ["", ""];
    list.replaceChildren();
  });
  on(form, async ({ question, location, category }) => {
    const { results, floor } = await call("POST", "/v1/knowledge/search", { question, ...said({ location, category }), limit: 5 });
    const answer = results.find((result) => result.is_answer);
    verdict.dataset.kind = answer ? "answered" : "asked";
    verdict.textContent = answer ? filled(from, source(answer)) : results.length ? none : nothing;
    list.replaceChildren(...results.map((result) => {
      const item = template.content.firstElementChild.cloneNode(true);
      const [link, meter, number, text] = ["a", "meter", ".score", ".excerpt"].map((part) => find(part, item));
      [link.textContent, link.href] = [source(result), `/app/knowledge/${result.document.id}`];
      [meter.low, meter.value] = [floor, result.score];
      number.textContent = filled(score, result.score.toFixed(2), floor.toFixed(2));
      text.append(...marked(result.text, result === answer && result.best, result.highlights));
      item.dataset.answer = String(result === answer);
      return item;
    }));
  });
}

for (const form of all("form[data-ask]")) ask(form);

// ---- What no one could answer

/** Answered or dismissed, it is gone; the focus goes to the next. */
for (const gap of all("#gaps > li")) {
  gap.addEventListener("answered", () => {
    const next = gap.nextElementSibling ?? gap.previousElementSibling;
    gap.remove();
    (next ? find("summary", next) : find("main")).focus();
    find("#no-gaps").hidden = Boolean(next);
  }, { capture: true });
}
