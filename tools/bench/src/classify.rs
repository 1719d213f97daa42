//! `bench classify TRAIN TEST`: how well texts are sorted by `semantics`, on a public set of labelled texts (Banking77).
//!
//! Trained on the first file and judged on the second. How sure the model must be to answer at
//! all is set on a fifth of the first file that it was not trained on. Before that, the models that are shipped: what they make of
//! our own sentences whose pattern was held out.

use anyhow::{Context, Result, ensure};
use clap::Args;
use semantics::{Embedding, Example, HeldOut, Linear, Settings, Table, hold_out, sentences, train};
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::stats::calibration_error;

/// Which texts.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// What to train on: a table (CSV with a heading) of a text and its label.
    train: PathBuf,
    /// What to judge by, of the same form.
    test: PathBuf,
    /// The features fall into two to this many buckets.
    #[arg(long, default_value_t = 18)]
    bits: u32,
    /// What a text on the wrong side costs in training.
    #[arg(long, default_value_t = 0.5)]
    cost: f32,
}

/// The least share of the answers that has to be right.
const PRECISION: f64 = 0.95;
/// Of so many texts one is not trained on at first, to set how sure the model must be.
const PARTS: u32 = 5;

/// From which confidence on a shipped model is believed (`ai::triage`).
const SURE: f32 = 0.8;

/// Trains, judges and prints, with the text alone and with the built-in table.
pub(crate) fn run(options: &Options) -> Result<()> {
    shipped();
    let table = Table::built_in().context("the built-in table cannot be read")?;
    for table in [None, Some(table)] {
        let (learned, judged) = (read(&options.train, table)?, read(&options.test, table)?);
        let begin = Instant::now();
        let settings = Settings { bits: options.bits, cost: options.cost, least: 2, held_out: 1 };
        let (mut kept, held): (Vec<Example>, Vec<Example>) =
            learned.iter().cloned().partition(|example| example.group % PARTS != 0);
        for (example, group) in kept.iter_mut().zip(0..) {
            example.group = group;
        }
        let needed = needed(judge(&train(&kept, settings), &held));
        let model = train(&learned, settings);
        let took = begin.elapsed();

        let outcome = judge(&model, &judged);
        let answered: Vec<&HeldOut> = outcome.iter().filter(|judged| judged.confidence >= needed).collect();
        let right = |judged: &mut dyn Iterator<Item = &HeldOut>| judged.filter(|judged| judged.is_right).count();
        println!(
            "{}: {} of {} right ({:.1} %); from {needed:.2} on {:.1} % answered, {:.1} % of these right; calibration error \
             {:.4}; {:.0} us a text; {} KB; trained in {took:.1?}",
            table.map_or("the text alone", |table| table.space().model.as_str()),
            right(&mut outcome.iter()),
            outcome.len(),
            percent(right(&mut outcome.iter()), outcome.len()),
            percent(answered.len(), outcome.len()),
            percent(right(&mut answered.iter().copied()), answered.len()),
            error_of(&outcome),
            micros(&model, table, &judged),
            model.to_bytes().len() / 1_000,
        );
    }
    Ok(())
}

/// Prints how well the chances of the models that are shipped hold.
fn shipped() {
    for (name, examples) in [("who is to see a message", sentences::seen()), ("language", sentences::language())] {
        let outcome = hold_out(&examples, sentences::SETTINGS);
        let sure: Vec<&HeldOut> = outcome.iter().filter(|judged| judged.confidence >= SURE).collect();
        let right = |judged: &mut dyn Iterator<Item = &HeldOut>| judged.filter(|judged| judged.is_right).count();
        println!(
            "shipped, {name}: {} sentences whose pattern was held out, {:.1} % right; from {SURE} on {:.1} % answered, {:.1} % of \
             these right; calibration error {:.4}",
            outcome.len(),
            percent(right(&mut outcome.iter()), outcome.len()),
            percent(sure.len(), outcome.len()),
            percent(right(&mut sure.iter().copied()), sure.len()),
            error_of(&outcome),
        );
    }
}

fn error_of(outcome: &[HeldOut]) -> f64 {
    let pairs = outcome.iter().map(|judged| (f64::from(judged.confidence), judged.is_right));
    calibration_error(&pairs.collect::<Vec<_>>())
}

/// From which confidence on enough of the answers are right.
fn needed(mut judged: Vec<HeldOut>) -> f32 {
    judged.sort_unstable_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let mut right = 0.0;
    let mut needed = 1.0;
    for (judged, of) in judged.iter().zip(1_u32..) {
        right += f64::from(u8::from(judged.is_right));
        if right >= PRECISION * f64::from(of) {
            needed = judged.confidence;
        }
    }
    needed
}

fn judge(model: &Linear, examples: &[Example]) -> Vec<HeldOut> {
    let judged = examples.iter().map(|example| {
        let guess = model.classify(&example.text, example.embedding.as_ref());
        HeldOut {
            is_right: guess.is_some_and(|guess| guess.label == example.label),
            confidence: guess.map_or(0.0, |guess| guess.confidence),
        }
    });
    judged.collect()
}

/// What one text takes, its embedding included.
fn micros(model: &Linear, table: Option<&Table<'_>>, examples: &[Example]) -> f64 {
    let begin = Instant::now();
    for example in examples {
        let embedding = table.and_then(|table| table.embed(&example.text));
        std::hint::black_box(model.classify(&example.text, embedding.as_ref()));
    }
    begin.elapsed().as_secs_f64() * 1e6 / examples.len().max(1) as f64
}

fn percent(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole.max(1) as f64
}

fn read(path: &Path, table: Option<&Table<'_>>) -> Result<Vec<Example>> {
    let file = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut examples = Vec::new();
    for (record, group) in records(&file).into_iter().skip(1).zip(0..) {
        let [text, label] = <[String; 2]>::try_from(record).ok().context("a row has not two columns")?;
        let embedding: Option<Embedding> = table.and_then(|table| table.embed(&text));
        ensure!(table.is_none() || embedding.is_some(), "the table knows nothing of a text: {text}");
        examples.push(Example { text, label, group, embedding });
    }
    Ok(examples)
}

/// The rows of a CSV file; a quoted field may hold commas and line breaks.
pub(crate) fn records(file: &str) -> Vec<Vec<String>> {
    let mut records = vec![vec![String::new()]];
    let mut is_quoted = false;
    for c in file.chars().filter(|c| *c != '\r') {
        let Some(record) = records.last_mut() else { continue };
        match c {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => record.push(String::new()),
            '\n' if !is_quoted => records.push(vec![String::new()]),
            _ => record.iter_mut().last().into_iter().for_each(|field| field.push(c)),
        }
    }
    records.retain(|record| record.iter().any(|field| !field.is_empty()));
    records
}
