//! What moved: the lines of the ledger.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

use crate::Failure;
use crate::TenantId;
use crate::identity::Actor;
use crate::ids::{AppointmentId, ItemId, MovementId, PlaceId, PurchaseOrderId, ServiceId, StaffId};
use crate::scheduling::{Booking, Resource};
use crate::tenancy::{Location, ensure, text};

/// The most movements of one request.
pub const MAX_BATCH: usize = 100;
/// The place that every business has.
pub const SHOP: &str = "shop";
/// The most that a unit costs, in cents, as items have it.
const MAX_UNIT_CENTS: i64 = 1_000_000_000;
/// How far ahead of ours the clock of who reports may be.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(5);
/// How long ago a movement may have been that is reported.
const OLDEST: SignedDuration = SignedDuration::from_hours(2 * 366 * 24);

/// What a movement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MovementKind {
    /// A delivery came in.
    Receive,
    /// Used on a job.
    Use,
    /// Moved to another place.
    Transfer,
    /// Counted: so many are there, whatever the books say.
    Count,
    /// Broken, expired or lost.
    Waste,
    /// Came back from a job unused.
    Return,
    /// Sent back to the supplier.
    SendBack,
}

/// A movement as someone reports it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMovement {
    /// The caller's own name for it, of 1 to 100 characters: the same one again is the same movement.
    #[schema(min_length = 1, max_length = 100, example = "tablet-7/2026-11-30/12")]
    pub key: String,
    /// Which item.
    pub item: ItemId,
    /// What happened.
    pub kind: MovementKind,
    /// Where: the place that it came to, was taken from or was counted at.
    pub place: PlaceId,
    /// Where a transfer went.
    #[serde(default)]
    #[schema(nullable = false)]
    pub to: Option<PlaceId>,
    /// How many units: above zero, and for a count also zero.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 2)]
    pub quantity: i64,
    /// When it happened (UTC); now, where it is not said.
    #[serde(default)]
    #[schema(nullable = false)]
    pub at: Option<Timestamp>,
    /// Who of the staff did it.
    #[serde(default)]
    #[schema(nullable = false)]
    pub staff: Option<StaffId>,
    /// The visit at which it was used, or from which it came back.
    #[serde(default)]
    #[schema(nullable = false)]
    pub appointment: Option<AppointmentId>,
    /// What a unit cost that came in, in cents of the tenant's currency.
    #[serde(default)]
    #[schema(nullable = false, minimum = 0, example = 890)]
    pub unit_cents: Option<i64>,
    /// What staff should know of it.
    #[serde(default)]
    #[schema(max_length = 300, example = "Box was wet")]
    pub note: String,
}

/// A line of the ledger: what moved, when, and who said so. It is never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StockMovement)]
pub struct Movement {
    /// Which.
    pub id: MovementId,
    /// Which item.
    pub item: ItemId,
    /// What happened.
    pub kind: MovementKind,
    /// Where: the place that it came to, was taken from or was counted at.
    pub place: PlaceId,
    /// Where a transfer went.
    #[serde(default)]
    pub to: Option<PlaceId>,
    /// How many units.
    pub quantity: i64,
    /// When it happened (UTC).
    pub at: Timestamp,
    /// When it was entered (UTC).
    pub recorded_at: Timestamp,
    /// Who entered it.
    pub by: Actor,
    /// Who of the staff did it.
    #[serde(default)]
    pub staff: Option<StaffId>,
    /// The visit at which it was used, or from which it came back.
    #[serde(default)]
    pub appointment: Option<AppointmentId>,
    /// The service of that visit.
    #[serde(default)]
    pub service: Option<ServiceId>,
    /// How many days before that visit it was booked.
    #[serde(default)]
    pub booked_ahead: u16,
    /// The order that a delivery belongs to.
    #[serde(default)]
    pub order: Option<PurchaseOrderId>,
    /// What a unit cost, in cents, as far as it is known.
    #[serde(default)]
    pub unit_cents: Option<i64>,
    /// How many units the books lacked: they were used or wasted, and the books did not have them.
    #[serde(default)]
    pub short: i64,
    /// What staff should know of it.
    #[serde(default)]
    pub note: String,
}

