//! What an event means to enrollments that go on, and to those whose success it is.

use jiff::{SignedDuration, Timestamp};

use super::{Applying, ending};
use crate::ConversationId;
use crate::conversations::{Task, TaskKind};
use crate::events::EventKind;
use crate::ids::TaskId;
use crate::journeys::{Ending, JourneyContext, JourneyUpdate, Run, Sequence, Signal, Subject, home_zone};

impl Applying<'_> {
    /// How they react: by channel and by hour of their day.
    pub(super) fn react(&mut self) {
        let journey = &mut self.journey_update.journey;
        let zone = home_zone(self.journey_context.tenant, self.journey_context.contact(), Some(journey));
        let hour = u8::try_from(self.event.at.to_zoned(zone).hour()).unwrap_or_default();
        match &self.event.kind {
            EventKind::MessageReceived { channel, .. } => journey.engagement.replied(*channel, hour),
            EventKind::MessageOpened { channel, message, .. } => {
                journey.engagement.opened(*channel, hour);
                let (tenant, at) = (&self.journey_context.tenant.id, self.event.at);
                let is_last = |run: &Run| {
                    run.last_step.as_ref().is_some_and(|step| run.message_id(tenant, step) == message.message)
                };
                for run in journey.runs.iter_mut().filter(|run| is_last(run)) {
                    run.opened_at = run.opened_at.max(Some(at));
                }
            }
            _ => {}
        }
    }

    pub(super) fn tell_enrollments(&mut self) {
        let subject = self.event.kind.subject();
        let concerned = |run: &&Run| subject.concerns(run.subject) && self.comes_after(run);
        let runs: Vec<Run> = self.journey_update.journey.runs.iter().filter(concerned).cloned().collect();
        for run in runs {
            let Some(sequence) = sequence_of(self.journey_context, &run) else { continue };
            match ending(sequence, self.signal) {
                Some(how) if run.is_running() => self.end(&run, sequence, how),
                Some(Ending::Converted) => self.succeed(&run),
                None if run.is_running() => self.retime(&run, sequence),
                _ => {}
            }
        }
    }

    /// An enrollment is not ended by what came before it, nor by the very message that began it; by news of a thing it is.
    fn comes_after(&self, run: &Run) -> bool {
        let of_a_thing = !matches!(self.event.kind.subject(), Subject::Contact | Subject::Lead(_));
        // Where a lead stands once its message was read comes after the message.
        let of_a_thing = of_a_thing || matches!(self.event.kind, EventKind::LeadStatusChanged { .. });
        self.event.at > run.started_at || (of_a_thing && self.event.at == run.started_at)
    }

    fn end(&mut self, run: &Run, sequence: &Sequence, how: Ending) {
        let conversation = match &self.event.kind {
            EventKind::MessageReceived { message, .. } => Some(message.conversation),
            EventKind::EscalationRaised { conversation, .. } => Some(*conversation),
            _ => None,
        };
        let because = Because { signal: self.signal, conversation, at: self.event.at };
        self.journey_update.end_because(self.journey_context, run, sequence, how, because, self.now);
    }

    /// It was over already: they answered, a person went on, and then it happened.
    fn succeed(&mut self, run: &Run) {
        let at = self.event.at;
        let open = |ending: Ending| !matches!(ending, Ending::Converted | Ending::OptedOut);
        let mut runs = self.journey_update.journey.runs.iter_mut();
        let found = runs.find(|other| other.id == run.id).and_then(|run| run.ended.as_mut());
        if let Some(ended) = found.filter(|ended| open(ended.how) && run.counts_as_success(at)) {
            ended.how = Ending::Converted;
            ended.why = self.signal.in_words().to_owned();
            self.journey_update.count_converted(run, at);
        }
    }

    /// Waits longer, or goes on sooner.
    fn retime(&mut self, run: &Run, sequence: &Sequence) {
        let (tenant, at) = (&self.journey_context.tenant.id, self.at());
        let pause = sequence.pauses_on.iter().filter(|pause| self.signal.is(pause.on)).map(|pause| pause.hours).max();
        let sooner = sequence.accelerates_on.iter().filter(|sooner| self.signal.is(sooner.on));
        let within = sooner.map(|sooner| sooner.within_hours).min();
        if let Some(until) = pause.map(|hours| later(at, hours)).filter(|until| *until > self.now) {
            self.set_pause(run, run.paused_until.max(Some(until)));
            if run.due < until {
                self.journey_update.proceed(tenant, run.id, &run.step, until);
            }
        } else if let Some(by) = within.map(|hours| later(at, hours).max(self.now)).filter(|by| *by < run.due) {
            // They think of it again: the pause is over.
            self.set_pause(run, None);
            self.journey_update.proceed(tenant, run.id, &run.step, by);
        }
    }

    fn set_pause(&mut self, run: &Run, until: Option<Timestamp>) {
        if let Some(run) = self.journey_update.journey.runs.iter_mut().find(|other| other.id == run.id) {
            run.paused_until = until;
        }
    }
}

