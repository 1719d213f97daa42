//! Has the month that is over closed for every tenant.
//!
//! Runs on the first of the month. It counts nothing itself: it puts one chore a tenant on the queue `TenantChores`, also
//! for tenants that are paused or closed, because they too used something. Run again it asks again, and a month that is
//! closed stays as it is.

use domain::tenancy::chores::Chore;
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
    /// Where chores go.
    pub queue: Queue<Chore>,
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
            let chore = |tenant: TenantId| Chore::UsageReset { tenant, month: month.clone() };
            let chores: Vec<Chore> = tenants.into_iter().map(|entry| chore(entry.tenant)).collect();
            asked += chores.len();
            self.queue.send_all(&chores).await
        };
        self.store.tenants().for_each(ask).await?;
        tracing::info!(%month, tenants = asked, "asked to close the month");
        Ok(asked)
    }
}
