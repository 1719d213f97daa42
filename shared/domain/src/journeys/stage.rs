//! How events move a person from stage to stage (seed 000, 2.4), as a table.

use super::Signal;
use crate::leads::Stage;

impl Stage {
    /// Where a person stands once `signal` has happened to someone who stood at `self`; `None`: where they stood.
    ///
    /// The stages are those of seed 000, 2.4. A quote counts until there is an appointment, an appointment until its job,
    /// a job until its invoice; after that the way begins again. What only time brings is a step of a sequence
    /// ([`Stage::may_be_marked`]).
    #[must_use]
    pub fn after(self, signal: Signal) -> Option<Self> {
        use Stage::{
            AppointmentToday, AwaitingPayment, Booked, Churned, Dormant, JobComplete, JobInProgress, NewLead, Paid,
            PreAppointment, QuoteFollowingUp, QuoteSent, ReviewEligible, Reviewed,
        };
        let to = match (signal, self) {
            // They are back.
            (Signal::LeadCreated, Dormant | Churned | Reviewed)
            | (Signal::MessageReceived | Signal::CallReceived | Signal::BookingRequested, Dormant | Churned)
            // It does not take place: they have still asked.
            | (
                Signal::AppointmentCancelled | Signal::AppointmentMissed | Signal::LeadNurturing,
                Booked | PreAppointment | AppointmentToday,
            )
            // Who buys is back too. No stage says that someone bought: appointment, job and invoice do.
            | (Signal::LeadWon | Signal::LeadNurturing, Dormant | Churned) => NewLead,
            // Staff gave them up. Who was served before is a customer still.
            (
                Signal::LeadClosed,
                NewLead | QuoteSent | QuoteFollowingUp | Booked | PreAppointment | AppointmentToday | Dormant,
            ) => Churned,
            (
                Signal::QuoteSent,
                NewLead | QuoteFollowingUp | Paid | ReviewEligible | Reviewed | Dormant | Churned,
            ) => QuoteSent,
            // Who confirms an appointment has one, whatever was heard of it.
            (
                Signal::AppointmentBooked | Signal::AppointmentConfirmed,
                NewLead | QuoteSent | QuoteFollowingUp | JobComplete | AwaitingPayment | Paid | ReviewEligible | Reviewed
                | Dormant | Churned,
            )
            // Another time: it may be far away again.
            | (
                Signal::AppointmentRescheduled,
                NewLead | QuoteSent | QuoteFollowingUp | PreAppointment | AppointmentToday | JobComplete
                | AwaitingPayment | Paid | ReviewEligible | Reviewed | Dormant | Churned,
            ) => Booked,
            (
                Signal::AppointmentEnRoute,
                NewLead | QuoteSent | QuoteFollowingUp | Booked | PreAppointment | JobComplete | AwaitingPayment | Paid
                | ReviewEligible | Reviewed | Dormant | Churned,
            ) => AppointmentToday,
            (Signal::JobStarted, _) => JobInProgress,
            (
                Signal::JobCompleted,
                NewLead | QuoteSent | QuoteFollowingUp | Booked | PreAppointment | AppointmentToday | JobInProgress | Paid
                | ReviewEligible | Reviewed | Dormant | Churned,
            )
            // Nothing is to be paid any more, and nothing was.
            | (Signal::InvoiceVoided, AwaitingPayment) => JobComplete,
            // An invoice before the job, such as a deposit, does not take the appointment's place.
            (
                Signal::InvoiceIssued | Signal::InvoiceOverdue,
                NewLead | QuoteSent | QuoteFollowingUp | JobComplete | Paid | ReviewEligible | Reviewed | Dormant
                | Churned,
            ) => AwaitingPayment,
            (
                Signal::PaymentReceived,
                NewLead | QuoteSent | QuoteFollowingUp | JobComplete | AwaitingPayment | Dormant | Churned,
            ) => Paid,
            (Signal::ReviewReceived, JobComplete | Paid | ReviewEligible | Dormant | Churned) => Reviewed,
            _ => return None,
        };
        (to != self).then_some(to)
    }

    /// Whether a step may note `to`, which only time brings, of someone who stands at `self`. A note that comes late never
    /// covers what has happened since.
    #[must_use]
    pub fn may_be_marked(self, to: Self) -> bool {
        use Stage::{
            AppointmentToday, Booked, Churned, Dormant, JobComplete, NewLead, Paid, PreAppointment, QuoteFollowingUp,
            QuoteSent, ReviewEligible, Reviewed,
        };
        match to {
            QuoteFollowingUp => self == QuoteSent,
            PreAppointment => self == Booked,
            AppointmentToday => matches!(self, Booked | PreAppointment),
            ReviewEligible => matches!(self, JobComplete | Paid),
            Dormant => {
                matches!(self, NewLead | QuoteSent | QuoteFollowingUp | JobComplete | Paid | ReviewEligible | Reviewed)
            }
            Churned => self == Dormant || self.may_be_marked(Dormant),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests;
