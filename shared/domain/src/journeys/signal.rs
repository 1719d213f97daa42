//! The events by which sequences begin, wait and end.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Subject;
use crate::events::EventKind;

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

    /// What happened, in words an owner understands, to go on from "because".
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::LeadCreated => "they asked anew",
            Self::LeadClosed => "their inquiry was closed",
            Self::MessageReceived => "they wrote",
            Self::MessageOpened => "they opened a message",
            Self::CallReceived => "they called",
            Self::CompetitorMentioned => "they mentioned a competitor",
            Self::EscalationRaised => "a person was called for",
            Self::BookingRequested => "they asked for a time",
            Self::QuoteSent => "a quote went out",
            Self::QuoteOpened => "they opened the quote",
            Self::QuoteAccepted => "they accepted the quote",
            Self::QuoteDeclined => "they declined the quote",
            Self::QuoteExpired => "the quote expired",
            Self::PricingVisited => "they looked at the prices again",
            Self::AppointmentBooked => "they booked an appointment",
            Self::AppointmentConfirmed => "they confirmed the appointment",
            Self::AppointmentRescheduled => "the appointment was moved",
            Self::AppointmentChangeRequested => "they want to change the appointment",
            Self::AppointmentCancelled => "the appointment was cancelled",
            Self::AppointmentMissed => "they missed the appointment",
            Self::AppointmentEnRoute => "somebody is on the way to them",
            Self::JobStarted => "the job has begun",
            Self::JobCompleted => "the job is done",
            Self::InvoiceIssued => "they got an invoice",
            Self::InvoiceOverdue => "the invoice is overdue",
            Self::InvoiceVoided => "the invoice was taken back",
            Self::PaymentReceived => "they paid",
            Self::ReviewReceived => "they wrote a review",
        }
    }
}

impl EventKind {
    /// What it is to sequences; `None`: nothing.
    #[must_use]
    pub fn signal(&self) -> Option<Signal> {
        Some(match self {
            Self::LeadCreated { .. } => Signal::LeadCreated,
            Self::LeadStatusChanged { status, .. } if status.is_closed() => Signal::LeadClosed,
            Self::MessageReceived { .. } => Signal::MessageReceived,
            Self::MessageOpened { .. } => Signal::MessageOpened,
            Self::CallReceived { .. } => Signal::CallReceived,
            Self::CompetitorMentioned { .. } => Signal::CompetitorMentioned,
            Self::EscalationRaised { .. } => Signal::EscalationRaised,
            Self::BookingRequested { .. } => Signal::BookingRequested,
            Self::QuoteSent { .. } => Signal::QuoteSent,
            Self::QuoteOpened { .. } => Signal::QuoteOpened,
            Self::QuoteAccepted { .. } => Signal::QuoteAccepted,
            Self::QuoteDeclined { .. } => Signal::QuoteDeclined,
            Self::QuoteExpired { .. } => Signal::QuoteExpired,
            Self::PricingVisited { .. } => Signal::PricingVisited,
            Self::AppointmentBooked { .. } => Signal::AppointmentBooked,
            Self::AppointmentConfirmed { .. } => Signal::AppointmentConfirmed,
            Self::AppointmentRescheduled { .. } => Signal::AppointmentRescheduled,
            Self::AppointmentChangeRequested { .. } => Signal::AppointmentChangeRequested,
            Self::AppointmentCancelled { .. } => Signal::AppointmentCancelled,
            Self::AppointmentMissed { .. } => Signal::AppointmentMissed,
            Self::AppointmentEnRoute { .. } => Signal::AppointmentEnRoute,
            Self::JobStarted { .. } => Signal::JobStarted,
            Self::JobCompleted { .. } => Signal::JobCompleted,
            Self::InvoiceIssued { .. } => Signal::InvoiceIssued,
            Self::InvoiceOverdue { .. } => Signal::InvoiceOverdue,
            Self::InvoiceVoided { .. } => Signal::InvoiceVoided,
            Self::PaymentReceived { .. } => Signal::PaymentReceived,
            Self::ReviewReceived { .. } => Signal::ReviewReceived,
            _ => return None,
        })
    }

    /// What it is about, as it says itself: one thing where it names one, else the person.
    #[must_use]
    pub(super) fn subject(&self) -> Subject {
        match self {
            Self::LeadCreated { lead, .. } | Self::LeadStatusChanged { lead, .. } => Subject::Lead(*lead),
            Self::QuoteSent { quote, .. }
            | Self::QuoteOpened { quote, .. }
            | Self::QuoteAccepted { quote, .. }
            | Self::QuoteDeclined { quote, .. }
            | Self::QuoteExpired { quote, .. } => Subject::Quote(*quote),
            Self::AppointmentBooked { appointment, .. }
            | Self::AppointmentConfirmed { appointment, .. }
            | Self::AppointmentRescheduled { appointment, .. }
            | Self::AppointmentChangeRequested { appointment, .. }
            | Self::AppointmentCancelled { appointment, .. }
            | Self::AppointmentMissed { appointment, .. }
            | Self::AppointmentEnRoute { appointment, .. }
            | Self::JobStarted { appointment, .. }
            | Self::JobCompleted { appointment, .. } => Subject::Appointment(*appointment),
            Self::InvoiceIssued { invoice, .. }
            | Self::InvoiceOverdue { invoice, .. }
            | Self::InvoiceVoided { invoice, .. }
            | Self::PaymentReceived { invoice, .. } => Subject::Invoice(*invoice),
            _ => Subject::Contact,
        }
    }
}
