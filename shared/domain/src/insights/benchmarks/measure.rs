//! The six figures of a business, from what is stored of it.

use ::benchmarks::Metric;
use jiff::civil::Date;
use std::collections::BTreeMap;

use super::{Absent, Facts, OwnFigure, TREND, Visit, YEAR, back, days_between, small};
use crate::insights::{Counter, Counts, report};

/// What is known must go back so many days before money is told by the month.
const MIN_REVENUE_DAYS: u32 = 90;
const BASIS_POINTS: u64 = 10_000;

/// Currencies of countries that benchmarks are made for; elsewhere revenue is not compared.
const CURRENCIES: [(&str, &[&str]); 8] = [
    ("USD", &["US", "PR", "EC", "SV", "PA"]),
    ("CAD", &["CA"]),
    ("GBP", &["GB"]),
    ("AUD", &["AU"]),
    ("NZD", &["NZ"]),
    ("MXN", &["MX"]),
    ("BRL", &["BR"]),
    ("EUR", &["AT", "BE", "DE", "ES", "FI", "FR", "GR", "IE", "IT", "LU", "NL", "PT"]),
];

/// A range of days, the last one not included.
#[derive(Clone, Copy)]
struct Days {
    from: Date,
    to: Date,
}

/// How many things a value rests on, and the value.
struct Seen {
    observations: u64,
    value: Result<u64, Absent>,
}

/// All six, in the order in which they are shown.
pub(super) fn all(facts: &Facts<'_>) -> Vec<OwnFigure> {
    let figure = |metric: Metric| {
        let now = seen(metric, facts, facts.today);
        let before = seen(metric, facts, back(facts.today, TREND));
        let value = enough(metric, &now);
        OwnFigure {
            metric,
            value: value.ok(),
            observations: u32::try_from(now.observations).unwrap_or(u32::MAX),
            previous: enough(metric, &before).ok().filter(|_| value.is_ok()),
            absent: value.err(),
        }
    };
    Metric::ALL.into_iter().map(figure).collect()
}

/// The value, where enough stands behind it.
fn enough(metric: Metric, seen: &Seen) -> Result<i64, Absent> {
    if seen.observations == 0 {
        return Err(Absent::NothingKnown);
    }
    let value = seen.value?;
    if seen.observations < u64::from(metric.min_observations()) {
        return Err(Absent::TooFew);
    }
    Ok(i64::try_from(value).unwrap_or(i64::MAX))
}

/// A metric of the twelve months before `end`.
fn seen(metric: Metric, facts: &Facts<'_>, end: Date) -> Seen {
    let year = Days { from: back(end, YEAR), to: end };
    let counts = sum(facts.days, year);
    let count = |counter| counts.get(counter);
    match metric {
        Metric::QuoteConversion => share(count(Counter::QuotesAccepted), count(Counter::QuotesSent)),
        Metric::ResponseTime => {
            let waits = report::waits(&counts, Counter::FirstResponse, Counter::FirstResponseSeconds);
            Seen {
                observations: waits.map_or(0, |waits| waits.count),
                value: waits.map(|waits| u64::from(waits.median_seconds)).ok_or(Absent::NothingKnown),
            }
        }
        Metric::NoShowRate => {
            let of_year = || facts.visits.iter().filter(|visit| year.contain(visit.day));
            let missed = of_year().filter(|visit| visit.missed).count();
            share(u64::from(small(missed)), u64::from(small(of_year().count())))
        }
        Metric::ReviewScore => {
            let (reviews, stars) = (count(Counter::Reviews), count(Counter::ReviewStars));
            let value = (stars.saturating_mul(100) + reviews / 2).checked_div(reviews).ok_or(Absent::NothingKnown);
            Seen { observations: reviews, value }
        }
        Metric::Retention => {
            let (came_again, all) = came_again(facts.visits, end);
            share(came_again, all)
        }
        Metric::RevenuePerTechnician => revenue(facts, &counts, year),
    }
}

/// Part of a whole, in hundredths of a percent, rounded. More than all of them is all of them.
fn share(part: u64, whole: u64) -> Seen {
    let rounded = (part.min(whole).saturating_mul(BASIS_POINTS) + whole / 2).checked_div(whole);
    Seen { observations: whole, value: rounded.ok_or(Absent::NothingKnown) }
}

/// Of the customers who had a visit in the year before the last, how many came again within 365 days of their latest one in it.
fn came_again(visits: &[Visit], end: Date) -> (u64, u64) {
    let base = Days { from: back(end, 2 * YEAR), to: back(end, YEAR) };
    let done = || visits.iter().filter(|visit| !visit.missed);
    let mut latest = BTreeMap::new();
    for visit in done().filter(|visit| base.contain(visit.day)) {
        let known = latest.entry(visit.contact).or_insert(visit.day);
        *known = (*known).max(visit.day);
    }
    let all = latest.len();
    let mut again = 0_u64;
    for visit in done() {
        // Each customer counts with the first visit that is found, and is taken out.
        let within = |last: &Date| visit.day > *last && back(visit.day, YEAR) <= *last;
        if latest.get(&visit.contact).is_some_and(within) {
            latest.remove(&visit.contact);
            again += 1;
        }
    }
    (again, u64::from(small(all)))
}

/// What each technician brought in a month: paid invoices, where enough are reported; else what staff noted as the worth of leads won.
fn revenue(facts: &Facts<'_>, counts: &Counts, year: Days) -> Seen {
    let paid = (counts.get(Counter::InvoicesPaid), counts.get(Counter::PaidCents));
    let won = (counts.get(Counter::WonValued), counts.get(Counter::WonCents));
    let least = u64::from(Metric::RevenuePerTechnician.min_observations());
    let (observations, cents) = if paid.0 >= least || paid.0 >= won.0 { paid } else { won };
    let first = first_day(facts.days).unwrap_or(year.to).max(year.from);
    let days = days_between(first, year.to);
    let value = if !is_home_currency(&facts.tenant.currency, &facts.tenant.region) {
        Err(Absent::OtherCurrency)
    } else if facts.technicians == 0 {
        Err(Absent::NoTechnicians)
    } else if days < MIN_REVENUE_DAYS {
        Err(Absent::TooShort)
    } else {
        // A twelfth of a year at a time, whatever is known of it.
        let shares = u128::from(days) * 12 * u128::from(facts.technicians);
        Ok(u64::try_from(u128::from(cents) * 365 / shares).unwrap_or(u64::MAX))
    };
    Seen { observations, value }
}

fn is_home_currency(currency: &str, country: &str) -> bool {
    CURRENCIES.iter().any(|(known, countries)| *known == currency && countries.contains(&country))
}

/// The first day on which anything was counted.
pub(super) fn first_day(days: &BTreeMap<Date, Counts>) -> Option<Date> {
    days.iter().find(|(_, counts)| !counts.is_empty()).map(|(day, _)| *day)
}

fn sum(days: &BTreeMap<Date, Counts>, range: Days) -> Counts {
    let mut sum = Counts::default();
    days.range(range.from..range.to).for_each(|(_, counts)| sum.add_all(counts));
    sum
}

impl Days {
    fn contain(self, day: Date) -> bool {
        self.from <= day && day < self.to
    }
}
