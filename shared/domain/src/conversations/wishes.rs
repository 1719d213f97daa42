//! When somebody would like to come: read from each message, kept in the thread, and made a day and an hour of by the
//! business's opening hours. No model does this: what one proposes is read by the same rules.

mod choice;
mod other;
mod remark;
mod second;
mod stay;

use dates::{Day, Hours, LastQuestion, Named, Resolved, Today, Wish};
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::{Conversation, Question, builtin, calls};
use crate::leads::RequestedVisit;
use crate::tenancy::{Language, Span, Tenant};
use ::language::{Intent, Intents, OfAppointment, Words};

pub(super) use other::is_for_companion;
pub(super) use remark::is_plain;
pub(super) use stay::{blank, is_lodging, is_stay};

/// A business's opening hours, as a wish is held against them.
struct Opening<'a>(&'a Tenant);

impl Hours for Opening<'_> {
    fn open_on(&self, date: Date) -> Vec<(Time, Time)> {
        let spans = self.0.hours.spans_on(date).iter();
        spans
            .map(|span| {
                // Until after midnight, or all day.
                let close = if span.close <= span.open { Time::midnight() } else { span.close };
                let open = if span.close == span.open { Time::midnight() } else { span.open };
                (open, close)
            })
            .collect()
    }
}

/// With these a bare hour is asked for in a clause of its own, folded.
const ASKS: [&str; 5] = ["can we", "can i", "could we", "could i", "make it"];
/// "The second one please", "the day before": nothing else is said in so few words.
const MAX_WORDS_OF_PLACE: usize = 4;

/// Before the hour at which the work is over, folded, in five languages.
const READY_BY: [&str; 24] = [
    "done by",
    "done before",
    "ready by",
    "ready before",
    "ready at",
    "finished by",
    "finished before",
    "back by",
    "listo para",
    "lista para",
    "listo antes",
    "lista antes",
    "terminado antes",
    "pret avant",
    "prete avant",
    "pret pour",
    "fini avant",
    "termine avant",
    "fertig bis",
    "fertig um",
    "fertig vor",
    "pronto ate",
    "pronta ate",
    "pronto antes",
];

/// What stands before an hour, folded, and before no count.
const AT: [&str; 8] = ["at", "a las", "a la", "as", "a", "um", "gegen", "around"];

/// The business's own time.
fn local(tenant: &Tenant, now: Timestamp) -> DateTime {
    now.to_zoned(tenant.time_zone()).datetime()
}

fn language(code: &Language) -> dates::Language {
    dates::Language::from_code(code.as_str()).unwrap_or(dates::Language::En)
}

/// When somebody would like to come, as one message says it: read once a turn, and handed on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct When {
    /// What the message says.
    pub said: Option<Wish>,
    /// With what was said before. A question about opening hours changes nothing of it.
    pub wish: Option<Wish>,
    /// What the message says of when, where it is of something besides what is wished for: a massage during a stay, another service
    /// at its own time. The wish is as it was.
    pub besides: Option<Wish>,
    /// A second time that the message names besides: "Monday at 9, and Friday at 10 for my wife", or as the next best.
    pub second: Option<Wish>,
    /// Whether the message says when one is that its writer has already, and nothing of it was arranged in this talk.
    pub has_one: bool,
    /// Whether the message asks which day theirs is: "is that the 4th or the 11th?" It wishes for none.
    pub asks_back: bool,
    /// Whether the message says that its writer comes later than agreed, and wishes for nothing.
    pub is_late: bool,
    /// The start of the visit today that they are late for, where one is known.
    pub late_for: Option<Timestamp>,
}

