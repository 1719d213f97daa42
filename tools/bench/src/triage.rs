//! `bench triage FILE...`: what our own classifier adds to the router's rules, on labelled messages that others wrote.
//!
//! A file is a table (CSV with a heading) of a text and who is to see it: `nobody`, `person`, `complaint` or `emergency`. The rules
//! are those of a roofer, and each message is the first of its thread. The threshold is that of `ai::triage`.

use anyhow::{Context, Result, ensure};
use clap::Args;
use domain::conversations::{EscalationReason, route};
use domain::tenancy::Tenant;
use jiff::Timestamp;
use semantics::triage::{Seen, sort};
use serde::Deserialize;
use std::path::PathBuf;

use crate::classify::records;

/// Which messages.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The tables.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print what is sorted wrong.
    #[arg(long)]
    misses: bool,
}

/// From which confidence on it is taken.
const SURE: f32 = 0.8;

/// How many, and of these how many are right.
#[derive(Debug, Clone, Copy, Default)]
struct Rate {
    all: usize,
    right: usize,
}

impl Rate {
    fn count(&mut self, is_right: bool) {
        self.all += 1;
        self.right += usize::from(is_right);
    }
}

/// Sorts the messages of all files and prints what came of them.
pub(crate) fn run(options: &Options) -> Result<()> {
    let now: Timestamp = "2026-05-04T18:00:00Z".parse()?;
    let Demo { tenant } = toml::from_str(include_str!("../../../tenants/demo/summit-roofing.toml"))?;
    for path in &options.files {
        let file = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let (mut messages, mut unsure, mut asked, mut known) = (0, 0, 0, 0);
        let (mut resolved, mut added) = (Rate::default(), Rate::default());
        for record in records(&file).into_iter().skip(1) {
            let [text, label] = <[String; 2]>::try_from(record).ok().context("a row has not two columns")?;
            let meant = meant(&label)?;
            let rules = route(&tenant, &text, None, now);
            let sorted = sort(&text, rules.language.as_str());
            messages += 1;
            asked += usize::from(meant == Seen::Person);
            known += usize::from(meant == Seen::Person && rules.escalate == Some(EscalationReason::CustomerAsked));
            let sure = sorted.filter(|sorted| sorted.confidence >= SURE).map(|sorted| sorted.seen);
            let taken = match sure {
                Some(seen) if !rules.certain => Some((seen, &mut resolved)),
                Some(Seen::Person) if rules.escalate.is_none() => Some((Seen::Person, &mut added)),
                _ => None,
            };
            unsure += usize::from(!rules.certain);
            if let Some((seen, rate)) = taken {
                rate.count(seen == meant);
                if options.misses && seen != meant {
                    println!("    {label}, not {seen:?}: {text}");
                }
            }
        }
        println!(
            "{}: {messages} messages; of {unsure} that the rules are unsure of {} are taken, {} of them right; a wish for a person \
             is found by the rules in {known} of {asked}, and added to {} more, {} of them rightly",
            path.display(),
            resolved.all,
            resolved.right,
            added.all,
            added.right,
        );
    }
    Ok(())
}

fn meant(label: &str) -> Result<Seen> {
    let seen = [
        ("nobody", Seen::Nobody),
        ("person", Seen::Person),
        ("complaint", Seen::Complaint),
        ("emergency", Seen::Emergency),
    ];
    let found = seen.into_iter().find(|(name, _)| *name == label);
    ensure!(found.is_some(), "{label} is none of nobody, person, complaint and emergency");
    Ok(found.map_or(Seen::Nobody, |(_, seen)| seen))
}

/// The demo roofer.
#[derive(Deserialize)]
struct Demo {
    tenant: Tenant,
}
