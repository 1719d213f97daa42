//! Free times: one answer over 30 days, 20 people and 2,000 visits, on one core.
//!
//! Pure computing in this very process, built as the functions are: what `GET /v1/availability` does between its two calls
//! to the table and its answer. It is measured for visits whose places are not known, beside plain Python
//! (`tests/bench/peers/python/slots.py`), which must find the same times for the same people, and for visits between which the way
//! is kept free.

use anyhow::{Context, Result, ensure};
use domain::TenantId;
use domain::ids::AppointmentId;
use domain::scheduling::{Calendar, CalendarDay, DayKey, DayOwner, Entry, Place, Resource, Slot, Stay, Terms};
use domain::tenancy::Tenant;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

use crate::Bench;
use crate::report::{Goal, Report, print_table};
use crate::stats::{median, millis};

const DAYS: i64 = 30;
const PEOPLE: usize = 20;
const VISITS: i64 = 2_000;
/// Answers that count; some more before them warm the caches.
const ROUNDS: usize = 201;
const WARMING: usize = 20;
/// Python's that count.
const PYTHON_ROUNDS: usize = 21;
/// Monday, midnight in Denver.
const NOW: &str = "2026-11-23T07:00:00Z";

/// When a free time begins, whom it takes, and how many else are free.
type FreeTime = (i64, String, usize);

/// What Python found.
#[derive(Deserialize)]
struct Found {
    milliseconds: Vec<f64>,
    free: Vec<FreeTime>,
}

/// Runs the section.
pub(crate) fn run(bench: &Bench) -> Result<()> {
    eprintln!("availability: {ROUNDS} answers over {DAYS} days ...");
    let (tenant, people, now) = (tenant()?, people()?, NOW.parse::<Timestamp>()?);
    let service = &tenant.services.first().context("a service")?.id;
    let (terms, to) = (Terms::of(&tenant, None, service)?, now + SignedDuration::from_hours(24 * DAYS));
    let going = terms.clone().visiting(place(0, 0));
    let apart = days(&tenant.id, &people, false, now)?;
    let routes = days(&tenant.id, &people, true, now)?;
    let (mut figures, mut rows) = (serde_json::Map::new(), Vec::new());
    let mut answered = |name: &str, terms: &Terms<'_>, days: &[CalendarDay]| -> Result<(f64, Vec<FreeTime>)> {
        let calendar = Calendar { terms, resources: &people, days, moving: None, now };
        let free = calendar.slots(now, to, usize::MAX);
        ensure!(free.len() > 100, "only {} times are free", free.len());
        let milliseconds = measure(&calendar, now, to);
        figures.insert(name.to_owned(), json!({"free_times": free.len(), "milliseconds_median": milliseconds}));
        rows.push([name.to_owned(), free.len().to_string(), format!("{milliseconds:.2}")]);
        let whom = |slot: &Slot<'_>| {
            let first = slot.resources.first().map(ToString::to_string).unwrap_or_default();
            (slot.starts_at.as_second(), first, slot.also_free.len())
        };
        Ok((milliseconds, free.iter().map(whom).collect()))
    };
    let (plain, free) = answered("places not known", &terms, &apart)?;
    let (with_ways, _) = answered("with ways", &going, &routes)?;
    let python = python(bench, &world(&tenant, &people, &apart, (now, to))?)?;
    ensure!(python.free == free, "Python finds {} times, ours {}, or others", python.free.len(), free.len());
    let pythons = median(&python.milliseconds);
    figures.insert("python".to_owned(), json!({"free_times": free.len(), "milliseconds_median": pythons}));
    rows.push(["python, places not known".to_owned(), free.len().to_string(), format!("{pythons:.2}")]);
    let title = format!("Free times over {DAYS} days, {PEOPLE} people and {VISITS} visits, on one core");
    print_table(&title, &["", "free times", "ms an answer"], rows.into_iter());
    Report {
        name: "availability",
        profile: bench.profile.clone(),
        goals: vec![
            Goal::at_most("free times over 30 days, 20 people and 2,000 visits", 2.0, plain, "ms"),
            Goal::at_most("the same with the ways between visits", 2.0, with_ways, "ms"),
        ],
        ratios: json!({"python": pythons / plain}),
        figures: Value::Object(figures),
    }
    .finish(bench)
}

