//! What a file says, as a person reads it: so that a price in cents or a shifted hour is seen before customers see it.

use domain::tenancy::{Hours, Price};
use jiff::civil::Time;
use std::fmt::Write as _;

use super::TenantFile;
use crate::words::{DAYS, amount};

/// The hours and prices of a file.
#[must_use]
pub fn echo(file: &TenantFile) -> String {
    let tenant = &file.tenant;
    let mut text = format!("Hours ({})\n", tenant.zone);
    // Writing to a String cannot fail.
    let _ = write!(text, "{}", week(&tenant.hours));
    text.push_str("Prices\n");
    for service in &tenant.services {
        let _ = writeln!(text, "  {:<32} {}", service.name, cost(service.price, &tenant.currency));
    }
    for location in &file.locations {
        if let Some(hours) = &location.hours {
            let _ = write!(text, "Hours of {}\n{}", location.name, week(hours));
        }
        for own in location.prices.iter().filter(|own| own.price.is_some()) {
            let (name, price) = (own.service.as_str(), cost(own.price, &tenant.currency));
            let _ = writeln!(text, "  {name:<32} {price} at {}", location.name);
        }
    }
    text
}

/// One line for days that follow each other and are alike.
fn week(hours: &Hours) -> String {
    let mut lines: Vec<(&str, &str, String)> = Vec::new();
    for (day, name) in DAYS {
        let open = hours.spans(day).iter().map(|span| format!("{} to {}", clock(span.open), clock(span.close)));
        let open = open.collect::<Vec<_>>().join(", ");
        match lines.last_mut() {
            Some((_, last, same)) if *same == open => *last = name,
            _ => lines.push((name, name, open)),
        }
    }
    let line = |(first, last, open): &(&str, &str, String)| {
        let days = if first == last { (*first).to_owned() } else { format!("{first} to {last}") };
        format!("  {days:<32} {}\n", if open.is_empty() { "closed" } else { open })
    };
    lines.iter().map(line).collect()
}

fn clock(time: Time) -> String {
    let half = if time.hour() < 12 { "am" } else { "pm" };
    let hour = if time.hour() % 12 == 0 { 12 } else { time.hour() % 12 };
    format!("{hour}:{:02} {half}", time.minute())
}

fn cost(price: Option<Price>, currency: &str) -> String {
    match price {
        None => "on request".to_owned(),
        Some(Price { from_cents, to_cents: None }) => format!("from {} {currency}", amount(from_cents)),
        Some(Price { from_cents, to_cents: Some(to) }) if to == from_cents => format!("{} {currency}", amount(to)),
        Some(Price { from_cents, to_cents: Some(to) }) => {
            format!("{} to {} {currency}", amount(from_cents), amount(to))
        }
    }
}
