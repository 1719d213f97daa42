//! Does the step of a sequence that is due: everything is read again, and decided again.
//!
//! Reads the queue `SequenceSteps`, which one-time schedules and the sweeper fill. The message says only which step of which
//! enrollment; whether it still is the next one, whether the person answered meanwhile, what it says and where it goes is
//! decided on what is there now. Done twice it is done once: the second finds the enrollment a step further. What it writes is
//! queued like every other message, and the gate decides whether it leaves. Where the step asks for it, a model writes the
//! text; one that was written and not stored is written again.

use ai::Assistant;
use domain::journeys::Person;
use domain::journeys::{
    Act, DueStep, Journey, JourneyContext, JourneyUpdate, Sequence, Subject, VISIT_LINK, VariantStats, run_step,
};
use domain::{Failure, TenantId};
use jiff::Timestamp;
use runtime::schedules::Schedules;
use std::time::{Duration, Instant};
use store::{Commit, Store};

mod words;

use words::Words;

/// The most time one record takes: the model's budget, the table's calls, the schedules', and a few decisions more.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(28);
/// How often a lost race is decided again.
const MAX_DECISIONS: usize = 6;

/// What due steps need.
#[derive(Debug)]
pub struct SequenceSteps {
    /// The table.
    pub store: Store,
    /// Where the next steps are scheduled.
    pub schedules: Schedules,
    /// The model, where there is one.
    pub assistant: Assistant,
    /// Where people meet this installation: links begin with it.
    pub public_url: String,
}

impl SequenceSteps {
    /// Does one step, if it still is the next one.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: deliver the record again.
    pub async fn run_step(&self, point: &DueStep, now: Timestamp) -> Result<(), Failure> {
        // All decisions share the model's budget, and what it wrote: when the budget is used up, the steps' own texts go out.
        let mut words = Words::until(Instant::now() + ai::COMPOSE_BUDGET);
        for _ in 0..MAX_DECISIONS {
            let Some(journey_update) = self.journey_update(point, now, &mut words).await? else { return Ok(()) };
            self.schedules.make(&journey_update.schedules, now).await?;
            if !journey_update.changed {
                return Ok(());
            }
            let cause = format!("touch|{}|{}|{}", point.run, point.step, point.due.as_millisecond());
            // What the step causes is found by its enrollment: no request began it.
            let correlation = point.run.to_string();
            match self
                .store
                .journeys()
                .save_journey_update(&point.tenant, &journey_update, &cause, &correlation, now)
                .await?
            {
                Commit::Stored | Commit::Duplicate => return Ok(()),
                Commit::Conflict => {}
            }
        }
        Err(Failure::Retryable("this journey is very busy".into()))
    }

    /// What follows; `None`: there is no one any more.
    async fn journey_update(
        &self,
        point: &DueStep,
        now: Timestamp,
        words: &mut Words,
    ) -> Result<Option<JourneyUpdate>, Failure> {
        let Some(tenant) = self.store.tenants().find(&point.tenant).await? else { return Ok(None) };
        let Some(person) = self.store.journeys().visit(&point.tenant, point.contact).await? else { return Ok(None) };
        let Some(journey) = person.journey.clone() else {
            // Right after a merge the enrollment is still with the contact that is no more.
            return awaiting_merge(&person, point);
        };
        let sequences = self.store.sequences().in_force(&point.tenant).await?;
        let visit_link = self.visit_link(&point.tenant, &journey, &sequences, point).await?;
        let visit_link = visit_link.as_deref();
        let journey_context =
            JourneyContext { tenant: &tenant.value, person: &person, sequences: &sequences, visit_link };
        let variant_stats = self.variant_stats(&journey_context, &journey, point).await?;
        let mut journey_update = run_step(&journey_context, journey, point, &variant_stats, now);
        self.word(&journey_context, &mut journey_update, now, words).await?;
        tracing::info!(
            tenant = %point.tenant,
            run = %point.run,
            step = %point.step,
            changed = journey_update.changed,
            messages = journey_update.messages.len(),
            tasks = journey_update.tasks.len(),
            "touched"
        );
        Ok(Some(journey_update))
    }

    /// The link to the appointment that the enrollment is about, where a text asks for it and the appointment is one of our
    /// calendar's that can still be kept.
    async fn visit_link(
        &self,
        tenant: &TenantId,
        journey: &Journey,
        sequences: &[Sequence],
        point: &DueStep,
    ) -> Result<Option<String>, Failure> {
        let Some(run) = journey.running().find(|run| run.id == point.run) else { return Ok(None) };
        let sequence = sequences.iter().find(|sequence| sequence.id == run.sequence);
        let Subject::Appointment(id) = run.subject else { return Ok(None) };
        if !sequence.is_some_and(|sequence| sequence.asks_for(VISIT_LINK)) {
            return Ok(None);
        }
        self.store.appointments().visit_link(tenant, id, &self.public_url).await
    }

    /// What was counted of the step's texts, where there are several.
    async fn variant_stats(
        &self,
        journey_context: &JourneyContext<'_>,
        journey: &Journey,
        point: &DueStep,
    ) -> Result<VariantStats, Failure> {
        let run = journey.running().find(|run| run.id == point.run);
        let sequence =
            run.and_then(|run| journey_context.sequences.iter().find(|sequence| sequence.id == run.sequence));
        let step = sequence.and_then(|sequence| sequence.step(&point.step));
        match (sequence, step.map(|step| &step.does)) {
            (Some(sequence), Some(Act::Message(text))) if text.variants.len() > 1 => {
                self.store.sequences().variant_stats(&point.tenant, &sequence.id, &point.step).await
            }
            _ => Ok(VariantStats::default()),
        }
    }
}

fn awaiting_merge(person: &Person, point: &DueStep) -> Result<Option<JourneyUpdate>, Failure> {
    if person.contact.id == point.contact {
        return Ok(None);
    }
    Err(Failure::Retryable("this journey is being merged".into()))
}
