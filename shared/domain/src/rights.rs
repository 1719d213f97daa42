//! What a tenant may ask for the data it holds: take it away, erase a contact, erase everything.
//!
//! Such a job reads or deletes more than one call can, so it runs in steps: each is one message on the queue `DataRights`,
//! and what comes next stands in the job. A job that dies anywhere goes on from its last message.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::failure::Rejection;
use crate::identity::Actor;
use crate::ids::JobId;
use crate::{ContactId, Failure, TenantId};

/// For how many days an archive can be fetched.
pub const ARCHIVE_DAYS: i64 = 7;

/// So many jobs over everything a day: each reads the whole table.
const MAX_WHOLE_A_DAY: usize = 5;
/// So many jobs over one contact a day: each erasure is proven by reading the whole table.
const MAX_CONTACTS_A_DAY: usize = 100;

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DataWork {
    /// Everything the tenant holds, or all about one contact, goes into one archive.
    Export {
        /// About whom; none: everything.
        contact: Option<ContactId>,
    },
    /// A contact is erased.
    EraseContact {
        /// The contact.
        contact: ContactId,
    },
    /// The tenant is closed and erased.
    EraseTenant {
        /// The agency that looks after it.
        parent: Option<TenantId>,
    },
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DataJobStatus {
    /// It waits or runs.
    Running,
    /// It is done; of an erasure: a reading of the whole table found nothing more.
    Done,
    /// It does not come to an end, as when something comes again as often as it is erased: an operator looks into it.
    Incomplete,
}

/// One job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataJob {
    /// Its id.
    pub id: JobId,
    /// The tenant.
    pub tenant: TenantId,
    /// What the job does.
    pub work: DataWork,
    /// How far.
    pub status: DataJobStatus,
    /// Who asked.
    pub by: Actor,
    /// When it was asked for (UTC).
    pub asked_at: Timestamp,
    /// When it ended (UTC).
    #[serde(default)]
    pub finished_at: Option<Timestamp>,
    /// Entries taken into the archive, or erased so far. What a step erased that died is not counted.
    #[serde(default)]
    pub entries: u64,
    /// The archive's size.
    #[serde(default)]
    pub bytes: u64,
    /// What the last reading of the whole table still found; an erasure that is done says 0.
    #[serde(default)]
    pub left: Option<u64>,
}

/// One step of a job: the body of a message on the queue `DataRights`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataStep {
    /// The tenant.
    pub tenant: TenantId,
    /// Of which job.
    pub job: JobId,
    /// The how manieth, from 0: a message that comes again is known by it.
    pub turn: u64,
}

impl DataWork {
    /// About one contact, or about everything.
    fn is_whole(&self) -> bool {
        !matches!(self, Self::Export { contact: Some(_) } | Self::EraseContact { .. })
    }
}

impl DataJob {
    /// A job as it is asked for.
    #[must_use]
    pub fn new(id: JobId, tenant: TenantId, work: DataWork, by: Actor, asked_at: Timestamp) -> Self {
        let status = DataJobStatus::Running;
        Self { id, tenant, work, status, by, asked_at, finished_at: None, entries: 0, bytes: 0, left: None }
    }

    /// What the audit record says it is about: `contact/<id>` or `tenant/<slug>`.
    #[must_use]
    pub fn subject(&self) -> String {
        match &self.work {
            DataWork::Export { contact: Some(contact) } | DataWork::EraseContact { contact } => {
                format!("contact/{contact}")
            }
            DataWork::Export { contact: None } | DataWork::EraseTenant { .. } => format!("tenant/{}", self.tenant),
        }
    }

    /// Until when its archive can be fetched.
    #[must_use]
    pub fn archive_until(&self) -> Option<Timestamp> {
        self.finished_at.and_then(|at| at.checked_add(SignedDuration::from_hours(24 * ARCHIVE_DAYS)).ok())
    }
}

