//! Stays: where people stay for nights, a wish has the day on which they come and how long they stay, and no hour.

use std::borrow::Cow;
use std::ops::Range;

use ::language::{Intent, Intents};
use dates::{Clock, Day, Named, Part, StayBefore, Time, Today, Wish};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Conversation, Question};
use crate::conversations::builtin;
use crate::tenancy::Tenant;

/// So many days are a month that was named, and no end of a stay.
const MIN_MONTH: usize = 28;
/// A span of more days is a season, and no stay.
const MAX_STAY_DAYS: usize = 31;
/// With more words beside it, a day is no mere answer or correction.
const MAX_WORDS_BESIDE: usize = 3;
/// An hour before it is of the night that the day before ends with, in minutes.
const FIRST_HOUR: u16 = 5 * 60;

/// Whether the tenant's customers stay for nights.
pub(in crate::conversations) fn is_lodging(tenant: &Tenant) -> bool {
    ::language::is_lodging(&tenant.industry)
}

/// Whether somebody who wants `services` of `tenant` stays for nights: a room is among them, or nothing is known yet.
pub(in crate::conversations) fn is_stay<'s>(tenant: &Tenant, services: impl Iterator<Item = &'s str>) -> bool {
    let is_bed = |name: &str| {
        let service = tenant.services.iter().find(|service| service.name == name);
        service.is_some_and(|service| builtin::offer(service).is_bed())
    };
    let mut services = services.peekable();
    is_lodging(tenant) && (services.peek().is_none() || services.any(is_bed))
}

/// Whether `text` names something that is no bed, and no bed.
pub(super) fn names_other(tenant: &Tenant, text: &str) -> bool {
    let services = builtin::services_meant(tenant, text);
    !services.is_empty() && services.iter().all(|service| !builtin::offer(service).is_bed())
}

/// Whether `text` asks for something that is no bed, at a time of its own.
pub(super) fn is_besides(tenant: &Tenant, text: &str, said: Option<&Wish>) -> bool {
    let has_own_time = said.is_some_and(|wish| wish.nights.is_none() && (wish.day.is_some() || wish.time.is_some()));
    has_own_time && names_other(tenant, text)
}

/// Whether a stay is arranged on `thread`, by someone who wants the services `wanted`: its day is known, if not yet how long it is.
pub(super) fn is_arranged(tenant: &Tenant, thread: Option<&Conversation>, wanted: &[&str]) -> bool {
    let Some((thread, wish)) = thread.and_then(|thread| Some((thread, thread.wish.as_ref()?))) else { return false };
    let wants_bed = !wanted.is_empty() && is_stay(tenant, wanted.iter().copied());
    wish.nights.is_some() || wish.day.is_some() && (wants_bed || thread.asked == Some(Question::Departure))
}

/// `text` in two, where it asks for a bed and for something besides at a time of its own: "a suite from the 18th to the 20th, and dinner
/// on the 19th at 8". What is besides stands second.
pub(super) fn parted<'t>(tenant: &Tenant, text: &'t str) -> (&'t str, Option<&'t str>) {
    const PARTS: [&str; 13] =
        [", ", ". ", "; ", "! ", "? ", "\n", " and ", " plus ", " y ", " et ", " und ", " e ", " + "];
    let names_bed = |text: &str| builtin::services_meant(tenant, text).iter().any(|one| builtin::offer(one).is_bed());
    let mut places = PARTS.iter().flat_map(|part| text.match_indices(part)).map(|(at, part)| (at, at + part.len()));
    let fits = |(end, start): &(usize, usize)| {
        let (before, behind) = (text.get(..*end).unwrap_or_default(), text.get(*start..).unwrap_or_default());
        let has_figures = behind.contains(|c: char| c.is_ascii_digit());
        names_bed(before)
            && !names_other(tenant, before)
            && !names_bed(behind)
            && names_other(tenant, behind)
            && has_figures
    };
    match places.find(fits) {
        Some((end, start)) => (text.get(..end).unwrap_or(text), text.get(start..)),
        None => (text, None),
    }
}

/// `text` without its numbers that are no time where people stay and eat: "for 4", "room 12"; unless "for 4" is the whole answer to when.
pub(super) fn without_counts<'t>(text: &'t str, thread: Option<&Conversation>) -> Cow<'t, str> {
    const MAX_ANSWER: usize = 2;
    let is_hour = thread.is_some_and(|thread| thread.asked == Some(Question::Hour));
    if is_hour && text.split_whitespace().count() <= MAX_ANSWER {
        return Cow::Borrowed(text);
    }
    blank(text, &dates::guests_and_rooms(text))
}