/// The median of what an answer takes, in milliseconds.
fn measure(calendar: &Calendar<'_>, from: Timestamp, to: Timestamp) -> f64 {
    let mut times = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS + WARMING {
        let began = Instant::now();
        black_box(black_box(calendar).slots(from, to, usize::MAX));
        if round >= WARMING {
            times.push(millis(began.elapsed()));
        }
    }
    median(&times)
}

/// The same world for Python.
fn world(
    tenant: &Tenant,
    people: &[Resource],
    days: &[CalendarDay],
    (from, to): (Timestamp, Timestamp),
) -> Result<Value> {
    let service = tenant.services.first().context("a service")?;
    let rules = service.booking.as_ref().context("its rules")?;
    let person = |person: &Resource| {
        let own = days.iter().filter(|day| day.key.owner == DayOwner::Resource(person.id.clone()));
        let entries = own.flat_map(|day| day.entries.values());
        let busy: Vec<_> = entries.map(|entry| (entry.from.as_second(), entry.to.as_second())).collect();
        json!({"id": person.id, "hours": person.hours, "busy": busy})
    };
    Ok(json!({
        "zone": tenant.zone, "from": from.as_second(), "to": to.as_second(), "hours": tenant.hours,
        "lasts": service.duration_minutes.unwrap_or_default() * 60, "before": rules.buffer_before_minutes * 60,
        "after": rules.buffer_after_minutes * 60, "every": rules.every_minutes * 60,
        "people": people.iter().map(person).collect::<Vec<_>>(),
    }))
}

fn python(bench: &Bench, world: &Value) -> Result<Found> {
    let file = bench.out.join("slots.json");
    std::fs::write(&file, world.to_string()).with_context(|| format!("cannot write {}", file.display()))?;
    let mut command = Command::new("python3");
    command.current_dir(bench.root.join("tests/bench/peers/python"));
    command.arg("slots.py").arg(&file).arg(PYTHON_ROUNDS.to_string());
    let output = command.output().context("cannot start python3")?;
    ensure!(output.status.success(), "slots.py: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).context("slots.py printed no free times")
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

/// Where the visits of a person on a day are: near to each other, as a planner would have them.
fn place(route: i64, stop: i64) -> Option<Place> {
    let degrees = |steps: i64, size: f64| f64::from(i32::try_from(steps).unwrap_or_default()) * size;
    Place::new(39.6 + degrees(route % 40, 0.005), -105.1 + degrees(route / 40 % 20, 0.01) + degrees(stop % 3, 0.01))
}

/// The visits, an hour and a quarter each with their buffer, spread over all days and people.
fn days(tenant: &TenantId, people: &[Resource], has_places: bool, now: Timestamp) -> Result<Vec<CalendarDay>> {
    let mut days: BTreeMap<DayKey, CalendarDay> = BTreeMap::new();
    let mut booked = 0;
    for slot in 0.. {
        let (day, rest) = (slot % DAYS, slot / DAYS);
        let all = i64::try_from(PEOPLE)?;
        let (stop, who) = (rest / all, rest % all);
        let person = people.get(usize::try_from(who)?).context("a person")?;
        ensure!(stop < 9, "a day has no room for so many visits");
        let from = now + SignedDuration::from_mins(day * 1_440 + 430 + stop * 75);
        let place = place(day + who, stop).filter(|_| has_places);
        let stay = place.map(|place| Stay { place, from, to: from + SignedDuration::from_mins(60) });
        let entry = Entry { from, to: from + SignedDuration::from_mins(75), held_until: None, stay };
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
