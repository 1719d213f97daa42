//! The answers to questions about the business, from the tenant's own data.

use jiff::civil::Date;
use jiff::{Timestamp, Zoned};
use language::Intent;

use super::Turn;
use super::days::{self, Asked};
use super::heard::{Heard, Topic};
use super::locale::{Locale, closing_time};
use super::reading::Reading;
use super::service;
use super::tokens::tidy;
use crate::conversations::{Line, Role};
use crate::tenancy::Service;
use ::language::Words;

/// The longest address or site shown, in characters.
const MAX_LINE_CHARS: usize = 160;
/// The longest answer to a frequent question, in characters.
const MAX_ANSWER_CHARS: usize = 1_000;
/// Days that differ are told beside the week when they come within so many days, and so many of them.
const SOON_DAYS: usize = 14;
const MAX_SPECIALS: usize = 2;
/// The longest name of such a day, in characters.
const MAX_NAME_CHARS: usize = 60;
/// How many services' prices are told in one reply.
const MAX_PRICES: usize = 3;

/// Answers to everything that `reading` asks, always in this order: hours, address, number, site, a frequent question,
/// services, prices.
pub(super) fn answers(turn: &Turn<'_>, reading: &Reading<'_>, locale: &Locale<'_>, now: Timestamp) -> Vec<String> {
    let heard = &reading.heard;
    let mut answers = Vec::new();
    if heard.has(Topic::Hours) {
        answers.extend(hours(turn, reading, locale, now));
    }
    answers.extend(contact(reading, locale));
    answers.extend(reading.faq.map(|faq| tidy(&faq.answer, MAX_ANSWER_CHARS)));
    if heard.has(Topic::Price) || follows_price(turn, reading) {
        answers.extend(prices(turn, reading, locale));
    } else {
        answers.extend(services(turn, reading, locale));
    }
    answers
}

/// Whether they go on from a question of price with another service: "and the windshield?"
fn follows_price(turn: &Turn<'_>, reading: &Reading<'_>) -> bool {
    let goes_on = reading.intents.has(Intent::FollowUp) || reading.heard.is_question;
    let last = turn.conversation.and_then(|thread| thread.recent.iter().rev().find(|line| line.role == Role::Customer));
    let asked_price = |line: &Line| Heard::new(&line.text, &Words::new(&line.text)).has(Topic::Price);
    goes_on && !reading.services.is_empty() && last.is_some_and(asked_price)
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

/// The hours of one day, in a sentence.
pub(super) fn hours_of(date: Date, locale: &Locale<'_>, now: Timestamp) -> String {
    let today = now.to_zoned(locale.tenant.time_zone()).date();
    day(Asked { date, by_name: false, day: None }, today, locale)
}

/// For a day that was named, its hours; else whether it is open now, and the week unless only "now" was asked.
fn hours(turn: &Turn<'_>, reading: &Reading<'_>, locale: &Locale<'_>, now: Timestamp) -> Vec<String> {
    let phrases = locale.phrases;
    let zone = locale.tenant.time_zone();
    let Some(opening) = locale.tenant.hours.next_opening(now, &zone) else {
        return vec![phrases.by_appointment.to_owned()];
    };
    let local = now.to_zoned(zone);
    let (text, tenant, today) = (turn.content.text(), locale.tenant, local.date());
    match days::asked(text, reading, &tenant.hours, &tenant.region, &turn.route.language, today) {
        Some(asked) if asked.date == today => vec![day(asked, today, locale), status(opening, &local, locale)],
        Some(asked) => vec![day(asked, today, locale)],
        None if reading.heard.has(Topic::OpenNow) => vec![status(opening, &local, locale)],
        None => {
            let soon = tenant.hours.specials(today, SOON_DAYS).take(MAX_SPECIALS);
            let soon = soon.map(|(date, ..)| day(Asked { date, by_name: false, day: None }, today, locale));
            let week = [status(opening, &local, locale), (phrases.weekly)(&locale.week())];
            week.into_iter().chain(soon).collect()
        }
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

/// The hours of one day. Of a holiday for which nothing is noted nobody can tell: a business that is open on it says so.
fn day(asked: Asked, today: Date, locale: &Locale<'_>) -> String {
    let special = locale.tenant.hours.special_on(asked.date);
    let day = asked.day.map_or_else(|| locale.date(asked.date, today), |day| locale.day(day).to_owned());
    let day = special.map_or(day.clone(), |(name, _)| format!("{day} ({})", tidy(name, MAX_NAME_CHARS)));
    match locale.tenant.hours.spans_on(asked.date) {
        [] => (locale.phrases.closed_on)(&day),
        _ if asked.by_name && special.is_none() => (locale.phrases.holiday_not_noted)(&day),
        spans => (locale.phrases.open_on)(&day, &locale.spans(spans)),
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

/// That services named for the first time can be had; the list of all where it was asked for.
fn services(turn: &Turn<'_>, reading: &Reading<'_>, locale: &Locale<'_>) -> Option<String> {
    let known: Vec<&str> = turn.lead.map(|lead| lead.qualification.services().collect()).unwrap_or_default();
    let asked = reading.heard.has(Topic::Services);
    let names: Vec<&str> = reading.services.iter().map(|service| service.name.as_str()).collect();
    let new: Vec<&str> = names.into_iter().filter(|name| asked || !known.contains(name)).collect();
    if let Some(list) = service::listed(&new, locale.phrases.and) {
        return Some((locale.phrases.we_do)(&list));
    }
    (asked && reading.services.is_empty() && reading.faq.is_none()).then(|| service::list(locale)).flatten()
}
