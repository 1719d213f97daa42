//! A year of a shop with twelve technicians, through the product's own decisions: what is offered and taken, who is asked once more, who
//! of the waiting list gets a freed time. Customers are made up, by the chances in [`people`]; the same seed is the same year.

mod people;
mod world;

use anyhow::{Result, ensure};
use clap::Args;

use crate::report::print_table;
use crate::stats::median;
use world::{Told, World};

/// How the year goes.
#[derive(Args)]
pub(crate) struct Options {
    /// The same seed is the same year.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// How many days of it are lived.
    #[arg(long, default_value_t = 365)]
    days: i64,
    /// Customers who want a visit on a day that is open, in the middle.
    #[arg(long, default_value_t = 64)]
    wishes: u32,
}

/// Runs the same year three times: as it is, without asking once more, and without the waiting list too.
pub(crate) fn run(options: &Options) -> Result<()> {
    let ways = [("all", true, true), ("nobody is asked once more", false, true), ("and no waiting list", false, false)];
    let mut rows = Vec::new();
    for (name, rescues, waits) in ways {
        let told = World::new(options.seed, options.wishes, (rescues, waits))?.live(options.days)?;
        ensure!(told.twice == 0, "{} technicians are booked twice", told.twice);
        rows.push(row(name, &told));
    }
    print_table(
        "A year of a shop with 12 technicians",
        &["way", "wishes", "booked", "called off", "missed", "in 100", "refilled", "min. to refill", "time filled"],
        rows.into_iter(),
    );
    Ok(())
}

fn row(name: &str, told: &Told) -> [String; 9] {
    let share = |part: u32, whole: u32| 100.0 * f64::from(part) / f64::from(whole.max(1));
    let minutes = if told.minutes.is_empty() { "-".to_owned() } else { format!("{:.0}", median(&told.minutes)) };
    let finished = told.kept + told.missed;
    [
        name.to_owned(),
        told.wishes.to_string(),
        told.booked.to_string(),
        told.called_off.to_string(),
        told.missed.to_string(),
        format!("{:.1}", share(told.missed, finished)),
        format!("{} of {}", told.refilled, told.freed),
        minutes,
        format!("{:.1} %", 100.0 * told.worked / told.open.max(1.0)),
    ]
}
