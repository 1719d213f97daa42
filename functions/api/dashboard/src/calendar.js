// What the calendar does beside what all pages do (app.js): it shows the free times of a day, and lets a visit be dragged to another time.

import { call, find } from "/pages/session.js";
import { later, momentOf } from "/app/app.js";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// ---- Free times

/** Fills in the free times of the chosen day; choosing one sends the form. */
function showFree(picker) {
  const [day, list, told] = ["[type=date]", "ul", "[role=status]"].map((part) => find(part, picker));
  const { form } = day;
  const set = picker.dataset;
  let asked = 0;

  function ask(from, to, limit) {
    const of = (name) => set[name] ?? form.elements.namedItem(name)?.value ?? "";
    const query = { service: of("service"), location: of("location"), moving: set.moving ?? "", limit };
    const said = Object.entries(query).filter(([, value]) => value !== "");
    const [begins, ends] = [from, to].map((date) => momentOf(`${date}T00:00`, set.zone).toISOString());
    return call("GET", `/v1/availability?${new URLSearchParams([...said, ["from", begins], ["to", ends]])}`);
  }

  function button(text, work) {
    const [line, made] = [document.createElement("li"), document.createElement("button")];
    [made.type, made.textContent] = ["button", text];
    made.addEventListener("click", work);
    line.append(made);
    return line;
  }

  function choose({ starts_at: at, resources, also_free: others }) {
    const keeps = JSON.parse(set.keeps ?? "[]");
    const can = keeps.every((id) => resources.includes(id) || others.includes(id));
    form.elements.namedItem("starts_at").value = at;
    form.elements.namedItem("resources").value = JSON.stringify(can ? keeps : []);
    form.requestSubmit();
  }

  async function show() {
    const mine = ++asked;
    if (!day.value) return;
    list.replaceChildren();
    told.textContent = "…";
    try {
      const { items, zone } = await ask(day.value, later(day.value, 1), 100);
      const next = items.length ? undefined : (await ask(day.value, later(day.value, 30), 1)).items[0];
      if (mine !== asked) return;
      const locale = document.documentElement.lang;
      const hour = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "numeric", minute: "2-digit" });
      const date = new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: "long", day: "numeric", month: "long" });
      for (const item of items) {
        const at = new Date(item.starts_at);
        const line = button(hour.format(at), () => choose(item));
        // Who named an hour alone means that hour.
        const suits = set.from && (set.until ? at >= new Date(set.from) && at < new Date(set.until) : +at === +new Date(set.from));
        line.classList.toggle("wished", Boolean(suits));
        list.append(line);
      }
      if (next) {
        const at = new Date(next.starts_at);
        list.append(button(`${set.next} ${date.format(at)}`, () => {
          day.value = at.toLocaleDateString("sv-SE", { timeZone: zone });
          show();
          day.focus();
        }));
      }
      told.textContent = items.length ? "" : set.none;
    } catch (problem) {
      if (mine === asked) told.textContent = problem.message;
    }
  }

  for (const field of [day, ...all("[data-asks]", form)]) field.addEventListener("change", show);
  form.addEventListener("answered", show);
  const fold = picker.closest("details");
  if (fold && !fold.open) fold.addEventListener("toggle", () => fold.open && show());
  else show();
}

const wire = (within) => all("[data-free]", within).forEach(showFree);
wire(document);
document.addEventListener("replaced", (event) => wire(event.target));

// ---- Dragging

/** The visit that is dragged: its page, and how far below its beginning it is held. */
let dragged;

document.addEventListener("dragstart", (event) => {
  const visit = event.target.closest?.(".visit[draggable]");
  dragged = visit && { path: find("a", visit).getAttribute("href"), held: event.clientY - visit.getBoundingClientRect().top };
});

document.addEventListener("dragover", (event) => {
  if (dragged && event.target.closest?.("[data-day]")) event.preventDefault();
});

/** Its page asks whether it is to move to where it was dropped. */
document.addEventListener("drop", (event) => {
  const place = event.target.closest?.("[data-day]");
  if (!dragged || !place) return;
  event.preventDefault();
  const lane = find(".lane", place);
  const height = parseFloat(getComputedStyle(lane).gridAutoRows);
  const row = Math.round((event.clientY - dragged.held - lane.getBoundingClientRect().top) / height);
  const minutes = Math.min(Math.max(Number(place.dataset.first) + row, 0), 95) * 15;
  const hour = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
  const query = new URLSearchParams({ to: `${place.dataset.day}T${hour}`, resource: place.dataset.resource ?? "" });
  location.assign(`${dragged.path}?${query}`);
});
