//! Prints what docs/benchmarks-privacy.md states: errors of sketches by shape, the time merging takes, how far published figures
//! are from the exact ones, and what attacks gain beside their bounds. On generated data; the same figures every time, but for times.
//!
//! `cargo run --release -p benchmarks --example accuracy`
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

#[path = "../tests/suite/attack.rs"]
mod attack;
#[path = "../tests/suite/draws.rs"]
mod draws;
#[path = "../tests/suite/figures.rs"]
mod figures;

use std::{collections::BTreeMap, error::Error, time::Instant};

use attack::{METRIC, World, advantage, average, bound, known, one, release, summaries};
use benchmarks::{Cohort, Contribution, Metric, Observed, Publication, Sketch, Summary};
use draws::{Draws, Shape, exact, usual};

type Done = Result<(), Box<dyn Error>>;

fn main() -> Done {
    sketches()?;
    merging()?;
    figures()?;
    attacks()
}

fn sketches() -> Done {
    println!(
        "Sketches: 20,000 values in 64 parts merged in any order, largest error of p10 to p99 in the metric's unit (stated bound there)"
    );
    for shape in Shape::ALL {
        print!("  {:<10}", format!("{shape:?}"));
        for metric in Metric::ALL {
            let mut draws = Draws(1);
            let mut values: Vec<i64> = (0..20_000).map(|_| metric.clip(shape.draw(metric, &mut draws))).collect();
            let mut merged = Sketch::new(metric);
            for part in values.chunks(values.len().div_ceil(64)) {
                let mut sketch = Sketch::new(metric);
                part.iter().for_each(|value| sketch.add(*value));
                merged.merge(&sketch)?;
            }
            let mut worst = (0, 0);
            for percent in [10, 25, 50, 75, 90, 99] {
                let found = merged.quantile(percent).unwrap_or_default();
                let error = (found - exact(&mut values, percent.into()).unwrap_or_default()).abs();
                worst = worst.max((error, merged.error_at(found)));
            }
            print!(" {} {} ({});", metric.name(), worst.0, worst.1);
        }
        println!();
    }
    Ok(())
}

/// One business with a value of every metric.
fn business(draws: &mut Draws) -> Contribution {
    let observed = |metric| (metric, Observed { value: usual(metric, draws), observations: 100 });
    Contribution::of(&Metric::ALL.into_iter().map(observed).collect::<BTreeMap<_, _>>())
}

fn merging() -> Done {
    let (mut draws, cohort) = (Draws(2), Cohort::region("hvac", "us", "co")?);
    let contributions: Vec<Contribution> = (0..100_000).map(|_| business(&mut draws)).collect();
    let began = Instant::now();
    let mut parts = Vec::new();
    for part in contributions.chunks(100) {
        let mut summary = Summary::new(cohort.clone());
        part.iter().for_each(|contribution| summary.add(contribution));
        parts.push(summary);
    }
    let made = began.elapsed();
    let bytes: usize = serde_json::to_vec(parts.first().ok_or("no part")?)?.len();
    let began = Instant::now();
    let mut whole = Summary::new(cohort);
    for part in &parts {
        whole.merge(part)?;
    }
    let merged = began.elapsed();
    println!(
        "Merging: 100,000 contributions of six metrics into 1,000 summaries in {made:.0?}, merged into one in {merged:.0?}; \
         a summary of 100 is {bytes} bytes, of 100,000 {} bytes",
        serde_json::to_vec(&whole)?.len()
    );
    Ok(())
}

/// Published figures of `hvac/us/co` beside exact ones, over releases of one world.
fn figures() -> Done {
    println!(
        "Published figures: of 300 releases how many came out, and how far average, top 25 and top 10 were from the exact ones (median, 90 of 100)"
    );
    for count in [40_usize, 60, 80, 120, 250, 1_000, 4_000] {
        let mut draws = Draws(3);
        for metric in Metric::ALL {
            let errors = figures::errors(metric, count, &mut draws)?;
            print!("  {count:>5} in the region, {:<22} {:>3} out;", metric.name(), errors.out);
            for (figure, name) in errors.figures.iter().zip(["average", "top 25", "top 10"]) {
                print!(" {name} {}: {:.1} %, {:.1} %;", figure.exact, figure.half, figure.nine_of_ten);
            }
            println!();
        }
    }
    Ok(())
}

