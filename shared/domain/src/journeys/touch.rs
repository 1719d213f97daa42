//! A step is due: everything is looked at anew, and the step is done, put off, or passed over.
//!
//! One step a time: what comes next has a schedule of its own, even where that is due already. A second handling of the
//! same step finds the passage elsewhere and does nothing.

mod message;
#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};

use super::hear::{Because, ending, sequence_of};
use super::place::{is_over, place};
use super::{Act, Course, Ending, Journey, Run, Scene, Sequence, Signal, Step, Tallies, TouchPoint, fill, holds};
use crate::conversations::Task;
use crate::ids::TaskId;
use crate::tenancy::TenantStatus;

/// A schedule may fire this much before its time: it knows seconds only, and clocks differ.
const EARLY: SignedDuration = SignedDuration::from_mins(1);
/// While a tenant is paused, a step is looked at again after so long...
const WHILE_PAUSED: SignedDuration = SignedDuration::from_hours(24);
/// ... as long as its passage is no older than this: nobody remembers what an older one was about.
const PAUSED_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The longest title of a task, in characters.
const MAX_TITLE: usize = 200;
/// The longest note of a task, in characters.
const MAX_NOTE: usize = 2_000;

/// A step that is due, and what it led to so far.
struct Touching<'a> {
    scene: &'a Scene<'a>,
    sequence: &'a Sequence,
    step: &'a Step,
    /// The passage, as it was read.
    run: Run,
    tallies: &'a Tallies,
    now: Timestamp,
    course: Course,
}

/// What is done at `now` about the step that `point` names. `tallies` are the counts of its texts.
///
/// `changed` is false where there is nothing to store: the point is stale, or came early and is in `schedules` again.
#[must_use]
pub fn touch(scene: &Scene<'_>, journey: Journey, point: &TouchPoint, tallies: &Tallies, now: Timestamp) -> Course {
    let is_it = |run: &&Run| run.id == point.run && run.step == point.step && run.due == point.due;
    let Some(run) = journey.running().find(is_it).cloned() else { return Course::none(journey) };
    if run.due.duration_since(now) > EARLY {
        return Course { schedules: vec![point.clone()], ..Course::none(journey) };
    }
    let mut course = Course::of(journey);
    let Some((sequence, step)) = goes_on(scene, &mut course, &run, now) else { return course };
    let mut touching = Touching { scene, sequence, step, run, tallies, now, course };
    touching.handle();
    touching.course
}

/// The sequence and the step, where nothing ends the passage or puts it off.
fn goes_on<'a>(scene: &Scene<'a>, course: &mut Course, run: &Run, now: Timestamp) -> Option<(&'a Sequence, &'a Step)> {
    let (tenant, standing) = (scene.tenant, scene.standing());
    let known = sequence_of(scene, run);
    let name = known.map_or(run.sequence.as_str(), |sequence| &sequence.name);
    if standing.refused {
        course.opt_out(scene, run, standing.said_at.unwrap_or(now), now);
        return None;
    }
    match tenant.status {
        TenantStatus::Active => {}
        TenantStatus::Paused if now.duration_since(run.started_at) <= PAUSED_FOR => {
            course.proceed(&tenant.id, run.id, &run.step, later(now, WHILE_PAUSED));
            return None;
        }
        TenantStatus::Paused | TenantStatus::Closed => {
            course.end(run.id, name, Ending::Stopped, "your account is paused or closed", now);
            return None;
        }
    }
    let Some(sequence) = known.filter(|sequence| sequence.enabled) else {
        course.end(run.id, name, Ending::Stopped, "it was switched off or removed", now);
        return None;
    };
    let heard = standing.last_heard().filter(|heard| *heard > run.started_at);
    if let Some((at, how)) = heard.zip(ending_by_message(sequence)) {
        // The bus has not told yet; its event will find the passage over.
        let because = Because { signal: Signal::MessageReceived, conversation: None, at };
        course.end_because(scene, run, sequence, how, because, now);
        return None;
    }
    if let Some(until) = run.paused_until.filter(|until| *until > now) {
        course.proceed(&tenant.id, run.id, &run.step, until);
        return None;
    }
    let step = sequence.step(&run.step);
    if step.is_none() {
        course.end(run.id, name, Ending::Stopped, "its steps were changed", now);
    }
    step.map(|step| (sequence, step))
}

/// How a passage ends when the person writes; one that begins anew then ends too.
fn ending_by_message(sequence: &Sequence) -> Option<Ending> {
    let restarts = || sequence.enters_on.iter().any(|entry| entry.on == Signal::MessageReceived);
    ending(sequence, Signal::MessageReceived).or_else(|| restarts().then_some(Ending::Answered))
}

impl Touching<'_> {
    fn handle(&mut self) {
        let (run, journey) = (&self.run, &self.course.journey);
        let holds = |condition| holds(condition, self.scene, journey, &run.subject, Some(run));
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
                    id: TaskId::derive(&self.scene.tenant.id, &["touch", &self.run.id.to_string(), step.id.as_str()]),
                    contact: self.scene.contact().id,
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
                self.course.ask_staff(task);
            }
            Act::Mark { stage } => {
                if self.course.journey.stage.may_be_marked(*stage) {
                    self.course.move_to(*stage, self.now);
                }
            }
        }
    }

    fn filled(&self, text: &str) -> Option<String> {
        fill(text, self.scene, &self.course.journey, &self.run).ok()
    }

    fn pass_over(&mut self, why: &str) {
        let (name, step) = (&self.sequence.name, &self.step.id);
        self.course.journey.note(self.now, format!("“{name}”: step {step} was passed over, because {why}"));
    }

    fn go_on(&mut self, next: Option<&Step>) {
        let journey = &self.course.journey;
        match place(self.scene, journey, self.sequence, &self.run, next, self.now, self.now) {
            Some(next) => self.course.proceed(&self.scene.tenant.id, self.run.id, &next.step.id, next.due),
            None => {
                let name = &self.sequence.name;
                self.course.end(self.run.id, name, Ending::Finished, "its last step is done", self.now);
            }
        }
    }
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}