/// What ends an enrollment.
#[derive(Debug, Clone, Copy)]
pub(in crate::journeys) struct Because {
    pub(in crate::journeys) signal: Signal,
    /// The thread in which it was said.
    pub(in crate::journeys) conversation: Option<ConversationId>,
    /// When it happened.
    pub(in crate::journeys) at: Timestamp,
}

impl JourneyUpdate {
    /// Ends an enrollment that goes on, with what goes with it: the count of its success, the task of who takes over.
    pub(in crate::journeys) fn end_because(
        &mut self,
        journey_context: &JourneyContext<'_>,
        run: &Run,
        sequence: &Sequence,
        how: Ending,
        because: Because,
        now: Timestamp,
    ) {
        self.end(run.id, &sequence.name, how, because.signal.in_words(), now);
        match how {
            Ending::Converted => self.count_converted(run, because.at),
            Ending::HandedOver => self.ask_staff(hand_over(journey_context, run, sequence, because, now)),
            _ => {}
        }
    }

    /// They want to hear nothing more: no enrollment goes on, and the last text that each sent lately is to blame.
    pub(super) fn refuse(&mut self, journey_context: &JourneyContext<'_>, at: Timestamp, now: Timestamp) {
        for run in self.journey.runs.clone() {
            self.opt_out(journey_context, &run, at, now);
        }
    }

    /// One enrollment ends by a refusal; of one that is over, only the count is taken.
    pub(in crate::journeys) fn opt_out(
        &mut self,
        journey_context: &JourneyContext<'_>,
        run: &Run,
        at: Timestamp,
        now: Timestamp,
    ) {
        if run.is_running() {
            let name = sequence_of(journey_context, run).map_or(run.sequence.as_str(), |sequence| &sequence.name);
            self.end(run.id, name, Ending::OptedOut, "they asked to get no more messages", now);
        } else {
            let mut runs = self.journey.runs.iter_mut();
            let found = runs.find(|other| other.id == run.id).and_then(|run| run.ended.as_mut());
            let open = |ending: Ending| !matches!(ending, Ending::Converted | Ending::OptedOut);
            let Some(ended) = found.filter(|ended| open(ended.how) && run.is_to_blame(at)) else { return };
            ended.how = Ending::OptedOut;
        }
        self.count_opted_out(run, at);
    }
}

/// The task by which a person of the staff goes on where an enrollment ends. One enrollment, one task.
fn hand_over(
    journey_context: &JourneyContext<'_>,
    run: &Run,
    sequence: &Sequence,
    because: Because,
    now: Timestamp,
) -> Task {
    let (kind, what) = match because.signal {
        Signal::MessageReceived => (TaskKind::Answer, "Answer them"),
        Signal::AppointmentChangeRequested => (TaskKind::Reschedule, "Arrange another time"),
        _ => (TaskKind::Call, "Call them"),
    };
    Task {
        id: TaskId::derive(&journey_context.tenant.id, &["hand-over", &run.id.to_string()]),
        contact: journey_context.contact().id,
        conversation: because.conversation,
        kind,
        title: format!("{what}: {}", because.signal.in_words()),
        note: format!("“{}” ended because of it: from here on it is yours.", sequence.name),
        urgent: because.signal == Signal::CallReceived,
        assignee: None,
        due_at: None,
        created_at: now,
        done: None,
    }
}

/// The sequence that an enrollment is in, switched off or not.
pub(in crate::journeys) fn sequence_of<'a>(journey_context: &JourneyContext<'a>, run: &Run) -> Option<&'a Sequence> {
    journey_context.sequences.iter().find(|sequence| sequence.id == run.sequence)
}

fn later(at: Timestamp, hours: u32) -> Timestamp {
    at.checked_add(SignedDuration::from_hours(hours.into())).unwrap_or(Timestamp::MAX)
}
