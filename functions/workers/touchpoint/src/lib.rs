//! Does the step of a sequence that is due: everything is read anew, and decided again.
//!
//! Reads the queue `Touchpoints`, which one-time schedules and the sweeper fill. The message says only which step of which
//! passage; whether it still is the next one, whether the person answered meanwhile, what it says and where it goes is
//! decided on what is there now. Done twice it is done once: the second finds the passage a step further. What it writes is
//! queued like every other message, and the gate decides whether it leaves. Where the step asks for it, a model writes the
//! text; one that was written and not stored is written again.

use ai::Assistant;
use domain::Failure;
use domain::journeys::{Act, Course, Journey, Scene, Tallies, TouchPoint, touch};
use domain::leads::Person;
use jiff::Timestamp;
use runtime::schedules::Schedules;
use std::time::{Duration, Instant};
use store::{Commit, Store};

mod words;

use words::Words;

/// The most time one record takes: the model's budget, the table's calls, the schedules', and a few decisions more.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(28);
/// How often a lost race is decided anew.
const MAX_DECISIONS: usize = 6;

/// What touch points need.
#[derive(Debug)]
pub struct Touchpoints {
    /// The table.
    pub store: Store,
    /// Where the next steps are scheduled.
    pub schedules: Schedules,
    /// The model, where there is one.
    pub assistant: Assistant,
}

impl Touchpoints {
    /// Does one step, if it still is the next one.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: deliver the record again.
    pub async fn touch(&self, point: &TouchPoint, now: Timestamp) -> Result<(), Failure> {
        // All decisions share the model's budget, and what it wrote: when the budget is used up, the steps' own texts go out.
        let mut words = Words::until(Instant::now() + ai::COMPOSE_BUDGET);
        for _ in 0..MAX_DECISIONS {
            let Some(course) = self.course(point, now, &mut words).await? else { return Ok(()) };
            self.schedules.make(&course.schedules, now).await?;
            if !course.changed {
                return Ok(());
            }
            let cause = format!("touch|{}|{}|{}", point.run, point.step, point.due.as_millisecond());
            // What the step causes is found by its passage: no request began it.
            let correlation = point.run.to_string();
            match self.store.journeys().save_course(&point.tenant, &course, &cause, &correlation, now).await? {
                Commit::Stored | Commit::Duplicate => return Ok(()),
                Commit::Conflict => {}
            }
        }
        Err(Failure::Retryable("this journey is very busy".into()))
    }

    /// What follows; `None`: there is nobody any more.
    async fn course(&self, point: &TouchPoint, now: Timestamp, words: &mut Words) -> Result<Option<Course>, Failure> {
        let Some(tenant) = self.store.tenants().find(&point.tenant).await? else { return Ok(None) };
        let Some(person) = self.store.journeys().visit(&point.tenant, point.contact).await? else { return Ok(None) };
        let Some(journey) = person.journey.clone() else {
            // Right after a merge the passage is still with the contact that is no more.
            return awaiting_merge(&person, point);
        };
        let sequences = self.store.sequences().in_force(&point.tenant).await?;
        let scene = Scene { tenant: &tenant.value, person: &person, sequences: &sequences };
        let tallies = self.tallies(&scene, &journey, point).await?;
        let mut course = touch(&scene, journey, point, &tallies, now);
        self.word(&scene, &mut course, now, words).await?;
        tracing::info!(
            tenant = %point.tenant,
            run = %point.run,
            step = %point.step,
            changed = course.changed,
            messages = course.messages.len(),
            tasks = course.tasks.len(),
            "touched"
        );
        Ok(Some(course))
    }

    /// What was counted of the step's texts, where there are several.
    async fn tallies(&self, scene: &Scene<'_>, journey: &Journey, point: &TouchPoint) -> Result<Tallies, Failure> {
        let run = journey.running().find(|run| run.id == point.run);
        let sequence = run.and_then(|run| scene.sequences.iter().find(|sequence| sequence.id == run.sequence));
        let step = sequence.and_then(|sequence| sequence.step(&point.step));
        match (sequence, step.map(|step| &step.does)) {
            (Some(sequence), Some(Act::Message(text))) if text.variants.len() > 1 => {
                self.store.sequences().tallies(&point.tenant, &sequence.id, &point.step).await
            }
            _ => Ok(Tallies::default()),
        }
    }
}

fn awaiting_merge(person: &Person, point: &TouchPoint) -> Result<Option<Course>, Failure> {
    if person.contact.id == point.contact {
        return Ok(None);
    }
    Err(Failure::Retryable("this journey is being merged".into()))
}
