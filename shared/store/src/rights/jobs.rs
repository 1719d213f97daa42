//! Jobs: asked for once, moved on one turn at a time.

use aws_sdk_dynamodb::types::Put;
use domain::identity::{Actor, AuditAction, AuditEntry};
use domain::ids::{AuditId, JobId};
use domain::rights::{DataJob, DataWork, may_begin};
use domain::{Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::time::Duration;

use super::{ContactPlan, Place};
use crate::Rights;
use crate::table::documents::{Trace, busy, entry, get_number};
use crate::table::item::{Item, from_item, get_text, key_item, number, text, to_item};
use crate::table::keys::{self, TableKey};
use crate::table::lists::MAX_PAGE;
use crate::table::writes::{Ran, Writes};

/// For how long a job can be asked about.
pub(super) const KEPT_FOR: SignedDuration = SignedDuration::from_hours(90 * 24);

/// The entity of the mark that moves with every job that begins.
const MARK: &str = "job mark";
/// How often it is decided again whether a job may begin, when others began meanwhile.
const MAX_DECISIONS: u32 = 6;

/// What a job does next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Progress {
    /// Nothing was done yet.
    Begin,
    /// A contact's partitions are walked through.
    Walk {
        /// What is the contact's.
        plan: ContactPlan,
        /// Where the next page begins.
        place: Place,
    },
    /// The whole table is read, from `start` on.
    Scan {
        /// What is the contact's; none: everything of the tenant is meant.
        plan: Option<ContactPlan>,
        /// Which reading this is, from 1.
        pass: u32,
        /// What this reading has found so far.
        found: u64,
        /// The last key that was read.
        start: Option<TableKey>,
    },
    /// Objects are erased.
    Objects {
        /// As in [`Progress::Scan`].
        plan: Option<ContactPlan>,
        /// Of which reading.
        pass: u32,
        /// What the reading found, and the objects so far.
        found: u64,
    },
    /// The archive is put together.
    Pack,
    /// Nothing more.
    Over,
}

/// A job and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataJobRun {
    /// The job.
    pub job: DataJob,
    /// How many turns it has taken.
    pub turn: u64,
    /// What the next turn does.
    pub progress: Progress,
}

impl Rights<'_> {
    /// Keeps a job that someone asks for, with a line of the audit record. The same job again is the same.
    ///
    /// Whether it may begin ([`may_begin`]) is decided on the jobs there are, and holds only if none has begun since: the
    /// tenant's mark, which counts them, is in the same transaction. So however many ask at once, one job of a kind begins.
    ///
    /// # Errors
    /// [`Failure::Rejected`] as [`may_begin`] says; else as the table answers.
    pub async fn begin(self, job: &DataJob, trace: &Trace) -> Result<DataJob, Failure> {
        let run = DataJobRun { job: job.clone(), turn: 0, progress: Progress::Begin };
        for attempt in 0..MAX_DECISIONS {
            let mark = self.store.item(MARK, &keys::platform().jobs_mark(&job.tenant)).await?;
            let begun = mark.as_ref().and_then(|mark| get_number(mark, "version")).unwrap_or_default();
            let jobs = self.jobs(&job.tenant).await?;
            if let Some(there) = jobs.iter().find(|there| there.id == job.id) {
                return Ok(there.clone());
            }
            may_begin(job, &jobs)?;
            let mut writes = Writes::new(&self.store.table);
            writes.put_new(item(&run)?)?;
            writes.put_version(mark_item(job), u64::try_from(begun).unwrap_or_default())?;
            writes.audit(&entry(&job.tenant, action(&job.work), &job.subject(), 0, None, None, trace))?;
            match self.store.run(writes).await? {
                Ran::Done => return Ok(job.clone()),
                Ran::Raced | Ran::Refused(_) => tokio::time::sleep(Duration::from_millis(10 << attempt)).await,
            }
        }
        Err(busy("job"))
    }

    /// A job of a tenant, strongly consistent.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub async fn job(self, tenant: &TenantId, id: JobId) -> Result<DataJob, Failure> {
        let item = self.store.item("job", &keys::platform().job(tenant, id)).await?;
        from_item("job", &item.ok_or_else(|| Failure::not_found("job"))?)
    }

    /// The jobs of a tenant, of the last 90 days.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn jobs(self, tenant: &TenantId) -> Result<Vec<DataJob>, Failure> {
        let partition = keys::platform().job(tenant, JobId::derive(tenant, &[])).pk;
        let (mut jobs, mut cursor) = (Vec::new(), None);
        loop {
            let (items, next) = self.store.page_of(&partition, "", true, MAX_PAGE, cursor.as_deref()).await?;
            for item in items.iter().filter(|item| get_text(item, "entity") != MARK) {
                jobs.push(from_item("job", item)?);
            }
            cursor = next;
            if cursor.is_none() {
                return Ok(jobs);
            }
        }
    }

    /// A job with how far it is; `None` where it was erased with its tenant.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn progress(self, tenant: &TenantId, id: JobId) -> Result<Option<DataJobRun>, Failure> {
        let Some(item) = self.store.item("job", &keys::platform().job(tenant, id)).await? else { return Ok(None) };
        let unreadable = || Failure::Permanent("a job's progress is of a form that this version cannot read".into());
        Ok(Some(DataJobRun {
            job: from_item("job", &item)?,
            turn: get_number(&item, "turn").and_then(|turn| u64::try_from(turn).ok()).ok_or_else(unreadable)?,
            progress: serde_json::from_str(get_text(&item, "progress")).map_err(|_| unreadable())?,
        }))
    }

    /// Keeps what a turn has come to, if the job still is where it was: at `run.turn - 1`. With its end goes a line of the
    /// audit record: the tenant's, or the platform's where the tenant is no more.
    ///
    /// # Errors
    /// As the table answers. `Ok(false)`: another run of the same turn was first, or the job is gone.
    pub async fn turn(self, run: &DataJobRun) -> Result<bool, Failure> {
        let put = Put::builder()
            .set_item(Some(item(run)?))
            .condition_expression("turn = :before")
            .expression_attribute_values(":before", number(run.turn.saturating_sub(1)));
        let mut writes = Writes::new(&self.store.table);
        writes.put_builder(put)?;
        if let Some(at) = run.job.finished_at {
            writes.audit(&outcome(&run.job, at))?;
        }
        match self.store.run(writes).await? {
            Ran::Done => Ok(true),
            Ran::Raced => Err(busy("job")),
            Ran::Refused(_) => Ok(false),
        }
    }

    /// The exports that hold what is a contact's: their archives are to go with it.
    pub(super) async fn exports_with(self, tenant: &TenantId, plan: &ContactPlan) -> Result<Vec<JobId>, Failure> {
        let holds = |job: &DataJob| match &job.work {
            DataWork::Export { contact } => contact.is_none_or(|contact| plan.people.contains(&contact)),
            _ => false,
        };
        let jobs = self.jobs(tenant).await?.into_iter().filter(holds);
        Ok(jobs.map(|job| job.id).collect())
    }
}

