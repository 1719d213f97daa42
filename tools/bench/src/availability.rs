//! Free times: one answer over 30 days, 20 people and 2,000 visits, on one core.
//!
//! Pure computing in this very process, built as the functions are: what `GET /v1/availability` does between its two calls
//! to the table and its answer.

use anyhow::{Context, Result, ensure};
use domain::TenantId;
use domain::ids::AppointmentId;
use domain::scheduling::{Calendar, CalendarDay, DayKey, DayOwner, Entry, Resource, Terms};
use domain::tenancy::Tenant;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use crate::Bench;
use crate::report::{Goal, Report, print_table};
use crate::stats::median;

const DAYS: i64 = 30;
const PEOPLE: usize = 20;
const VISITS: i64 = 2_000;
/// Answers that count; some more before them warm the caches.
const ROUNDS: usize = 201;
const WARMING: usize = 20;
/// Monday, midnight in Denver.
const NOW: &str = "2026-11-23T07:00:00Z";

/// Runs the section.
pub(crate) fn run(bench: &Bench) -> Result<()> {
    eprintln!("availability: {ROUNDS} answers over {DAYS} days ...");
    let (tenant, people, now) = (tenant()?, people()?, NOW.parse::<Timestamp>()?);
    let days = days(&tenant.id, &people, now)?;
    let service = &tenant.services.first().context("a service")?.id;
    let terms = Terms::of(&tenant, None, service)?;
    let calendar = Calendar { terms: &terms, resources: &people, days: &days, moving: None, now };
    let to = now + SignedDuration::from_hours(24 * DAYS);
    let found = calendar.slots(now, to, usize::MAX).len();
    ensure!(found > 100, "only {found} times are free");
    let mut times = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS + WARMING {
        let began = Instant::now();
        black_box(black_box(&calendar).slots(now, to, usize::MAX));
        if round >= WARMING {
            times.push(began.elapsed().as_secs_f64() * 1_000.0);
        }
    }
    let milliseconds = median(&times);
    print_table(
        "Free times on one core",
        &["days", "people", "visits", "free times", "ms an answer"],
        std::iter::once([
            DAYS.to_string(),
            PEOPLE.to_string(),
            VISITS.to_string(),
            found.to_string(),
            format!("{milliseconds:.2}"),
        ]),
    );
    Report {
        name: "availability",
        profile: bench.profile.clone(),
        goals: vec![Goal::at_most("free times over 30 days, 20 people and 2,000 visits", 2.0, milliseconds, "ms")],
        ratios: json!({}),
        figures: json!({"free_times": found, "milliseconds_median": milliseconds}),
    }
    .finish(bench)
}

fn tenant() -> Result<Tenant> {
    let day = json!([{"open": "07:00", "close": "19:00"}]);
    let tenant = json!({
        "id": "bench", "name": "Alpine Roofing", "industry": "roofing", "currency": "USD", "zone": "America/Denver",
        "region": "US", "language": "en", "business": {}, "notify": ["owner@example.com"],
        "hours": {"monday": day, "tuesday": day, "wednesday": day, "thursday": day, "friday": day, "saturday": day},
        "services": [{"id": "inspection", "name": "Inspection", "duration_minutes": 60, "booking": {
            "needs": [{"kind": "person"}], "buffer_after_minutes": 15, "lead_minutes": 0,
        }}],
    });
    serde_json::from_value(tenant).context("the bench's tenant")
}

/// Two shifts: every other person begins later.
fn people() -> Result<Vec<Resource>> {
    let shift = |index: usize| if index.is_multiple_of(2) { ("07:00", "15:00") } else { ("11:00", "19:00") };
    let person = |index: usize| {
        let (open, close) = shift(index);
        let day = json!([{"open": open, "close": "12:30"}, {"open": "13:00", "close": close}]);
        let hours = json!({"monday": day, "tuesday": day, "wednesday": day, "thursday": day, "friday": day});
        let person = json!({"id": format!("person-{index:02}"), "name": "Ana", "kind": "person", "hours": hours});
        serde_json::from_value(person).context("a person")
    };
    (0..PEOPLE).map(person).collect()
}

/// The visits, an hour and a quarter each, spread over all days and people.
fn days(tenant: &TenantId, people: &[Resource], now: Timestamp) -> Result<Vec<CalendarDay>> {
    let mut days: BTreeMap<DayKey, CalendarDay> = BTreeMap::new();
    let mut booked = 0;
    for slot in 0.. {
        let (day, rest) = (slot % DAYS, slot / DAYS);
        let person = people.get(usize::try_from(rest)? % PEOPLE).context("a person")?;
        let place = rest / i64::try_from(PEOPLE)?;
        ensure!(place < 9, "a day has no room for so many visits");
        let from = now + SignedDuration::from_mins(day * 1_440 + 430 + place * 75);
        let entry = Entry { from, to: from + SignedDuration::from_mins(75), held_until: None };
        let owner = DayOwner::Resource(person.id.clone());
        let key = DayKey { date: from.to_zoned(TimeZone::UTC).date(), owner };
        let there = days.entry(key.clone()).or_insert_with(|| CalendarDay::empty(key));
        booked += i64::from(there.enter(AppointmentId::derive(tenant, &[&slot.to_string()]), entry, now));
        if booked == VISITS {
            break;
        }
    }
    Ok(days.into_values().collect())
}
