//! What was used: by month for seasons and insights, by job for what a visit takes.
//!
//! Both are written in the transaction of the movement, so that a movement counts once.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use stock::{DayUse, JobUse};

use super::{Movement, MovementKind};
use crate::ids::{AppointmentId, ItemId, ServiceId};

/// What was used of an item in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsedInMonth {
    /// Which item.
    pub item: ItemId,
    /// Which month, such as `2026-11`, where the business is.
    pub month: String,
    /// By day.
    #[serde(default)]
    pub days: Vec<DayUsed>,
    /// By who of the staff; what no one is named for is under an empty name.
    #[serde(default)]
    pub by_staff: BTreeMap<String, Handled>,
    /// By place.
    #[serde(default)]
    pub by_place: BTreeMap<String, Handled>,
}

/// What was used on a day of what was booked so many days before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayUsed {
    /// The day.
    pub day: Date,
    /// How many days before the visit was booked; 0 where there was none.
    pub ahead: u16,
    /// How many units.
    pub quantity: i64,
}

/// Units that were used and wasted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handled {
    /// Used.
    pub used: i64,
    /// Broken, expired or lost.
    pub wasted: i64,
}

/// What one job used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobParts {
    /// The appointment whose job it was.
    pub appointment: AppointmentId,
    /// Its service.
    pub service: ServiceId,
    /// The day, where the business is.
    pub day: Date,
    /// Units by item.
    pub used: BTreeMap<ItemId, i64>,
}

/// The name of a day's month.
fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// How many units more were used and wasted after a movement; `None`: it is neither.
fn handled(movement: &Movement) -> Option<Handled> {
    match movement.kind {
        MovementKind::Use => Some(Handled { used: movement.quantity, wasted: 0 }),
        MovementKind::Return => Some(Handled { used: -movement.quantity, wasted: 0 }),
        MovementKind::Waste => Some(Handled { used: 0, wasted: movement.quantity }),
        MovementKind::Receive | MovementKind::Transfer | MovementKind::Count | MovementKind::SendBack => None,
    }
}

impl Handled {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { used: self.used.saturating_add(other.used), wasted: self.wasted.saturating_add(other.wasted) }
    }
}

impl UsedInMonth {
    /// The month that `movement` of `day` counts in, where it counts in one.
    #[must_use]
    pub fn month_of(movement: &Movement, day: Date) -> Option<String> {
        handled(movement).map(|_| month(day))
    }

    /// A month in which nothing was used.
    #[must_use]
    pub fn empty(item: ItemId, month: String) -> Self {
        Self { item, month, days: Vec::new(), by_staff: BTreeMap::new(), by_place: BTreeMap::new() }
    }

    /// The month with `movement` of `day`.
    #[must_use]
    pub fn with(mut self, movement: &Movement, day: Date) -> Self {
        let Some(handled) = handled(movement) else { return self };
        if handled.used != 0 {
            let ahead = movement.booked_ahead;
            match self.days.iter_mut().find(|used| used.day == day && used.ahead == ahead) {
                Some(used) => used.quantity = used.quantity.saturating_add(handled.used),
                None => self.days.push(DayUsed { day, ahead, quantity: handled.used }),
            }
            self.days.retain(|used| used.quantity != 0);
            self.days.sort_by_key(|used| (used.day, used.ahead));
        }
        let staff = movement.staff.as_ref().map(ToString::to_string).unwrap_or_default();
        for (map, key) in [(&mut self.by_staff, staff), (&mut self.by_place, movement.place.to_string())] {
            let entry = map.entry(key).or_default();
            *entry = entry.and(handled);
        }
        self
    }

    /// What was used by day, as the forecast takes it: what came back is taken off, and no day is below zero.
    pub fn history(&self) -> impl Iterator<Item = DayUse> {
        let used = self.days.iter().filter(|used| used.quantity > 0);
        used.map(|used| DayUse { date: used.day, quantity: used.quantity, booked_ahead: used.ahead })
    }

    /// Units used between two days, both included.
    #[must_use]
    pub fn used_between(&self, from: Date, to: Date) -> i64 {
        self.days.iter().filter(|used| (from..=to).contains(&used.day)).map(|used| used.quantity).sum()
    }
}

impl JobParts {
    /// The job with `movement` of `day`; `None`: it is of no job whose service is known.
    #[must_use]
    pub fn with(before: Option<Self>, movement: &Movement, day: Date) -> Option<Self> {
        let handled = handled(movement)?;
        let (appointment, service) = (movement.appointment?, movement.service.clone()?);
        let mut parts = before.unwrap_or_else(|| Self { appointment, service, day, used: BTreeMap::new() });
        let units = parts.used.entry(movement.item.clone()).or_default();
        *units = units.saturating_add(handled.used);
        Some(parts)
    }

    /// As what visits use is learned from.
    #[must_use]
    pub fn for_learning(&self) -> JobUse {
        let used = self.used.iter().filter(|(_, units)| **units > 0);
        JobUse {
            service: self.service.to_string(),
            used: used.map(|(item, units)| (item.to_string(), *units)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TenantId;
    use crate::identity::Actor;
    use crate::inventory::NewMovement;
    use jiff::Timestamp;
    use jiff::civil::date;
    use serde_json::{from_value, json};

    fn line(kind: MovementKind, quantity: i64, key: &str) -> Movement {
        let tenant = TenantId::new("acme").unwrap();
        let new: NewMovement =
            from_value(json!({"key": key, "item": "cap", "kind": kind, "place": "van-2", "quantity": quantity}))
                .unwrap();
        let line = new.line(&tenant, Actor::System, Timestamp::UNIX_EPOCH);
        Movement {
            appointment: Some(AppointmentId::derive(&tenant, &["a"])),
            service: Some(ServiceId::new("tune-up").unwrap()),
            booked_ahead: 5,
            ..line
        }
    }

    #[test]
    fn what_comes_back_was_not_used() {
        let day = date(2026, 11, 30);
        let month = UsedInMonth::empty(ItemId::new("cap").unwrap(), "2026-11".to_owned());
        let month = month.with(&line(MovementKind::Use, 3, "a"), day).with(&line(MovementKind::Return, 1, "b"), day);
        let month = month.with(&line(MovementKind::Waste, 4, "c"), day).with(&line(MovementKind::Receive, 9, "d"), day);
        assert_eq!(month.history().collect::<Vec<_>>(), [DayUse { date: day, quantity: 2, booked_ahead: 5 }]);
        assert_eq!(month.by_place.get("van-2"), Some(&Handled { used: 2, wasted: 4 }));
        let all_back = month.with(&line(MovementKind::Return, 2, "e"), day);
        assert_eq!(all_back.days, []);
    }

    #[test]
    fn a_job_sums_what_it_used() {
        let day = date(2026, 11, 30);
        let parts = JobParts::with(None, &line(MovementKind::Use, 3, "a"), day);
        let parts = JobParts::with(parts, &line(MovementKind::Return, 1, "b"), day).unwrap();
        assert_eq!(parts.for_learning().used, [("cap".to_owned(), 2)].into());
        let of_no_job = Movement { appointment: None, ..line(MovementKind::Use, 3, "c") };
        assert_eq!(JobParts::with(None, &of_no_job, day), None);
    }
}
