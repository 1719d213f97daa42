//! What the owners are to see after a run. Where a business lacks it that should have it, the bench fails.

use anyhow::{Result, ensure};
use domain::campaigns::CampaignState;
use domain::inventory::OrderState;
use domain::tenancy::runs::RunKind;
use std::collections::BTreeSet;
use store::{OrderFilter, Store};

use super::businesses::Business;
use super::pass::Pass;
use super::places::TOWNS;
use crate::aws::Aws;

/// From so many businesses on every trade has figures of others.
const ENOUGH_TO_COMPARE: usize = 1_000;
/// The queue of mails to the people of a business.
const MAILS: &str = "account-mail";
/// No business has more campaigns or orders than this.
const PAGE: usize = 100;

/// What there is by now, by name.
pub(super) type Results = Vec<(&'static str, f64)>;

/// Looks at what a run has made.
///
/// # Errors
/// When a business lacks what it should have, or a provider was asked twice for the same.
pub(super) async fn of(kind: RunKind, all: &[Business], (store, aws): (&Store, &Aws), pass: &Pass) -> Result<Results> {
    let results = match kind {
        RunKind::Weather => {
            let forecasts = check_requests(all, pass)?;
            let campaigns = campaigns(all, store).await?;
            let mails = aws.messages(MAILS).len();
            ensure!(mails == campaigns, "{campaigns} campaigns wait, and owners get {mails} mails");
            vec![("campaigns that wait for a yes", campaigns as f64), ("cells with a forecast", forecasts as f64)]
        }
        RunKind::WeeklyOrders => vec![("purchase orders drafted", orders(all, store).await? as f64)],
        RunKind::Benchmarks => {
            let (own, compared) = benchmarks(all, store).await?;
            vec![("businesses with own figures", own as f64), ("of these beside published ones", compared as f64)]
        }
    };
    ensure!(results.first().is_some_and(|(_, count)| *count > 0.0), "no owner sees anything: {results:?}");
    Ok(results)
}

/// One request a cell for its forecast, and one for its alerts where anyone waits for storms.
fn check_requests(all: &[Business], pass: &Pass) -> Result<usize> {
    let towns = |wait: fn(&Business) -> bool| -> BTreeSet<usize> {
        all.iter().filter(|business| wait(business)).map(|business| business.town).collect()
    };
    let is_american = |town: &usize| TOWNS.get(*town).is_some_and(|town| town.country == "US");
    let cells = towns(|business| business.waits).len();
    let stormy = towns(|business| business.waits_for_storms).iter().filter(|town| is_american(town)).count();
    let calls = pass.usage().calls;
    let asked = |kind: &str| calls.get(&format!("Weather.{kind}")).copied().unwrap_or_default();
    let forecasts = asked("cells") + asked("Open-Meteo forecasts");
    ensure!(forecasts == cells as f64, "{forecasts} forecasts were asked for in {cells} cells");
    ensure!(asked("alerts") == stormy as f64, "{} alerts were asked for in {stormy} cells", asked("alerts"));
    Ok(cells)
}

/// How many campaigns wait for a yes: with a text, and for someone.
async fn campaigns(all: &[Business], store: &Store) -> Result<usize> {
    let mut count = 0;
    for business in all.iter().filter(|business| business.waits) {
        let id = &business.tenant.id;
        let page = store.campaigns().list(id, None, PAGE, None).await?;
        let waiting = page.items.iter().filter(|campaign| campaign.state == CampaignState::Waiting).count();
        let is_whole = page.items.iter().all(|campaign| !campaign.texts.is_empty() && campaign.reach.fits > 0);
        let is_right = waiting == page.items.len() && is_whole && (waiting > 0) == business.is_hit();
        ensure!(is_right, "{id}, {}: {:?}", business.is_hit(), page.items);
        count += waiting;
    }
    Ok(count)
}

async fn orders(all: &[Business], store: &Store) -> Result<usize> {
    let mut count = 0;
    for business in all {
        let id = &business.tenant.id;
        let page = store.inventory().orders(id, OrderFilter { state: Some(OrderState::Draft) }, PAGE, None).await?;
        let drafted = page.items.len();
        ensure!(drafted == usize::from(business.runs_out), "{id} has {drafted} drafts: {}", business.runs_out);
        count += drafted;
    }
    Ok(count)
}

/// How many see own figures, and how many of these beside those of others.
async fn benchmarks(all: &[Business], store: &Store) -> Result<(usize, usize)> {
    let (mut own, mut compared) = (0, 0);
    for business in all.iter().filter(|business| business.has_counted) {
        let report = store.benchmarks().report(&business.tenant).await?;
        let lines: Vec<_> = report.metrics.iter().filter(|line| line.own.is_some()).collect();
        ensure!(!lines.is_empty(), "{} sees nothing: {report:?}", business.tenant.id);
        own += 1;
        compared += usize::from(lines.iter().any(|line| line.others.is_some()));
    }
    let is_enough = all.len() < ENOUGH_TO_COMPARE || compared == own;
    ensure!(is_enough, "{compared} of {own} businesses see figures of others");
    Ok((own, compared))
}
