//! `porchlight runs`: what became of a run over all tenants.

use anyhow::{Context as _, Result};
use domain::tenancy::runs::{Run, RunKind, RunReport};
use jiff::Timestamp;
use std::collections::BTreeMap;
use store::Store;

/// Reads the report of a run; returns it as a table.
///
/// # Errors
/// When there is no such kind of run, no tenant was asked in that period, or the table refuses.
pub async fn show(store: &Store, kind: &str, period: &str, now: Timestamp) -> Result<String> {
    let kinds: Vec<&str> = RunKind::ALL.iter().map(|kind| kind.as_str()).collect();
    let kind = RunKind::ALL.into_iter().find(|known| known.as_str() == kind);
    let kind = kind.with_context(|| format!("there is no such kind of run: write one of {}", kinds.join(", ")))?;
    let run = Run { kind, period: period.to_owned() };
    let report = store.runs().report(&run).await?;
    let example = if kind == RunKind::WeeklyOrders { "2026-W49" } else { "2026-11-30" };
    anyhow::ensure!(report.asked > 0, "no tenant was asked for {run}: a period is written as {example}");
    Ok(table(&run, &report, now))
}

fn table(run: &Run, report: &RunReport, now: Timestamp) -> String {
    let mut lines = vec![format!("{run}"), line("asked", report.asked), line("done", report.done)];
    let by_reason = |what: &str, counts: &BTreeMap<String, u64>| -> Vec<String> {
        counts.iter().map(|(reason, count)| line(&format!("{what}: {reason}"), *count)).collect()
    };
    lines.extend(by_reason("skipped", &report.skipped));
    lines.extend(by_reason("failed", &report.failed));
    lines.push(line("not known yet", report.missing()));
    lines.push(match (report.needs_a_look(now), report.missing()) {
        (true, _) => "It needs a look: docs/runbook.md, \"A run over all tenants is not complete\".".to_owned(),
        (false, 0) => "It is complete.".to_owned(),
        (false, _) => "It is under way.".to_owned(),
    });
    lines.join("\n")
}

fn line(what: &str, count: u64) -> String {
    format!("  {what:<40}{count:>8}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_names_each_reason_and_what_to_do() {
        let now: Timestamp = "2026-11-30T15:00:00Z".parse().unwrap();
        let run = Run { kind: RunKind::WeeklyOrders, period: "2026-W49".to_owned() };
        let skipped = BTreeMap::from([("no_items".to_owned(), 4)]);
        let report = RunReport { asked: 10, asked_last: Some(now), done: 6, skipped, ..RunReport::default() };
        let told = table(&run, &report, now);
        assert!(told.starts_with("weekly_orders/2026-W49\n") && told.ends_with("It is complete."), "{told}");
        assert!(told.contains("skipped: no_items") && told.contains("not known yet"), "{told}");
        let running = RunReport { done: 3, ..report.clone() };
        assert!(table(&run, &running, now).ends_with("It is under way."));
        let failed = BTreeMap::from([("unreadable".to_owned(), 1)]);
        let failed = table(&run, &RunReport { done: 5, failed, ..report }, now);
        assert!(failed.contains("failed: unreadable") && failed.contains("needs a look"), "{failed}");
    }
}
