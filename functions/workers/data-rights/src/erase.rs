//! The steps of an erasure: by keys, then by reading the whole table until a reading finds nothing.

use domain::rights::{DataJob, DataJobStatus};
use domain::{ContactId, Failure, TenantId};
use files::Prefix;
use jiff::Timestamp;
use std::time::Duration;
use store::{ContactPlan, DataJobRun, Place, Progress, Trace};

use crate::{DataRights, PAGES, unforeseen};

/// The table is read at most so often: what still comes again then is for a person to look at.
const MAX_PASSES: u32 = 6;
/// What was closed is left alone for this long: warm functions remember a tenant for 30 s, and none runs longer than that.
/// (The one that does is this one.)
const SETTLE: Duration = Duration::from_secs(90);

impl DataRights {
    pub(crate) async fn erase_contact(&self, run: &mut DataJobRun, contact: ContactId) -> Result<Duration, Failure> {
        let tenant = run.job.tenant.clone();
        run.progress = match std::mem::replace(&mut run.progress, Progress::Over) {
            Progress::Begin => {
                let plan = self.store.rights().seal_contact(&tenant, contact).await?;
                // Before anything is read: what an import stored until now is found then.
                self.erase_imports(&tenant).await?;
                Progress::Walk { plan, place: Place::default() }
            }
            Progress::Walk { plan, place } => self.walk(run, plan, place).await?,
            other => self.sweep(run, other).await?,
        };
        Ok(Duration::ZERO)
    }

    async fn walk(&self, run: &mut DataJobRun, mut plan: ContactPlan, place: Place) -> Result<Progress, Failure> {
        let tenant = &run.job.tenant;
        let mut place = place;
        for _ in 0..PAGES {
            let (erased, next) = self.store.rights().erase_contact_page(tenant, &mut plan, &place).await?;
            run.job.entries += erased;
            let Some(next) = next else {
                run.job.entries += self.store.rights().erase_contact_pointers(tenant, &plan).await?;
                return Ok(reading(Some(plan), 1));
            };
            place = next;
        }
        Ok(Progress::Walk { plan, place })
    }

    pub(crate) async fn erase_tenant(
        &self,
        run: &mut DataJobRun,
        parent: Option<&TenantId>,
        now: Timestamp,
    ) -> Result<Duration, Failure> {
        if run.progress == Progress::Begin {
            let correlation_id = run.job.id.to_string();
            let trace = Trace { actor: run.job.by.clone(), at: now, address: None, correlation_id };
            self.store.rights().close_tenant(&run.job.tenant, &trace).await?;
            run.progress = reading(None, 1);
            return Ok(SETTLE);
        }
        let progress = std::mem::replace(&mut run.progress, Progress::Over);
        run.progress = self.sweep(run, progress).await?;
        if run.progress == Progress::Over && run.job.status == DataJobStatus::Done {
            self.store.rights().forget_tenant(&run.job.tenant, parent).await?;
        }
        Ok(Duration::ZERO)
    }

    /// A file that is being imported may tell of a contact. There rarely is one: it goes when its import is over. These are not
    /// counted as found: whoever sends files again and again would keep an erasure from its end.
    async fn erase_imports(&self, tenant: &TenantId) -> Result<(), Failure> {
        for _ in 0..PAGES {
            if self.files.erase_some(&Prefix::imports(tenant)).await? == 0 {
                break;
            }
        }
        Ok(())
    }

    /// A piece of a reading, or the objects after it. A reading that found nothing is the last one.
    async fn sweep(&self, run: &mut DataJobRun, progress: Progress) -> Result<Progress, Failure> {
        match progress {
            Progress::Scan { plan, pass, mut found, mut start } => {
                for _ in 0..PAGES {
                    let (erased, next) = match &plan {
                        Some(plan) => self.store.rights().sweep_contact(&run.job.tenant, plan, start.as_ref()).await?,
                        None => self.store.rights().sweep_tenant(&run.job.tenant, run.job.id, start.as_ref()).await?,
                    };
                    found += erased;
                    run.job.entries += erased;
                    start = next;
                    if start.is_none() {
                        return Ok(Progress::Objects { plan, pass, found });
                    }
                }
                Ok(Progress::Scan { plan, pass, found, start })
            }
            Progress::Objects { plan, pass, found } => {
                if plan.is_some() {
                    self.erase_imports(&run.job.tenant).await?;
                }
                let mut erased = 0;
                for prefix in prefixes(&run.job, plan.as_ref()) {
                    erased += self.files.erase_some(&prefix).await?;
                }
                run.job.entries += erased;
                let found = found + erased;
                if erased > 0 {
                    return Ok(Progress::Objects { plan, pass, found });
                }
                run.job.left = Some(found);
                if found == 0 {
                    run.job.status = DataJobStatus::Done;
                    return Ok(Progress::Over);
                }
                if pass == MAX_PASSES {
                    run.job.status = DataJobStatus::Incomplete;
                    return Ok(Progress::Over);
                }
                Ok(reading(plan, pass + 1))
            }
            _ => Err(unforeseen()),
        }
    }
}

/// A reading from its beginning.
fn reading(plan: Option<ContactPlan>, pass: u32) -> Progress {
    Progress::Scan { plan, pass, found: 0, start: None }
}

/// Where the objects are that go.
fn prefixes(job: &DataJob, plan: Option<&ContactPlan>) -> Vec<Prefix> {
    let Some(plan) = plan else { return vec![Prefix::tenant(&job.tenant)] };
    let people = plan.people.iter().map(|contact| Prefix::contact(&job.tenant, *contact));
    people.chain(plan.exports.iter().map(|export| Prefix::export(&job.tenant, *export))).collect()
}
