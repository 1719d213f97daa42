//! The dry run: what would happen to a person in the next days if no one did anything, on a simulated clock.
//!
//! The same [`run_step`] and the same [`gate`] decide as for real messages; nothing is stored, nothing is sent.

#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    DueStep, Journey, JourneyContext, JourneyUpdate, Ruling, Run, SendContext, Sent, VariantStats, Waiting, gate,
    run_step,
};
use crate::conversations::Message;
use crate::ids::{SequenceId, StepId};
use crate::journeys::Person;
use crate::messaging::{Channel, Verdict};

/// The most that is looked at: sequences have 30 steps at most, and a message is put off a few times.
const MAX_STEPS: usize = 500;

/// One thing that would happen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Simulated {
    /// When it happened (UTC).
    pub at: Timestamp,
    /// Through which sequence; `None` for a message that waits already.
    pub sequence: Option<SequenceId>,
    /// By which step.
    pub step: Option<StepId>,
    /// What happens.
    pub what: Happening,
    /// Which way, where it is a message.
    pub channel: Option<Channel>,
    /// What the gate would say, where it is a message; of one that waits already, what it said last.
    pub verdict: Option<Verdict>,
    /// What the message or the task would say; what a model would write is not known before.
    pub text: Option<String>,
    /// Why, in words an owner understands.
    pub why: Option<String>,
}

/// What would happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    /// A message would go out.
    Sent,
    /// A message would wait on: for a time, or for something to happen.
    Delayed,
    /// A message would not go out.
    NotSent,
    /// A message that waits already would be looked at again; what it says is stored with it.
    Waiting,
    /// Staff would get a task.
    Task,
    /// Their stage would change.
    Mark,
    /// The step would be passed over, or come later.
    Skipped,
    /// The enrollment would be over without anything else.
    Ended,
}

/// A message that the dry run wrote, and when the gate is asked again.
struct Pending {
    message: Message,
    asked_at: Timestamp,
}

struct Simulation<'a> {
    journey_context: &'a JourneyContext<'a>,
    person: Person,
    journey: Journey,
    pending: Vec<Pending>,
    heard: Vec<Simulated>,
}

/// What would happen to the person from `now` on for `days` days if no one did anything, in order. At most
/// 500 steps are looked at.
#[must_use]
pub fn simulate(journey_context: &JourneyContext<'_>, journey: &Journey, now: Timestamp, days: u32) -> Vec<Simulated> {
    let until = now.checked_add(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MAX);
    let mut simulation = Simulation {
        journey_context,
        person: journey_context.person.clone(),
        journey: journey.clone(),
        pending: Vec::new(),
        heard: waiting(journey, now, until),
    };
    let mut clock = now;
    for _ in 0..MAX_STEPS {
        let Some(at) = simulation.next_at().map(|at| at.max(clock)).filter(|at| *at <= until) else { break };
        clock = at;
        simulation.step(at);
    }
    simulation.heard.sort_by_key(|happening| happening.at);
    simulation.heard
}

/// Messages that wait already: what they say is not here, so the gate is not asked.
fn waiting(journey: &Journey, now: Timestamp, until: Timestamp) -> Vec<Simulated> {
    let waiting = journey.waiting.iter().map(|waiting| Simulated {
        at: waiting.until.unwrap_or(now).max(now),
        sequence: None,
        step: None,
        what: Happening::Waiting,
        channel: Some(waiting.channel),
        verdict: waiting.verdict(),
        text: None,
        why: waiting.why.clone(),
    });
    waiting.filter(|waiting| waiting.at <= until).collect()
}

