//! Does what is done for every tenant now and then: one record of the queue `TenantJobs`, one tenant.
//!
//! A tenant job that is done twice is done once: its result is written under a condition. What no retry can help goes to the
//! dead-letter queue.

mod weekly_order;

use domain::insights::benchmarks::LeftOut;
use domain::knowledge::gaps;
use domain::tenancy::runs::{Outcome, Run, RunKind};
use domain::tenancy::tenant_jobs::TenantJob;
use domain::tenancy::usage::Month;
use domain::tenancy::{Tenant, TenantKind, TenantStatus};
use domain::{Failure, TenantId};
use jiff::Timestamp;
use runtime::queue::Queue;
use std::time::Duration;
use store::Store;

/// The most time one record takes: a month's counters are a page or two, and one transaction; what is too old is forgotten
/// ten conversations or contacts at a time.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(50);

/// So many pieces one day's retention has; the next day's goes on. The template lets this function call itself through its
/// queue for as long as it likes, so this is what ends it.
pub const MAX_ROUNDS: u32 = 50_000;

/// What tenant jobs need.
#[derive(Debug)]
pub struct TenantJobs {
    /// The table.
    pub store: Store,
    /// Where the rest of a tenant job goes that is too long for one record.
    pub queue: Queue<TenantJob>,
}

impl TenantJobs {
    /// Does one tenant job.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: deliver it again; [`Failure::Permanent`]: no retry can help.
    pub async fn perform(&self, tenant_job: &TenantJob, now: Timestamp) -> Result<(), Failure> {
        match tenant_job {
            TenantJob::UsageReset { tenant, month } => {
                if *month >= Month::of(now) {
                    return Err(Failure::Permanent(format!("the month {month} is not over")));
                }
                let usage = self.store.usage().close_month(tenant, month, now).await?;
                tracing::info!(%tenant, %month, tokens = usage.total_tokens, "closed the month");
                Ok(())
            }
            TenantJob::NoShowRescue { tenant } => {
                let Some(tenant) = self.served(tenant).await? else { return Ok(()) };
                let asked = self.store.appointments().rescue(&tenant, now).await?;
                tracing::info!(tenant = %tenant.id, asked, "asked customers at risk to confirm");
                Ok(())
            }
            TenantJob::NoShowLearning { tenant } => {
                let Some(tenant) = self.served(tenant).await? else { return Ok(()) };
                let fitted = self.store.appointments().learn_no_shows(&tenant, now).await?;
                tracing::info!(tenant = %tenant.id, fitted, "looked at who missed visits");
                Ok(())
            }
            TenantJob::BenchmarkSummary { tenant, period } => self.benchmark_summary(tenant, period, now).await,
            TenantJob::KnowledgeGaps { tenant } => {
                let Some(tenant) = self.served(tenant).await? else { return Ok(()) };
                let Some(week) = gaps::week_due(now, &tenant.time_zone()) else { return Ok(()) };
                if let Some(suggested) = self.store.gaps().suggest(&tenant, &week, now).await? {
                    tracing::info!(tenant = %tenant.id, %week, suggested, "suggested frequent questions");
                }
                Ok(())
            }
            TenantJob::WeeklyOrder { tenant, period } => {
                let run = Run { kind: RunKind::WeeklyOrders, period: period.clone() };
                weekly_order::perform(&self.store, tenant, &run, now).await
            }
            TenantJob::QueueKeys { tenant, cursor } => {
                let cursor = self.store.conversations().fill_queues(tenant, cursor.as_deref()).await?;
                if cursor.is_none() {
                    tracing::info!(%tenant, "every conversation has its place in the queues");
                    return Ok(());
                }
                self.queue.send_all(&[TenantJob::QueueKeys { tenant: tenant.clone(), cursor }]).await
            }
            TenantJob::Retention { tenant: id, piece, round } => {
                // A tenant that was erased since has nothing to forget.
                let Some(tenant) = self.store.tenants().find(id).await? else { return Ok(()) };
                let piece = self.store.rights().forget_old(&tenant.value, piece.as_deref(), now).await?;
                let round = round.saturating_add(1);
                if piece.is_none() {
                    tracing::info!(tenant = %id, rounds = round, "forgot what was too old");
                    return Ok(());
                }
                if round >= MAX_ROUNDS {
                    tracing::error!(tenant = %id, rounds = round, "there is more to forget than one day takes");
                    return Ok(());
                }
                self.queue.send_all(&[TenantJob::Retention { tenant: id.clone(), piece, round }]).await
            }
        }
    }

    /// Sums a business up for the benchmarks of a night, once. Of who does not take part, or is not served, what was kept goes.
    async fn benchmark_summary(&self, id: &TenantId, period: &str, now: Timestamp) -> Result<(), Failure> {
        let run = Run { kind: RunKind::Benchmarks, period: period.to_owned() };
        let day = period.parse().map_err(|_| Failure::Permanent(format!("{run} is no run: its period is no day")))?;
        if self.store.runs().outcome(&run, id).await?.is_some_and(|outcome| outcome.is_final()) {
            return Ok(());
        }
        let benchmarks = self.store.benchmarks();
        let summarised = match self.served(id).await {
            Ok(Some(tenant)) if tenant.kind == TenantKind::Business => {
                benchmarks.summarise(&tenant, day, now).await.map(|own| own.left_out)
            }
            Ok(_) => benchmarks.forget(id, day, now).await.map(|()| Some(LeftOut::NotServed)),
            Err(failure) => Err(failure),
        };
        let outcome = match &summarised {
            Ok(None) => Outcome::Done,
            Ok(Some(why)) => Outcome::skipped(why.as_str()),
            Err(Failure::Retryable(_)) => return summarised.map(drop),
            Err(_) => Outcome::failed("unreadable"),
        };
        self.store.runs().note(&run, id, outcome, now).await?;
        summarised.map(drop)
    }

    /// A tenant that is there and neither paused nor closed.
    async fn served(&self, id: &TenantId) -> Result<Option<Tenant>, Failure> {
        let tenant = self.store.tenants().find(id).await?.map(|tenant| tenant.value);
        Ok(tenant.filter(|tenant| tenant.status == TenantStatus::Active))
    }
}
