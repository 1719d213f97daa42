//! What the prompt says of the business, from the tenant's configuration.

use domain::conversations::builtin::Turn;
use domain::conversations::claims::gives_orders;
use domain::conversations::{Places, VisitStep, faqs};
use domain::messaging::Phone;
use domain::tenancy::{DatedPrice, Faq, Location, Price, Service, Span, Tenant};
use jiff::Timestamp;
use jiff::civil::{Date, Weekday};

/// The most characters that frequent questions take in the part that is the same for every turn.
const MAX_FAQ_CHARS: usize = 12_000;

pub(super) fn about(tenant: &Tenant) -> String {
    let business = &tenant.business;
    let reached = [
        ("Address", business.address.as_deref()),
        ("Phone", business.phone.as_ref().map(Phone::as_str)),
        ("Website", business.website.as_deref()),
    ];
    lines(who(tenant), reached)
}

/// Who it is, without anything that a text could get wrong.
pub(super) fn who(tenant: &Tenant) -> String {
    let facts = [
        ("Name", Some(tenant.name.as_str())),
        ("Trade", Some(tenant.industry.as_str())),
        ("About", Some(tenant.business.description.as_str()).filter(|text| !gives_orders(text))),
    ];
    lines("# The business".to_owned(), facts)
}

fn lines<const N: usize>(title: String, facts: [(&str, Option<&str>); N]) -> String {
    let facts = facts.into_iter().filter_map(|(name, fact)| Some((name, fact.filter(|fact| !fact.is_empty())?)));
    facts.fold(title, |text, (name, fact)| format!("{text}\n{name}: {fact}"))
}

/// The prices of dates to come that are told of one service.
const MAX_DATED: usize = 3;
/// How many days ahead those are told that differ from the usual week.
const SPECIAL_DAYS: usize = 60;
/// The most characters that the locations take.
const MAX_LOCATION_CHARS: usize = 6_000;

pub(super) fn services(tenant: &Tenant) -> String {
    let lines = tenant.services.iter().map(|service| line(service, &tenant.currency));
    lines.fold("# Services and prices".to_owned(), |text, line| format!("{text}\n- {line}"))
}

fn line(service: &Service, currency: &str) -> String {
    let price = service
        .price
        .map_or_else(|| "no price is given beforehand".to_owned(), |price| format!("{} {currency}", amounts(price)));
    let duration = service.duration_minutes.map(|minutes| format!("takes {minutes} minutes"));
    let description = Some(service.description.clone()).filter(|text| !text.is_empty() && !gives_orders(text));
    let later = service.dated_prices.iter().take(MAX_DATED).map(|dated| later(dated, currency));
    let later = Some(later.collect::<Vec<_>>().join("; ")).filter(|text| !text.is_empty());
    let details = [Some(price), later, duration, description].into_iter().flatten().collect::<Vec<_>>().join("; ");
    format!("{}: {details}", service.name)
}

fn later(dated: &DatedPrice, currency: &str) -> String {
    let until = dated.until.map(|until| format!(" until {until}")).unwrap_or_default();
    format!("from {}{until}: {} {currency}", dated.from, amounts(dated.price))
}

pub(super) fn amounts(price: Price) -> String {
    let amount = |cents: u64| format!("{}.{:02}", cents / 100, cents % 100);
    match price.to_cents {
        None => format!("from {}", amount(price.from_cents)),
        Some(to) if to == price.from_cents => amount(to),
        Some(to) => format!("{} to {}", amount(price.from_cents), amount(to)),
    }
}

/// The usual week, and the days of the next two months that differ from it, seen from `today`.
pub(super) fn opening_hours(tenant: &Tenant, today: Date) -> String {
    let week = Weekday::Monday.cycle_forward().take(7);
    let lines = week.map(|day| format!("{day:?}: {}", spans(tenant.hours.spans(day))));
    let special = tenant.hours.specials(today, SPECIAL_DAYS);
    let special = special.map(|(date, name, open)| {
        format!("{date} ({name}, a {:?}), instead of the usual hours: {}", date.weekday(), spans(open))
    });
    lines.chain(special).fold(format!("# Opening hours ({})", tenant.zone), |text, line| format!("{text}\n{line}"))
}

/// Where the business is, as far as there is room, and what each place does otherwise. Nothing where there is one place at most.
pub(super) fn locations(places: &Places<'_>, tenant: &Tenant) -> Option<String> {
    let mut room = MAX_LOCATION_CHARS;
    let active = places.all.iter().filter(|location| location.active);
    let lines = active.map(|location| place(location, tenant)).take_while(|line| {
        let left = room.checked_sub(line.chars().count());
        room = left.unwrap_or(0);
        left.is_some()
    });
    let lines: Vec<String> = lines.collect();
    let meant = places.meant.map_or_else(
        || "It is not known which one the customer means: where hours or prices differ, ask.".to_owned(),
        |location| format!("This customer's is {}: hours and prices above are those of it.", location.name),
    );
    (lines.len() > 1).then(|| format!("# Locations\n{}\n{meant}", lines.join("\n")))
}

