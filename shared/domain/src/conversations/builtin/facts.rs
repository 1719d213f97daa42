//! The answers to questions about the business, from the tenant's own data.

use jiff::{Timestamp, Zoned};

use super::Turn;
use super::heard::Topic;
use super::locale::{Locale, closing_time};
use super::reading::Reading;
use super::service;
use super::tokens::tidy;
use super::when::Day;
use crate::conversations::words::Words;
use crate::tenancy::Service;

/// The longest address or site shown, in characters.
const MAX_LINE_CHARS: usize = 160;
/// The longest answer to a frequent question, in characters.
const MAX_ANSWER_CHARS: usize = 1_000;
/// How many services' prices are told in one reply.
const MAX_PRICES: usize = 3;

/// Answers to everything that `reading` asks, always in this order: hours, address, number, site, a frequent question,
/// services, prices.
pub(super) fn answers(turn: &Turn<'_>, reading: &Reading<'_>, locale: &Locale<'_>, now: Timestamp) -> Vec<String> {
    let heard = &reading.heard;
    let mut answers = Vec::new();
    if heard.has(Topic::Hours) {
        answers.extend(hours(reading, locale, now));
    }
    answers.extend(contact(reading, locale));
    answers.extend(reading.faq.map(|faq| tidy(&faq.answer, MAX_ANSWER_CHARS)));
    if heard.has(Topic::Price) {
        answers.extend(prices(turn, reading, locale));
    } else {
        answers.extend(services(turn, reading, locale));
    }
    answers
}

/// Who answers when: open, shortly; else at the next opening.
pub(super) fn contact_time(locale: &Locale<'_>, now: Timestamp) -> String {
    let zone = locale.tenant.time_zone();
    let hours = &locale.tenant.hours;
    if hours.is_open_at(now, &zone) {
        return locale.phrases.contact_shortly.to_owned();
    }
    match hours.next_opening(now, &zone) {
        Some(at) => (locale.phrases.contact_when_open)(&locale.moment(at, &now.to_zoned(zone))),
        None => locale.phrases.contact_soon.to_owned(),
    }
}

/// For a day that was named, its hours; else whether it is open now, and the week unless only "now" was asked.
fn hours(reading: &Reading<'_>, locale: &Locale<'_>, now: Timestamp) -> Vec<String> {
    let phrases = locale.phrases;
    let zone = locale.tenant.time_zone();
    let Some(opening) = locale.tenant.hours.next_opening(now, &zone) else {
        return vec![phrases.by_appointment.to_owned()];
    };
    let local = now.to_zoned(zone);
    match reading.when.as_ref().and_then(|when| when.day) {
        Some(Day::Today) => vec![day(Day::Today, &local, locale), status(opening, &local, locale)],
        Some(other) => vec![day(other, &local, locale)],
        None if reading.heard.has(Topic::OpenNow) => vec![status(opening, &local, locale)],
        None => vec![status(opening, &local, locale), (phrases.weekly)(&locale.week())],
    }
}

fn status(opening: Timestamp, now: &Zoned, locale: &Locale<'_>) -> String {
    if opening > now.timestamp() {
        return (locale.phrases.closed_until)(&locale.moment(opening, now));
    }
    match closing_time(locale.tenant, now) {
        Some(time) => (locale.phrases.open_until)(&locale.clock(time)),
        None => locale.phrases.open_now.to_owned(),
    }
}

fn day(day: Day, now: &Zoned, locale: &Locale<'_>) -> String {
    match locale.tenant.hours.spans(day.weekday(now.date())) {
        [] => (locale.phrases.closed_on)(locale.day(day)),
        spans => (locale.phrases.open_on)(locale.day(day), &locale.spans(spans)),
    }
}

/// Address, number and site, as asked. What the tenant did not give is answered once, with "here".
fn contact(reading: &Reading<'_>, locale: &Locale<'_>) -> Vec<String> {
    let (business, phrases) = (&locale.tenant.business, locale.phrases);
    let line = |text: &str| tidy(text, MAX_LINE_CHARS);
    let asked = [
        (Topic::Address, business.address.as_deref().map(|address| (phrases.address)(&line(address)))),
        (Topic::Phone, business.phone.as_ref().map(|phone| (phrases.phone)(phone.as_str()))),
        (Topic::Website, business.website.as_deref().map(|site| (phrases.website)(&line(site)))),
    ];
    let asked: Vec<_> =
        asked.into_iter().filter(|(topic, _)| reading.heard.has(*topic)).map(|(_, answer)| answer).collect();
    let unknown = asked.iter().any(Option::is_none).then(|| phrases.reach_us_here.to_owned());
    asked.into_iter().flatten().chain(unknown).collect()
}

/// Prices of the services named, else of the one the lead is about, else of the first few.
fn prices(turn: &Turn<'_>, reading: &Reading<'_>, locale: &Locale<'_>) -> Vec<String> {
    let named = reading.services.iter().copied().take(MAX_PRICES).map(|service| service::price(service, locale));
    let named: Vec<String> = named.collect();
    if !named.is_empty() {
        return named;
    }
    vec![known_service(turn).map_or_else(|| service::prices(locale), |service| service::price(service, locale))]
}

/// The tenant's service that the lead is about.
fn known_service<'t>(turn: &Turn<'t>) -> Option<&'t Service> {
    let interest = turn.lead?.qualification.service_interest.as_deref()?;
    service::named(turn.tenant, &Words::new(interest)).first().copied()
}

/// That a service named for the first time can be had; the list of them where it was asked for.
fn services(turn: &Turn<'_>, reading: &Reading<'_>, locale: &Locale<'_>) -> Option<String> {
    let known = turn.lead.and_then(|lead| lead.qualification.service_interest.as_deref());
    let asked = reading.heard.has(Topic::Services);
    match reading.services.first() {
        Some(service) if asked || known != Some(service.name.as_str()) => {
            Some((locale.phrases.we_do)(&tidy(&service.name, service::MAX_NAME_CHARS)))
        }
        None if asked && reading.faq.is_none() => service::list(locale),
        _ => None,
    }
}