/// `text` with spaces in the place of some of its bytes, so that all others stay where they are.
pub(in crate::conversations) fn blank<'t>(text: &'t str, places: &[Range<usize>]) -> Cow<'t, str> {
    let mut blanked = Cow::Borrowed(text);
    for place in places.iter().filter(|place| text.get((*place).clone()).is_some()) {
        blanked.to_mut().replace_range(place.clone(), &" ".repeat(place.len()));
    }
    blanked
}

/// The hour of a dinner is one of the evening: "dinner at 8". `services` are those that the wish is for.
pub(super) fn at_dinner<'s>(tenant: &Tenant, wish: Wish, services: impl Iterator<Item = &'s str>) -> Wish {
    const EARLIEST: u16 = 5 * 60;
    const NOON: u16 = 12 * 60;
    let is_dinner = |name: &str| {
        let service = tenant.services.iter().find(|service| service.name == name);
        service.is_some_and(|service| builtin::offer(service).is_dinner())
    };
    let mut services = services.peekable();
    let of_dinner = is_lodging(tenant) && services.peek().is_some() && services.all(is_dinner);
    let time = match wish.time {
        Some(Time::At(clock)) if of_dinner && (EARLIEST..NOON).contains(&clock.minute) => {
            Some(Time::At(Clock { minute: clock.minute + NOON, either: false }))
        }
        time => time,
    };
    Wish { time, ..wish }
}

/// `wish`, for something besides, on the day of arrival of `stay` where it names none: "a room for Friday and dinner at 8". Of several
/// nights it may be any.
pub(super) fn on_day_of(stay: Option<&Wish>, wish: Wish) -> Wish {
    let is_one_night = |stay: &&Wish| stay.nights.is_none_or(|nights| nights == 1) && stay.date().is_some();
    let day = stay.filter(is_one_night).and_then(|stay| stay.day.clone());
    Wish { day: wish.day.or(day), ..wish }
}

/// The wish of somebody who stays for nights: the first of their days is the one on which they come, the last the one on which they
/// leave. Nights alone, and a day that answers how long they stay, are of the day that was said before. Of a stay that is arranged, a day
/// or an hour in a remark about something else moves nothing.
pub(super) fn of(
    text: &str,
    wish: Option<Wish>,
    thread: Option<&Conversation>,
    languages: &[dates::Language],
    today: &Today,
) -> Option<Wish> {
    let known = thread.and_then(|thread| thread.wish.as_ref());
    let before = known.and_then(Wish::date);
    let is_asked = thread.is_some_and(|thread| thread.asked == Some(Question::Departure));
    let intents = Intents::read(text);
    let is_price = intents.has(Intent::Price);
    let spoken_of = known.and_then(|wish| wish.day.as_ref()).filter(|day| day.named != Named::Any);
    let days = spoken_of.map_or(&[][..], |day| &day.dates);
    let stay = dates::stay(text, languages, today, &StayBefore { days, is_asked, is_price });
    // "How much is the night?" asks for no evening.
    let is_evening = |wish: &Wish| wish.day.is_none() && wish.time == Some(Time::Part(Part::Night));
    let wish = wish.filter(|wish| !(is_price && is_evening(wish)));
    if stay.has_end() {
        let rest = blank(text, &stay.places);
        // "Arriving at 10 pm, leaving at 8": the first hour is that of the arrival, and that of the departure is not kept.
        let first =
            |language: &dates::Language| dates::read(&rest, *language, today).into_iter().find_map(|wish| wish.time);
        let best = |language: &dates::Language| dates::read_best(&rest, *language, today)?.time;
        let time =
            languages.iter().find_map(|language| if stay.says_departure { first(language) } else { best(language) });
        return by_ends(stay, wish, known, time);
    }
    let nights_alone = |stay: dates::Stay| {
        stay.nights.map(|nights| Wish { words: stay.words, nights: Some(nights), counted: true, ..Wish::default() })
    };
    let Some(mut wish) = wish else { return nights_alone(stay) };
    let is_whole = known.is_some_and(|wish| wish.nights.is_some());
    let is_short = text.split_whitespace().count() <= wish.words.split_whitespace().count() + MAX_WORDS_BESIDE;
    let is_bare_hour = text.split_whitespace().count() <= wish.words.split_whitespace().count() + 1;
    // "Breakfast at 7?": an hour alone is one of arrival where it is said to be, or where nothing else is said.
    let is_short = is_short && (wish.day.is_some() || wish.time.is_none() || is_bare_hour);
    let is_wanted = is_short || builtin::corrects(text) || super::is_other_time(text) || intents.has(Intent::Move);
    // "On the 13th it is my wife's birthday", "breakfast at 6?"
    if is_whole && !is_wanted && !(stay.says_arrival && wish.day.is_none()) {
        return nights_alone(stay);
    }
    // Who comes at 2 at night comes after the day that they said.
    let is_at_night = |time| matches!(time, Time::At(clock) if !clock.either && clock.minute < FIRST_HOUR);
    if wish.day.is_none() && wish.time.is_some_and(is_at_night) {
        return nights_alone(stay);
    }
    let days = wish.day.as_ref().map_or(&[][..], |day| &day.dates);
    // "Make it until the 13th", of a stay that begins another day.
    let begins_today = days.first() == Some(&today.now.date()) && days.len() > 1;
    let is_asked = is_asked || is_whole && begins_today && before.is_some_and(|before| before > today.now.date());
    wish.counted = stay.nights.is_some();
    wish.nights = match (days, before) {
        _ if stay.nights.is_some() => stay.nights,
        // "Until Sunday" is every day from today to Sunday, to whoever knows of no stay.
        ([.., last], Some(before)) if is_asked && days.len() < MIN_MONTH => between(before, *last),
        // "From Friday" has no end yet.
        ([first, .., last], _) if is_span(&wish) && i32::try_from(days.len()) != Ok(dates::OPEN_DAYS) => {
            between(*first, *last)
        }
        _ => None,
    };
    // The night of "one night, tomorrow" is no evening either, and the hour at which they go is not the one at which they come.
    let is_of_leaving = stay.says_departure && !stay.says_arrival;
    if is_of_leaving || wish.nights.is_some() && wish.time == Some(Time::Part(Part::Night)) {
        wish.time = None;
    }
    // "3" is how many nights, and no hour; "until the 14th" is no day to come.
    let is_bare = stay.nights.is_some() && is_asked;
    if is_bare || (is_asked && wish.nights.is_some() && before.is_some()) {
        (wish.day, wish.time) = (None, None);
    }
    if is_span(&wish)
        && let Some(day) = wish.day.as_mut()
    {
        day.dates.truncate(1);
        day.named = Named::Date;
    }
    let says = wish.day.is_some() || wish.time.is_some() || wish.nights.is_some() || !is_of_leaving;
    says.then_some(wish)
}

