//! What one change of a booking writes, all of it or nothing: the days that it enters and leaves, the booking, a line of
//! the audit record, and the event that others hear.

use aws_sdk_dynamodb::types::Update;
use domain::events::{Event, EventKind};
use domain::identity::AuditAction;
use domain::scheduling::{Booking, CalendarDay, DayChange, DayKey};
use domain::{EventId, Failure, TenantId};
use jiff::civil::Time;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::days::{DAY, Versions};
use super::entities::KEPT_FOR;
use crate::table::documents::entry;
use crate::table::item::{Item, key_item, number, text, to_item};
use crate::table::keys;
use crate::table::writes::Writes;
use crate::{OutboxRow, Trace, Versioned};

/// The kind of the items.
pub(crate) const BOOKING: &str = "booking";
/// Where in the transaction of a new booking it says whether its contact is there.
pub(super) const CONTACT: usize = 0;

/// A change of a booking: what was there, what is to be there, and what happens to the days.
pub(crate) struct BookingChange<'a> {
    pub(crate) before: Option<&'a Versioned<Booking>>,
    pub(crate) after: &'a Booking,
    pub(crate) days: Vec<DayChange>,
    pub(crate) versions: &'a Versions,
    /// Whether others hear of it: not of what they heard already.
    pub(crate) tells: bool,
}

impl Writes {
    /// The whole transaction.
    pub(super) fn of_booking(
        table: &str,
        tenant: &TenantId,
        change: BookingChange<'_>,
        trace: &Trace,
    ) -> Result<Self, Failure> {
        let BookingChange { before, after, tells, .. } = change;
        let version = before.map_or(0, |before| before.version);
        let mut writes = Self::new(table);
        if before.is_none() {
            writes.contact_goes_on(tenant, after.contact)?;
        }
        writes.booking(tenant, change, trace)?;
        if let Some(kind) = EventKind::of_booking(before.map(|before| &before.value), after).filter(|_| tells) {
            writes.outbox(&outbox_row(tenant, after, version + 1, kind, trace))?;
        }
        Ok(writes)
    }

    /// The booking, its days and its line of the record. Who calls it sees to the contact and to the event.
    pub(crate) fn booking(
        &mut self,
        tenant: &TenantId,
        change: BookingChange<'_>,
        trace: &Trace,
    ) -> Result<(), Failure> {
        let BookingChange { before, after, days, versions, .. } = change;
        if before.is_none() {
            self.booking_pointer(tenant, after)?;
        }
        let version = before.map_or(0, |before| before.version);
        self.put_version(booking_item(tenant, after)?, version)?;
        for change in days {
            match change {
                DayChange::Write(day) => {
                    let read = versions.get(&day.key).copied().unwrap_or_default();
                    self.put_version(day_item(tenant, &day)?, read)?;
                }
                DayChange::Leave(key) => self.leave_day(tenant, &key, after)?,
            }
        }
        let action = if before.is_some() { AuditAction::Updated } else { AuditAction::Created };
        let (was, is) = (before.map(|before| recorded(&before.value)), Some(recorded(after)));
        let subject = format!("appointment/{}", after.id);
        self.audit(&entry(tenant, action, &subject, version + 1, was, is, trace))
    }

    /// A booking goes, and its entries in these days, which are there.
    pub(super) fn of_erasure<'a>(
        table: &str,
        tenant: &TenantId,
        booking: &Versioned<Booking>,
        days: impl Iterator<Item = &'a DayKey>,
    ) -> Result<Self, Failure> {
        let mut writes = Self::new(table);
        for day in days {
            writes.leave_day(tenant, day, &booking.value)?;
        }
        // It may have been given another time meanwhile, and then is in other days.
        writes.delete_version(&keys::of(tenant).booking(booking.value.id), booking.version)?;
        Ok(writes)
    }

    fn booking_pointer(&mut self, tenant: &TenantId, booking: &Booking) -> Result<(), Failure> {
        let place = keys::of(tenant).booking_pointer(booking.contact, booking.id);
        self.new_pointer(&place, &[("appointment", booking.id.to_string())])
    }

    /// Takes an appointment out of a day without reading it. The day's version goes up, so that nobody who read it before
    /// writes the appointment back.
    fn leave_day(&mut self, tenant: &TenantId, day: &DayKey, booking: &Booking) -> Result<(), Failure> {
        let update = Update::builder()
            .table_name(&self.table)
            .set_key(Some(key_item(&keys::of(tenant).calendar_day(day))))
            .update_expression("REMOVE entries.#id ADD version :one")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#id", booking.id.to_string())
            .expression_attribute_values(":one", number(1));
        self.update(update.build().map_err(|error| Failure::Permanent(error.to_string()))?);
        Ok(())
    }
}

pub(super) fn booking_item(tenant: &TenantId, booking: &Booking) -> Result<Item, Failure> {
    let mut item = to_item(BOOKING, &keys::of(tenant).booking(booking.id), booking)?;
    item.insert("gsi1pk".into(), text(keys::of(tenant).booking_list()));
    item.insert("gsi1sk".into(), text(keys::by_time(booking.starts_at, &booking.id.to_string())));
    Ok(item)
}

pub(super) fn day_item(tenant: &TenantId, day: &CalendarDay) -> Result<Item, Failure> {
    let mut item = to_item(DAY, &keys::of(tenant).calendar_day(&day.key), day)?;
    let begins = day.key.date.to_datetime(Time::midnight()).to_zoned(TimeZone::UTC);
    let begins = begins.map_err(|error| Failure::Permanent(error.to_string()))?;
    item.insert("expires_at".into(), number(begins.timestamp().as_second() + KEPT_FOR.as_secs()));
    Ok(item)
}

/// What the record keeps of a booking: it outlives the contact, and so holds nothing that the contact said.
fn recorded(booking: &Booking) -> Value {
    json!({
        "state": booking.state, "starts_at": booking.starts_at, "resources": booking.resources,
        "held_until": booking.held_until, "metadata_pairs": booking.metadata.len(),
    })
}

/// The event of the change that led to this version of a booking.
pub(super) fn outbox_row(
    tenant: &TenantId,
    booking: &Booking,
    version: u64,
    kind: EventKind,
    trace: &Trace,
) -> OutboxRow {
    let cause = format!("appointment|{}|{version}", booking.id);
    let event = Event {
        id: EventId::derive(tenant, &[&cause]),
        tenant: tenant.clone(),
        at: trace.at,
        correlation_id: trace.correlation_id.clone(),
        kind,
    };
    OutboxRow::new(EventId::derive(tenant, &["outbox", &cause]), tenant.clone(), &[event], trace.at)
}