impl When {
    /// Reads `text`, written in the language `spoken`, on `thread`, by somebody who wants the services `wanted` so far and has
    /// `visits` ahead, as far as they are known.
    #[must_use]
    pub fn read(
        tenant: &Tenant,
        text: &str,
        spoken: &Language,
        thread: Option<&Conversation>,
        wanted: &[&str],
        visits: &[Timestamp],
        now: Timestamp,
    ) -> Self {
        let (text, part) = if is_lodging(tenant) { stay::parted(tenant, text) } else { (text, None) };
        let is_no_wish = calls::is_no_wish(tenant, text, thread);
        let parts = if is_no_wish { Vec::new() } else { builtin::wish_parts(text, thread) };
        let read = |part: &str| {
            let kept = remark::left_out(tenant, part, thread, local(tenant, now).date(), |clause| {
                said(tenant, clause, spoken, thread, now)
            });
            // "My wife has that day off, so can we do 12?"
            let asks =
                |clause: &&str| remark::is_bare(tenant, clause, thread) && Words::new(clause).contains_any(&ASKS);
            let bare =
                || builtin::clauses(&kept).filter(asks).find_map(|clause| said(tenant, clause, spoken, thread, now));
            said(tenant, &kept, spoken, thread, now)
                .or_else(bare)
                .filter(|wish| !is_until_then(tenant, part, wish, thread, visits))
        };
        let said = parts.into_iter().find_map(read);
        let said = said.map(|wish| choice::earliest(tenant, wish, now));
        let known = thread.and_then(|thread| thread.wish.as_ref()).filter(|_| !choice::is_of_times(thread));
        let said = known.and_then(|known| choice::of(text, spoken, known, said.as_ref())).or(said);
        let said = other::apart(tenant, text, spoken, thread, now, said);
        let own = other::own(tenant, text, spoken, thread, now);
        let has_one = own.is_some();
        let said = match (said, own) {
            (Some(said), Some(own)) => Some(own.completed_by(&said, local(tenant, now))),
            (said, _) => said,
        };
        if other::asks_back(text, said.as_ref(), thread) {
            let wish = thread.and_then(|thread| thread.wish.clone());
            return Self { wish, asks_back: true, ..Self::default() };
        }
        let (said, second) = other::second(tenant, text, spoken, said, thread, now);
        let named = builtin::services_meant(tenant, text);
        let of: Vec<&str> = named.iter().map(|service| service.name.as_str()).collect();
        let of = if of.is_empty() { wanted } else { of.as_slice() };
        let said = said.map(|wish| stay::at_dinner(tenant, wish, of.iter().copied()));
        let again = second::changed(tenant, text, spoken, thread, said.as_ref(), now);
        let day = other::day_asked(tenant, spoken, said.as_ref(), thread, now);
        let before = day.as_ref().or_else(|| thread.and_then(|thread| thread.wish.as_ref()));
        let is_besides = again.is_some()
            || match stay::is_arranged(tenant, thread, wanted) {
                true => stay::is_besides(tenant, text, said.as_ref()),
                false => {
                    other::is_second(tenant, text, said.as_ref(), thread, wanted)
                        || other::is_another(tenant, text, said.as_ref(), thread, wanted)
                }
            };
        if is_besides {
            // "Could my brother come after me, 7:15?" is on the same day.
            let is_same_day = is_for_companion(tenant, text);
            let other = said.map(|said| match before.filter(|_| is_same_day && said.day.is_none()) {
                Some(before) => before.completed_by(&said, local(tenant, now)),
                None => said,
            });
            return Self { wish: before.cloned(), besides: again.or(other), ..Self::default() };
        }
        let besides = part.and_then(|part| second::of(tenant, part, spoken, now));
        let besides = besides.map(|wish| stay::on_day_of(said.as_ref(), wish));
        let later = said.as_ref().filter(|_| !builtin::is_about_hours(text, thread));
        let wish = together(tenant, before, later, now);
        let wish = wish.map(|wish| on_the_next_day(tenant, wish, thread, now));
        Self { wish, said, besides, second, has_one, ..Self::default() }
    }

    /// The same where it may say instead that the writer comes late, or at about which hour, for their next visit, which begins at
    /// `visit` where one is known. Whoever names another day wishes for that.
    #[must_use]
    pub fn unless_late(
        self,
        tenant: &Tenant,
        text: &str,
        spoken: &Language,
        visit: Option<Timestamp>,
        thread: &Conversation,
        now: Timestamp,
    ) -> Self {
        let date = |at: Timestamp| at.to_zoned(tenant.time_zone()).date();
        let said = self.said.as_ref().or(self.besides.as_ref());
        let is_of = |date: Date| said.and_then(|said| said.day.as_ref()).is_none_or(|day| day.dates.contains(&date));
        let is_late = is_of(date(now)) && builtin::runs_late(text, spoken.as_str());
        let comes_near = |visit: Timestamp| {
            let is_near = said.is_some_and(|said| remark::is_near(said.time, local(tenant, visit).time()));
            is_near && is_of(date(visit)) && builtin::tells_arrival(text, spoken.as_str())
        };
        if !is_late && !visit.is_some_and(comes_near) {
            return self;
        }
        let late_for = visit.filter(|visit| date(*visit) == date(now));
        Self { wish: thread.wish.clone(), is_late: true, late_for, ..Self::default() }
    }
}

