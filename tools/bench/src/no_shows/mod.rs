//! `bench no-shows FILE`: how well missed visits are foretold on public data, 110,527 appointments of Vitória, Brazil
//! (`docs/benchmarks.md` says where they are). What is learned is learned by the product's own [`fit`].
//!
//! Two ways to part what is learned from and what is foretold: at random, and by time. Two sets of columns: what the product
//! knows of a visit, and with it what this file says besides (age, sex, illnesses, the part of town). No row knows what
//! came after it: a history is made of earlier days alone.

mod rows;
mod score;

use anyhow::{Context, Result};
use clap::Args;
use domain::journeys::no_show::{Model, Pull, fit};
use jiff::civil::Date;
use std::path::PathBuf;

use crate::report::print_table;
use rows::{Row, read};
use score::Score;

/// What `bench no-shows` is asked.
#[derive(Args)]
pub(crate) struct Options {
    /// `KaggleV2-May-2016.csv`.
    file: PathBuf,
}

/// The newest day of what is learned from counts twice as much as one so many days before it. Which of these is chosen by the
/// last fifth of what is learned from.
const HALF_LIVES: [f64; 3] = [f64::INFINITY, 10.0, 5.0];
/// How strongly a column of the file's own is held to nothing.
const OWN: Pull = Pull { to: 0.0, strength: 2.0 };

/// Runs the section.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn run(options: &Options) -> Result<()> {
    let text = std::fs::read_to_string(&options.file).with_context(|| format!("reading {}", options.file.display()))?;
    let rows = read(&text)?;
    let all: Vec<&Row> = rows.iter().collect();
    let (early, late) = by_time(&all);
    // The same numbers each time: every fifth of an order that has nothing to do with the rows.
    let (kept, drawn): (Vec<&Row>, Vec<&Row>) = all.iter().partition(|row| row.draw % 5 != 0);
    let prior: Vec<f64> = late.iter().map(|row| Model::default().chance(&row.features)).collect();
    let mut table = vec![line("by time", "the prior, nothing learned", &Score::of(&prior, &late))];
    for (columns, own) in [("what the product knows", false), ("and what the file says besides", true)] {
        let random = foretold(&kept, &drawn, own, f64::INFINITY);
        table.push(line("at random", columns, &Score::of(&random, &drawn)));
        let half_life = half_life(&early, own);
        let over_time = foretold(&early, &late, own, half_life);
        let name = format!("{columns} (half-life {half_life} days)");
        table.push(line("by time", &name, &Score::of(&over_time, &late)));
    }
    print_table("Missed visits", &["split", "columns", "visits", "AUC", "calibration error"], table.into_iter());
    println!("goals: AUC at least 0.74 at random and 0.72 by time, calibration error at most 0.015");
    println!("LightGBM on such columns: AUC 0.749 at random and 0.731 by time");
    Ok(())
}

fn line(split: &str, columns: &str, score: &Score) -> [String; 5] {
    let (visits, auc, error) = (score.visits, score.auc, score.calibration_error);
    [split.to_owned(), columns.to_owned(), visits.to_string(), format!("{auc:.4}"), format!("{error:.4}")]
}

/// The first four fifths, up to a whole day, and the rest. Rows are in the order of time.
fn by_time<'a>(rows: &[&'a Row]) -> (Vec<&'a Row>, Vec<&'a Row>) {
    let cut = rows.get(rows.len() * 4 / 5).map_or(Date::MAX, |row| row.day);
    rows.iter().partition(|row| row.day < cut)
}

/// The half-life that foretells the last fifth best.
fn half_life(rows: &[&Row], own: bool) -> f64 {
    let (early, late) = by_time(rows);
    let loss = |half_life: f64| Score::of(&foretold(&early, &late, own, half_life), &late).loss;
    let losses = HALF_LIVES.map(|half_life| (half_life, loss(half_life)));
    losses.into_iter().min_by(|(_, a), (_, b)| a.total_cmp(b)).map_or(f64::INFINITY, |(half_life, _)| half_life)
}

/// The chances of `later`, as learned from `earlier`.
fn foretold(earlier: &[&Row], later: &[&Row], own: bool, half_life: f64) -> Vec<f64> {
    let newest = earlier.last().map_or(Date::MIN, |row| row.day);
    let age = |row: &Row| newest.since(row.day).map_or(0.0, |span| f64::from(span.get_days()));
    let counts: Vec<f64> = earlier.iter().map(|row| 0.5_f64.powf(age(row) / half_life)).collect();
    let missed: Vec<bool> = earlier.iter().map(|row| row.missed).collect();
    let columns = columns(earlier, own);
    let mut prior = Model::prior();
    prior.resize(columns.len(), OWN);
    let weights = fit(&columns, &missed, Some(&counts), &prior);
    let mut sums = vec![0.0; later.len()];
    for (column, weight) in self::columns(later, own).iter().zip(weights) {
        for (sum, value) in sums.iter_mut().zip(column) {
            *sum += weight * value;
        }
    }
    sums.into_iter().map(|sum| 1.0 / (1.0 + (-sum).exp())).collect()
}

fn columns(rows: &[&Row], own: bool) -> Vec<Vec<f64>> {
    let mut columns = Model::columns(&rows.iter().map(|row| &row.features).collect::<Vec<_>>());
    if own {
        let count = rows.first().map_or(0, |row| row.own.len());
        columns.extend((0..count).map(|at| rows.iter().filter_map(|row| row.own.get(at).copied()).collect()));
    }
    columns
}
