//! Has every tenant forget what is older than it keeps it.
//!
//! Runs once a day. It forgets nothing itself: it puts one tenant job a tenant on the queue `TenantJobs`, whose worker forgets
//! a bounded piece and asks for the next. Run again it asks again, and what is forgotten is forgotten once.

use domain::Failure;
use domain::tenancy::tenant_jobs::TenantJob;
use runtime::queue::Queue;
use store::{Store, TenantEntry};

/// What asking needs.
#[derive(Debug)]
pub struct Retention {
    /// The table.
    pub store: Store,
    /// Where tenant jobs go.
    pub queue: Queue<TenantJob>,
}

impl Retention {
    /// Asks every tenant, paused and closed ones too; returns how many there are.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table or the queue does not answer; what was asked for until then is done.
    pub async fn ask(&self) -> Result<usize, Failure> {
        let tenant_job = |entry: TenantEntry| [TenantJob::Retention { tenant: entry.tenant, piece: None, round: 0 }];
        let asked = fanout::ask(&self.store, &self.queue, tenant_job).await?;
        tracing::info!(tenants = asked, "asked to forget what is old");
        Ok(asked)
    }
}
