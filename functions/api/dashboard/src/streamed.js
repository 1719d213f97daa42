// Hears a suggested reply while it is written: a ticket of the API, then server-sent events from another address.

import { Problem, call, say } from "/pages/session.js";

/** How often a line that broke is opened again. */
const TRIES = 3;
/** How long an answer may take to begin, and how long it may be silent, in milliseconds: a remark comes every ten seconds. */
const [BEGINS, SILENT] = [5000, 25000];

/** Takes bytes as they come, gives whole events: `name`, `id`, `data`. */
export function events() {
  let rest = "";
  return (text) => {
    const blocks = (rest + text).split("\n\n");
    rest = blocks.pop();
    return blocks.flatMap((block) => {
      const fields = Object.fromEntries(block.split("\n").map((line) => [line.split(":", 1)[0], line.slice(line.indexOf(":") + 1).trim()]));
      return fields.event ? [{ name: fields.event, id: fields.id, data: JSON.parse(fields.data) }] : [];
    });
  };
}

/** One try, which `trying` ends: tells `hear` each event, and `answered` that it is heard there; what ended it, or nothing where the line
 *  broke. */
async function listen({ url, ticket }, last, trying, hear, answered) {
  const headers = { authorization: `Bearer ${ticket}`, ...(last && { "last-event-id": last }) };
  let silence;
  const wait = (time) => {
    clearTimeout(silence);
    silence = setTimeout(() => trying.abort(), time);
  };
  try {
    wait(BEGINS);
    const answer = await fetch(url, { headers, signal: trying.signal });
    if (!answer.ok) throw new Problem(say("not_now"), { status: answer.status });
    answered();
    const [reader, next] = [answer.body.pipeThrough(new TextDecoderStream()).getReader(), events()];
    for (;;) {
      wait(SILENT);
      const { done, value } = await reader.read();
      if (done) return undefined;
      for (const event of next(value)) {
        hear(event);
        if (event.name === "done" || event.name === "error") return event;
      }
    }
  } finally {
    clearTimeout(silence);
  }
}

/**
 * Has a reply proposed as `wanted`, and shows what is heard of it by `show`; gives the suggestion, and whether it is `replaced`: not what was
 * shown. `undefined`: it cannot be heard here, and the address did not answer, so it may be had whole. `stopping` is told how to stop it.
 */
export async function hearSuggestion(path, wanted, show, stopping) {
  const ticket = await call("POST", path, wanted).catch((problem) => {
    if (problem.status !== 404) throw problem;
  });
  if (!ticket) return undefined;
  let [last, heard, isAnswered, isStopped] = ["", "", false, false];
  let trying;
  const cancel = () => {
    const headers = { authorization: `Bearer ${ticket.ticket}` };
    return fetch(ticket.url, { method: "DELETE", headers, keepalive: true, signal: AbortSignal.timeout(BEGINS) }).catch(() => {});
  };
  // No server notices that a page is closed: it says so.
  addEventListener("pagehide", cancel);
  stopping(() => {
    isStopped = true;
    trying?.abort();
    return cancel();
  });
  const hear = ({ name, id, data }) => {
    last = id;
    if (name === "tool" && data.state === "started") heard = "";
    if (name === "token") heard += data.text;
    show(heard);
  };
  try {
    for (let tries = 1; tries <= TRIES && !isStopped; tries++) {
      trying = new AbortController();
      const end = await listen(ticket, last, trying, hear, () => (isAnswered = true)).catch((problem) => {
        if (problem instanceof Problem && isAnswered) throw problem;
        // The address cannot be reached, or the line is dead.
      });
      if (isStopped) break;
      if (end?.name === "error") throw new Problem(end.data.message, { code: end.data.code });
      if (end) return { ...end.data.suggestion, replaced: end.data.replaced };
      await new Promise((wake) => setTimeout(wake, 300 * tries));
    }
    if (isStopped) return {};
    // Where it answered, a model may have been asked, though nothing came of it here: then it is not asked again unasked.
    if (isAnswered) throw new Problem(say("unreachable"));
    await cancel();
    return undefined;
  } finally {
    removeEventListener("pagehide", cancel);
    show("");
  }
}
