// What the pages do: each has its function at the end, under the name in `<body data-page>`.

import { NOTE, Problem, call, find, home, keep, leave, on, refresh, say, send, session, tell, time } from "/pages/session.js";

/** What was typed, without the repetition of the password `name`, which must be the same. */
function chosen({ again, ...fields }, name) {
  if (again !== fields[name]) throw new Problem(say("not_same"), { field: "again" });
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
      const first = problem.code === "second_factor_needed" && code.hidden && backup.hidden;
      if (!first) throw problem;
      return choose(code, backup);
    }
    await leave(home());
  });
}

function accept() {
  on(find("#accept"), async (fields) => {
    await send("POST", "/v1/auth/register", { token: token(), ...chosen(fields, "password") });
    await leave("/sign-in", say("joined"));
  });
}

function verify() {
  on(find("#verify"), async () => {
    await send("POST", "/v1/auth/verify-email", { token: token() });
    await leave("/sign-in", say("confirmed"));
  });
}

function forgot() {
  on(find("#forgot"), async (fields) => {
    await send("POST", "/v1/auth/forgot", fields);
    find("#sent").textContent = say("reset_sent");
  });
}

function reset() {
  on(find("#reset"), async (fields) => {
    await send("POST", "/v1/auth/reset", { token: token(), ...chosen(fields, "password") });
    await leave("/sign-in", say("reset"));
  });
}

// ---- The account

async function account() {
  onSecondFactor();
  on(find("#rename"), async (fields) => {
    const { etag } = await call("GET", "/v1/account");
    await call("PATCH", "/v1/account", fields, { "if-match": etag });
    find("#renamed").textContent = say("renamed");
    await show();
  });
  on(find("#ask-verification"), async () => {
    await call("POST", "/v1/account/verify-email");
    find("#verification-sent").textContent = say("mail_sent");
  });
  on(find("#change"), async (fields) => {
    keep(await call("POST", "/v1/account/password", chosen(fields, "new_password")));
    find("#change").reset();
    find("#changed").textContent = say("password_changed");
    await show();
  });
  on(find("#sign-out"), async () => {
    await call("POST", "/v1/auth/sign-out");
    await leave("/sign-in", say("signed_out"));
  });
  on(find("#sign-out-everywhere"), async () => {
    await call("POST", "/v1/auth/sign-out-everywhere");
    await leave("/sign-in", say("signed_out_everywhere"));
  });
  try {
    await show();
    find("#loading").hidden = true;
    find("#loaded").hidden = false;
  } catch (problem) {
    tell(find("#loading"), problem);
  }
}

/** Reads all and shows it. */
async function show() {
  const paths = ["/v1/account", "/v1/account/tenants", "/v1/account/sessions"];
  const [own, tenants, sessions] = await Promise.all(paths.map((path) => call("GET", path)));
  const { role, enrolling } = session();
  find("#own-name").textContent = own.name;
  find("#rename-name").value = own.name;
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

const spoken = (role = "") => say(role);

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
  return entry(find("#tenant"), { name: tenant, role: spoken(role) }, say("enter", tenant), async () => {
    keep(await call("POST", `/v1/account/tenants/${encodeURIComponent(tenant)}/enter`));
    // Its tokens are gone with the cookies: nobody can use it any more.
    if (current) await call("DELETE", `/v1/account/sessions/${encodeURIComponent(current.id)}`);
    location.reload();
  });
}

function sessionEntry({ id, device, address, tenant, refreshed_at: refreshed, current }) {
  const name = browser(device);
  const place = [tenant, address, time.format(new Date(refreshed))].filter(Boolean).join(" · ");
  const item = entry(find("#session"), { device: current ? say("here", name) : name, place }, say("end", name), async () => {
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
  return name && system ? `${name}, ${system}` : agent || say("unknown_device");
}

// ---- The second factor

function showSecondFactor({ second_factor_since: since, backup_codes_left: left }) {
  find("#factor-since").hidden = !since;
  find("#factor-begin").hidden = Boolean(since);
  find("#factor-manage").hidden = !since;
  if (!since) return;
  find("#factor-since").textContent = say("factor_since", time.format(new Date(since)), left);
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
    const codes = await call("POST", "/v1/account/second-factor/confirm", fields);
    find("#secret").textContent = "";
    find("#qr").removeAttribute("src");
    find("#factor-confirm").hidden = true;
    showCodes(codes);
    // The tokens in use may still say that a second factor is missing.
    await refresh(session().csrf);
    await show();
  });
  on(find("#renew"), async (fields) => {
    showCodes(await proven("/v1/account/second-factor/backup-codes", fields));
    find("#renew").reset();
    await show();
  });
  on(find("#remove"), async (fields) => {
    await proven("/v1/account/second-factor/remove", fields);
    find("#remove").reset();
    find("#factor-codes").hidden = true;
    find("#factor-removed").textContent = say("factor_removed");
    // What the role demands may be missing from now on.
    await refresh(session().csrf);
    await show();
    find("#factor-title").focus();
  });
  find("#copy").addEventListener("click", async () => {
    const codes = [...find("#backup-codes").children].map((item) => item.textContent);
    try {
      await navigator.clipboard.writeText(codes.join("\n"));
      find("#copied").textContent = say("copied");
    } catch {
      find("#copied").textContent = say("not_copied");
    }
  });
}

function showCodes({ backup_codes: codes }) {
  find("#backup-codes").replaceChildren(...codes.map(line));
  find("#copied").textContent = find("#factor-removed").textContent = "";
  find("#factor-codes").hidden = false;
  find("#factor-codes").focus();
}

/** A call that takes the password and a code, of the app or one of the backup codes. */
async function proven(path, { password, code }) {
  const isOfApp = /^\d{6}$/.test(code.trim());
  try {
    return await call("POST", path, { password, [isOfApp ? "code" : "backup_code"]: code.trim() });
  } catch (problem) {
    if (problem.field === "backup_code") problem.field = "code";
    throw problem;
  }
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
