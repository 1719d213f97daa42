//! Has every tenant forget what is older than it keeps it.
//!
//! Runs once a day. It forgets nothing itself: it puts one chore a tenant on the queue `TenantChores`, whose worker forgets
//! a bounded piece and asks for the next. Run again it asks again, and what is forgotten is forgotten once.

use domain::Failure;
use domain::tenancy::chores::Chore;
use runtime::queue::Queue;
use store::{Store, TenantEntry};

/// What asking needs.
#[derive(Debug)]
pub struct Retention {
    /// The table.
    pub store: Store,
    /// Where chores go.
    pub queue: Queue<Chore>,
}

impl Retention {
    /// Asks every tenant, paused and closed ones too; returns how many there are.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table or the queue does not answer; what was asked for until then is done.
    pub async fn ask(&self) -> Result<usize, Failure> {
        let mut asked = 0;
        let ask = async |tenants: Vec<TenantEntry>| {
            let chore = |entry: TenantEntry| Chore::Retention { tenant: entry.tenant, piece: None, round: 0 };
            let chores: Vec<Chore> = tenants.into_iter().map(chore).collect();
            asked += chores.len();
            self.queue.send_all(&chores).await
        };
        self.store.tenants().for_each(ask).await?;
        tracing::info!(tenants = asked, "asked to forget what is old");
        Ok(asked)
    }
}