/// What `text` says of when; `None` where it says nothing of it. Read in the customer's language and in the business's: the one
/// that says more counts, of equals the customer's.
fn said(tenant: &Tenant, text: &str, spoken: &Language, thread: Option<&Conversation>, now: Timestamp) -> Option<Wish> {
    // A number to dial in words has hours in it: "uno dos cuarenta y cinco"; and a price by the night is no evening.
    let written = builtin::written(text);
    let text = &*builtin::details::without_cards(&written, &tenant.region);
    let (is_bare, is_priced) = (remark::is_bare(tenant, text, thread), remark::prices_a_count(text));
    let is_open = |wish: &Wish| !matches!(wish.time, Some(dates::Time::At(_)));
    let lacks_hour = |thread: &Conversation| thread.wish.as_ref().is_some_and(is_open);
    let has_day =
        |thread: &Conversation| thread.wish.as_ref().is_some_and(|wish| wish.day.is_some() && wish.nights.is_none());
    let asked = match thread.and_then(|thread| thread.asked.as_ref()) {
        Some(
            Question::BookingTime
            | Question::Timeline
            | Question::Hour
            | Question::Day
            | Question::Departure
            | Question::Waitlist,
        ) => LastQuestion::When,
        // "Tomorrow afternoon", and after a question who they are or what they need: "ok, 3".
        Some(Question::Contact | Question::Name | Question::Service | Question::Location)
            if thread.is_some_and(lacks_hour) =>
        {
            LastQuestion::When
        }
        // "Noted for Friday morning": "9 works".
        None if thread.is_some_and(|thread| lacks_hour(thread) && has_day(thread)) => LastQuestion::When,
        // "11", "no, 10", "ok 8 then", where an hour is known.
        _ if is_bare => LastQuestion::When,
        // "Can I bring it earlier, like 9?"
        _ if thread.is_some_and(|thread| thread.wish.is_some()) && is_other_time(text) => LastQuestion::When,
        _ => LastQuestion::Nothing,
    };
    let month_first = tenant.writes_month_first() && spoken.as_str() == "en";
    let today = Today { now: local(tenant, now), month_first, asked };
    let before = thread.filter(|_| asked == LastQuestion::Nothing || is_bare).and_then(|thread| thread.wish.as_ref());
    let theirs = |text: &str| dates::read_best(text, language(spoken), &today);
    let text = before.and_then(|before| remark::behind_no(text, before, theirs)).unwrap_or(text);
    let text = remark::figure(text).filter(|_| is_bare && theirs(text).is_none()).unwrap_or(text);
    // "Could someone wake me at 6? Room 11" is of someone who is there.
    if is_lodging(tenant) && !dates::rooms(text).is_empty() && builtin::services_meant(tenant, text).is_empty() {
        return None;
    }
    let cut = if is_lodging(tenant) { stay::without_counts(text, thread) } else { text.into() };
    let text = &*cut;
    let read = |language| dates::read_best(text, language, &today);
    let (theirs, ours) = (read(language(spoken)), read(language(&tenant.language)));
    // "Du 11 au 13 décembre" has a 13th of December for whoever knows no French.
    let is_part = |part: &Wish, whole: &Wish| {
        whole.span.start <= part.span.start && part.span.end <= whole.span.end && part.span.len() < whole.span.len()
    };
    let wish = match (theirs, ours) {
        (Some(theirs), Some(ours)) if ours.weight() > theirs.weight() && !is_part(&ours, &theirs) => Some(ours),
        (theirs, ours) => theirs.or(ours),
    };
    let wish = match is_lodging(tenant) && !stay::names_other(tenant, text) {
        true => stay::of(text, wish, thread, &[language(spoken), language(&tenant.language)], &today),
        false => wish,
    };
    // "The second one", where nobody asked for a day, is the second of what was spoken of.
    let is_place = |wish: &Wish| {
        let is_day = wish.time.is_none() && wish.day.as_ref().is_some_and(|day| day.named == Named::DayOfMonth);
        let is_whole = text.split_whitespace().count() <= MAX_WORDS_OF_PLACE;
        asked == LastQuestion::Nothing && is_day && is_whole && !text.contains(|c: char| c.is_ascii_digit())
    };
    // "Can I get a reminder the day before?" asks for no other day.
    let is_before = |wish: &Wish| {
        let is_long = text.split_whitespace().count() > MAX_WORDS_OF_PLACE;
        let is_bare = wish.change == Some(dates::Change::Days(-1)) && wish.day.is_none() && wish.time.is_none();
        is_bare && is_long && !is_other_time(text) && !builtin::corrects(text)
    };
    // "Will it be done by noon?", of a visit whose hour is known, is no other hour.
    let is_end = || {
        let has_hour = thread.and_then(|thread| thread.wish.as_ref()).is_some_and(|wish| wish.time.is_some());
        has_hour && text.contains('?') && Words::new(text).contains_any(&READY_BY)
    };
    // "How much for all 4?" counts.
    let is_count = |wish: &Wish| {
        let is_bare = wish.day.is_none() && wish.change.is_none() && matches!(wish.time, Some(dates::Time::At(_)));
        is_bare && is_priced && !Words::new(&wish.words).contains_any(&AT)
    };
    let is_other = |wish: &Wish| is_place(wish) || is_before(wish) || is_count(wish) || wish.time.is_some() && is_end();
    let wish = wish.filter(|wish| !is_other(wish));
    // "That is all for today" wishes for nothing.
    let is_today = |wish: &Wish| wish.time.is_none() && wish.date() == Some(today.now.date());
    wish.filter(|wish| !(is_today(wish) && builtin::is_farewell(text)))
}

