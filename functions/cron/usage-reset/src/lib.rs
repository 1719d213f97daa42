//! Has the month that is over closed for every tenant.
//!
//! Runs on the first of the month. It counts nothing itself: it puts one tenant job a tenant on the queue `TenantJobs`, also
//! for tenants that are paused or closed, because they too used something. Run again it asks again, and a month that is
//! closed stays as it is.

use domain::Failure;
use domain::tenancy::tenant_jobs::TenantJob;
use domain::tenancy::usage::Month;
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
        let tenant_job = |entry: TenantEntry| [TenantJob::UsageReset { tenant: entry.tenant, month: month.clone() }];
        let asked = fanout::ask(&self.store, &self.queue, tenant_job).await?;
        tracing::info!(%month, tenants = asked, "asked to close the month");
        Ok(asked)
    }
}