/// The wish where the first or the last day is told as that, after `known`, with the hour that is said beside it.
fn by_ends(stay: dates::Stay, wish: Option<Wish>, known: Option<&Wish>, time: Option<Time>) -> Option<Wish> {
    let first_known = known.and_then(Wish::date);
    let nights_known = known.and_then(|wish| wish.nights);
    let last_known =
        first_known.zip(nights_known).and_then(|(first, nights)| first.checked_add(i64::from(nights).days()).ok());
    if stay.is_open {
        // "In March, Friday to Sunday": the month is all that is known.
        return wish.filter(|wish| wish.day.as_ref().is_some_and(|day| day.named == Named::Month));
    }
    let was_counted = known.is_some_and(|wish| wish.counted);
    let nights = match (stay.arrival, stay.departure) {
        _ if stay.more.is_some() => nights_known.zip(stay.more).and_then(|(nights, more)| nights.checked_add(more)),
        (Some(first), Some(last)) => between(first, last),
        // Who comes earlier or later leaves when they said, or stays as many nights as they said.
        (Some(_), None) if stay.nights.is_none() && stay.says_arrival && was_counted => nights_known,
        (Some(first), None) if stay.says_arrival || stay.nights.is_some() => {
            stay.nights.or_else(|| last_known.and_then(|last| between(first, last)))
        }
        (None, Some(last)) => first_known.and_then(|first| between(first, last)),
        (_, None) => stay.nights,
    };
    // A day to leave, of whoever has not said when they come.
    if stay.arrival.is_none() && nights.is_none() {
        return None;
    }
    let day = stay.arrival.map(|date| Day { dates: vec![date], named: Named::Date, conflict: false });
    let is_night = time == Some(Time::Part(Part::Night));
    let time = time.filter(|_| day.is_some() && !is_night && (stay.says_arrival || !stay.says_departure));
    // Also of a night more, and of another day to come.
    let counted = stay.departure.is_none() && (stay.nights.is_some() || was_counted);
    Some(Wish { words: stay.words, day, nights, counted, time, ..Wish::default() })
}

fn is_span(wish: &Wish) -> bool {
    wish.day.as_ref().is_some_and(|day| day.named == Named::Span && day.dates.len() <= MAX_STAY_DAYS)
}

/// The nights from one day to a later one.
fn between(first: Date, last: Date) -> Option<u8> {
    u8::try_from((last - first).get_days()).ok().filter(|nights| *nights > 0)
}

