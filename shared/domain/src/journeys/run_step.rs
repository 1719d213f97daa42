//! A step is due: everything is looked at again, and the step is done, put off, or passed over.
//!
//! One step a time: what comes next has a schedule of its own, even where that is due already. A second handling of the
//! same step finds the enrollment elsewhere and does nothing.

mod message;
#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};

use super::apply_event::{Because, ending, sequence_of};
use super::place::{is_over, place};
use super::{
    Act, DueStep, Ending, Journey, JourneyContext, JourneyUpdate, Run, Sequence, Signal, Step, VariantStats, holds,
    render,
};
use crate::conversations::Task;
use crate::ids::TaskId;
use crate::tenancy::TenantStatus;

/// A schedule may fire this much before its time: it knows seconds only, and clocks differ.
const EARLY: SignedDuration = SignedDuration::from_mins(1);
/// While a tenant is paused, a step is looked at again after so long...
const WHILE_PAUSED: SignedDuration = SignedDuration::from_hours(24);
/// ... as long as its enrollment is no older than this: no one remembers what an older one was about.
const PAUSED_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The longest title of a task, in characters.
const MAX_TITLE: usize = 200;
/// The longest note of a task, in characters.
const MAX_NOTE: usize = 2_000;

/// A step that is due, and what it led to so far.
struct StepInProgress<'a> {
    journey_context: &'a JourneyContext<'a>,
    sequence: &'a Sequence,
    step: &'a Step,
    /// The enrollment, as it was read.
    run: Run,
    variant_stats: &'a VariantStats,
    now: Timestamp,
    journey_update: JourneyUpdate,
}

/// What is done at `now` about the step that `point` names. `variant_stats` are the counts of its texts.
///
/// `changed` is false where there is nothing to store: the point is stale, or came early and is in `schedules` again.
#[must_use]
pub fn run_step(
    journey_context: &JourneyContext<'_>,
    journey: Journey,
    point: &DueStep,
    variant_stats: &VariantStats,
    now: Timestamp,
) -> JourneyUpdate {
    let is_it = |run: &&Run| run.id == point.run && run.step == point.step && run.due == point.due;
    let Some(run) = journey.running().find(is_it).cloned() else { return JourneyUpdate::none(journey) };
    if run.due.duration_since(now) > EARLY {
        return JourneyUpdate { schedules: vec![point.clone()], ..JourneyUpdate::none(journey) };
    }
    let mut journey_update = JourneyUpdate::of(journey);
    let Some((sequence, step)) = goes_on(journey_context, &mut journey_update, &run, now) else {
        return journey_update;
    };
    let mut touching = StepInProgress { journey_context, sequence, step, run, variant_stats, now, journey_update };
    touching.handle();
    touching.journey_update
}

/// The sequence and the step, where nothing ends the enrollment or puts it off.
fn goes_on<'a>(
    journey_context: &JourneyContext<'a>,
    journey_update: &mut JourneyUpdate,
    run: &Run,
    now: Timestamp,
) -> Option<(&'a Sequence, &'a Step)> {
    let (tenant, opt_out_state) = (journey_context.tenant, journey_context.opt_out_state());
    let known = sequence_of(journey_context, run);
    let name = known.map_or(run.sequence.as_str(), |sequence| &sequence.name);
    if opt_out_state.refused {
        journey_update.opt_out(journey_context, run, opt_out_state.said_at.unwrap_or(now), now);
        return None;
    }
    match tenant.status {
        TenantStatus::Active => {}
        TenantStatus::Paused if now.duration_since(run.started_at) <= PAUSED_FOR => {
            journey_update.proceed(&tenant.id, run.id, &run.step, later(now, WHILE_PAUSED));
            return None;
        }
        TenantStatus::Paused | TenantStatus::Closed => {
            journey_update.end(run.id, name, Ending::Stopped, "your account is paused or closed", now);
            return None;
        }
    }
    let Some(sequence) = known.filter(|sequence| sequence.enabled) else {
        journey_update.end(run.id, name, Ending::Stopped, "it was switched off or removed", now);
        return None;
    };
    let heard = opt_out_state.last_heard().filter(|heard| *heard > run.started_at);
    if let Some((at, how)) = heard.zip(ending_by_message(sequence)) {
        // The bus has not told yet; its event will find the enrollment over.
        let because = Because { signal: Signal::MessageReceived, conversation: None, at };
        journey_update.end_because(journey_context, run, sequence, how, because, now);
        return None;
    }
    if let Some(until) = run.paused_until.filter(|until| *until > now) {
        journey_update.proceed(&tenant.id, run.id, &run.step, until);
        return None;
    }
    let step = sequence.step(&run.step);
    if step.is_none() {
        journey_update.end(run.id, name, Ending::Stopped, "its steps were changed", now);
    }
    step.map(|step| (sequence, step))
}

