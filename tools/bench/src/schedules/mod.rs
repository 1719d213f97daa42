//! `bench schedules`: the work over all tenants (docs/schedules.md) for a thousand generated businesses, and for a tenth and three tenths of
//! them, so that one can see how it grows.

mod businesses;
pub(crate) mod clock;
mod pass;
mod places;
mod providers;
mod results;

use anyhow::Result;
use clap::Args;
use domain::tenancy::runs::{RunKind, RunReport};
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;

use crate::Bench;
use crate::aws::Usage;
use crate::prices::{Bill, PRICE_FILE, Prices};
use crate::report::{Goal, Report, print_table};
use pass::{Pass, Stage, Work};
use results::Results;

/// The functions that are needed, beside the bench itself.
pub(crate) const FUNCTIONS: [&str; 6] = [
    "worker-weather",
    "worker-tenant-jobs",
    "worker-aggregate",
    "worker-outbox",
    "worker-campaigns",
    "ai-draft-campaign",
];
/// What a tenant may cost, and take, among all of them, as a multiple of what it does among a tenth.
const GROWTH: f64 = 1.1;
const SEED: u64 = 20_261_130;
const TENANTS: usize = 1_000;
/// So many businesses are enough for each run to have something for an owner.
const FEW: usize = 20;
/// The sizes, in tenths of all tenants.
const TENTHS: [usize; 3] = [1, 3, 10];

/// How many, and which.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// By which businesses are drawn: the same ones again for the same seed.
    #[arg(long, default_value_t = SEED)]
    pub(crate) seed: u64,
    /// How many businesses.
    #[arg(long, default_value_t = TENANTS)]
    pub(crate) tenants: usize,
}

/// One run for so many tenants.
#[derive(Debug, Serialize)]
struct Figures {
    run: String,
    tenants: usize,
    pass: Pass,
    done: u64,
    skipped: BTreeMap<String, u64>,
    /// What owners see.
    results: Results,
    /// Its `usd_per_1000` is that of 1,000 tenants.
    bill: Bill,
}

impl Default for Options {
    fn default() -> Self {
        Self { seed: SEED, tenants: TENANTS }
    }
}

/// Runs the section.
pub(crate) async fn run(bench: &Bench, options: &Options) -> Result<()> {
    let prices = Prices::read(&bench.root)?;
    let Options { seed, tenants } = *options;
    println!("schedules: businesses of seed {seed}");
    let mut sizes = [const { Vec::new() }; 3];
    for (tenths, figures) in TENTHS.into_iter().zip(&mut sizes) {
        *figures = measure(bench, &prices, seed, tenants * tenths / 10).await?;
    }
    let [few, more, all] = &sizes;
    few.iter().zip(more).zip(all).for_each(|((few, more), all)| print([few, more, all]));
    let goals = few.iter().zip(all).zip(GOALS).flat_map(|((few, all), [dollars, time])| {
        let ratio = |of: &dyn Fn(&Figures) -> f64| of(all) / of(few);
        let each_s = |figures: &Figures| figures.pass.wall_s / figures.tenants as f64;
        let unit = "times those among a tenth of the tenants";
        [
            Goal::at_most(dollars, GROWTH, ratio(&|of| of.bill.usd_per_1000), unit),
            Goal::at_most(time, GROWTH, ratio(&each_s), unit),
        ]
    });
    Report {
        name: "schedules",
        profile: bench.profile.clone(),
        goals: goals.collect(),
        ratios: json!({}),
        figures: json!({"seed": seed, "sizes": sizes, "prices": prices}),
    }
    .finish(bench)
}

/// Does all runs for a few businesses, and demands of them what [`run`] demands of a thousand.
///
/// # Errors
/// When a run is not complete, an owner lacks what there should be, or a second start does more than look.
pub(crate) async fn prove(bench: &Bench) -> Result<()> {
    let all = measure(bench, &Prices::read(&bench.root)?, SEED, FEW).await?;
    let seen = all.iter().flat_map(|figures| &figures.results).map(|(name, count)| format!("{count} {name}"));
    println!("the schedules of {FEW} businesses: {}", seen.collect::<Vec<_>>().join(", "));
    Ok(())
}

/// For each run.
const GOALS: [[&str; 2]; 3] = [
    ["weather: dollars for a tenant", "weather: seconds for a tenant"],
    ["weekly orders: dollars for a tenant", "weekly orders: seconds for a tenant"],
    ["benchmarks: dollars for a tenant", "benchmarks: seconds for a tenant"],
];

async fn measure(bench: &Bench, prices: &Prices, seed: u64, tenants: usize) -> Result<Vec<Figures>> {
    eprintln!("schedules: {tenants} businesses ...");
    let mut stage = Stage::start(bench, seed, tenants).await?;
    let mut all = Vec::new();
    for work in works(Timestamp::now())? {
        eprintln!("schedules: {} of {tenants} ...", work.cron);
        let (pass, RunReport { done, skipped, .. }, results) = stage.measure(bench, &work).await?;
        let bill = prices.bill_of_run(&pass.steps(tenants));
        let run = format!("{}/{}", work.kind.as_str(), work.period);
        all.push(Figures { run, tenants, pass, done, skipped, results, bill });
    }
    Ok(all)
}

