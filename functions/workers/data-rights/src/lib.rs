//! Takes a tenant's data away into an archive, and erases contacts and tenants, one step at a time.
//!
//! Reads the queue `DataRights`. A step does a bounded piece of work, keeps in the job what comes next, and only then asks
//! for the next step. So a step that dies anywhere is done again by its message, and one that comes a second time finds the
//! job further on: it asks for the next step once more and does nothing else. Every piece of work may run twice.
//!
//! What a job is about is not logged, but its id and its figures.

mod erase;
mod export;
mod manifest;
mod pack;

use domain::Failure;
use domain::rights::{DataJobStatus, DataStep, DataWork};
use files::Files;
use jiff::Timestamp;
use std::time::Duration;
use store::{DataJobRun, Progress, Store};

/// The most time one step takes: putting an archive together; all others take seconds.
pub const TIME_PER_STEP: Duration = Duration::from_secs(285);

/// A job takes at most so many steps, which is six readings of 130 GB. The template lets this function call itself through
/// its queue for as long as it likes, so this is what ends a job that does not end by itself.
pub const MAX_STEPS: u64 = 100_000;

/// Pages of the table, of 1 MB each, or of a contact that one step reads.
const PAGES: usize = 8;

/// What the steps need.
#[derive(Debug)]
pub struct DataRights {
    /// The table.
    pub store: Store,
    /// The bucket.
    pub files: Files,
}

/// What follows a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// The next step.
    pub step: DataStep,
    /// Not before this long from now.
    pub delay: Duration,
}

impl DataRights {
    /// Does one step at `now`; `None` when there is nothing more to do.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: do the step again. [`Failure::Permanent`] when the job cannot be finished: it says so itself
    /// then, and someone has to look.
    pub async fn step(&self, step: &DataStep, now: Timestamp) -> Result<Option<Next>, Failure> {
        let Some(mut run) = self.store.rights().progress(&step.tenant, step.job).await? else {
            tracing::info!(job = %step.job, "the job is gone, as are its data");
            return Ok(None);
        };
        if run.turn != step.turn {
            // The step was done, and may have died before it asked for the next one.
            let again = run.turn == step.turn + 1 && run.progress != Progress::Over;
            return Ok(again.then(|| next(step, Duration::ZERO)));
        }
        let delay = self.turn(&mut run, now).await?;
        run.turn += 1;
        if run.progress == Progress::Over {
            run.job.finished_at = Some(now);
        }
        if !self.store.rights().turn(&run).await? {
            return Ok(None);
        }
        tracing::info!(job = %step.job, turn = run.turn, entries = run.job.entries, "a step of a data job was done");
        match (run.progress, run.job.status) {
            (Progress::Over, DataJobStatus::Incomplete) => {
                Err(Failure::Permanent(format!("job {}: it does not come to an end", step.job)))
            }
            (Progress::Over, _) => Ok(None),
            _ => Ok(Some(next(step, delay))),
        }
    }

    /// Does what the job says is next, and puts into the job what comes after that.
    async fn turn(&self, run: &mut DataJobRun, now: Timestamp) -> Result<Duration, Failure> {
        if run.turn >= MAX_STEPS {
            (run.job.status, run.progress) = (DataJobStatus::Incomplete, Progress::Over);
            return Ok(Duration::ZERO);
        }
        match run.job.work.clone() {
            DataWork::Export { contact } => self.export(run, contact, now).await,
            DataWork::EraseContact { contact } => self.erase_contact(run, contact).await,
            DataWork::EraseTenant { parent } => self.erase_tenant(run, parent.as_ref(), now).await,
        }
    }
}

fn next(step: &DataStep, delay: Duration) -> Next {
    Next { step: DataStep { turn: step.turn + 1, ..step.clone() }, delay }
}

fn unforeseen() -> Failure {
    Failure::Permanent("a job stands where this kind of job never stands".into())
}
