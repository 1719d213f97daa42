//! A sample of every kind of item of this context: insights.

use benchmarks::{Cohort, Period};
use domain::EventId;
use domain::ids::{ExtraId, LocationId};
use domain::insights::ExtraMonth;
use jiff::civil::date;

use crate::table::keys;
use crate::table::samples::{ID, Place, acme};

pub(crate) fn places() -> Vec<Place> {
    let (acme, day, lakewood) = (acme(), date(2026, 11, 20), LocationId::new("lakewood").unwrap());
    let month = ExtraMonth { month: date(2026, 11, 1), extra: ExtraId::new("late-checkout").unwrap() };
    let own = keys::of(&acme);
    let (platform, roofers) = (keys::platform(), Cohort::region("roofing", "us", "co").unwrap());
    let half_year = Period::of(2026, 11);
    vec![
        ("insight day", own.insight_day(None, day), "T#acme#INSIGHTS|2026-11-20"),
        ("insight day", own.insight_day(Some(&lakewood), day), "T#acme#INSIGHTS#lakewood|2026-11-20"),
        ("extra_month", own.extra_month(&month), "T#acme#EXTRAS|2026-11#late-checkout"),
        ("benchmark_own", own.benchmark_own(), "T#acme#BENCHMARKS|OWN"),
        (
            "benchmark_contribution",
            platform.benchmark_contribution(day, &roofers, &acme),
            "P#BENCHMARKS#2026-11-20#12|roofing/us/co#acme",
        ),
        ("benchmark_cohort", platform.benchmark_cohort(day, &roofers), "P#BENCHMARKS#2026-11-20#COHORTS|roofing/us/co"),
        ("benchmark_night", platform.benchmark_night(day), "P#BENCHMARKS#NIGHTS|2026-11-20"),
        ("benchmark_ledger", platform.benchmark_ledger("roofing"), "P#BENCHMARKS#LEDGERS|roofing"),
        (
            "benchmark_figures",
            platform.benchmark_figures("roofing", 3, half_year),
            "P#BENCHMARKS#FIGURES#roofing|03#2026-H2",
        ),
        ("counted", own.counted(EventId::parse(ID).unwrap()), "T#acme#COUNTED#{id}|COUNTED"),
    ]
}
