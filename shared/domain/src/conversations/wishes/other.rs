//! Times in a message besides the one that is wished for: of an appointment that there is, of a second one, of the day whose hours
//! were asked for before.

use dates::{Time, Wish};
use jiff::Timestamp;

use super::times_named;
use crate::conversations::{Conversation, Role, builtin};
use crate::tenancy::{Language, Service, Tenant};
use ::language::{Intent, Intents, OfAppointment, Words};

/// A wish may have so few words before it, without a service: "hi, Monday at 9".
const MAX_WORDS_BEFORE: usize = 2;
/// Between two times of which either will do, folded: a calendar picks one.
const EITHER: [&str; 4] = ["or", "o", "ou", "oder"];
/// Between two times that are both wished for, folded, in five languages.
const JOINS: [&str; 28] = [
    "and",
    "or",
    "then",
    "otherwise",
    "else",
    "another",
    "also",
    "y",
    "o",
    "si no",
    "tambien",
    "et",
    "ou",
    "sinon",
    "aussi",
    "a defaut",
    "und",
    "oder",
    "sonst",
    "ansonsten",
    "notfalls",
    "auch",
    "dann",
    "e",
    "senao",
    "se nao",
    "tambem",
    "caso contrario",
];

/// `said`; where two of its words do not go together, what a part of `text` says that asks for a time, or is moved to: "I can't make
/// my brushing tomorrow, is Saturday possible?"
pub(super) fn apart(
    tenant: &Tenant,
    text: &str,
    spoken: &Language,
    thread: Option<&Conversation>,
    now: Timestamp,
    said: Option<Wish>,
) -> Option<Wish> {
    let is_conflict = |wish: &Wish| wish.day.as_ref().is_some_and(|day| day.conflict);
    if !said.as_ref().is_some_and(is_conflict) {
        return said;
    }
    let read = |part: &str| super::said(tenant, part, spoken, thread, now).filter(|wish| !is_conflict(wish));
    builtin::parts_apart(text).into_iter().find_map(|part| read(part).filter(|wish| wish.day.is_some())).or(said)
}

/// Whether `text` asks which of the days of `said` is the one that is arranged on `thread`.
pub(super) fn asks_back(text: &str, said: Option<&Wish>, thread: Option<&Conversation>) -> bool {
    let arranged = thread.and_then(|thread| thread.wish.as_ref()).and_then(Wish::date);
    let named = said.and_then(|said| said.day.as_ref()).map(|day| day.dates.as_slice()).unwrap_or_default();
    let is_one_of = arranged.is_some_and(|date| named.len() > 1 && named.contains(&date));
    is_one_of && Intents::read(text).asks_to_know()
}

/// When the appointment is that the writer has already, as the message says it, where nothing of it was arranged on `thread`.
pub(super) fn own(
    tenant: &Tenant,
    text: &str,
    spoken: &Language,
    thread: Option<&Conversation>,
    now: Timestamp,
) -> Option<Wish> {
    if !builtin::has_one(text, thread) {
        return None;
    }
    let parts = builtin::existing_parts(text).into_iter().filter(|part| OfAppointment::Mine.is_in(part));
    parts.flat_map(|part| times_named(tenant, part, spoken, now)).next()
}

/// What `text` wishes for, which is `said`, and a second time besides, where it names two with their days and hours. The first counts:
/// the other is another's, another visit, or the next best.
pub(super) fn second(
    tenant: &Tenant,
    text: &str,
    spoken: &Language,
    said: Option<Wish>,
    thread: Option<&Conversation>,
    now: Timestamp,
) -> (Option<Wish>, Option<Wish>) {
    let Some(best) = said else { return (None, None) };
    let intents = Intents::read(text);
    // What the calendar is asked it answers.
    let has_calendar = tenant.services.iter().any(|service| service.booking.is_some());
    let asks_calendar = intents.is_question() && has_calendar;
    let has_wish = thread.is_some_and(|thread| thread.wish.is_some() || thread.booked.is_some());
    let is_other = has_wish || asks_calendar || builtin::corrects(text) || builtin::has_one(text, thread);
    let is_whole = |wish: &Wish| wish.date().is_some() && matches!(wish.time, Some(Time::At(_) | Time::Part(_)));
    if is_other || best.nights.is_some() || !is_whole(&best) {
        return (Some(best), None);
    }
    let mut named = times_named(tenant, text, spoken, now).into_iter().filter(is_whole);
    let Some(first) = named.next() else { return (Some(best), None) };
    // "My adjuster comes Tuesday at 3, can you do Friday at 10?" wants one.
    let before = text.get(..first.span.start).unwrap_or_default();
    let is_wanted = before.split_whitespace().count() <= MAX_WORDS_BEFORE
        || !builtin::services_meant(tenant, before).is_empty()
        || Intents::read(before).has(Intent::Book);
    let is_beside = |wish: &Wish| {
        let gap = text.get(first.span.end..wish.span.start).unwrap_or_default();
        let gap_words = Words::new(gap);
        let is_pick = has_calendar && gap_words.contains_any(&EITHER) && OfAppointment::is_all_of(gap);
        let joins = !is_pick && gap_words.contains_any(&JOINS) || !builtin::services_meant(tenant, gap).is_empty();
        is_wanted && joins && (wish.date() != first.date() || wish.time != first.time)
    };
    let second = named.find(is_beside);
    let first = if second.is_some() { Wish { choices: best.choices, ..first } } else { best };
    (Some(first), second)
}

