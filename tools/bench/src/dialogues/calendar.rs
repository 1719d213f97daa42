//! A business of the corpus whose services a calendar books.

use anyhow::{Context as _, Result, ensure};
use domain::ids::{AppointmentId, ResourceId};
use domain::scheduling::{CalendarDay, DayKey, DayOwner, Entry, Resource};
use domain::tenancy::Tenant;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{from_value, json};

use super::corpus::Goal;

const ROOM: &str = "one";

/// The same business, whose services each take its one room for an hour.
pub(super) fn bookable(tenant: &Tenant) -> Result<Tenant> {
    let mut tenant = tenant.clone();
    for service in &mut tenant.services {
        service.duration_minutes = Some(60);
        let rules = json!({"needs": [{"kind": "room"}], "lead_minutes": 0, "horizon_days": 365, "every_minutes": 30});
        service.booking = Some(from_value(rules)?);
    }
    Ok(tenant)
}

pub(super) fn resources() -> Result<Vec<Resource>> {
    Ok(vec![from_value(json!({"id": ROOM, "name": "Room", "kind": "room"}))?])
}

/// The days on which someone else has the hour that is wished for.
pub(super) fn taken(goal: &Goal, now: Timestamp) -> Result<Vec<CalendarDay>> {
    let room = ResourceId::new(ROOM).context("the room has an id")?;
    let day = |date: &jiff::civil::Date| {
        let from = date.to_datetime(goal.hour).to_zoned(goal.tenant.time_zone())?.timestamp();
        let key = DayKey { date: from.to_zoned(TimeZone::UTC).date(), owner: DayOwner::Resource(room.clone()) };
        let mut day = CalendarDay::empty(key);
        let entry = Entry { from, to: from.checked_add(SignedDuration::from_hours(1))?, held_until: None, stay: None };
        let somebody = AppointmentId::derive(&goal.tenant.id, &["taken"]);
        ensure!(day.enter(somebody, entry, now), "an empty day has room");
        Ok(day)
    };
    goal.days.iter().map(day).collect()
}
