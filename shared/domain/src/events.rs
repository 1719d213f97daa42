//! Domain events: what other functions may act on. Names and details are listed in `docs/events.md`.

mod kinds;
mod reported;
mod signal;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

pub use kinds::{EventKind, Signal};
pub use reported::Report;

use crate::identity::test_mode::is_test;
use crate::ids::{AppointmentId, InvoiceId, QuoteId};
use crate::leads::Lead;
use crate::scheduling::{Booking, BookingState, Cancelled, CancelledBy, CustomerStep, Step};
use crate::{EventId, LeadId, TenantId};

/// The `source` of every event on the bus.
pub const EVENT_SOURCE: &str = "porchlight";

/// One thing that happened, as it goes over the bus: EventBridge `detail-type` is [`EventKind::name`], `detail` is
/// this, as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The same happening has the same id, however often it is published.
    pub id: EventId,
    /// The tenant.
    pub tenant: TenantId,
    /// When it happened (UTC).
    pub at: Timestamp,
    /// Of the message that started it all.
    pub correlation_id: String,
    /// What happened.
    #[serde(flatten)]
    pub kind: EventKind,
}

/// An event as it is passed on: its JSON, of which only the name is read. Kinds and fields of another version go
/// through whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Value", into = "Value")]
pub struct RawEvent {
    name: String,
    json: Value,
}

impl RawEvent {
    /// The event's name: EventBridge's `detail-type`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole event: EventBridge's `detail`.
    #[must_use]
    pub fn json(&self) -> &Value {
        &self.json
    }
}

impl From<&Event> for RawEvent {
    fn from(event: &Event) -> Self {
        // Ids, names and texts: there is nothing in an event that JSON cannot say.
        Self { name: event.kind.name().to_owned(), json: serde_json::to_value(event).unwrap_or_default() }
    }
}

impl From<RawEvent> for Value {
    fn from(event: RawEvent) -> Self {
        event.json
    }
}

impl TryFrom<Value> for RawEvent {
    type Error = &'static str;

    fn try_from(json: Value) -> Result<Self, Self::Error> {
        let name = json.get("type").and_then(Value::as_str).ok_or("an event has no type")?.to_owned();
        Ok(Self { name, json })
    }
}

/// How an enrollment ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Its last step is done.
    Finished,
    /// What it was for has happened.
    Converted,
    /// The person answered.
    Answered,
    /// A person of the staff goes on.
    HandedOver,
    /// It had no more point, or was switched off.
    Stopped,
    /// The person wants to hear nothing more.
    OptedOut,
}

impl Ending {
    /// The name used in JSON and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::Converted => "converted",
            Self::Answered => "answered",
            Self::HandedOver => "handed_over",
            Self::Stopped => "stopped",
            Self::OptedOut => "opted_out",
        }
    }
}

/// Why a webhook was switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DisabledBecause {
    /// Its address said that it is gone (410).
    Gone,
    /// Nothing was taken for days.
    Failing,
}

/// What an enrollment is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "about", content = "id")]
#[schema(as = RunSubject)]
pub enum Subject {
    /// The person.
    Contact,
    /// A lead.
    Lead(LeadId),
    /// A quote.
    Quote(QuoteId),
    /// An appointment.
    Appointment(AppointmentId),
    /// An invoice.
    Invoice(InvoiceId),
}

impl Event {
    /// Whether a key for tests caused it: nothing that reaches anybody follows from it.
    #[must_use]
    pub fn is_test(&self) -> bool {
        is_test(&self.correlation_id)
    }
}

impl EventKind {
    /// What others hear of a lead that staff changed.
    #[must_use]
    pub fn of_change(before: &Lead, after: &Lead) -> Vec<Self> {
        let (lead, status) = (after.id, after.status);
        let moved = Self::LeadStatusChanged { lead, status, was: before.status };
        let assigned = Self::LeadAssigned { lead, assignee: after.assignee, was: before.assignee };
        let moved = (status != before.status).then_some(moved);
        let assigned = (after.assignee != before.assignee).then_some(assigned);
        moved.into_iter().chain(assigned).collect()
    }

    /// What others hear when a booking becomes `after`; `None`: nothing. Of a hold no one hears before it is booked, but
    /// that someone of the waiting list let theirs go.
    #[must_use]
    pub fn of_booking(before: Option<&Booking>, after: &Booking) -> Option<Self> {
        let (contact, appointment, starts_at, ends_at) = (after.contact, after.id, after.starts_at, after.ends_at);
        let was = before.map_or(BookingState::Held, |before| before.state);
        // What only staff should know of it is no news.
        let is_same = |before: &Booking| (before.state, before.starts_at) == (after.state, after.starts_at);
        if before.is_some_and(|before| is_same(before) && before.note != after.note) {
            return None;
        }
        let event = match after.state {
            BookingState::Booked if was == BookingState::Held => Self::AppointmentBooked {
                contact,
                appointment,
                starts_at,
                ends_at,
                service: Some(after.service_name.clone()),
                location: after.location.clone(),
            },
            BookingState::Booked => {
                let was = before.map(|before| before.starts_at);
                Self::AppointmentRescheduled { contact, appointment, starts_at, ends_at, was }
            }
            BookingState::Cancelled if was != BookingState::Held => Self::AppointmentCancelled { contact, appointment },
            BookingState::Cancelled if after.from_waitlist => Self::WaitlistDeclined { contact, appointment },
            BookingState::Held | BookingState::Arrived | BookingState::Cancelled => return None,
            BookingState::Confirmed => Self::AppointmentConfirmed { contact, appointment, agreed_at: None },
            BookingState::EnRoute => {
                let (eta, track) = (after.eta.unwrap_or(starts_at), after.track.clone());
                Self::AppointmentEnRoute { contact, appointment, eta, track }
            }
            BookingState::Started => Self::JobStarted { contact, appointment },
            BookingState::Completed => Self::JobCompleted { contact, appointment },
            BookingState::Missed => Self::AppointmentMissed { contact, appointment },
        };
        Some(event)
    }
}

impl CustomerStep {
    /// What `event` tells of it. The calendar's own events and reports of other systems are not what a customer said.
    #[must_use]
    pub fn of(event: &EventKind) -> Option<Self> {
        let (appointment, agreed_at, step) = match event {
            EventKind::AppointmentConfirmed { appointment, agreed_at, .. } => (appointment, agreed_at, Step::Confirm),
            EventKind::AppointmentChangeRequested { appointment, cancels, .. } => {
                let cancelled = Cancelled { by: CancelledBy::Customer, why: "They wrote it".to_owned() };
                (appointment, cancels, Step::Cancel(cancelled))
            }
            _ => return None,
        };
        Some(Self { appointment: *appointment, agreed_at: (*agreed_at)?, step })
    }
}

#[cfg(test)]
mod tests;
