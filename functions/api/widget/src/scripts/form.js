// A form of the page, enhanced in place: problems stand below their fields, a thank-you takes the form's place. Where this
// does not run, the browser posts the form as it is.

const WORDS = __STRINGS__;

/** The words of a form's own language. */
const wordsOf = (form) => WORDS[languageOf(WORDS, form.closest("[lang]")?.lang)];

/** What a person can fill in under this name. */
const control = (form, name) => form.querySelector(`[name="${CSS.escape(name)}"]:not([type="hidden"])`);

let ids = 0;

/** The place for a problem: below the field, or above the form's button. */
function place(form, field) {
  const owner = field ?? form;
  const known = document.getElementById(owner.dataset.porchlightProblem ?? "");
  if (known) return known;
  const problem = document.createElement("p");
  ids += 1;
  problem.id = `porchlight-problem-${ids}`;
  problem.className = "porchlight-problem";
  problem.setAttribute("role", "alert");
  owner.dataset.porchlightProblem = problem.id;
  if (field) (field.closest("label") ?? field).after(problem);
  else (form.querySelector("button, [type=submit]") ?? form.lastChild).before(problem);
  return problem;
}

function tell(form, field, text) {
  place(form, field).textContent = text;
  if (!field) return;
  const problem = field.dataset.porchlightProblem;
  const described = (field.getAttribute("aria-describedby") ?? "").split(" ");
  field.setAttribute("aria-invalid", "true");
  if (!described.includes(problem)) field.setAttribute("aria-describedby", [...described, problem].join(" ").trim());
  field.focus();
}

function clear(form) {
  for (const problem of form.querySelectorAll(".porchlight-problem")) problem.textContent = "";
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}

/** A field without a label is named by what stands in it, for who does not see it. */
function label(form) {
  for (const field of form.querySelectorAll("input:not([type=hidden]), textarea, select")) {
    const isNamed = field.labels?.length || field.title || field.hasAttribute("aria-label") || field.hasAttribute("aria-labelledby");
    if (!isNamed) field.setAttribute("aria-label", field.placeholder || field.name);
  }
}

/** What the form says, as a browser would post it, with the key, the page and an id by which a repeat is known as one. */
function contents(form) {
  const said = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") said.append(name, value);
  const own = { form_key: form.dataset.key || script.dataset.key, page: page(), submission_id: form.dataset.submission };
  // The words beside a box that is ticked are the proof of what was agreed to.
  const box = control(form, "sms_consent") ?? control(form, "consent");
  if (box?.checked) own.consent_text = box.labels?.[0]?.textContent.trim();
  for (const [name, value] of Object.entries(own)) if (value && !said.get(name)) said.set(name, value);
  return said;
}

/** What is wrong, in the page's language: which field, and the name of the words for it. */
function problemOf(form, { status, field }) {
  if (status === 429) return [undefined, "busy"];
  if (status !== 400 || !field) return [undefined, "unavailable"];
  const filled = (name) => control(form, name)?.value.trim();
  if (field === "email" && !filled("email")) return [control(form, "email") ?? control(form, "phone"), "reach"];
  if (field === "message") return [control(form, field), filled(field) ? "message" : "missing"];
  return [control(form, field), field === "email" || field === "phone" ? field : "field"];
}

/** The answer's status, and the field that is to blame; nothing where no answer came. */
async function send(form) {
  const action = form.getAttribute("action");
  try {
    const address = action ? new URL(action, location.href) : host + "/webhooks/web-form";
    const answer = await fetch(address, { __proto__: null, method: "POST", body: contents(form), credentials: "omit" });
    const { field } = answer.ok ? {} : await answer.json().catch(() => ({}));
    return { status: answer.status, field };
  } catch {
    return undefined;
  }
}

async function submit(event) {
  const form = event.currentTarget;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  const words = wordsOf(form);
  form.dataset.submission ||= randomId();
  clear(form);
  form.setAttribute("aria-busy", "true");
  place(form).textContent = words.sending;
  const answer = await send(form);
  form.removeAttribute("aria-busy");
  place(form).textContent = "";
  if (answer && answer.status < 300) return thank(form, words);
  if (!answer) return tell(form, undefined, words.offline);
  const [field, name] = problemOf(form, answer);
  tell(form, field, words[name]);
}

function thank(form, words) {
  delete form.dataset.submission;
  const next = form.dataset.redirect && webAddress(form.dataset.redirect);
  if (next) return location.assign(next);
  const thanks = document.createElement("div");
  thanks.className = "porchlight-thanks";
  thanks.setAttribute("role", "status");
  thanks.tabIndex = -1;
  thanks.textContent = form.dataset.thanks || words.thanks;
  form.replaceWith(thanks);
  thanks.focus();
}

function enhance() {
  for (const form of document.querySelectorAll("form[data-porchlight-form]")) {
    label(form);
    form.addEventListener("submit", submit);
    // What was changed after a try that may have arrived is another submission.
    form.addEventListener("input", () => delete form.dataset.submission);
  }
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", enhance);
else enhance();