/// The places where a business can keep stock: its locations, what can be booked (a van), and the shop.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places(BTreeSet<String>);

impl Places {
    /// Those of a tenant.
    #[must_use]
    pub fn of(locations: &[Location], resources: &[Resource]) -> Self {
        let locations = locations.iter().map(|location| location.id.to_string());
        Self(locations.chain(resources.iter().map(|resource| resource.id.to_string())).collect())
    }

    /// Whether there is such a place.
    #[must_use]
    pub fn has(&self, place: &PlaceId) -> bool {
        place.as_str() == SHOP || self.0.contains(place.as_str())
    }

    /// Refuses `field` unless there is such a place.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field.
    pub fn demand(&self, field: &str, place: &PlaceId) -> Result<(), Failure> {
        let what =
            format!("{place} is no place of this business: name a location, a resource such as a van, or {SHOP}");
        ensure(self.has(place), field, what)
    }
}

impl MovementKind {
    /// All there are.
    pub const ALL: [Self; 7] =
        [Self::Receive, Self::Use, Self::Transfer, Self::Count, Self::Waste, Self::Return, Self::SendBack];

    /// The name used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Receive => "receive",
            Self::Use => "use",
            Self::Transfer => "transfer",
            Self::Count => "count",
            Self::Waste => "waste",
            Self::Return => "return",
            Self::SendBack => "send_back",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether it is of a job.
    fn is_of_job(self) -> bool {
        matches!(self, Self::Use | Self::Return)
    }
}

impl NewMovement {
    /// Checks what the types do not: quantities, what belongs to which kind, a time that can be.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field.
    pub fn validate(&self, places: &Places, now: Timestamp) -> Result<(), Failure> {
        text("key", &self.key, 1..=100)?;
        text("note", &self.note, 0..=300)?;
        let is_transfer = self.kind == MovementKind::Transfer;
        ensure(is_transfer == self.to.is_some(), "to", "to is where a transfer went: give it with one, and only then")?;
        places.demand("place", &self.place)?;
        self.to.iter().try_for_each(|to| places.demand("to", to))?;
        ensure(self.to.as_ref() != Some(&self.place), "to", "a transfer is between two places")?;
        let least = i64::from(self.kind != MovementKind::Count);
        let sane = (least..=stock::MAX_QUANTITY).contains(&self.quantity);
        ensure(sane, "quantity", format!("quantity must be {least} to {}", stock::MAX_QUANTITY))?;
        let of_job = self.appointment.is_none() || self.kind.is_of_job();
        ensure(of_job, "appointment", "only what is used or comes back is of a visit")?;
        let can_be = |cents: i64| self.kind == MovementKind::Receive && (0..=MAX_UNIT_CENTS).contains(&cents);
        let costs = self.unit_cents.is_none_or(can_be);
        ensure(costs, "unit_cents", format!("only what comes in has a price: 0 to {MAX_UNIT_CENTS} cents"))?;
        let at = self.at.unwrap_or(now);
        ensure(at.duration_since(now) <= CLOCKS_DIFFER, "at", "at is a time that has been")?;
        ensure(now.duration_since(at) <= OLDEST, "at", "at is at most two years ago")
    }

    /// The line of the ledger that it makes.
    #[must_use]
    pub fn line(self, tenant: &TenantId, by: Actor, now: Timestamp) -> Movement {
        Movement {
            id: MovementId::derive(tenant, &[self.item.as_str(), &self.key]),
            item: self.item,
            kind: self.kind,
            place: self.place,
            to: self.to,
            quantity: self.quantity,
            at: self.at.unwrap_or(now).min(now),
            recorded_at: now,
            by,
            staff: self.staff,
            appointment: self.appointment,
            service: None,
            booked_ahead: 0,
            order: None,
            unit_cents: self.unit_cents,
            short: 0,
            note: self.note,
        }
    }
}

impl Movement {
    /// As one of the visit that it names: with its service, and how long before it was booked.
    #[must_use]
    pub fn at_visit(self, visit: &Booking, zone: &TimeZone) -> Self {
        let day = |at: Timestamp| at.to_zoned(zone.clone()).date();
        let days = (day(visit.starts_at) - day(visit.created_at)).get_days();
        Self { service: Some(visit.service.clone()), booked_ahead: u16::try_from(days).unwrap_or_default(), ..self }
    }

