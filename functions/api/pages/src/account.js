// What the pages do: each has its function at the end, under the name in `<body data-page>`.
//
// The tokens of the session are in cookies, which no script can read. What a script needs of it, the token against forged
// requests, is kept for all tabs together, because they share the cookies too. When an answer is 401 the session is
// refreshed and the request sent once more. Whatever the API says is put on the page as text, never as HTML.

const SESSION = "porchlight.session";
const NOTE = "porchlight.note";

const find = (selector, within = document) => within.querySelector(selector);
const time = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

// ---- The session

/** What the last sign-in or refresh said: `csrf`, `role` and `enrolling`; empty where nobody is signed in. */
function session() {
  try {
    return JSON.parse(localStorage.getItem(SESSION)) ?? {};
  } catch {
    return {};
  }
}

function keep({ csrf_token: csrf, role, enrolling }) {
  localStorage.setItem(SESSION, JSON.stringify({ csrf, role, enrolling }));
}

/** Goes to another page, which "back" does not undo; `note` is shown on the sign-in page, once. */
function leave(path, note = "") {
  if (path === "/sign-in") localStorage.removeItem(SESSION);
  sessionStorage.setItem(NOTE, note);
  location.replace(path);
  return new Promise(() => {});
}

/** The next pair of cookies, unless somebody got it since `used`: a refresh token that comes twice ends the session. */
function refresh(used) {
  return navigator.locks.request("porchlight.refresh", async () => {
    const { csrf } = session();
    if (csrf && csrf !== used) return;
    try {
      keep(await send("POST", "/v1/auth/refresh", {}));
    } catch (problem) {
      if (problem.status !== 401) throw problem;
      await leave("/sign-in", "Please sign in.");
    }
  });
}

// ---- The API

/** Why the API did not do what was asked: a sentence for people, and the field that is to blame, where one is. */
class Problem extends Error {
  constructor(detail, { status, field } = {}) {
    super(detail.charAt(0).toUpperCase() + detail.slice(1) + (/[.!?]$/.test(detail) ? "" : "."));
    this.status = status;
    this.field = field;
  }
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

async function send(method, path, body) {
  const headers = {};
  const { csrf } = session();
  if (csrf && method !== "GET") headers["x-csrf-token"] = csrf;
  if (body) headers["content-type"] = "application/json";
  let answer, text;
  try {
    answer = await patiently(path, { method, headers, body: body && JSON.stringify(body) });
    text = await answer.text();
  } catch {
    throw new Problem("we cannot be reached: check your connection and try again");
  }
  let said = {};
  try {
    said = text ? JSON.parse(text) : {};
  } catch {
    // Not ours: a gateway's own page. The status says enough.
  }
  if (answer.ok) return said;
  throw new Problem(said.detail ?? "this did not work: try again in a moment", { status: answer.status, field: said.field });
}

/** A request of somebody who is signed in. */
async function call(method, path, body) {
  const { csrf } = session();
  if (!csrf) await refresh(csrf);
  try {
    return await send(method, path, body);
  } catch (problem) {
    if (problem.status !== 401) throw problem;
    await refresh(csrf);
    return send(method, path, body);
  }
}

// ---- Forms

/** Does `work` with what was typed when the form is sent, one at a time, and shows what is wrong with it. */
function on(form, work) {
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
    document.getElementById(`${input.id}-problem`).textContent = problem.message;
    input.focus();
  } else {
    const known = problem instanceof Problem;
    find(".problem[role=alert]", form).textContent = known ? problem.message : "This page failed. Load it again.";
    if (!known) console.error(problem);
  }
}

/** What was typed, without the repetition of the password `name`, which must be the same. */
function chosen({ again, ...fields }, name) {
  if (again !== fields[name]) throw new Problem("the two are not the same", { field: "again" });
  return fields;
}

/** The token in the link that led here. */
const token = () => new URLSearchParams(location.search).get("token") ?? "";

