// Hears a suggested reply while it is written: a ticket of the API, then server-sent events from another address.

import { Problem, call, say } from "/pages/session.js";

/** How often a line that broke is opened again. */
const TRIES = 3;

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

/** One try: tells `hear` each event; what ended it, or nothing where the line broke. */
async function listen({ url, ticket }, last, signal, hear) {
  const headers = { authorization: `Bearer ${ticket}`, ...(last && { "last-event-id": last }) };
  const answer = await fetch(url, { headers, signal });
  if (!answer.ok) throw new Problem(say("not_now"), { status: answer.status });
  const [reader, next] = [answer.body.pipeThrough(new TextDecoderStream()).getReader(), events()];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return undefined;
    for (const event of next(value)) {
      hear(event);
      if (event.name === "done" || event.name === "error") return event;
    }
  }
}

/**
 * Has a reply proposed as `wanted`, and shows what is heard of it by `show`; gives the suggestion. `undefined`: it cannot be heard here, and
 * nothing was asked of a model, so it may be had whole. `stopping` is told how to stop it.
 */
export async function hearSuggestion(path, wanted, show, stopping) {
  const ticket = await call("POST", path, wanted).catch((problem) => {
    if (problem.status !== 404) throw problem;
  });
  if (!ticket) return undefined;
  let [last, heard] = ["", ""];
  const hanging = new AbortController();
  const cancel = () => fetch(ticket.url, { method: "DELETE", headers: { authorization: `Bearer ${ticket.ticket}` }, keepalive: true }).catch(() => {});
  // No server notices that a page is closed: it says so.
  addEventListener("pagehide", cancel);
  stopping(() => {
    hanging.abort();
    return cancel();
  });
  const hear = ({ name, id, data }) => {
    last = id;
    if (name === "tool" && data.state === "started") heard = "";
    if (name === "token") heard += data.text;
    show(heard);
  };
  try {
    for (let tries = 1; tries <= TRIES; tries++) {
      const end = await listen(ticket, last, hanging.signal, hear).catch((problem) => {
        if (problem.name === "AbortError") return { name: "stopped" };
        if (problem instanceof Problem && last) throw problem;
        // The address cannot be reached.
        return undefined;
      });
      if (end?.name === "stopped") return {};
      if (end?.name === "error") throw new Problem(end.data.message);
      if (end) return end.data.suggestion;
      await new Promise((wake) => setTimeout(wake, 300 * tries));
    }
    // A model may have been asked: then it is not asked again unasked.
    if (last) throw new Problem(say("unreachable"));
    await cancel();
    return undefined;
  } finally {
    removeEventListener("pagehide", cancel);
    show("");
  }
}
