//! Has the weather looked at for every business once a day, in its own sixth hour.
//!
//! Runs hourly. It looks at nothing itself: it puts one message a business on the queue `WeatherChecks`. Run again it asks again, and the
//! worker finds that the day is done. Its schedule has an alarm of its own where it does not start, so it is the one that looks whether the
//! other schedules over all tenants do.

use domain::Failure;
use domain::tenancy::runs::{Run, RunKind};
use domain::tenancy::tenant_jobs::WeatherCheck;
use jiff::Timestamp;
use runtime::queue::Queue;
use store::Store;

/// What asking needs.
#[derive(Debug)]
pub struct Weather {
    /// The table.
    pub store: Store,
    /// Where checks go.
    pub queue: Queue<WeatherCheck>,
}

impl Weather {
    /// Asks every business whose hour has come; returns how many. Then looks whether [another schedule is silent](fanout::silent).
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table or the queue does not answer; what was asked for until then is done.
    pub async fn ask(&self, now: Timestamp) -> Result<u64, Failure> {
        let check = |tenant, run: &Run| WeatherCheck { tenant, period: run.period.clone(), tries: 0 };
        let asked = fanout::ask_due(&self.store, &self.queue, RunKind::Weather, now, check).await?;
        fanout::silent(&self.store, now).await?;
        Ok(asked.values().sum())
    }
}