#[cfg(test)]
mod tests {
    use super::super::tests::now;
    use super::super::{requested, said, together};
    use super::*;
    use crate::samples::roofer;
    use crate::tenancy::{Language, Service};

    fn hotel() -> Tenant {
        Tenant { industry: "boutique hotel".to_owned(), ..roofer() }
    }

    /// The days of arrival and departure after `texts` were said one after the other.
    fn days(tenant: &Tenant, language: &str, texts: &[&str]) -> Option<(String, Option<String>)> {
        let language = Language::new(language).unwrap();
        let mut wish = None;
        for text in texts {
            let later = said(tenant, text, &language, None, now());
            wish = together(tenant, wish.as_ref(), later.as_ref(), now());
        }
        let visit = requested(tenant, &wish?, now())?;
        Some((visit.date.to_string(), visit.departure.map(|date| date.to_string())))
    }

    #[test]
    fn a_stay_keeps_the_day_to_come_and_the_day_to_leave() {
        for (language, texts, arrival, departure) in [
            ("fr", &["vendredi", "c'est combien la nuit ?"][..], "2026-12-04", None),
            ("en", &["3 nights from the 18th of December"], "2026-12-18", Some("2026-12-21")),
            ("en", &["December 11 to December 13"], "2026-12-11", Some("2026-12-13")),
            ("en", &["a room from friday", "two nights"], "2026-12-04", Some("2026-12-06")),
            ("en", &["a room for 2 nights", "from friday"], "2026-12-04", Some("2026-12-06")),
            ("en", &["Friday for two nights", "make it Saturday"], "2026-12-05", Some("2026-12-07")),
            ("en", &["how much is it per night on Friday"], "2026-12-04", None),
            ("es", &["del 10 al 12 de diciembre"], "2026-12-10", Some("2026-12-12")),
            ("es", &["para el viernes", "3 noches"], "2026-12-04", Some("2026-12-07")),
            ("fr", &["du 11 au 13 décembre"], "2026-12-11", Some("2026-12-13")),
            ("fr", &["vendredi", "deux nuits"], "2026-12-04", Some("2026-12-06")),
            ("de", &["vom 11. bis 13. Dezember"], "2026-12-11", Some("2026-12-13")),
            ("de", &["ab Freitag", "drei Nächte"], "2026-12-04", Some("2026-12-07")),
            ("pt", &["de 11 a 13 de dezembro"], "2026-12-11", Some("2026-12-13")),
            ("pt", &["sexta-feira", "2 pessoas 2 noites"], "2026-12-04", Some("2026-12-06")),
        ] {
            let expected = Some((arrival.to_owned(), departure.map(str::to_owned)));
            assert_eq!(days(&hotel(), language, texts), expected, "{texts:?}");
        }
        let night = said(&hotel(), "one night, tomorrow, double", &Language::english(), None, now()).unwrap();
        assert_eq!((night.nights, night.time), (Some(1), None));
        assert_eq!(days(&roofer(), "en", &["December 11 to December 13"]), None, "a roofer chooses one of the days");
    }

    #[test]
    fn nights_said_by_their_number_stay_as_many_and_a_day_to_leave_stays_that_day() {
        let tenant = hotel();
        for (first, later, departure) in [
            ("a room from the 11th of December for 3 nights", "actually we arrive on the 12th", "2026-12-15"),
            ("December 11 to December 14", "actually we arrive on the 12th", "2026-12-14"),
        ] {
            let mut thread = crate::samples::thread(&tenant);
            for text in [first, later] {
                let english = Language::english();
                thread.wish = super::super::When::read(&tenant, text, &english, Some(&thread), &[], &[], now()).wish;
            }
            let visit = requested(&tenant, thread.wish.as_ref().unwrap(), now()).unwrap();
            assert_eq!(
                (visit.date.to_string(), visit.departure.unwrap().to_string()),
                ("2026-12-12".to_owned(), departure.to_owned()),
                "{first}"
            );
        }
    }

    #[test]
    fn a_room_is_a_stay_and_a_massage_is_none() {
        let mut tenant = hotel();
        let named = |name: &str| Service { name: name.to_owned(), keywords: Vec::new(), ..tenant.services[0].clone() };
        tenant.services = vec![named("Double room"), named("Massage")];
        let is_one = |services: &[&str]| is_stay(&tenant, services.iter().copied());
        assert!(
            is_one(&[]) && is_one(&["Double room"]) && is_one(&["Massage", "Double room"]) && !is_one(&["Massage"])
        );
        assert!(!is_stay(&roofer(), std::iter::empty()));
    }
}
