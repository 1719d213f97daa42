//! Whether what a step or an entry asks for is so.

use super::route::address_on;
use super::{Condition, Journey, JourneyContext, Run, Subject};
use crate::billing::Invoice;
use crate::billing::InvoiceState;
use crate::conversations::{ConversationStatus, Role};
use crate::leads::LeadStatus;
use crate::quotes::Quote;
use crate::quotes::QuoteState;
use crate::scheduling::Appointment;
use crate::scheduling::AppointmentState;

/// Whether `condition` is so for what an enrollment is about. `run` is the enrollment, once there is one.
///
/// Of something that the enrollment is not about, nothing is so: a quote that is not there was not opened.
#[must_use]
pub fn holds(
    condition: &Condition,
    journey_context: &JourneyContext<'_>,
    journey: &Journey,
    subject: &Subject,
    run: Option<&Run>,
) -> bool {
    match condition {
        Condition::StageIn(stages) => stages.contains(&journey.stage),
        Condition::ScoreIn(scores) => scores.contains(&journey_context.lead().score),
        Condition::StatusIn(statuses) => statuses.contains(&journey_context.lead().status),
        Condition::LeadIsOurs(wanted) => lead_is_ours(journey_context) == *wanted,
        Condition::WeSpokeLast(wanted) => we_spoke_last(journey_context) == *wanted,
        Condition::QuoteOpened(wanted) => journey.quote(subject).is_some_and(was_opened) == *wanted,
        Condition::LastOpened(wanted) => run.is_some_and(last_was_opened) == *wanted,
        Condition::AmountAtLeast(cents) => amount(journey, subject).is_some_and(|amount| amount >= *cents),
        Condition::Confirmed(wanted) => journey.appointment(subject).is_some_and(is_confirmed) == *wanted,
        Condition::Unpaid(wanted) => is_unpaid(journey, subject) == *wanted,
        Condition::Reachable(channel) => address_on(*channel, journey_context, journey).is_some(),
        Condition::Reacts(levels) => levels.contains(&journey.engagement.level()),
        Condition::Vip(wanted) => journey.preferences.vip == *wanted,
    }
}

impl Journey {
    /// The quote that `subject` names.
    #[must_use]
    pub fn quote(&self, subject: &Subject) -> Option<&Quote> {
        let Subject::Quote(id) = subject else { return None };
        self.quotes.iter().find(|quote| quote.id == *id)
    }

    /// The appointment that `subject` names.
    #[must_use]
    pub fn appointment(&self, subject: &Subject) -> Option<&Appointment> {
        let Subject::Appointment(id) = subject else { return None };
        self.appointments.iter().find(|appointment| appointment.id == *id)
    }

    /// The invoice that `subject` names.
    #[must_use]
    pub fn invoice(&self, subject: &Subject) -> Option<&Invoice> {
        let Subject::Invoice(id) = subject else { return None };
        self.invoices.iter().find(|invoice| invoice.id == *id)
    }
}

fn lead_is_ours(journey_context: &JourneyContext<'_>) -> bool {
    let status = journey_context.lead().status;
    !status.is_closed() && status != LeadStatus::HandedOff
}

/// Notices to staff are no part of what was said.
fn we_spoke_last(journey_context: &JourneyContext<'_>) -> bool {
    let Some(latest) = journey_context.person.threads.iter().max_by_key(|thread| thread.last_message_at) else {
        return false;
    };
    let called = latest.status == ConversationStatus::Escalated || latest.escalation.is_some();
    let last = latest.recent.iter().rev().find(|line| line.role != Role::Notice);
    !called && last.is_some_and(|line| line.role != Role::Customer)
}

fn was_opened(quote: &Quote) -> bool {
    quote.opened_at.is_some() || quote.state == QuoteState::Opened
}

fn last_was_opened(run: &Run) -> bool {
    run.last_outreach_at.zip(run.opened_at).is_some_and(|(sent, opened)| opened >= sent)
}

fn amount(journey: &Journey, subject: &Subject) -> Option<i64> {
    let quoted = journey.quote(subject).and_then(|quote| quote.amount.as_ref());
    let billed = || journey.invoice(subject).and_then(|invoice| invoice.amount.as_ref());
    quoted.or_else(billed).map(|amount| amount.cents)
}

/// They said that they will be there, and have not asked for another time since.
fn is_confirmed(appointment: &Appointment) -> bool {
    use AppointmentState::{Completed, Confirmed, EnRoute, Started};
    matches!(appointment.state, Confirmed | EnRoute | Started | Completed)
}

/// The invoice that the enrollment is about; where it is about none, any of theirs.
fn is_unpaid(journey: &Journey, subject: &Subject) -> bool {
    match subject {
        Subject::Invoice(_) => journey.invoice(subject).is_some_and(|invoice| invoice.state < InvoiceState::Voided),
        _ => journey.owes(),
    }
}

#[cfg(test)]
mod tests;
