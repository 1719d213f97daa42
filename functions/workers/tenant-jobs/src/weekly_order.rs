//! The purchase orders of a week, for one tenant: drafted once, and noted in the run.

use domain::tenancy::TenantStatus;
use domain::tenancy::runs::{Outcome, Run};
use domain::{Failure, TenantId};
use jiff::Timestamp;
use store::{Store, Week};

/// Drafts the orders of the run's week, unless it is known what became of it.
///
/// # Errors
/// [`Failure::Retryable`]: deliver it again; [`Failure::Permanent`]: no retry can help, and the run says so.
pub(crate) async fn perform(store: &Store, tenant: &TenantId, run: &Run, now: Timestamp) -> Result<(), Failure> {
    if store.runs().outcome(run, tenant).await?.is_some_and(|outcome| outcome.is_final()) {
        return Ok(());
    }
    let drafted = draft(store, tenant, run, now).await;
    let outcome = match &drafted {
        Ok(outcome) => outcome.clone(),
        Err(Failure::Retryable(_)) => return drafted.map(drop),
        Err(_) => Outcome::failed("orders"),
    };
    store.runs().note(run, tenant, outcome, now).await?;
    drafted.map(drop)
}

async fn draft(store: &Store, id: &TenantId, run: &Run, now: Timestamp) -> Result<Outcome, Failure> {
    let tenant = store.tenants().find(id).await?.map(|tenant| tenant.value);
    let Some(tenant) = tenant.filter(|tenant| tenant.status == TenantStatus::Active) else {
        return Ok(Outcome::skipped("not_served"));
    };
    let cause = format!("{run}/{id}");
    Ok(match store.inventory().draft_week(&tenant, &run.period, &cause, now).await? {
        Week::Drafted(week) => {
            let (orders, left_out) = (week.orders.len(), week.left_out.len());
            tracing::info!(tenant = %id, week = %run.period, orders, left_out, "drafted the week's orders");
            Outcome::Done
        }
        Week::Skipped(reason) => Outcome::skipped(reason),
    })
}
