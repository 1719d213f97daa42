//! `bench schedules`: the work over all tenants (docs/schedules.md) for a thousand generated businesses, and for a tenth of them, so that
//! one can see how it grows.

mod businesses;
pub(crate) mod clock;
mod pass;
mod places;
mod providers;

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

/// The functions that are needed, beside the bench itself.
pub(crate) const FUNCTIONS: [&str; 3] = ["worker-weather", "worker-tenant-jobs", "worker-aggregate"];
/// What a tenant may cost among all of them, as a multiple of what it costs among a tenth.
const GROWTH: f64 = 1.1;

/// How many, and which.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// By which businesses are drawn: the same ones again for the same seed.
    #[arg(long, default_value_t = 20_261_130)]
    pub(crate) seed: u64,
    /// How many businesses.
    #[arg(long, default_value_t = 1_000)]
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
    /// Its `usd_per_1000` is that of 1,000 tenants.
    bill: Bill,
}

impl Default for Options {
    fn default() -> Self {
        Self { seed: 20_261_130, tenants: 1_000 }
    }
}

/// Runs the section.
pub(crate) async fn run(bench: &Bench, options: &Options) -> Result<()> {
    let prices = Prices::read(&bench.root)?;
    let Options { seed, tenants } = *options;
    println!("schedules: businesses of seed {seed}");
    let (few, all) =
        (measure(bench, &prices, seed, tenants / 10).await?, measure(bench, &prices, seed, tenants).await?);
    let pairs: Vec<(&Figures, &Figures)> = few.iter().zip(&all).collect();
    pairs.iter().for_each(|(few, all)| print(few, all));
    let names =
        ["weather: dollars for a tenant", "weekly orders: dollars for a tenant", "benchmarks: dollars for a tenant"];
    let goals = names.into_iter().zip(&pairs).map(|(name, (few, all))| {
        let ratio = all.bill.usd_per_1000 / few.bill.usd_per_1000;
        Goal::at_most(name, GROWTH, ratio, "times those among a tenth of the tenants")
    });
    Report {
        name: "schedules",
        profile: bench.profile.clone(),
        goals: goals.collect(),
        ratios: json!({}),
        figures: json!({"seed": seed, "few": few, "all": all, "prices": prices}),
    }
    .finish(bench)
}

async fn measure(bench: &Bench, prices: &Prices, seed: u64, tenants: usize) -> Result<Vec<Figures>> {
    eprintln!("schedules: {tenants} businesses ...");
    let mut stage = Stage::start(bench, seed, tenants).await?;
    let mut all = Vec::new();
    for work in works(Timestamp::now())? {
        eprintln!("schedules: {} of {tenants} ...", work.cron);
        let (pass, RunReport { done, skipped, .. }) = stage.measure(bench, &work).await?;
        let bill = prices.bill_of_run(&pass.steps(tenants));
        all.push(Figures {
            run: format!("{}/{}", work.kind.as_str(), work.period),
            tenants,
            pass,
            done,
            skipped,
            bill,
        });
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

fn print(few: &Figures, all: &Figures) {
    let row = |name: String, of: &dyn Fn(&Figures) -> f64, digits: usize| {
        let (small, large) = (of(few), of(all));
        let ratio = (large / all.tenants as f64) / (small / few.tenants as f64);
        let ratio = if ratio.is_finite() { format!("{ratio:.2}") } else { "-".to_owned() };
        [name, format!("{small:.digits$}"), format!("{large:.digits$}"), ratio]
    };
    let used = |figures: &Figures| figures.pass.usage();
    let mut rows = vec![
        row("wall time, s".to_owned(), &|of| of.pass.wall_s, 2),
        row("invocations of the cron function".to_owned(), &|of| of.pass.cron.invocations, 0),
        row("its time in all, ms".to_owned(), &|of| of.pass.cron.mean_ms * of.pass.cron.invocations, 0),
        row("invocations of workers".to_owned(), &|of| of.pass.messages(), 0),
    ];
    for part in &all.pass.workers {
        let mean =
            |of: &Figures| of.pass.workers.iter().find(|one| one.name == part.name).map_or(0.0, |one| one.mean_ms);
        let [small, large] = [few, all].map(|figures| format!("{:.2}", mean(figures)));
        rows.push([format!("{}, mean ms", part.name), small, large, String::new()]);
    }
    let names: Vec<String> = used(all).calls.into_keys().collect();
    for name in names {
        let of = |figures: &Figures| used(figures).calls.get(&name).copied().unwrap_or_default();
        rows.push(row(name.clone(), &of, 0));
    }
    rows.push(row("of these the cron function's".to_owned(), &|of| aws_calls(&of.pass.cron.usage), 0));
    rows.push(row("read units".to_owned(), &|of| used(of).units.read, 1));
    rows.push(row("write units".to_owned(), &|of| used(of).units.write, 0));
    rows.push(row("requests to providers".to_owned(), &|of| used(of).calls_to("Weather"), 0));
    rows.push(row("done".to_owned(), &|of| of.done as f64, 0));
    for reason in all.skipped.keys() {
        let of = |figures: &Figures| figures.skipped.get(reason).copied().unwrap_or_default() as f64;
        rows.push(row(format!("skipped: {reason}"), &of, 0));
    }
    rows.push(row("$ for the run".to_owned(), &|of| of.bill.usd_per_1000 * of.tenants as f64 / 1_000.0, 6));
    let each = |figures: &Figures| format!("{:.8}", figures.bill.usd_per_1000 / 1_000.0);
    rows.push(["$ for one tenant".to_owned(), each(few), each(all), String::new()]);
    let title = format!("{}, dollars by {PRICE_FILE}", all.run);
    let sizes = [few, all].map(|figures| format!("{} tenants", figures.tenants));
    let [small, large] = sizes.each_ref().map(String::as_str);
    print_table(&title, &["", small, large, "per tenant, ratio"], rows.into_iter());
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
