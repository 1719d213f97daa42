//! What follows from an event: facts, stage, passages that end, wait, go on sooner or begin, and held messages that may go.
//!
//! Idempotent by the event's id, and tolerant of order: late news changes facts, but neither the stage nor passages that
//! began after it.

mod entries;
mod facts;
mod news;
#[cfg(test)]
mod tests;

use jiff::Timestamp;

pub(super) use news::{Because, sequence_of};

use super::{AppointmentState, Course, Ending, InvoiceState, Journey, MAX_SEEN, QuoteState, Scene, Sequence, Signal};
use crate::EventId;
use crate::events::{Event, EventKind};

/// An event, and what it led to so far.
struct Hearing<'a> {
    scene: &'a Scene<'a>,
    event: &'a Event,
    signal: Signal,
    now: Timestamp,
    course: Course,
}

/// Takes `event` into the journey at `now`. `scene.person.journey` is not looked at: `journey` is what is so.
///
/// Of `contact.merged` nothing follows here: the caller unites the two with [`super::absorb`].
#[must_use]
pub fn hear(scene: &Scene<'_>, journey: Journey, event: &Event, now: Timestamp) -> Course {
    let refusal = matches!(event.kind, EventKind::ConsentChanged { suppressed: true, .. });
    let signal = event.kind.signal();
    if journey.seen.contains(&event.id) || (signal.is_none() && !refusal) {
        return Course::none(journey);
    }
    let mut course = Course::of(journey);
    if course.journey.version == 0 && course.journey.seen.is_empty() {
        // They have been new since they came, not since the first event was heard.
        let came = scene.contact().created_at.min(event.at);
        course.journey.stage_since = course.journey.stage_since.min(came);
    }
    course.journey.saw(event.id);
    if refusal {
        course.refuse(scene, event.at, now);
    }
    let Some(signal) = signal else { return course };
    let mut hearing = Hearing { scene, event, signal, now, course };
    hearing.course.journey.take_in(event);
    hearing.react();
    hearing.move_stage();
    hearing.tell_passages();
    hearing.begin_passages();
    hearing.release();
    hearing.course
}

impl Journey {
    /// Remembers that an event was taken in, and forgets the oldest beyond [`MAX_SEEN`].
    pub fn saw(&mut self, event: EventId) {
        self.seen.push(event);
        let surplus = self.seen.len().saturating_sub(MAX_SEEN);
        self.seen.drain(..surplus);
    }
}

impl Hearing<'_> {
    /// When it happened; never later than now, whatever the sender's clock says.
    fn at(&self) -> Timestamp {
        self.event.at.min(self.now)
    }

    fn move_stage(&mut self) {
        let (at, journey) = (self.at(), &self.course.journey);
        let covered = match self.signal {
            Signal::AppointmentCancelled | Signal::AppointmentMissed => {
                journey.appointments.iter().any(|appointment| appointment.state < AppointmentState::Completed)
            }
            Signal::PaymentReceived | Signal::InvoiceVoided => journey.owes(),
            _ => false,
        };
        if at < journey.stage_since || covered || !self.is_still_so() {
            return;
        }
        if let Some(stage) = journey.stage.after(self.signal) {
            self.course.move_to(stage, at);
        }
    }

    /// Whether what the event tells is so still, by what else was heard: a quote that was taken is not out any more.
    fn is_still_so(&self) -> bool {
        let (subject, journey) = (self.event.kind.subject(), &self.course.journey);
        let quote = |last| journey.quote(&subject).is_some_and(|quote| quote.state <= last);
        let invoice = |last| journey.invoice(&subject).is_some_and(|invoice| invoice.state <= last);
        let appointment = |last| journey.appointment(&subject).is_some_and(|appointment| appointment.state <= last);
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
            Signal::AppointmentEnRoute => appointment(AppointmentState::EnRoute),
            Signal::JobStarted => appointment(AppointmentState::Started),
            Signal::JobCompleted => appointment(AppointmentState::Completed),
            Signal::AppointmentMissed => appointment(AppointmentState::Missed),
            _ => true,
        }
    }

    /// What the gate held until this has happened comes before it again.
    fn release(&mut self) {
        let contact = self.course.journey.contact;
        for waiting in &mut self.course.journey.waiting {
            if waiting.awaits.is_some_and(|awaits| awaits.as_str() == self.event.kind.name()) {
                waiting.awaits = None;
                waiting.why = None;
                let (message, channel) = (waiting.message, waiting.channel);
                self.course.events.push(EventKind::MessageQueued { message, channel, contact });
            }
        }
    }
}

/// How a passage through `sequence` ends by `signal`; `None`: it goes on.
pub(super) fn ending(sequence: &Sequence, signal: Signal) -> Option<Ending> {
    if sequence.converts_on.contains(&signal) {
        Some(Ending::Converted)
    } else if sequence.hands_over_on.contains(&signal) {
        Some(Ending::HandedOver)
    } else if sequence.stops_on.contains(&signal) {
        let answered = matches!(signal, Signal::MessageReceived | Signal::CallReceived);
        Some(if answered { Ending::Answered } else { Ending::Stopped })
    } else {
        None
    }
}
