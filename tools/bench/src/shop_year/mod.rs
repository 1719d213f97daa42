//! A year of a shop with twelve technicians, through the product's own decisions: what is offered and taken, who is asked once more, who
//! of the waiting list gets a freed time. Customers are made up, by the chances in [`people`]; the same seed is the same year.

mod people;
mod world;

use anyhow::{Result, ensure};
use clap::Args;
use serde_json::{Value, json};

use crate::Bench;
use crate::report::{Report, print_table};
use crate::stats::median;
use world::{Told, World};

const SEED: u64 = 7;
const DAYS: i64 = 365;
const WISHES: u32 = 90;

/// How the year goes.
#[derive(Args)]
pub(crate) struct Options {
    /// The same seed is the same year.
    #[arg(long, default_value_t = SEED)]
    seed: u64,
    /// How many days of it are lived.
    #[arg(long, default_value_t = DAYS)]
    days: i64,
    /// Customers who want a visit on a day that is open, in the middle.
    #[arg(long, default_value_t = WISHES)]
    wishes: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self { seed: SEED, days: DAYS, wishes: WISHES }
    }
}

/// Runs the same year three times: as it is, without asking once more, and without the waiting list too.
pub(crate) fn run(bench: &Bench, options: &Options) -> Result<()> {
    eprintln!("shop-year: {} days, three times ...", options.days);
    let ways = [("all", true, true), ("nobody is asked once more", false, true), ("and no waiting list", false, false)];
    let (mut rows, mut figures) = (Vec::new(), serde_json::Map::new());
    for (name, rescues, waits) in ways {
        let told = lived(options, (rescues, waits))?;
        rows.push(row(name, &told));
        figures.insert(name.to_owned(), in_figures(&told));
    }
    print_table(
        "A year of a shop with 12 technicians",
        &["way", "wishes", "booked", "called off", "missed", "in 100", "refilled", "min. to refill", "time filled"],
        rows.into_iter(),
    );
    Report {
        name: "shop-year",
        profile: bench.profile.clone(),
        goals: Vec::new(),
        ratios: json!({}),
        figures: json!({"seed": options.seed, "days": options.days, "wishes_a_day": options.wishes, "ways": figures}),
    }
    .finish(bench)
}

fn lived(options: &Options, way: (bool, bool)) -> Result<Told> {
    let told = World::new(options.seed, options.wishes, way)?.live(options.days)?;
    ensure!(told.twice == 0, "{} technicians are booked twice", told.twice);
    Ok(told)
}

impl Told {
    /// Visits that were missed, of 100 that took place or were to.
    fn missed_in_100(&self) -> f64 {
        100.0 * f64::from(self.missed) / f64::from((self.kept + self.missed).max(1))
    }

    /// The minutes for which a freed time was free that was taken; none: none was.
    fn minutes_to_refill(&self) -> Option<f64> {
        (!self.minutes.is_empty()).then(|| median(&self.minutes))
    }

    /// How much of the time was worked, in percent.
    fn filled(&self) -> f64 {
        100.0 * self.worked / self.open.max(1.0)
    }
}

fn in_figures(told: &Told) -> Value {
    json!({
        "wishes": told.wishes, "booked": told.booked, "called_off": told.called_off, "missed_in_100": told.missed_in_100(),
        "freed": told.freed, "refilled": told.refilled, "minutes_to_refill_median": told.minutes_to_refill(),
        "time_filled_percent": told.filled(),
    })
}

fn row(name: &str, told: &Told) -> [String; 9] {
    [
        name.to_owned(),
        told.wishes.to_string(),
        told.booked.to_string(),
        told.called_off.to_string(),
        told.missed.to_string(),
        format!("{:.1}", told.missed_in_100()),
        format!("{} of {}", told.refilled, told.freed),
        told.minutes_to_refill().map_or_else(|| "-".to_owned(), |minutes| format!("{minutes:.0}")),
        format!("{:.1} %", told.filled()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_weeks_are_lived_and_no_technician_is_booked_twice() {
        let weeks = Options { days: 42, ..Options::default() };
        let [all, alone] = [(true, true), (false, false)].map(|way| lived(&weeks, way).unwrap());
        assert_eq!((all.twice, alone.twice), (0, 0));
        assert!(all.booked > 500 && all.kept > all.missed && all.missed > 0 && (50.0..=100.0).contains(&all.filled()));
        assert!(
            all.freed > 0 && all.refilled > 0 && all.minutes_to_refill().is_some_and(|minutes| minutes < 24.0 * 60.0)
        );
        assert_eq!((alone.freed, alone.refilled), (0, 0), "no one waits");
    }
}
