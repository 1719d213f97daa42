//! Has the month that is over closed for every tenant.
//!
//! Runs on the first of the month. It counts nothing itself: it puts one tenant job a tenant on the queue `TenantJobs`, also
//! for tenants that are paused or closed, because they too used something. Run again it asks again, and a month that is
//! closed stays as it is.

use domain::tenancy::tenant_jobs::TenantJob;
use domain::tenancy::usage::Month;
use domain::{Failure, TenantId};
use jiff::Timestamp;
use runtime::queue::Queue;
use store::{Store, TenantEntry};

/// What asking needs.
#[derive(Debug)]
pub struct UsageReset {
    /// The table.
    pub store: Store,
    /// Where tenant jobs go.
    pub queue: Queue<TenantJob>,
}

impl UsageReset {
    /// Asks that the month before the one of `now` be closed for every tenant; returns how many there are.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table or the queue does not answer; what was asked for until then is done.
    pub async fn ask(&self, now: Timestamp) -> Result<usize, Failure> {
        let month = Month::before(now);
        let mut asked = 0;
        let ask = async |tenants: Vec<TenantEntry>| {
            let tenant_job = |tenant: TenantId| TenantJob::UsageReset { tenant, month: month.clone() };
            let tenant_jobs: Vec<TenantJob> = tenants.into_iter().map(|entry| tenant_job(entry.tenant)).collect();
            asked += tenant_jobs.len();
            self.queue.send_all(&tenant_jobs).await
        };
        self.store.tenants().for_each(ask).await?;
        tracing::info!(%month, tenants = asked, "asked to close the month");
        Ok(asked)
    }
}