/// Whether a tenant that has asked for `others` may ask for `wanted` now. The same job again may always be asked for.
///
/// # Errors
/// 409 while the same work is under way; 429 after too many in a day.
pub fn may_begin(wanted: &DataJob, others: &[DataJob]) -> Result<(), Failure> {
    let others: Vec<&DataJob> = others.iter().filter(|other| other.id != wanted.id).collect();
    let same = |other: &&&DataJob| other.status == DataJobStatus::Running && other.work == wanted.work;
    if let Some(other) = others.iter().find(same) {
        let message = format!("this is under way already: follow job {}", other.id);
        return Err(Failure::rejected(Rejection::Conflict, message));
    }
    let day = SignedDuration::from_hours(24);
    let today = others.iter().filter(|other| wanted.asked_at.duration_since(other.asked_at) < day);
    let alike = today.filter(|other| other.work.is_whole() == wanted.work.is_whole()).count();
    let limit = if wanted.work.is_whole() { MAX_WHOLE_A_DAY } else { MAX_CONTACTS_A_DAY };
    if alike >= limit {
        let message = format!("{limit} such jobs were asked for within a day: ask again tomorrow");
        return Err(Failure::rejected(Rejection::TooManyRequests, message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn job(name: &str, work: DataWork, hour: i64) -> DataJob {
        let tenant = TenantId::new("acme").unwrap();
        let at = Timestamp::from_second(1_795_176_000 + hour * 3600).unwrap();
        DataJob::new(JobId::derive(&tenant, &[name]), tenant, work, Actor::Operator, at)
    }

    fn contact(name: &str) -> ContactId {
        ContactId::derive(&TenantId::new("acme").unwrap(), &[name])
    }

    fn refusal(wanted: &DataJob, others: &[DataJob]) -> Option<u16> {
        match may_begin(wanted, others) {
            Ok(()) => None,
            Err(Failure::Rejected { kind, .. }) => Some(kind.status()),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn one_job_of_a_kind_runs_at_a_time_and_asking_again_for_itself_is_the_same() {
        let running = job("a", DataWork::Export { contact: None }, 0);
        assert_eq!(refusal(&running, std::slice::from_ref(&running)), None);
        assert_eq!(
            refusal(&job("b", DataWork::Export { contact: None }, 1), std::slice::from_ref(&running)),
            Some(409)
        );
        let about_ana = DataWork::Export { contact: Some(contact("ana")) };
        assert_eq!(refusal(&job("c", about_ana, 1), std::slice::from_ref(&running)), None);
        let done = DataJob { status: DataJobStatus::Done, ..running };
        assert_eq!(refusal(&job("b", DataWork::Export { contact: None }, 1), &[done]), None);
    }

    #[test]
    fn what_reads_everything_is_rationed_by_the_day() {
        let done = |index: i64| DataJob {
            status: DataJobStatus::Done,
            ..job(&index.to_string(), DataWork::Export { contact: None }, index)
        };
        let five: Vec<DataJob> = (0..5).map(done).collect();
        assert_eq!(refusal(&job("next", DataWork::Export { contact: None }, 23), &five), Some(429));
        assert_eq!(refusal(&job("next", DataWork::Export { contact: None }, 24), &five), None);
        assert_eq!(refusal(&job("next", DataWork::EraseContact { contact: contact("ana") }, 5), &five), None);
    }

    #[test]
    fn a_step_names_its_job_and_no_one() {
        let tenant = TenantId::new("acme").unwrap();
        let step = DataStep { job: JobId::derive(&tenant, &["j"]), tenant, turn: 3 };
        let body = json!({"tenant": "acme", "job": step.job.to_string(), "turn": 3});
        assert_eq!(serde_json::to_value(&step).unwrap(), body);
        assert_eq!(serde_json::from_value::<DataStep>(body).unwrap(), step);
    }

    #[test]
    fn an_archive_is_there_for_a_week() {
        let finished_at = "2026-11-20T12:00:00Z".parse().ok();
        let done = DataJob { finished_at, ..job("a", DataWork::Export { contact: None }, 0) };
        assert_eq!(done.archive_until(), "2026-11-27T12:00:00Z".parse().ok());
        assert_eq!(DataJob { finished_at: None, ..done }.archive_until(), None);
    }
}
