//! What follows from an event: facts, stage, enrollments that end, wait, go on sooner or begin, and held messages that may go.
//!
//! Idempotent by the event's id, and tolerant of order: late news changes facts, but neither the stage nor enrollments that
//! began after it.

mod entries;
mod facts;
mod news;
#[cfg(test)]
mod tests;

use jiff::Timestamp;

pub(super) use news::{Because, sequence_of};

use super::{Ending, Journey, JourneyContext, JourneyUpdate, MAX_SEEN, Sequence, Signal};
use crate::EventId;
use crate::billing::InvoiceState;
use crate::events::{Event, EventKind};
use crate::quotes::QuoteState;
use crate::scheduling::AppointmentState;

/// An event, and what it led to so far.
struct Applying<'a> {
    journey_context: &'a JourneyContext<'a>,
    event: &'a Event,
    signal: Signal,
    now: Timestamp,
    journey_update: JourneyUpdate,
}

/// Takes `event` into the journey at `now`. `journey_context.person.journey` is not looked at: `journey` is what is so.
///
/// Of `contact.merged` nothing follows here: the caller unites the two with [`super::merge`].
#[must_use]
pub fn apply_event(
    journey_context: &JourneyContext<'_>,
    journey: Journey,
    event: &Event,
    now: Timestamp,
) -> JourneyUpdate {
    let refusal = matches!(event.kind, EventKind::ConsentChanged { suppressed: true, .. });
    let signal = event.kind.signal().filter(|_| !is_known_better(&journey, event));
    if journey.seen.contains(&event.id) || (signal.is_none() && !refusal) {
        return JourneyUpdate::none(journey);
    }
    let mut journey_update = JourneyUpdate::of(journey);
    if journey_update.journey.version == 0 && journey_update.journey.seen.is_empty() {
        // They have been new since they came, not since the first event was heard.
        let came = journey_context.contact().created_at.min(event.at);
        journey_update.journey.stage_since = journey_update.journey.stage_since.min(came);
    }
    journey_update.journey.saw(event.id);
    if refusal {
        journey_update.refuse(journey_context, event.at, now);
    }
    let Some(signal) = signal else { return journey_update };
    let mut applying = Applying { journey_context, event, signal, now, journey_update };
    applying.journey_update.journey.take_in(event);
    applying.react();
    applying.move_stage();
    applying.tell_enrollments();
    applying.begin_enrollments();
    applying.release();
    applying.journey_update
}

/// Whether a lead's status tells of an appointment while one is known and goes on: its own events say what becomes of it.
fn is_known_better(journey: &Journey, event: &Event) -> bool {
    let of_status = matches!(event.kind, EventKind::LeadStatusChanged { .. });
    let of_appointment = matches!(event.kind.signal(), Some(Signal::AppointmentBooked | Signal::AppointmentCancelled));
    of_status && of_appointment && journey.has_appointment()
}

impl Journey {
    /// Whether an appointment is to take place.
    fn has_appointment(&self) -> bool {
        self.appointments.iter().any(|appointment| appointment.state < AppointmentState::Completed)
    }

    /// Remembers that an event was taken in, and forgets the oldest beyond [`MAX_SEEN`].
    pub fn saw(&mut self, event: EventId) {
        self.seen.push(event);
        let surplus = self.seen.len().saturating_sub(MAX_SEEN);
        self.seen.drain(..surplus);
    }
}

impl Applying<'_> {
    /// When it happened; never later than now, whatever the sender's clock says.
    fn at(&self) -> Timestamp {
        self.event.at.min(self.now)
    }

    fn move_stage(&mut self) {
        let (at, journey) = (self.at(), &self.journey_update.journey);
        let covered = match self.signal {
            Signal::AppointmentCancelled | Signal::AppointmentMissed | Signal::LeadClosed | Signal::LeadNurturing => {
                journey.has_appointment()
            }
            Signal::PaymentReceived | Signal::InvoiceVoided => journey.owes(),
            _ => false,
        };
        if at < journey.stage_since || covered || !self.is_still_so() {
            return;
        }
        if let Some(stage) = journey.stage.after(self.signal) {
            self.journey_update.move_to(stage, at);
        }
    }

    /// Whether what the event tells is so still, by what else was heard: a quote that was taken is not out any more.
    fn is_still_so(&self) -> bool {
        if let EventKind::LeadStatusChanged { lead, status, .. } = self.event.kind {
            let latest = self.journey_context.lead();
            return latest.id == lead && latest.status == status;
        }
        let (subject, journey) = (self.event.kind.subject(), &self.journey_update.journey);
        let quote = |last| journey.quote(&subject).is_some_and(|quote| quote.state <= last);
        let invoice = |last| journey.invoice(&subject).is_some_and(|invoice| invoice.state <= last);
        let appointment = |last| journey.appointment(&subject).is_some_and(|appointment| appointment.state <= last);
        let is = |state| journey.appointment(&subject).is_some_and(|appointment| appointment.state == state);
        match self.signal {
            Signal::QuoteSent | Signal::QuoteOpened => quote(QuoteState::Opened),
            Signal::QuoteExpired => quote(QuoteState::Expired),
            Signal::QuoteDeclined => quote(QuoteState::Declined),
            Signal::InvoiceIssued | Signal::InvoiceOverdue => invoice(InvoiceState::Overdue),
            Signal::InvoiceVoided => invoice(InvoiceState::Voided),
            Signal::AppointmentBooked
            | Signal::AppointmentConfirmed
            | Signal::AppointmentRescheduled
            | Signal::AppointmentChangeRequested => appointment(AppointmentState::ChangeRequested),
            Signal::AppointmentAtRisk => appointment(AppointmentState::Booked),
            Signal::AppointmentEnRoute => appointment(AppointmentState::EnRoute),
            Signal::JobStarted => appointment(AppointmentState::Started),
            Signal::JobCompleted => appointment(AppointmentState::Completed),
            Signal::AppointmentMissed => is(AppointmentState::Missed),
            Signal::AppointmentCancelled => is(AppointmentState::Cancelled),
            _ => true,
        }
    }

    /// What the gate held until this has happened comes before it again.
    fn release(&mut self) {
        let contact = self.journey_update.journey.contact;
        for waiting in &mut self.journey_update.journey.waiting {
            if waiting.awaits.is_some_and(|awaits| awaits.as_str() == self.event.kind.name()) {
                waiting.awaits = None;
                waiting.why = None;
                let (message, channel) = (waiting.message, waiting.channel);
                self.journey_update.events.push(EventKind::MessageQueued { message, channel, contact });
            }
        }
    }
}

/// How an enrollment in `sequence` ends by `signal`; `None`: it goes on.
pub(super) fn ending(sequence: &Sequence, signal: Signal) -> Option<Ending> {
    let names = |list: &[Signal]| list.iter().any(|named| signal.is(*named));
    if names(&sequence.converts_on) {
        Some(Ending::Converted)
    } else if names(&sequence.hands_over_on) {
        Some(Ending::HandedOver)
    } else if names(&sequence.stops_on) {
        let answered = matches!(signal, Signal::MessageReceived | Signal::CallReceived);
        Some(if answered { Ending::Answered } else { Ending::Stopped })
    } else {
        None
    }
}