/// "Thanks, see you Thursday": the day that is arranged or booked, said in leaving. A visit counts as it is now: one that was moved
/// since is no longer that of this talk.
fn is_until_then(
    tenant: &Tenant,
    text: &str,
    wish: &Wish,
    thread: Option<&Conversation>,
    visits: &[Timestamp],
) -> bool {
    let Some(day) = wish.day.as_ref().filter(|_| wish.time.is_none()) else { return false };
    let intents = Intents::read(text);
    if !intents.has(Intent::Goodbye) || intents.is_question() {
        return false;
    }
    let is_named = |date: Date| day.dates.contains(&date);
    let is_settled = thread.is_some_and(|thread| thread.booked.is_some());
    let arranged = thread.and_then(|thread| thread.wish.as_ref()).and_then(Wish::date);
    match (visits, arranged) {
        ([], None) => is_settled,
        ([_, ..], _) if is_settled => visits.iter().any(|at| is_named(local(tenant, *at).date())),
        (_, arranged) => arranged.is_some_and(is_named) || visits.iter().any(|at| is_named(local(tenant, *at).date())),
    }
}

/// The hours that `text` names, each with its day where it has one.
pub(super) fn hours_named(tenant: &Tenant, text: &str, spoken: &Language, now: Timestamp) -> Vec<Wish> {
    let named = times_named(tenant, text, spoken, now).into_iter();
    named.filter(|wish| matches!(wish.time, Some(dates::Time::At(_)))).collect()
}

/// What `text` says of when, as an answer to that question.
pub(crate) fn answer_named(tenant: &Tenant, text: &str, spoken: &Language, now: Timestamp) -> Option<Wish> {
    let month_first = tenant.writes_month_first() && spoken.as_str() == "en";
    let today = Today { now: local(tenant, now), month_first, asked: LastQuestion::When };
    dates::read_best(text, language(spoken), &today)
}

/// The days and hours that `text` names.
pub(crate) fn times_named(tenant: &Tenant, text: &str, spoken: &Language, now: Timestamp) -> Vec<Wish> {
    let month_first = tenant.writes_month_first() && spoken.as_str() == "en";
    let today = Today { now: local(tenant, now), month_first, asked: LastQuestion::Nothing };
    let named = dates::read(text, language(spoken), &today);
    named.into_iter().filter(|wish| wish.day.is_some() || wish.time.is_some()).collect()
}