fn place(location: &Location, tenant: &Tenant) -> String {
    let phone = location.phone.as_ref().map(|phone| format!("phone {}", phone.as_str()));
    let hours = location.hours.as_ref().map(|hours| {
        let week = Weekday::Monday.cycle_forward().take(7);
        let days: Vec<String> = week.map(|day| format!("{day:?} {}", spans(hours.spans(day)))).collect();
        format!("open {}", days.join(", "))
    });
    let prices = location.prices.iter().filter_map(|local| {
        let service = tenant.services.iter().find(|service| service.id == local.service)?;
        match (local.offered, local.price) {
            (false, _) => Some(format!("no {}", service.name)),
            (true, price) => Some(format!("{} {} {}", service.name, amounts(price?), tenant.currency)),
        }
    });
    let details = [Some(location.address.line()), phone, hours].into_iter().flatten().chain(prices);
    format!("- {}: {}", location.name, details.collect::<Vec<_>>().join("; "))
}

fn spans(spans: &[Span]) -> String {
    if spans.is_empty() {
        return "closed".to_owned();
    }
    let spans = spans.iter().map(|span| format!("{} to {}", span.open.strftime("%H:%M"), span.close.strftime("%H:%M")));
    spans.collect::<Vec<_>>().join(", ")
}

/// The time, and whether someone is there.
pub(super) fn open_now(tenant: &Tenant, now: Timestamp) -> String {
    let zone = tenant.time_zone();
    let show = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%A %Y-%m-%d %H:%M").to_string();
    let state = if tenant.hours.is_open_at(now, &zone) {
        "is open now".to_owned()
    } else {
        let opening = tenant.hours.next_opening(now, &zone);
        opening.map_or_else(|| "is closed".to_owned(), |at| format!("is closed now and opens {}", show(at)))
    };
    format!("It is {} there. The business {state}.", show(now))
}

/// The times that the calendar has for this customer.
pub(super) fn free_times(turn: &Turn<'_>) -> Option<String> {
    let visit = turn.visit?;
    let show = |at: &Timestamp| at.to_zoned(visit.zone.clone()).strftime("%A %Y-%m-%d %H:%M").to_string();
    let times: Vec<String> = visit.step.times().iter().map(show).collect();
    let list = (!times.is_empty()).then(|| times.join(", "))?;
    Some(match visit.step {
        VisitStep::Offered { .. } => {
            format!(
                "They choose among these free times for {}: {list}. Name no other time, and ask which suits.",
                visit.service
            )
        }
        _ => format!(
            "This time is kept for them for {}: {list}. It is not booked yet. Name no other time.",
            visit.service
        ),
    })
}

/// What a campaign invited this customer to, as long as a yes is a yes to it.
pub(super) fn invited_to(turn: &Turn<'_>, now: Timestamp) -> Option<String> {
    let invited = turn.conversation?.invited.as_ref().filter(|invited| invited.is_open(now))?;
    let service = turn.tenant.services.iter().find(|service| service.id == invited.service)?;
    let (first, last) = invited.days;
    let days = [first, last].map(|day| day.strftime("%A %Y-%m-%d").to_string()).join(" to ");
    Some(format!(
        "The business invited them to this: {}, on a day from {days}. What they write may answer that invitation. Promise no time: \
         the calendar offers free ones once they want one.",
        service.name
    ))
}

/// What customers often ask, as far as there is room.
pub(super) fn faqs(tenant: &Tenant) -> Option<String> {
    let lines: Vec<String> = within(tenant).filter(|faq| is_answer(faq)).map(qa).collect();
    (!lines.is_empty()).then(|| format!("# What customers often ask\n{}", lines.join("\n")))
}

/// The frequent question that the message asks, where there was no room for it above.
pub(super) fn faq_beyond(turn: &Turn<'_>) -> Option<String> {
    let asked = faqs::asked(turn.tenant, turn.content.text())?;
    let is_above = within(turn.tenant).any(|faq| faq == asked);
    (!is_above && is_answer(asked)).then(|| format!("Customers often ask this:\n{}", qa(asked)))
}

fn within(tenant: &Tenant) -> impl Iterator<Item = &Faq> {
    let mut room = MAX_FAQ_CHARS;
    tenant.faqs.iter().take_while(move |faq| {
        let left = room.checked_sub(faq.question.chars().count() + faq.answer.chars().count());
        room = left.unwrap_or(0);
        left.is_some()
    })
}

/// What gives a model orders is no answer.
fn is_answer(faq: &Faq) -> bool {
    ![&faq.question, &faq.answer].into_iter().any(|text| gives_orders(text))
}

fn qa(faq: &Faq) -> String {
    format!("- {} {}", faq.question.trim(), faq.answer.trim())
}
