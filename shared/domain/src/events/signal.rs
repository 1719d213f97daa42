//! The events by which sequences begin, wait and end.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::leads::LeadStatus;

/// Declares every signal once: its name, and what happened in words that an owner understands, to go on from "because".
macro_rules! signals {
    ($(#[doc = $doc:tt] $signal:ident = $name:tt, $words:literal;)*) => {
        /// A domain event, by its name (`docs/events.md`).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
        #[schema(as = SequenceSignal)]
        pub enum Signal {
            $(#[doc = $doc] #[serde(rename = $name)] $signal,)*
        }

        impl Signal {
            /// All there are.
            pub const ALL: &[Self] = &[$(Self::$signal),*];

            /// The event's name.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$signal => $name,)*
                }
            }

            /// What happened, in words an owner understands, to go on from "because".
            #[must_use]
            pub fn in_words(self) -> &'static str {
                match self {
                    $(Self::$signal => $words,)*
                }
            }
        }
    };
}

signals! {
    /// A lead was opened.
    LeadCreated = "lead.created", "they asked anew";
    /// A lead was closed as won, as lost or as none.
    LeadClosed = "lead.closed", "their inquiry was closed";
    /// A lead was closed as won; sequences that name `lead.closed` hear it too.
    LeadWon = "lead.won", "they bought";
    /// A lead is not ready yet and is kept warm.
    LeadNurturing = "lead.nurturing", "they are not ready yet";
    /// They wrote.
    MessageReceived = "message.received", "they wrote";
    /// They opened a message.
    MessageOpened = "message.opened", "they opened a message";
    /// They called.
    CallReceived = "call.received", "they called";
    /// They mentioned a competitor.
    CompetitorMentioned = "competitor.mentioned", "they mentioned a competitor";
    /// A person of the staff was called for.
    EscalationRaised = "escalation.raised", "a person was called for";
    /// They asked for a time.
    BookingRequested = "booking.requested", "they asked for a time";
    /// A quote went out.
    QuoteSent = "quote.sent", "a quote went out";
    /// They opened it.
    QuoteOpened = "quote.opened", "they opened the quote";
    /// They took it.
    QuoteAccepted = "quote.accepted", "they accepted the quote";
    /// They refused it.
    QuoteDeclined = "quote.declined", "they declined the quote";
    /// It holds no more.
    QuoteExpired = "quote.expired", "the quote expired";
    /// They looked at the prices again.
    PricingVisited = "pricing.visited", "they looked at the prices again";
    /// An appointment was agreed on.
    AppointmentBooked = "appointment.booked", "they booked an appointment";
    /// They will be there.
    AppointmentConfirmed = "appointment.confirmed", "they confirmed the appointment";
    /// It has another time.
    AppointmentRescheduled = "appointment.rescheduled", "the appointment was moved";
    /// They want another time, or none.
    AppointmentChangeRequested = "appointment.change_requested", "they want to change the appointment";
    /// It does not take place.
    AppointmentCancelled = "appointment.cancelled", "the appointment was cancelled";
    /// They were not there.
    AppointmentMissed = "appointment.missed", "they missed the appointment";
    /// Somebody is on the way.
    AppointmentEnRoute = "appointment.en_route", "somebody is on the way to them";
    /// Work has begun.
    JobStarted = "job.started", "the job has begun";
    /// Work is done.
    JobCompleted = "job.completed", "the job is done";
    /// There is an invoice.
    InvoiceIssued = "invoice.issued", "they got an invoice";
    /// It is to be paid for too long.
    InvoiceOverdue = "invoice.overdue", "the invoice is overdue";
    /// It was taken back.
    InvoiceVoided = "invoice.voided", "the invoice was taken back";
    /// It is paid.
    PaymentReceived = "payment.received", "they paid";
    /// They wrote a review.
    ReviewReceived = "review.received", "they wrote a review";
}

impl Signal {
    /// What it is to sequences that a lead is `status` now and `was` something else before; `None`: nothing.
    #[must_use]
    pub fn of_status(status: LeadStatus, was: LeadStatus) -> Option<Self> {
        use LeadStatus::{
            AppointmentBooked, ClosedLost, ClosedWon, Disqualified, HandedOff, New, Nurturing, Qualified, Qualifying,
        };
        match (status, was) {
            (AppointmentBooked, _) => Some(Self::AppointmentBooked),
            (ClosedWon, _) => Some(Self::LeadWon),
            (ClosedLost | Disqualified, _) => Some(Self::LeadClosed),
            (Nurturing, _) => Some(Self::LeadNurturing),
            // Whoever is being asked again has no appointment any more.
            (New | Qualifying | Qualified, AppointmentBooked) => Some(Self::AppointmentCancelled),
            (New | Qualifying | Qualified | HandedOff, _) => None,
        }
    }

    /// Whether a sequence that names `other` means this one too.
    #[must_use]
    pub fn is(self, other: Self) -> bool {
        self == other || (self == Self::LeadWon && other == Self::LeadClosed)
    }
}