/// The runs of today and of the next Monday, at the hours of template.yaml in which anyone is due.
fn works(now: Timestamp) -> Result<[Work; 3]> {
    let today = now.to_zoned(TimeZone::UTC).date();
    let hours = |day: Date, first: i64, count: i64| -> Result<Vec<Timestamp>> {
        let begin = day.to_zoned(TimeZone::UTC)?.timestamp();
        let hour = |hour: i64| -> Result<Timestamp> {
            Ok(begin.checked_add(SignedDuration::from_hours(hour) + SignedDuration::from_mins(5))?)
        };
        (first..first + count).map(hour).collect()
    };
    let monday = match today.weekday() {
        Weekday::Monday => today,
        _ => today.nth_weekday(1, Weekday::Monday)?,
    };
    let work = |kind: RunKind, cron, day: Date, ticks| Work { kind, cron, period: kind.of_day(day).period, ticks };
    Ok([
        // Six o'clock comes to New Zealand at 17:00 of the day before, and to Hawaii at 16:00.
        work(RunKind::Weather, "cron-weather", today, hours(today, -7, 24)?),
        work(RunKind::WeeklyOrders, "cron-weekly-po", monday, hours(monday, -24, 48)?),
        work(RunKind::Benchmarks, "cron-benchmarks", today, hours(today, 3, 7)?),
    ])
}

fn print(sizes: [&Figures; 3]) {
    let [few, _, all] = sizes;
    let row = |name: &str, of: &dyn Fn(&Figures) -> f64, digits: usize| {
        let ratio = (of(all) / all.tenants as f64) / (of(few) / few.tenants as f64);
        let ratio = if ratio.is_finite() { format!("{ratio:.2}") } else { "-".to_owned() };
        let [few, more, all] = sizes.map(|figures| format!("{:.digits$}", of(figures)));
        [name.to_owned(), few, more, all, ratio]
    };
    // A figure that is no sum over the tenants.
    let plain = |name: &str, of: &dyn Fn(&Figures) -> f64, digits: usize| {
        let [few, more, all] = sizes.map(|figures| format!("{:.digits$}", of(figures)));
        [name.to_owned(), few, more, all, String::new()]
    };
    let used = |figures: &Figures| figures.pass.usage();
    let mut rows = vec![
        row("wall time, s", &|of| of.pass.wall_s, 2),
        row("invocations of the cron function", &|of| of.pass.cron.invocations, 0),
        row("its longest invocation, ms", &|of| of.pass.cron.longest_ms, 1),
        row("invocations of workers", &|of| of.pass.worker_runs(), 0),
    ];
    for part in &all.pass.workers {
        let mean =
            |of: &Figures| of.pass.workers.iter().find(|one| one.name == part.name).map_or(0.0, |one| one.mean_ms);
        rows.push(plain(&format!("{}, mean ms", part.name), &mean, 2));
    }
    for name in used(all).calls.keys() {
        rows.push(row(name, &|of| used(of).calls.get(name).copied().unwrap_or_default(), 0));
    }
    rows.push(row("AWS calls", &|of| aws_calls(&used(of)), 0));
    rows.push(row("of these the cron function's", &|of| aws_calls(&of.pass.cron.usage), 0));
    rows.push(row("read units", &|of| used(of).units.read, 1));
    rows.push(row("write units", &|of| used(of).units.write, 0));
    rows.push(row("events on the bus", &|of| used(of).events, 0));
    rows.push(row("tenants: done", &|of| of.done as f64, 0));
    for reason in all.skipped.keys() {
        let of = |figures: &Figures| figures.skipped.get(reason).copied().unwrap_or_default() as f64;
        rows.push(row(&format!("tenants: skipped, {reason}"), &of, 0));
    }
    for (name, _) in &all.results {
        let of =
            |figures: &Figures| figures.results.iter().find(|(own, _)| own == name).map_or(0.0, |(_, value)| *value);
        rows.push(row(name, &of, 0));
    }
    rows.push(row("$ for the run", &|of| of.bill.usd_per_1000 * of.tenants as f64 / 1_000.0, 6));
    rows.push(plain("$ for one tenant", &|of| of.bill.usd_per_1000 / 1_000.0, 8));
    let title = format!("{}, dollars by {PRICE_FILE}", all.run);
    let sizes = sizes.map(|figures| format!("{} tenants", figures.tenants));
    let [few, more, all] = sizes.each_ref().map(String::as_str);
    print_table(&title, &["", few, more, all, "last to first, per tenant"], rows.into_iter());
}

fn aws_calls(usage: &Usage) -> f64 {
    usage.calls_to("") - usage.calls_to("Weather")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_town_is_due_once_within_the_ticks_of_a_run() {
        for now in ["2026-11-29T23:00:00Z", "2026-11-30T00:00:00Z", "2026-07-04T12:00:00Z"] {
            let works = works(now.parse().unwrap()).unwrap();
            for work in works.iter().filter(|work| work.kind != RunKind::Benchmarks) {
                for town in places::TOWNS {
                    let zone = TimeZone::get(town.zone).unwrap();
                    let hour = |at: &Timestamp| at.round(jiff::Unit::Hour).unwrap();
                    let due: Vec<_> = work.ticks.iter().filter_map(|at| work.kind.due(hour(at), &zone)).collect();
                    let periods: BTreeSet<&str> = due.iter().map(|run| run.period.as_str()).collect();
                    assert_eq!(
                        (due.len(), periods),
                        (1, BTreeSet::from([work.period.as_str()])),
                        "{} {now}",
                        town.city
                    );
                }
            }
        }
    }
}
