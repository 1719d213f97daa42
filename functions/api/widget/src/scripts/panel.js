// What is seen: a launcher, and a panel with the talk. All of it stands in a shadow root of its own, under a style sheet that
// a strict policy lets through, because it is made and not written into the page.

const WORDS = __STRINGS__;
const STYLE = __STYLE__;
const options = script.dataset;
const language = languageOf(WORDS, options.lang);
const words = WORDS[language];
const clock = new Intl.DateTimeFormat(language, { __proto__: null, hour: "numeric", minute: "2-digit" });
const calendar = new Intl.DateTimeFormat(language, { __proto__: null, dateStyle: "medium" });
/** For so long somebody who wrote sees that an answer is being written, and that their message has arrived. */
const [TYPING_MS, ARRIVED_MS] = [30_000, 600_000];
/** Where the panel takes the whole window. */
const narrow = matchMedia("(max-width: 480px), (max-height: 480px)");
const dark = matchMedia("(prefers-color-scheme: dark)");

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function icon(path) {
  const space = "http://www.w3.org/2000/svg";
  const [svg, line] = [document.createElementNS(space, "svg"), document.createElementNS(space, "path")];
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true" })) svg.setAttribute(name, value);
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

// ---- Colours

/** The business's colour and black or white on it, whichever is easier to read. */
function colours() {
  const given = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(options.colour ?? "") ? options.colour : "#92400e";
  const digits = given.length === 4 ? given.replace(/[^#]/g, "$&$&") : given;
  const light = (from) => {
    const part = parseInt(digits.slice(from, from + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * light(1) + 0.7152 * light(3) + 0.0722 * light(5);
  return `:host { --brand: ${digits}; --on-brand: ${luminance > 0.179 ? "#000" : "#fff"}; }`;
}

// ---- What there is

const badge = make("span", { class: "badge", "aria-hidden": "true" });
const launcher = make("button", { class: "launcher", type: "button", "aria-haspopup": "dialog" }, badge);
launcher.prepend(icon("M4 4h16a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H9l-5 4V5a1 1 0 0 1 0-1z"));
const heading = make("h2", { id: "title" }, options.title || words.title);
const close = make("button", { class: "close", type: "button", "aria-label": words.close }, icon("M6 6l12 12M18 6L6 18"));
const log = make("div", { class: "log", role: "log", tabindex: "0", "aria-label": words.log, "aria-live": "off", "aria-relevant": "additions" });
const greeting = make("p", { class: "from-us" }, options.greeting || words.greeting);
log.append(greeting);
const status = make("p", { class: "status", role: "status" });
const field = make("textarea", { id: "text", rows: "2", maxlength: "4000", placeholder: words.placeholder, enterkeyhint: "send" });
const send = make("button", { class: "send", type: "submit", "aria-label": words.send }, icon("M4 12l16-8-5 17-3-7z"));
const picker = make("input", { type: "file", accept: "image/*,application/pdf,video/mp4", hidden: "" });
const clip = make("button", { class: "clip", type: "button", "aria-label": words.attach }, icon("M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 5 5l-8.5 8.5a1.7 1.7 0 0 1-2.5-2.5L15 7"));
const label = make("label", { for: "text", class: "hidden" }, words.placeholder);
const form = make("form", {}, label, picker, clip, field, send);
const consent = make("p", { class: "consent" }, options.consent || words.consent);
const privacy = options.privacy && webAddress(options.privacy);
if (privacy) consent.append(" ", make("a", { href: privacy, target: "_blank", rel: "noopener" }, words.privacy));
const panel = make("div", { class: "panel", role: "dialog", "aria-labelledby": "title", lang: language });
panel.append(make("header", {}, heading, close), log, status, form, consent);
panel.hidden = true;

// ---- A message

/** The text, with its web addresses as links. */
function prose(text) {
  const paragraph = make("p", { dir: "auto" });
  let from = 0;
  for (const match of text.matchAll(/https?:\/\/[^\s<>"]+[^\s<>"'.,;:!?)\]]/g)) {
    paragraph.append(text.slice(from, match.index), make("a", { href: match[0], target: "_blank", rel: "noopener noreferrer nofollow" }, match[0]));
    from = match.index + match[0].length;
  }
  paragraph.append(text.slice(from));
  return paragraph;
}

/** What is shown of each message: its element, and the line below it. */
const shown = new Map();

function show(entry) {
  const isOurs = entry.from === "customer";
  const author = isOurs ? words.you : entry.from === "staff" ? words.staff : words.assistant;
  const foot = make("p", { class: "foot" });
  const bubble = make("div", { class: isOurs ? "from-visitor" : "from-us" });
  bubble.append(make("p", { class: isOurs ? "hidden" : "author" }, author));
  if (entry.text) bubble.append(prose(entry.text));
  if (entry.file) bubble.append(make("p", { dir: "auto" }, entry.file === true ? words.file : `${words.file}: ${entry.file}`));
  for (const { name, address } of entry.files ?? []) {
    const link = make("a", { href: host + address, target: "_blank", rel: "noopener noreferrer nofollow" }, name);
    bubble.append(make("p", { dir: "auto" }, link));
  }
  log.append(bubble, foot);
  shown.set(entry.id, { entry, foot });
  update(entry);
}

/** The time, and the day where it is another one. */
function moment(at) {
  const day = calendar.format(at);
  return day === calendar.format(Date.now()) ? clock.format(at) : `${day}, ${clock.format(at)}`;
}

function update(entry) {
  const { foot } = shown.get(entry.id);
  shown.get(entry.id).entry = entry;
  const at = make("time", { datetime: new Date(entry.at).toISOString() }, moment(entry.at));
  foot.className = entry.from === "customer" ? "foot own" : "foot";
  foot.replaceChildren(at);
  if (!entry.state) return;
  const state = entry.state === "waiting" ? (trouble ? "queued" : "sending") : entry.state;
  foot.append(" · ", words[state]);
  if (state !== "failed") return;
  const again = make("button", { type: "button", class: "again" }, words.retry);
  again.addEventListener("click", () => {
    field.focus();
    retry(entry.id);
  });
  foot.append(" ", again);
}

// ---- The whole

/** What a failure of the last request lets the reader know. */
let shownTrouble = "";

function render() {
  const isSeen = isOpen && !document.hidden;
  const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  const before = shown.size;
  draw();
  if (shown.size > before && (isAtEnd || last()?.from === "customer")) log.scrollTop = log.scrollHeight;
  // What was said before is not read out; what comes from now on is.
  if (isSeen && !polling) log.setAttribute("aria-live", "polite");
  const isTyping = !trouble && (typing || arrived(TYPING_MS));
  const line = trouble ? words[trouble] : isTyping ? words.typing : arrived(ARRIVED_MS) ? words.arrived : "";
  if (status.textContent !== line) status.textContent = line;
  status.className = isTyping ? "status typing" : "status";
  if (isSeen) see();
  const count = unread();
  badge.textContent = count > 9 ? "9+" : count || "";
  badge.hidden = count === 0;
  const name = isOpen ? words.close : count ? words.unread.split("{}").join(count) : words.open;
  launcher.setAttribute("aria-label", name);
}

/** Brings the messages on the page up to date. */
function draw() {
  const told = trouble !== shownTrouble;
  shownTrouble = trouble;
  // The history came after what was typed meanwhile: both again, in their order.
  const [first] = entries.keys();
  if (shown.size && shown.keys().next().value !== first) {
    shown.clear();
    log.replaceChildren(greeting);
  }
  for (const entry of entries.values()) {
    const known = shown.get(entry.id);
    if (!known) show(entry);
    else if (known.entry !== entry || (told && entry.state === "waiting")) update(entry);
  }
}

function open() {
  isOpen = true;
  misses = 0;
  if (trouble === "unavailable") trouble = "";
  arrange();
  render();
  log.scrollTop = log.scrollHeight;
  field.focus();
  flush();
  wake();
}

function shut() {
  isOpen = false;
  log.setAttribute("aria-live", "off");
  arrange();
  render();
  launcher.focus();
}

function arrange() {
  panel.hidden = !isOpen;
  launcher.setAttribute("aria-expanded", String(isOpen));
  launcher.hidden = isOpen && narrow.matches;
  panel.classList.toggle("whole", narrow.matches);
  // Beside a panel that takes the window there is nothing to go to; beside any other there is the page.
  if (narrow.matches) panel.setAttribute("aria-modal", "true");
  else panel.removeAttribute("aria-modal");
}

function submit() {
  const text = field.value.trim();
  if (!text) return;
  field.value = "";
  say(text);
  field.focus();
}

function typed(event) {
  // The page's own shortcuts are not meant.
  event.stopPropagation();
  if (event.type !== "keydown" || event.isComposing) return;
  if (event.key === "Escape") shut();
  else if (event.key === "Enter" && !event.shiftKey && event.target === field) {
    event.preventDefault();
    submit();
  } else if (event.key === "Tab" && narrow.matches) stay(event);
}

/** Keeps the focus in a panel that covers the page. */
function stay(event) {
  const stops = [...panel.querySelectorAll("button, a, textarea, [tabindex]")];
  const [first, end] = [stops[0], stops[stops.length - 1]];
  const leaves = event.shiftKey ? first : end;
  if (event.target !== leaves) return;
  event.preventDefault();
  (event.shiftKey ? end : first).focus();
}

function start() {
  const element = document.createElement("porchlight-chat");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE + colours());
  const root = element.attachShadow({ __proto__: null, mode: "open" });
  root.adoptedStyleSheets = [sheet];
  const ground = make("div", { class: options.position === "left" ? "ground left" : "ground" }, panel, launcher);
  const tint = () => ground.classList.toggle("dark", options.scheme ? options.scheme === "dark" : dark.matches);
  root.append(ground);
  launcher.addEventListener("click", () => (isOpen ? shut() : open()));
  close.addEventListener("click", shut);
  clip.addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => {
    for (const file of picker.files) attach(file);
    picker.value = "";
    field.focus();
  });
  for (const kind of ["keydown", "keypress", "keyup"]) panel.addEventListener(kind, typed);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  narrow.addEventListener("change", arrange);
  dark.addEventListener("change", tint);
  tint();
  arrange();
  changed = render;
  listen();
  render();
  document.body.append(element);
}

if (KEY && !document.querySelector("porchlight-chat")) {
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
}