/// How an enrollment ends when the person writes; one that starts over then ends too.
fn ending_by_message(sequence: &Sequence) -> Option<Ending> {
    let restarts = || sequence.enters_on.iter().any(|entry| entry.on == Signal::MessageReceived);
    ending(sequence, Signal::MessageReceived).or_else(|| restarts().then_some(Ending::Answered))
}

impl StepInProgress<'_> {
    fn handle(&mut self) {
        let (run, journey) = (&self.run, &self.journey_update.journey);
        let holds = |condition| holds(condition, self.journey_context, journey, &run.subject, Some(run));
        if !self.step.when.iter().all(holds) {
            self.pass_over("its conditions are not met");
            return self.go_on(self.sequence.instead_of(self.step));
        }
        if is_over(self.step, run.due, self.now) {
            self.pass_over("its time was too long ago");
        } else {
            self.act();
        }
        self.go_on(self.sequence.after(self.step));
    }

    fn act(&mut self) {
        let step = self.step;
        match &step.does {
            Act::Message(text) => {
                if let Err(why) = self.write(text) {
                    self.pass_over(&why);
                }
            }
            Act::Task { kind, title, note, urgent } => {
                // Staff understand a title without places better than no task at all.
                let title = self.filled(title).unwrap_or_else(|| self.sequence.name.clone());
                let task = Task {
                    id: TaskId::derive(
                        &self.journey_context.tenant.id,
                        &["touch", &self.run.id.to_string(), step.id.as_str()],
                    ),
                    contact: self.journey_context.contact().id,
                    conversation: None,
                    kind: *kind,
                    title: title.chars().take(MAX_TITLE).collect(),
                    note: self.filled(note).unwrap_or_default().chars().take(MAX_NOTE).collect(),
                    urgent: *urgent,
                    assignee: None,
                    due_at: None,
                    created_at: self.now,
                    done: None,
                };
                self.journey_update.ask_staff(task);
            }
            Act::Mark { stage } => {
                if self.journey_update.journey.stage.may_be_marked(*stage) {
                    self.journey_update.move_to(*stage, self.now);
                }
            }
        }
    }

    fn filled(&self, text: &str) -> Option<String> {
        render(text, self.journey_context, &self.journey_update.journey, &self.run).ok()
    }

    fn pass_over(&mut self, why: &str) {
        let (name, step) = (&self.sequence.name, &self.step.id);
        self.journey_update
            .journey
            .add_log_entry(self.now, format!("“{name}”: step {step} was passed over, because {why}"));
    }

    fn go_on(&mut self, next: Option<&Step>) {
        let journey = &self.journey_update.journey;
        match place(self.journey_context, journey, self.sequence, &self.run, next, self.now, self.now) {
            Some(next) => {
                self.journey_update.proceed(&self.journey_context.tenant.id, self.run.id, &next.step.id, next.due);
            }
            None => {
                let name = &self.sequence.name;
                self.journey_update.end(self.run.id, name, Ending::Finished, "its last step is done", self.now);
            }
        }
    }
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}
