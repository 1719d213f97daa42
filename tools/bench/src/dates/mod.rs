//! `bench dates FILE...`: how many expressions of days and hours are read as they are meant.
//!
//! A file has one JSON object a line; [`line`] describes it. Right and wrong are told apart in [`judge`].

mod judge;
mod line;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;
use dates::{Language, LastQuestion, Today, Wish};

use line::Line;

/// What `bench dates` is asked.
#[derive(Args)]
pub(crate) struct Options {
    /// Files of expressions with what they mean.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print each expression that is read otherwise than it is meant.
    #[arg(long)]
    misses: bool,
    /// Fail where fewer percent are right: `90` in any language, `en=95` in one.
    #[arg(long, value_parser = threshold)]
    at_least: Vec<(Option<String>, f64)>,
}

fn threshold(text: &str) -> Result<(Option<String>, f64)> {
    let (language, percent) =
        text.split_once('=').map_or((None, text), |(language, percent)| (Some(language), percent));
    Ok((language.map(ToOwned::to_owned), percent.parse().context("not a number of percent")?))
}

/// How many of how many are right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Rate {
    right: u32,
    of: u32,
}

impl Rate {
    fn percent(self) -> f64 {
        f64::from(self.right) * 100.0 / f64::from(self.of.max(1))
    }
}

/// By language.
type Rates = BTreeMap<String, Rate>;

/// What a file says.
#[derive(Debug, Default)]
struct Outcome {
    rates: Rates,
    misses: Vec<String>,
    /// Spent on reading alone.
    took: Duration,
}

/// Reads the files, prints a line for each language of each, and fails below a threshold.
pub(crate) fn run(options: &Options) -> Result<()> {
    let mut total = Rates::new();
    for file in &options.files {
        let outcome = measure(file)?;
        let all: u32 = outcome.rates.values().map(|rate| rate.of).sum();
        for (language, rate) in &outcome.rates {
            println!("{} {language}: {} of {} ({:.1} %)", file.display(), rate.right, rate.of, rate.percent());
            let sum = total.entry(language.clone()).or_default();
            *sum = Rate { right: sum.right + rate.right, of: sum.of + rate.of };
        }
        println!("{}: {} µs each", file.display(), outcome.took.as_micros() / u128::from(all.max(1)));
        for miss in outcome.misses.iter().filter(|_| options.misses) {
            println!("  {miss}");
        }
    }
    for (language, rate) in &total {
        println!("all {language}: {} of {} ({:.1} %)", rate.right, rate.of, rate.percent());
    }
    let below: Vec<&str> = total
        .iter()
        .filter(|(language, rate)| rate.percent() < wanted(language, &options.at_least))
        .map(|(language, _)| language.as_str())
        .collect();
    if !below.is_empty() {
        bail!("below the threshold: {}", below.join(", "));
    }
    Ok(())
}

/// The threshold of a language: its own, else that of all.
fn wanted(language: &str, thresholds: &[(Option<String>, f64)]) -> f64 {
    let of =
        |wanted: Option<&str>| thresholds.iter().find(|(of, _)| of.as_deref() == wanted).map(|(_, percent)| *percent);
    of(Some(language)).or_else(|| of(None)).unwrap_or_default()
}

fn measure(file: &Path) -> Result<Outcome> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut outcome = Outcome::default();
    for (number, json) in text.lines().enumerate().filter(|(_, json)| !json.trim().is_empty()) {
        let place = || format!("{}, line {}", file.display(), number + 1);
        let line: Line = serde_json::from_str(json).with_context(place)?;
        let meant = line.meant().with_context(place)?;
        let language = Language::from_code(&line.language).with_context(place)?;
        let month_first = line.month_first.unwrap_or(language == Language::En);
        let today = Today { now: line.now, month_first, asked: LastQuestion::Nothing };
        let begin = Instant::now();
        let read = dates::read_best(&line.text, language, &today);
        outcome.took += begin.elapsed();
        let is_right = judge::is_right(read.as_ref(), &meant, &line);
        let rate = outcome.rates.entry(line.language.clone()).or_default();
        rate.of += 1;
        rate.right += u32::from(is_right);
        if !is_right {
            outcome.misses.push(format!(
                "{:?} on {}: meant {}; read {}",
                line.text,
                line.now,
                line.meaning(),
                shown(read)
            ));
        }
    }
    Ok(outcome)
}

fn shown(read: Option<Wish>) -> String {
    let Some(wish) = read else { return "nothing".to_owned() };
    let dates = wish.day.map(|day| day.dates).unwrap_or_default();
    let days = match dates.as_slice() {
        [] => "no day".to_owned(),
        [day] => day.to_string(),
        [first, .., last] => format!("{first}/{last}"),
    };
    format!("{days}, {:?} in {:?}", wish.time, wish.words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/dates.jsonl")
    }

    #[test]
    fn our_own_expressions_are_read_as_they_are_meant() {
        let outcome = measure(&sample()).unwrap();
        assert_eq!(outcome.misses, Vec::<String>::new());
        assert_eq!(outcome.rates.len(), 5, "{:?}", outcome.rates);
        assert!(outcome.rates.values().all(|rate| rate.of >= 8), "{:?}", outcome.rates);
    }

    #[test]
    fn a_rate_below_the_threshold_of_its_language_fails() {
        let options = |at_least: &[&str]| Options {
            files: vec![sample()],
            misses: false,
            at_least: at_least.iter().map(|text| threshold(text).unwrap()).collect(),
        };
        assert!(run(&options(&["100"])).is_ok());
        assert!(run(&options(&["90", "en=101"])).is_err());
        assert!(run(&options(&["fr=90", "101"])).is_err());
        assert!(threshold("en=many").is_err());
    }
}