    /// Whether `other` is the same report, whenever it was entered and whatever the books made of it. A report without a time says the
    /// time at which it came.
    #[must_use]
    pub fn is_same_report(&self, other: &Self) -> bool {
        let said = |movement: &Self| (movement.kind, movement.quantity, movement.order, movement.appointment);
        said(self) == said(other) && (&self.item, &self.place, &self.to) == (&other.item, &other.place, &other.to)
    }

    /// As the arithmetic takes it. What was used or thrown away is gone, whatever the books say.
    #[must_use]
    pub fn for_books(&self) -> stock::Movement {
        let (place, quantity) = (self.place.to_string(), self.quantity);
        let change = match self.kind {
            MovementKind::Receive => stock::Change::Receive { to: place, quantity },
            MovementKind::Use => stock::Change::Use { from: place, quantity },
            MovementKind::Transfer => {
                let to = self.to.as_ref().map_or_else(|| place.clone(), ToString::to_string);
                stock::Change::Transfer { from: place, to, quantity }
            }
            MovementKind::Count => stock::Change::Count { place, quantity },
            MovementKind::Waste => stock::Change::Waste { from: place, quantity },
            MovementKind::Return => stock::Change::Return { to: place, quantity },
            MovementKind::SendBack => stock::Change::SendBack { from: place, quantity },
        };
        let allow_below = matches!(self.kind, MovementKind::Use | MovementKind::Waste);
        stock::Movement { id: self.id.to_string(), item: self.item.to_string(), at: self.at, change, allow_below }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, from_value, json};

    fn report(change: &Value) -> NewMovement {
        let mut new = json!({"key": "k", "item": "cap", "kind": "use", "place": "shop", "quantity": 2});
        new.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        from_value(new).unwrap()
    }

    fn now() -> Timestamp {
        "2026-11-30T15:00:00Z".parse().unwrap()
    }

    #[test]
    fn what_cannot_be_is_refused_by_name() {
        assert_eq!(report(&json!({})).validate(&Places::default(), now()), Ok(()));
        let appointment = AppointmentId::derive(&TenantId::new("acme").unwrap(), &["a"]);
        for (change, field) in [
            (json!({"key": " "}), "key"),
            (json!({"place": "moon"}), "place"),
            (json!({"to": "shop"}), "to"),
            (json!({"kind": "transfer"}), "to"),
            (json!({"kind": "transfer", "to": "shop"}), "to"),
            (json!({"quantity": 0}), "quantity"),
            (json!({"kind": "count", "quantity": -1}), "quantity"),
            (json!({"kind": "waste", "appointment": appointment}), "appointment"),
            (json!({"unit_cents": 5}), "unit_cents"),
            (json!({"kind": "receive", "unit_cents": 1_000_000_001}), "unit_cents"),
            (json!({"at": "2026-11-30T15:06:00Z"}), "at"),
            (json!({"at": "2023-11-30T15:00:00Z"}), "at"),
        ] {
            let refused = report(&change).validate(&Places::default(), now());
            let Err(Failure::Rejected { field: named, .. }) = refused else { panic!("{change}") };
            assert_eq!(named.as_deref(), Some(field), "{change}");
        }
        assert_eq!(report(&json!({"kind": "count", "quantity": 0})).validate(&Places::default(), now()), Ok(()));
    }

    #[test]
    fn the_same_key_is_the_same_movement_of_an_item() {
        let acme = TenantId::new("acme").unwrap();
        let line = |change: &Value, now| report(change).line(&acme, Actor::System, now);
        let (first, later) = (line(&json!({}), now()), line(&json!({}), now() + SignedDuration::from_hours(1)));
        assert_eq!(first.id, later.id);
        assert!(first.is_same_report(&later) && first != later);
        let other = line(&json!({"quantity": 3}), now());
        assert!(other.id == first.id && !other.is_same_report(&first));
        assert_ne!(line(&json!({"item": "fan"}), now()).id, first.id);
        assert_ne!(line(&json!({"key": "l"}), now()).id, first.id);
    }
}
