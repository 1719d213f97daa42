//! `bench gaps FILE`: how well unanswered questions are grouped, on a public set of labelled texts (Banking77's test set).
//!
//! Ten times, some questions each of twelve intents are mixed with one each of thirty others, as the questions of a business are mixed: a few
//! asked again and again, most of them once.

use anyhow::{Context, Result, ensure};
use clap::Args;
use domain::knowledge::clusters::{groups, terms};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use crate::classify::records;

const DRAWS: usize = 10;
const ASKED_OFTEN: usize = 12;
const TIMES: usize = 8;
const ASKED_ONCE: usize = 30;

/// Which texts.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// A table (CSV with a heading) of a text and its label.
    file: PathBuf,
}

/// Draws, groups and prints.
pub(crate) fn run(options: &Options) -> Result<()> {
    let path = &options.file;
    let file = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut by_label: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for record in records(&file).into_iter().skip(1) {
        let [text, label] = <[String; 2]>::try_from(record).ok().context("a row has not two columns")?;
        by_label.entry(label).or_default().push(text);
    }
    let labels: Vec<(String, Vec<String>)> = by_label.into_iter().collect();
    let enough = labels.len() >= ASKED_OFTEN + ASKED_ONCE && labels.iter().all(|(_, texts)| texts.len() >= TIMES);
    ensure!(enough, "too few labels or texts");
    let (mut right, mut made, mut wanted, begin) = (0, 0, 0, Instant::now());
    for draw in 0..DRAWS {
        let mut shuffled = labels.clone();
        shuffle(&mut shuffled, draw as u64);
        let mut set: Vec<(Option<usize>, String)> = Vec::new();
        for (at, (_, mut texts)) in shuffled.into_iter().take(ASKED_OFTEN + ASKED_ONCE).enumerate() {
            shuffle(&mut texts, (draw * labels.len() + at) as u64);
            let often = at < ASKED_OFTEN;
            let count = if often { TIMES } else { 1 };
            set.extend(texts.into_iter().take(count).map(|text| (often.then_some(at), text)));
        }
        shuffle(&mut set, draw as u64);
        let about: Vec<_> = set.iter().map(|(_, text)| terms(text)).collect();
        for group in groups(&about) {
            let of = |at: &usize| set.get(*at).and_then(|(label, _)| *label);
            for (place, one) in group.members.iter().enumerate() {
                let others = group.members.iter().skip(place + 1);
                made += others.clone().count();
                right += others.filter(|other| of(one).is_some() && of(one) == of(other)).count();
            }
        }
        wanted += ASKED_OFTEN * TIMES * (TIMES - 1) / 2;
    }
    let percent = |part: usize, whole: usize| part as f64 * 100.0 / whole.max(1) as f64;
    println!(
        "{right} of {made} pairs that were put together are right ({:.1} %), of {wanted} that should be ({:.1} %); {:.0} ms a draw",
        percent(right, made),
        percent(right, wanted),
        begin.elapsed().as_secs_f64() * 1e3 / DRAWS as f64,
    );
    Ok(())
}

/// Another order, the same for the same seed.
fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1);
    for at in (1..items.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from(state >> 33).unwrap_or_default() % (at + 1);
        items.swap(at, other);
    }
}
