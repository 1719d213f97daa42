// What both scripts begin with. They run on other people's pages, beside libraries that give every list a `toJSON`, every
// object more properties, and bring an `Array.from` or `Object.keys` of their own. So lists are walked with `for of`,
// records are made without a prototype before they become JSON, and nothing is called that such libraries replace.

/** The element that loaded this, and where from: the API is there too. */
const script = document.currentScript ?? document.querySelector('script[src$="/__NAME__"]');
const host = new URL(script.src).origin;

/** The same value, without anything that a page has put into prototypes. */
function bare(value) {
  if (value === null || typeof value !== "object") return value;
  const copy = Array.isArray(value) ? Object.setPrototypeOf([], null) : Object.create(null);
  for (const [name, part] of Object.entries(value)) copy[name] = bare(part);
  return copy;
}

const encode = (value) => JSON.stringify(bare(value));

/** 128 random bits as 32 hexadecimal digits. */
function randomId() {
  let id = "";
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) id += (byte + 256).toString(16).slice(1);
  return id;
}

/** The language of the page where we have its words, else one that the reader prefers, else English. */
function languageOf(table, wanted) {
  for (const tag of [wanted, document.documentElement.lang, ...(navigator.languages ?? [])]) {
    const code = String(tag ?? "").toLowerCase().split("-")[0];
    if (Object.hasOwn(table, code)) return code;
  }
  return "en";
}

/** An address that a link may lead to; nothing where it is none, or would run a script. */
function webAddress(text) {
  try {
    const url = new URL(text, location.href);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : "";
  } catch {
    return "";
  }
}

/** The page without what may be about the reader. */
const page = () => location.origin + location.pathname;