fn item(run: &DataJobRun) -> Result<Item, Failure> {
    let mut item = to_item("job", &keys::platform().job(&run.job.tenant, run.job.id), &run.job)?;
    let progress = serde_json::to_string(&run.progress).map_err(|error| Failure::Permanent(error.to_string()))?;
    item.insert("turn".to_owned(), number(run.turn));
    item.insert("progress".to_owned(), text(progress));
    item.insert("expires_at".to_owned(), number(kept_until(&run.job)));
    Ok(item)
}

/// The mark that moves with every job that begins. It goes with the jobs, and with its tenant.
fn mark_item(job: &DataJob) -> Item {
    let mut item = key_item(&keys::platform().jobs_mark(&job.tenant));
    item.insert("entity".to_owned(), text(MARK));
    item.insert("tenant".to_owned(), text(job.tenant.as_str()));
    item.insert("expires_at".to_owned(), number(kept_until(job)));
    item
}

/// Until when it can be asked for, in seconds.
fn kept_until(job: &DataJob) -> i64 {
    let until = job.asked_at.saturating_add(KEPT_FOR);
    until.unwrap_or(job.asked_at).as_second()
}

fn action(work: &DataWork) -> AuditAction {
    match work {
        DataWork::Export { .. } => AuditAction::Exported,
        DataWork::EraseContact { .. } | DataWork::EraseTenant { .. } => AuditAction::Erased,
    }
}

/// The result of a job, in numbers. Of a tenant that is no more it is the one line that remains.
fn outcome(job: &DataJob, at: Timestamp) -> AuditEntry {
    let tenant = match job.work {
        DataWork::EraseTenant { .. } => TenantId::platform(),
        _ => job.tenant.clone(),
    };
    AuditEntry {
        id: AuditId::derive(&tenant, &["job", &job.id.to_string()]),
        at,
        actor: match job.work {
            DataWork::EraseTenant { .. } => job.by.clone(),
            _ => Actor::System,
        },
        action: action(&job.work),
        subject: job.subject(),
        address: None,
        before: None,
        after: Some(json!({ "status": job.status, "entries": job.entries, "left": job.left })),
        correlation_id: String::new(),
        tenant,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(work: DataWork) -> DataJob {
        let tenant = TenantId::new("acme").unwrap();
        let at = "2026-11-20T12:00:00Z".parse().unwrap();
        DataJob::new(JobId::derive(&tenant, &["j"]), tenant, work, Actor::Operator, at)
    }

    #[test]
    fn how_far_a_job_is_survives_the_table() {
        let start = Some(keys::of(&TenantId::new("bolt").unwrap()).key("IDENTITY#x", "IDENTITY"));
        let progress = Progress::Scan { plan: Some(ContactPlan::default()), pass: 2, found: 7, start };
        let run = DataJobRun { job: job(DataWork::Export { contact: None }), turn: 3, progress };
        let item = item(&run).unwrap();
        assert_eq!(from_item::<DataJob>("job", &item).unwrap(), run.job);
        assert_eq!(serde_json::from_str::<Progress>(get_text(&item, "progress")).unwrap(), run.progress);
    }

    #[test]
    fn of_an_erased_tenant_one_line_remains_with_the_platform() {
        let at = "2026-11-20T13:00:00Z".parse().unwrap();
        let line = outcome(&job(DataWork::EraseTenant { parent: None }), at);
        assert_eq!((line.tenant, line.subject.as_str()), (TenantId::platform(), "tenant/acme"));
        assert_eq!(outcome(&job(DataWork::Export { contact: None }), at).tenant.as_str(), "acme");
    }

    #[test]
    fn a_job_is_kept_outside_the_tenant_that_it_may_erase() {
        let job = job(DataWork::EraseTenant { parent: None });
        assert!(!keys::platform().job(&job.tenant, job.id).pk.starts_with(&keys::of(&job.tenant).everything()));
    }
}