impl Simulation<'_> {
    /// When the next thing happens.
    fn next_at(&self) -> Option<Timestamp> {
        let asked_at = self.pending.iter().map(|pending| pending.asked_at).min();
        self.journey.next_due().into_iter().chain(asked_at).min()
    }

    /// A message whose time has come goes before a step, as it was there first.
    fn step(&mut self, at: Timestamp) {
        self.assume_sent(at);
        let earliest = self.pending.iter().enumerate().min_by_key(|(_, pending)| pending.asked_at);
        let asked = earliest.filter(|(_, pending)| pending.asked_at <= at).map(|(index, _)| index);
        match asked {
            Some(index) => {
                let pending = self.pending.swap_remove(index);
                self.ask(pending.message, at);
            }
            None => self.run_step(at),
        }
    }

    /// A message that waited before is taken to go out when its wait is over, so that caps count it; one that waits for
    /// something to happen is taken to wait in vain.
    fn assume_sent(&mut self, at: Timestamp) {
        let is_ours = |waiting: &Waiting| {
            self.pending.iter().any(|pending| pending.message.reference.message == waiting.message.message)
        };
        let is_over = |waiting: &Waiting| match waiting.awaits {
            Some(_) => waiting.expires_at < at,
            None => waiting.until.is_none_or(|until| until <= at),
        };
        let (over, left): (Vec<_>, Vec<_>) =
            self.journey.waiting.drain(..).partition(|waiting| !is_ours(waiting) && is_over(waiting));
        self.journey.waiting = left;
        for waiting in over.into_iter().filter(|waiting| waiting.awaits.is_none()) {
            let sent_at = waiting.until.unwrap_or(at);
            // What it says is not known here: no text has this digest but by chance.
            self.journey.ledger.push(Sent {
                at: sent_at,
                kind: waiting.kind,
                channel: waiting.channel,
                digest: 0,
                appointment: None,
            });
        }
        self.journey.ledger.sort_by_key(|sent| sent.at);
    }

    fn run_step(&mut self, at: Timestamp) {
        let Some(run) = self.journey.running().min_by_key(|run| (run.due, run.id)) else { return };
        let point = DueStep {
            tenant: self.journey_context.tenant.id.clone(),
            contact: self.journey.contact,
            run: run.id,
            step: run.step.clone(),
            due: run.due,
        };
        let (sequence, lines) = (run.sequence.clone(), self.journey.log.clone());
        let journey_context = JourneyContext { person: &self.person, ..*self.journey_context };
        let journey_update = run_step(&journey_context, self.journey.clone(), &point, &VariantStats::default(), at);
        let note = journey_update.journey.log.iter().find(|entry| !lines.contains(entry));
        let why = note.map(|entry| entry.what.clone());
        let what = what_of(&journey_update, &self.journey, &point);
        let text = journey_update.tasks.first().map(|task| task.title.clone());
        if journey_update.messages.is_empty() {
            let step = Some(point.step);
            let (channel, verdict) = (None, None);
            self.heard.push(Simulated { at, sequence: Some(sequence), step, what, channel, verdict, text, why });
        }
        self.journey = journey_update.journey;
        for draft in journey_update.messages {
            self.person.threads.retain(|thread| thread.channel != draft.thread.channel);
            self.person.threads.push(draft.thread);
            self.ask(draft.message, at);
        }
    }

    /// Asks the gate, and does with the journey what `worker-deliver` does.
    fn ask(&mut self, message: Message, at: Timestamp) {
        let send_context = SendContext {
            tenant: self.journey_context.tenant,
            message: &message,
            contact: Some(&self.person.contact),
            opt_out_state: &self.person.opt_out_state,
            journey: Some(&self.journey),
            sent_this_month: 0,
            with_staff: false,
        };
        let ruling = gate(&send_context, at);
        let verdict = ruling.verdict().clone();
        match ruling {
            Ruling::Cleared(cleared, _) => {
                let mut journey = self.journey.clone();
                journey.cleared(&cleared);
                self.journey = journey;
            }
            Ruling::Stopped(_) => self.journey.reschedule(message.reference, &verdict),
        }
        let (what, again_at) = match &verdict {
            Verdict::Allowed { .. } => (Happening::Sent, None),
            Verdict::Delayed { until, .. } => (Happening::Delayed, Some(*until)),
            Verdict::Held { .. } => (Happening::Delayed, message.outreach.as_ref().map(|outreach| outreach.expires_at)),
            Verdict::Skipped { .. } | Verdict::Dropped { .. } => (Happening::NotSent, None),
        };
        let from = message.outreach.as_ref().and_then(|outreach| outreach.step.as_ref());
        self.heard.push(Simulated {
            at,
            sequence: from.map(|from| from.sequence.clone()),
            step: from.map(|from| from.step.clone()),
            what,
            channel: Some(message.channel),
            why: Some(verdict.why().to_owned()),
            verdict: Some(verdict),
            text: Some(message.text.clone()),
        });
        if let Some(again_at) = again_at {
            // A second later at least: a gate that asks to be asked at once must not stop the clock.
            let soonest = at.checked_add(SignedDuration::from_secs(1)).unwrap_or(Timestamp::MAX);
            self.pending.push(Pending { message, asked_at: again_at.max(soonest) });
        }
    }
}

/// What a step without a message did.
fn what_of(journey_update: &JourneyUpdate, before: &Journey, point: &DueStep) -> Happening {
    let run = journey_update.journey.runs.iter().find(|run| run.id == point.run);
    if !journey_update.tasks.is_empty() {
        Happening::Task
    } else if journey_update.journey.stage != before.stage {
        Happening::Mark
    } else if run.is_some_and(Run::is_running) {
        Happening::Skipped
    } else {
        Happening::Ended
    }
}
