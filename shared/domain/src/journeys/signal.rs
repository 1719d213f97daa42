//! The events by which sequences begin, wait and end.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A domain event, by its name (`docs/events.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[schema(as = SequenceSignal)]
pub enum Signal {
    /// A lead was opened.
    #[serde(rename = "lead.created")]
    LeadCreated,
    /// A lead was closed as won, as lost or as none.
    #[serde(rename = "lead.closed")]
    LeadClosed,
    /// They wrote.
    #[serde(rename = "message.received")]
    MessageReceived,
    /// They opened a message.
    #[serde(rename = "message.opened")]
    MessageOpened,
    /// They called.
    #[serde(rename = "call.received")]
    CallReceived,
    /// They mentioned a competitor.
    #[serde(rename = "competitor.mentioned")]
    CompetitorMentioned,
    /// A person of the staff was called for.
    #[serde(rename = "escalation.raised")]
    EscalationRaised,
    /// They asked for a time.
    #[serde(rename = "booking.requested")]
    BookingRequested,
    /// A quote went out.
    #[serde(rename = "quote.sent")]
    QuoteSent,
    /// They opened it.
    #[serde(rename = "quote.opened")]
    QuoteOpened,
    /// They took it.
    #[serde(rename = "quote.accepted")]
    QuoteAccepted,
    /// They refused it.
    #[serde(rename = "quote.declined")]
    QuoteDeclined,
    /// It holds no more.
    #[serde(rename = "quote.expired")]
    QuoteExpired,
    /// They looked at the prices again.
    #[serde(rename = "pricing.visited")]
    PricingVisited,
    /// An appointment was agreed on.
    #[serde(rename = "appointment.booked")]
    AppointmentBooked,
    /// They will be there.
    #[serde(rename = "appointment.confirmed")]
    AppointmentConfirmed,
    /// It has another time.
    #[serde(rename = "appointment.rescheduled")]
    AppointmentRescheduled,
    /// They want another time, or none.
    #[serde(rename = "appointment.change_requested")]
    AppointmentChangeRequested,
    /// It does not take place.
    #[serde(rename = "appointment.cancelled")]
    AppointmentCancelled,
    /// They were not there.
    #[serde(rename = "appointment.missed")]
    AppointmentMissed,
    /// Somebody is on the way.
    #[serde(rename = "appointment.en_route")]
    AppointmentEnRoute,
    /// Work has begun.
    #[serde(rename = "job.started")]
    JobStarted,
    /// Work is done.
    #[serde(rename = "job.completed")]
    JobCompleted,
    /// There is an invoice.
    #[serde(rename = "invoice.issued")]
    InvoiceIssued,
    /// It is to be paid for too long.
    #[serde(rename = "invoice.overdue")]
    InvoiceOverdue,
    /// It was taken back.
    #[serde(rename = "invoice.voided")]
    InvoiceVoided,
    /// It is paid.
    #[serde(rename = "payment.received")]
    PaymentReceived,
    /// They wrote a review.
    #[serde(rename = "review.received")]
    ReviewReceived,
}

impl Signal {
    /// All there are.
    pub const ALL: [Self; 28] = [
        Self::LeadCreated,
        Self::LeadClosed,
        Self::MessageReceived,
        Self::MessageOpened,
        Self::CallReceived,
        Self::CompetitorMentioned,
        Self::EscalationRaised,
        Self::BookingRequested,
        Self::QuoteSent,
        Self::QuoteOpened,
        Self::QuoteAccepted,
        Self::QuoteDeclined,
        Self::QuoteExpired,
        Self::PricingVisited,
        Self::AppointmentBooked,
        Self::AppointmentConfirmed,
        Self::AppointmentRescheduled,
        Self::AppointmentChangeRequested,
        Self::AppointmentCancelled,
        Self::AppointmentMissed,
        Self::AppointmentEnRoute,
        Self::JobStarted,
        Self::JobCompleted,
        Self::InvoiceIssued,
        Self::InvoiceOverdue,
        Self::InvoiceVoided,
        Self::PaymentReceived,
        Self::ReviewReceived,
    ];

    /// The event's name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeadCreated => "lead.created",
            Self::LeadClosed => "lead.closed",
            Self::MessageReceived => "message.received",
            Self::MessageOpened => "message.opened",
            Self::CallReceived => "call.received",
            Self::CompetitorMentioned => "competitor.mentioned",
            Self::EscalationRaised => "escalation.raised",
            Self::BookingRequested => "booking.requested",
            Self::QuoteSent => "quote.sent",
            Self::QuoteOpened => "quote.opened",
            Self::QuoteAccepted => "quote.accepted",
            Self::QuoteDeclined => "quote.declined",
            Self::QuoteExpired => "quote.expired",
            Self::PricingVisited => "pricing.visited",
            Self::AppointmentBooked => "appointment.booked",
            Self::AppointmentConfirmed => "appointment.confirmed",
            Self::AppointmentRescheduled => "appointment.rescheduled",
            Self::AppointmentChangeRequested => "appointment.change_requested",
            Self::AppointmentCancelled => "appointment.cancelled",
            Self::AppointmentMissed => "appointment.missed",
            Self::AppointmentEnRoute => "appointment.en_route",
            Self::JobStarted => "job.started",
            Self::JobCompleted => "job.completed",
            Self::InvoiceIssued => "invoice.issued",
            Self::InvoiceOverdue => "invoice.overdue",
            Self::InvoiceVoided => "invoice.voided",
            Self::PaymentReceived => "payment.received",
            Self::ReviewReceived => "review.received",
        }
    }
}