/// Whether a calendar decides on `services`, of which none is `wanted` so far, beside what it booked on `thread`.
fn is_of_calendar(thread: Option<&Conversation>, services: &[&Service], wanted: &[&str]) -> bool {
    let is_new = |service: &&Service| service.booking.is_some() && !wanted.contains(&service.name.as_str());
    thread.is_some_and(|thread| thread.booked.is_some()) && services.iter().any(is_new)
}

/// Whether `text` asks for other services than those that are `wanted`, at a day of their own, while the wish on `thread` is whole.
pub(super) fn is_second(
    tenant: &Tenant,
    text: &str,
    said: Option<&Wish>,
    thread: Option<&Conversation>,
    wanted: &[&str],
) -> bool {
    let is_whole = |wish: &Wish| wish.day.is_some() && wish.time.is_some();
    let has_first = thread.is_some_and(|thread| thread.wish.as_ref().is_some_and(is_whole));
    if !has_first || wanted.is_empty() || said.is_none_or(|said| said.day.is_none()) || builtin::corrects(text) {
        return false;
    }
    let services = builtin::services_meant(tenant, text);
    let are_new = services.iter().all(|service| !wanted.contains(&service.name.as_str()));
    !services.is_empty() && are_new && !is_of_calendar(thread, &services, wanted)
}

/// Whether `text` says that someone else is to be seen too. Guests of a house come together.
pub(in crate::conversations) fn is_for_companion(tenant: &Tenant, text: &str) -> bool {
    !super::is_lodging(tenant) && OfAppointment::Companion.is_in(text)
}

/// Whether `text` wishes for one more appointment besides the one that is arranged or booked on `thread`.
pub(super) fn is_another(
    tenant: &Tenant,
    text: &str,
    said: Option<&Wish>,
    thread: Option<&Conversation>,
    wanted: &[&str],
) -> bool {
    let is_whole = |wish: &Wish| wish.day.is_some() && wish.time.is_some();
    let has_first = thread.is_some_and(|it| it.booked.is_some() || it.wish.as_ref().is_some_and(is_whole));
    let is_for_companion = is_for_companion(tenant, text) && !OfAppointment::Instead.is_in(text);
    let names_one = said.is_some_and(|said| said.day.is_some() || is_for_companion && said.time.is_some());
    let is_second =
        has_first && names_one && (is_for_companion || OfAppointment::Another.is_in(text)) && !builtin::corrects(text);
    is_second && !is_of_calendar(thread, &builtin::services_meant(tenant, text), wanted)
}

/// What was wished for before, on the day whose opening hours were asked for right before, where `said` is an hour alone at which they
/// are open then: "Are you open on Monday?", then "a cleaning at 10".
pub(super) fn day_asked(
    tenant: &Tenant,
    spoken: &Language,
    said: Option<&Wish>,
    thread: Option<&Conversation>,
    now: Timestamp,
) -> Option<Wish> {
    let thread = thread.filter(|thread| thread.wish.is_none() || !super::is_lodging(tenant))?;
    let said = said.filter(|said| said.day.is_none() && said.time.is_some())?;
    let line = thread.recent.iter().rev().find(|line| line.role == Role::Customer)?;
    let asked = super::said(tenant, &line.text, spoken, None, now).filter(|wish| wish.date().is_some())?;
    if !builtin::is_about_hours(&line.text, None) {
        return None;
    }
    let asked = Wish { time: None, ..asked };
    let Some(known) = &thread.wish else { return Some(asked) };
    let day = known.completed_by(&asked, super::local(tenant, now));
    let whole = day.completed_by(said, super::local(tenant, now));
    super::visit(tenant, &whole, now).problem.is_none().then_some(day)
}