/** Shows one of several parts; what is hidden is not sent either. */
function choose(shown, ...others) {
  for (const part of [shown, ...others]) part.hidden = part.disabled = part !== shown;
  find("input", shown)?.focus();
}

// ---- The ways in

function signIn() {
  const [form, code, backup] = [find("#sign-in"), find("#with-code"), find("#with-backup")];
  find("#note").textContent = sessionStorage.getItem(NOTE) ?? "";
  sessionStorage.removeItem(NOTE);
  find("#use-backup").addEventListener("click", () => choose(backup, code));
  find("#use-code").addEventListener("click", () => choose(code, backup));
  on(form, async (fields) => {
    try {
      keep(await send("POST", "/v1/auth/sign-in", { ...fields, cookies: true }));
    } catch (problem) {
      const first = problem.field === "code" && code.hidden && backup.hidden;
      if (!first) throw problem;
      return choose(code, backup);
    }
    await leave("/account");
  });
}

function accept() {
  on(find("#accept"), async (fields) => {
    await send("POST", "/v1/auth/register", { token: token(), ...chosen(fields, "password") });
    await leave("/sign-in", "You are in. Sign in with your e-mail address and password.");
  });
}

function verify() {
  on(find("#verify"), async () => {
    await send("POST", "/v1/auth/verify-email", { token: token() });
    await leave("/sign-in", "Your e-mail address is confirmed.");
  });
}

function forgot() {
  on(find("#forgot"), async (fields) => {
    await send("POST", "/v1/auth/forgot", fields);
    find("#sent").textContent = "If somebody signs in with this address, the mail is on its way. Its link is good for half an hour.";
  });
}

function reset() {
  on(find("#reset"), async (fields) => {
    await send("POST", "/v1/auth/reset", { token: token(), ...chosen(fields, "password") });
    await leave("/sign-in", "Your new password is set. Sign in with it.");
  });
}

// ---- The account

async function account() {
  onSecondFactor();
  on(find("#ask-verification"), async () => {
    await call("POST", "/v1/account/verify-email");
    find("#verification-sent").textContent = "The mail is on its way.";
  });
  on(find("#change"), async (fields) => {
    keep(await call("POST", "/v1/account/password", chosen(fields, "new_password")));
    find("#change").reset();
    find("#changed").textContent = "Your password is changed.";
    await show();
  });
  on(find("#sign-out"), async () => {
    await call("POST", "/v1/auth/sign-out");
    await leave("/sign-in", "You are signed out.");
  });
  on(find("#sign-out-everywhere"), async () => {
    await call("POST", "/v1/auth/sign-out-everywhere");
    await leave("/sign-in", "You are signed out everywhere.");
  });
  try {
    await show();
    find("#loading").hidden = true;
    find("#loaded").hidden = false;
  } catch (problem) {
    find("#loading").textContent = problem.message;
  }
}

/** Reads all and shows it. */
async function show() {
  const paths = ["/v1/account", "/v1/account/tenants", "/v1/account/sessions"];
  const [own, tenants, sessions] = await Promise.all(paths.map((path) => call("GET", path)));
  const { role, enrolling } = session();
  find("#own-name").textContent = own.name;
  find("#own-email").textContent = own.email;
  find("#own-tenant").textContent = own.tenant;
  find("#own-role").textContent = spoken(role);
  find("#enrolling").hidden = !enrolling;
  find("#unverified").hidden = Boolean(own.email_verified_at);
  showSecondFactor(own);
  const current = sessions.items.find((item) => item.current);
  const others = tenants.items.filter((item) => item.tenant !== own.tenant);
  find("#others").hidden = others.length === 0;
  find("#tenants").replaceChildren(...others.map((item) => tenantEntry(item, current)));
  find("#sessions").replaceChildren(...sessions.items.map(sessionEntry));
}

const spoken = (role = "") => role.replace("_", " ");

