//! Stays: where people stay for nights, a wish has the day on which they come and how long they stay, and no hour.

use ::language::{Intent, Intents};
use dates::{Named, Part, Time, Today, Wish};
use jiff::civil::Date;

use super::{Conversation, Question};
use crate::conversations::builtin;
use crate::tenancy::Tenant;

/// A span of more days is a season, and no stay.
const MAX_STAY_DAYS: usize = 31;

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

/// Whether `text` asks for something that is no bed, at a time of its own.
pub(super) fn is_besides(tenant: &Tenant, text: &str, said: Option<&Wish>) -> bool {
    let has_own_time = said.is_some_and(|wish| wish.nights.is_none() && (wish.day.is_some() || wish.time.is_some()));
    let services = builtin::services_meant(tenant, text);
    has_own_time && !services.is_empty() && services.iter().all(|service| !builtin::offer(service).is_bed())
}

/// The wish of somebody who stays for nights: the first of their days is the one on which they come, the last the one on which they
/// leave. Nights alone, and a day that answers how long they stay, are of the day that was said before.
pub(super) fn of(text: &str, wish: Option<Wish>, thread: Option<&Conversation>, today: &Today) -> Option<Wish> {
    let before = thread.and_then(|thread| thread.wish.as_ref()).and_then(Wish::date);
    let is_asked = thread.is_some_and(|thread| thread.asked == Some(Question::Departure));
    let nights = dates::nights(text, today, is_asked);
    let Some(mut wish) = wish else {
        let (nights, words) = nights?;
        return Some(Wish { words, nights: Some(nights), ..Wish::default() });
    };
    // "How much is the night?" asks for no evening.
    let is_evening = wish.day.is_none() && wish.time == Some(Time::Part(Part::Night));
    if is_evening && Intents::read(text).has(Intent::Price) {
        return None;
    }
    let days = wish.day.as_ref().map_or(&[][..], |day| &day.dates);
    // "Make it until the 13th", of a stay that begins another day.
    let stays = thread.and_then(|thread| thread.wish.as_ref()).is_some_and(|wish| wish.nights.is_some());
    let begins_today = days.first() == Some(&today.now.date()) && days.len() > 1;
    let is_asked = is_asked || stays && begins_today && before.is_some_and(|before| before > today.now.date());
    wish.nights = match (days, before) {
        _ if nights.is_some() => nights.as_ref().map(|(nights, _)| *nights),
        // "Until Sunday" is every day from today to Sunday, to whoever knows of no stay.
        ([.., last], Some(before)) if is_asked => between(before, *last),
        // "From Friday" has no end yet.
        ([first, .., last], _) if is_span(&wish) && i32::try_from(days.len()) != Ok(dates::OPEN_DAYS) => {
            between(*first, *last)
        }
        _ => None,
    };
    // The night of "one night, tomorrow" is no evening either.
    if wish.nights.is_some() && wish.time == Some(Time::Part(Part::Night)) {
        wish.time = None;
    }
    // "3" is how many nights, and no hour; "until the 14th" is no day to come.
    let is_bare = nights.is_some() && is_asked;
    if is_bare || (is_asked && wish.nights.is_some() && before.is_some()) {
        (wish.day, wish.time) = (None, None);
    }
    if is_span(&wish)
        && let Some(day) = wish.day.as_mut()
    {
        day.dates.truncate(1);
        day.named = Named::Date;
    }
    Some(wish)
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