fn attacks() -> Done {
    println!("Attacks: how much oftener a reader says \"it is in\" of a business that is than of one that is not");
    let joins = |others: usize| {
        move |is_in: bool| -> World {
            let mut values = known(others);
            values.extend(is_in.then_some(10_000));
            vec![("us", "co", values), ("us", "tx", known(130)), ("de", "by", known(150))]
        }
    };
    let sums = |made: &Publication| {
        460.0 * average(made, "hvac") + 310.0 * average(made, "hvac/us") + 180.0 * average(made, "hvac/us/co")
    };
    let rest = |made: &Publication| 310.0 * average(made, "hvac/us") - 180.0 * average(made, "hvac/us/co");
    let alone = |is_in: bool| -> World {
        let mut values = known(19);
        values.extend(is_in.then_some(10_000));
        vec![("us", "co", values)]
    };
    let value = |excellent: bool| -> World {
        let mut values = known(180);
        values.push(if excellent { 10_000 } else { 0 });
        vec![("us", "co", values), ("us", "tx", known(130)), ("de", "by", known(150))]
    };
    let differs = |is_in: bool| -> World {
        let mut values = known(130);
        values.extend(is_in.then_some(10_000));
        vec![("us", "co", known(180)), ("us", "tx", values), ("de", "by", known(150))]
    };
    measured("joining, all levels of a release", 1, 4_000, bound(1.0), joins(180), sums)?;
    measured("difference of country and region", 1, 4_000, bound(1.0), differs, rest)?;
    measured("the twentieth of a cohort", 1, 4_000, 0.001, alone, |made| made.published.len() as f64)?;
    measured("all others invented, the value of one", 1, 4_000, bound(2.0), value, sums)?;
    measured("both releases of a year", 2, 4_000, bound(2.0), joins(180), sums)?;
    measured("noise drawn each night (not done)", 365, 100, 1.0, joins(180), sums)?;
    let (mut draws, honest) = (Draws(9), summaries(&joins(180)(false))?);
    for invented in [1, 10, 50] {
        let mut moved = honest.clone();
        let region = moved.first_mut().ok_or("no region")?;
        (0..invented).for_each(|_| region.add(&one(10_000)));
        let mean = |world: &[Summary], draws: &mut Draws| -> Result<f64, Box<dyn Error>> {
            let seen = (0..200).map(|_| release(world, draws)).collect::<Result<Vec<_>, _>>()?;
            Ok(seen.iter().map(|made| average(made, "hvac")).sum::<f64>() / 200.0)
        };
        println!(
            "  not defended: {invented} invented businesses that count, with the best value, beside 460 move the average from {:.0} to {:.0}",
            mean(&honest, &mut draws)?,
            mean(&moved, &mut draws)?
        );
    }
    println!("  (attacked is {}; other metrics are noised the same way)", METRIC.name());
    Ok(())
}

fn measured(
    name: &str,
    answers: usize,
    trials: usize,
    bound: f64,
    world: impl Fn(bool) -> World,
    look: impl Fn(&Publication) -> f64,
) -> Done {
    let mut draws = Draws(7);
    let mut tries = |secret| -> Result<Vec<f64>, Box<dyn Error>> {
        let world = summaries(&world(secret))?;
        let year = |draws: &mut Draws| -> Result<f64, Box<dyn Error>> {
            let seen = (0..answers).map(|_| release(&world, draws)).collect::<Result<Vec<_>, _>>()?;
            Ok(seen.iter().map(&look).sum())
        };
        (0..trials).map(|_| year(&mut draws)).collect()
    };
    let (with, without) = (tries(true)?, tries(false)?);
    println!("  {name:<40} {:.3}, bound {bound:.3} ({trials} trials each)", advantage(&with, &without));
    Ok(())
}