/** An entry of a list with its texts and what its button does, which is named for those who hear the page. */
function entry(template, texts, name, work) {
  const item = template.content.cloneNode(true);
  for (const [slot, text] of Object.entries(texts)) find(`[data-${slot}]`, item).textContent = text;
  const [form, button] = [find("form", item), find("button", item)];
  button.setAttribute("aria-label", name);
  on(form, work);
  return item;
}

function tenantEntry({ tenant, role }, current) {
  return entry(find("#tenant"), { name: tenant, role: spoken(role) }, `Enter ${tenant}`, async () => {
    keep(await call("POST", `/v1/account/tenants/${encodeURIComponent(tenant)}/enter`));
    // Its tokens are gone with the cookies: nobody can use it any more.
    if (current) await call("DELETE", `/v1/account/sessions/${encodeURIComponent(current.id)}`);
    location.reload();
  });
}

function sessionEntry({ id, device, address, tenant, refreshed_at: refreshed, current }) {
  const name = browser(device);
  const place = [tenant, address, time.format(new Date(refreshed))].filter(Boolean).join(" · ");
  const item = entry(find("#session"), { device: current ? `${name} (here)` : name, place }, `End ${name}`, async () => {
    await call("DELETE", `/v1/account/sessions/${encodeURIComponent(id)}`);
    await show();
    find("#sessions-title").focus();
  });
  if (current) find("form", item).remove();
  return item;
}

/** What a browser calls itself, in words that people know it by. */
function browser(agent) {
  const first = (names) => names.find(([mark]) => agent.includes(mark))?.[1];
  const [EDGE, OPERA, CHROME] = [["Edg/", "Edge"], ["OPR/", "Opera"], ["Chrome/", "Chrome"]];
  const name = first([EDGE, OPERA, ["Firefox/", "Firefox"], CHROME, ["Safari/", "Safari"]]);
  const apple = [["iPhone", "iPhone"], ["iPad", "iPad"], ["Mac OS X", "Mac"]];
  const system = first([...apple, ["Android", "Android"], ["Windows", "Windows"], ["Linux", "Linux"]]);
  return name && system ? `${name} on ${system}` : agent || "Unknown device";
}

// ---- The second factor

function showSecondFactor({ second_factor_since: since, backup_codes_left: left }) {
  find("#factor-since").hidden = !since;
  find("#factor-begin").hidden = Boolean(since);
  if (!since) return;
  find("#factor-since").textContent = `Set up on ${time.format(new Date(since))}. Backup codes left: ${left}.`;
}

function onSecondFactor() {
  on(find("#begin"), async (fields) => {
    const { secret, qr_svg: image } = await call("POST", "/v1/account/second-factor", fields);
    find("#qr").src = `data:image/svg+xml,${encodeURIComponent(image)}`;
    find("#secret").textContent = secret.replace(/(.{4})(?=.)/g, "$1 ");
    find("#begin").reset();
    choose(find("#factor-confirm"), find("#factor-begin"));
  });
  on(find("#confirm"), async (fields) => {
    const { backup_codes: codes } = await call("POST", "/v1/account/second-factor/confirm", fields);
    find("#backup-codes").replaceChildren(...codes.map(line));
    find("#secret").textContent = "";
    find("#qr").removeAttribute("src");
    choose(find("#factor-codes"), find("#factor-confirm"));
    find("#factor-codes").focus();
    // The tokens in use may still say that a second factor is missing.
    await refresh(session().csrf);
    await show();
  });
  find("#copy").addEventListener("click", async () => {
    const codes = [...find("#backup-codes").children].map((item) => item.textContent);
    try {
      await navigator.clipboard.writeText(codes.join("\n"));
      find("#copied").textContent = "Copied.";
    } catch {
      find("#copied").textContent = "Your browser does not let us copy them: mark them and copy them yourself.";
    }
  });
}

function line(text) {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}

const pages = {
  "sign-in": signIn,
  "accept": accept,
  "verify": verify,
  "forgot": forgot,
  "reset": reset,
  "account": account,
};
pages[document.body.dataset.page]();