/// Whether `text` speaks of another time than the one before, in whatever words.
fn is_other_time(text: &str) -> bool {
    OfAppointment::Shift.is_in(text) || OfAppointment::Instead.is_in(text)
}

/// The wish after `later` was said: it completes the one before, or corrects it.
fn together(tenant: &Tenant, before: Option<&Wish>, later: Option<&Wish>, now: Timestamp) -> Option<Wish> {
    match (before, later) {
        (Some(before), Some(later)) => Some(before.completed_by(later, local(tenant, now))),
        // "The week after", of which nothing was said before.
        (None, Some(later)) => Some(later.clone()).filter(|wish| wish.change.is_none() || wish.day.is_some()),
        (before, None) => before.cloned(),
    }
}

/// "As soon as possible" and "8 am" are the next day that is open at 8, unless times were offered: then it is an hour of their day.
fn on_the_next_day(tenant: &Tenant, wish: Wish, thread: Option<&Conversation>, now: Timestamp) -> Wish {
    const DAYS: i64 = 7;
    let is_offered = thread.is_some_and(|thread| thread.offer.is_some());
    if !wish.soon || wish.day.is_some() || wish.time.is_none() || is_offered {
        return wish;
    }
    let today = local(tenant, now).date();
    let on = |days: i64| {
        let day = Day { dates: vec![today.checked_add(days.days()).ok()?], named: Named::Date, conflict: false };
        let dated = Wish { day: Some(day), ..wish.clone() };
        Some(dated).filter(|dated| visit(tenant, dated, now).problem.is_none())
    };
    (0..=DAYS).find_map(on).unwrap_or(wish)
}

/// Whether a few days were named, of which one is as good as another: "Tuesday or Wednesday", and not "next week".
pub(super) fn is_choice(day: &Day) -> bool {
    const MAX_CHOICE: usize = 3;
    (2..=MAX_CHOICE).contains(&day.dates.len()) && matches!(day.named, Named::Weekday | Named::DayOfMonth | Named::Date)
}

/// The day and the hour that a wish means, by the opening hours.
#[must_use]
pub fn visit(tenant: &Tenant, wish: &Wish, now: Timestamp) -> Resolved {
    wish.resolve(&Opening(tenant), local(tenant, now))
}

/// Where the hour of `wish` leaves less than `minutes` before the business closes, be it for a break: the last start in that span that leaves
/// enough, else the nearest of that day. What takes longer than any span goes on in the next.
pub(super) fn last_start(tenant: &Tenant, wish: &Wish, minutes: u32, now: Timestamp) -> Option<Option<Time>> {
    let met = visit(tenant, wish, now);
    let (date, time) = met.date.zip(met.time).filter(|_| met.problem.is_none())?;
    let lasts = SignedDuration::from_mins(minutes.into());
    let last = |span: &Span| {
        let fits = span.open < span.close && span.close.duration_since(span.open) >= lasts;
        fits.then(|| span.close.saturating_sub(lasts))
    };
    let spans = tenant.hours.spans_on(date);
    let current = spans.iter().find(|span| span.open <= time && time < span.close)?;
    let mut week = Weekday::Monday.cycle_forward().take(7).flat_map(|day| tenant.hours.spans(day));
    if last(current).is_some_and(|last| time <= last) || !week.any(|span| last(span).is_some()) {
        return None;
    }
    let is_ahead = |start: &Time| date.to_datetime(*start) > local(tenant, now);
    let mut starts: Vec<Time> = spans.iter().filter_map(last).filter(is_ahead).collect();
    starts.sort_unstable_by_key(|start| start.duration_since(time).abs());
    Some(starts.first().copied())
}

/// A span of the day, as far as the business is open in it.
pub(super) fn within_hours(tenant: &Tenant, date: Date, from: Time, until: Time) -> (Time, Time) {
    within(tenant.hours.spans_on(date).iter(), from, until)
}

/// A span of some day, as far as the business is open in it on any day of the week.
pub(super) fn within_week(tenant: &Tenant, from: Time, until: Time) -> (Time, Time) {
    within(Weekday::Monday.cycle_forward().take(7).flat_map(|day| tenant.hours.spans(day)), from, until)
}

