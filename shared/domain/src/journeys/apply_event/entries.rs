//! Enrollments that an event begins.

use jiff::SignedDuration;

use super::Applying;
use crate::ids::RunId;
use crate::journeys::place::place;
use crate::journeys::{Ending, Run, Sequence, Signal, Subject, holds};
use crate::scheduling::AppointmentState;

impl Applying<'_> {
    /// Begins an enrollment in every sequence that the event enters. Who refused is taken through none, and what is not so
    /// any more begins nothing.
    pub(super) fn begin_enrollments(&mut self) {
        // A status names no appointment: nothing that is about one begins by it.
        let of_appointment = matches!(self.signal, Signal::AppointmentBooked | Signal::AppointmentCancelled);
        let about_no_appointment = of_appointment && matches!(self.event.kind.subject(), Subject::Lead(_));
        if self.journey_context.opt_out_state().refused || about_no_appointment || !self.is_still_so() {
            return;
        }
        // They want another time already: nothing begins about this one by news that comes late.
        let wanted = self.journey_update.journey.appointment(&self.event.kind.subject());
        let of_a_time = matches!(self.signal, Signal::AppointmentBooked | Signal::AppointmentRescheduled);
        if of_a_time && wanted.is_some_and(|appointment| appointment.state == AppointmentState::ChangeRequested) {
            return;
        }
        for sequence in self.journey_context.sequences.iter().filter(|sequence| sequence.enabled) {
            let subject = if sequence.about_the_person { Subject::Contact } else { self.entry_subject() };
            let before = self.running(sequence, subject).cloned();
            let restarts = before.as_ref().filter(|run| self.restarts(sequence, run));
            if !self.enters(sequence, subject, before.is_some()) || (before.is_some() && restarts.is_none()) {
                continue;
            }
            if let Some(run) = restarts {
                let how = if self.signal == Signal::MessageReceived { Ending::Answered } else { Ending::Stopped };
                self.journey_update.end(run.id, &sequence.name, how, self.signal.in_words(), self.now);
            }
            // Another time of the same appointment is the same enrollment again: no rest lies between.
            if self.signal == Signal::AppointmentRescheduled && restarts.is_some() || !self.rests(sequence) {
                self.begin(sequence, subject);
            }
        }
    }

    /// What an enrollment is about: what the event names, else the lead that it is part of, else the person.
    fn entry_subject(&self) -> Subject {
        match self.signal {
            Signal::MessageReceived
            | Signal::CallReceived
            | Signal::CompetitorMentioned
            | Signal::EscalationRaised
            | Signal::BookingRequested => Subject::Lead(self.journey_context.lead().id),
            _ => self.event.kind.subject(),
        }
    }

    fn running(&self, sequence: &Sequence, subject: Subject) -> Option<&Run> {
        self.journey_update.journey.running().find(|run| run.sequence == sequence.id && run.subject == subject)
    }

    /// A message, or another time, begins an enrollment again, and so does whatever begins one about the person; no late news. Whoever
    /// is kept warm already goes on.
    fn restarts(&self, sequence: &Sequence, run: &Run) -> bool {
        let anew = matches!(self.signal, Signal::MessageReceived | Signal::AppointmentRescheduled);
        (anew || (sequence.about_the_person && self.signal != Signal::LeadNurturing)) && self.event.at > run.started_at
    }

    /// Whether the event is one of the sequence's entries and its conditions hold. Another time counts as the booking that
    /// began the enrollment.
    fn enters(&self, sequence: &Sequence, subject: Subject, goes_on: bool) -> bool {
        let again = goes_on && self.signal == Signal::AppointmentRescheduled;
        let journey = &self.journey_update.journey;
        sequence.enters_on.iter().any(|entry| {
            (self.signal.is(entry.on) || (again && entry.on == Signal::AppointmentBooked))
                && entry.when.iter().all(|condition| holds(condition, self.journey_context, journey, &subject, None))
        })
    }

    fn rests(&self, sequence: &Sequence) -> bool {
        let rest = SignedDuration::from_hours(24 * i64::from(sequence.rest_days));
        let mut runs = self.journey_update.journey.runs.iter().filter(|run| run.sequence == sequence.id);
        sequence.rest_days > 0 && runs.any(|run| self.event.at.duration_since(run.started_at) < rest)
    }

    fn begin(&mut self, sequence: &Sequence, subject: Subject) {
        let Some(first) = sequence.first() else { return };
        let (tenant, at) = (&self.journey_context.tenant.id, self.at());
        let id = RunId::derive(tenant, &[sequence.id.as_str(), &self.event.id.to_string()]);
        let run = Run {
            id,
            sequence: sequence.id.clone(),
            subject,
            started_at: at,
            step: first.id.clone(),
            due: at,
            paused_until: None,
            touches: 0,
            last_outreach_at: None,
            last_step: None,
            opened_at: None,
            variants: std::collections::BTreeMap::new(),
            ended: None,
        };
        let journey = &mut self.journey_update.journey;
        let Some(placed) = place(self.journey_context, journey, sequence, &run, Some(first), at, self.now) else {
            return;
        };
        if journey.runs.iter().all(|known| known.id != id) {
            journey.runs.push(run);
            self.journey_update.proceed(tenant, id, &placed.step.id, placed.due);
        }
    }
}