fn within<'t>(open: impl Iterator<Item = &'t Span>, from: Time, until: Time) -> (Time, Time) {
    let touching = open.filter(|span| span.open < until && from < span.close);
    let within = touching.map(|span| (span.open.max(from), span.close.min(until)));
    within.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1))).unwrap_or((from, until))
}

/// The same for the lead; `None` where the wish names no one day.
#[must_use]
pub fn requested(tenant: &Tenant, wish: &Wish, now: Timestamp) -> Option<RequestedVisit> {
    let visit = visit(tenant, wish, now);
    let date = visit.date?;
    let zone = tenant.time_zone();
    let at = |time: Time| zone.to_timestamp(date.to_datetime(time)).ok();
    let (from, until) = match (visit.time, visit.window) {
        (Some(time), _) => (at(time), None),
        (None, Some((from, until))) => {
            let (from, until) = within_hours(tenant, date, from, until);
            (at(from), at(until))
        }
        (None, None) => (None, None),
    };
    let departure = wish.nights.and_then(|nights| date.checked_add(i64::from(nights).days()).ok());
    Some(RequestedVisit { date, from, until, departure })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::roofer;

    pub(super) fn now() -> Timestamp {
        // A Saturday noon in Denver.
        "2026-11-28T19:00:00Z".parse().unwrap()
    }

    fn wish(text: &str) -> Wish {
        said(&roofer(), text, &Language::english(), None, now()).unwrap()
    }

    #[test]
    fn an_hour_without_a_half_of_the_day_is_one_of_the_opening_hours() {
        let requested = requested(&roofer(), &wish("Thursday at 3"), now()).unwrap();
        assert_eq!(requested.date.to_string(), "2026-12-03");
        assert_eq!(requested.from.unwrap().to_string(), "2026-12-03T22:00:00Z", "3 PM in Denver");
        assert_eq!(requested.until, None);
    }

    #[test]
    fn what_is_said_later_completes_or_corrects() {
        let tenant = roofer();
        let mut known = Some(wish("Thursday"));
        for (text, date, from) in [
            ("at 3", "2026-12-03", Some("2026-12-03T22:00:00Z")),
            ("no, make it Friday", "2026-12-04", Some("2026-12-04T22:00:00Z")),
            ("sorry, the week after", "2026-12-11", Some("2026-12-11T22:00:00Z")),
            ("in the morning, at 9 instead", "2026-12-11", Some("2026-12-11T16:00:00Z")),
        ] {
            let later = said(&tenant, text, &Language::english(), None, now());
            known = together(&tenant, known.as_ref(), later.as_ref(), now());
            let requested = requested(&tenant, known.as_ref().unwrap(), now()).unwrap();
            let shown = requested.from.map(|from| from.to_string());
            assert_eq!((requested.date.to_string().as_str(), shown.as_deref()), (date, from), "{text}");
        }
    }

    #[test]
    fn who_sells_or_dictates_a_number_wishes_for_nothing() {
        let spanish = Language::new("es").unwrap();
        let dictated = "seis uno dos cuarenta y cinco sesenta y siete ochenta y nueve";
        assert_eq!(said(&roofer(), dictated, &spanish, None, now()), None);
        for text in
            ["We rank your site on the first page of Google in 30 days", "sorry, wrong number, see you at 6 tonight"]
        {
            let when = When::read(&roofer(), text, &Language::english(), None, &[], &[], now());
            assert_eq!(when, When::default(), "{text}");
        }
    }

    #[test]
    fn who_takes_leave_for_today_wishes_for_nothing() {
        let read = |text: &str| said(&roofer(), text, &Language::english(), None, now());
        for text in ["Thanks, that will be all for today", "That is all I need for today.", "no thank you, not today"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(read("Can I come today?").is_some() && read("Thanks, today at 4 is fine").is_some());
    }

    #[test]
    fn the_customers_language_is_read_first_and_the_businesss_too() {
        let spanish = Language::new("es").unwrap();
        for text in ["el jueves a las tres de la tarde", "Thursday at 3 pm"] {
            let wish = said(&roofer(), text, &spanish, None, now()).unwrap();
            let requested = requested(&roofer(), &wish, now()).unwrap();
            assert_eq!(requested.from.unwrap().to_string(), "2026-12-03T22:00:00Z", "{text}");
        }
    }
}
