//! `bench questions FILE...`: questions that a business's data does not answer are put to the built-in assistant, as the first words and
//! in the middle of a talk. They must go to its team; a list of services or prices, hours, or any other answer is wrong.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args;
use domain::conversations::Role;
use domain::tenancy::{BusinessContext, Tenant};
use jiff::Timestamp;
use talk::{Talk, Way};

use super::score;
use super::shops::Shop;

/// Which questions.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Files with one question a line, or tables whose first column is the question (CSV with a heading).
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Put every so-manieth of them.
    #[arg(long, default_value_t = 1)]
    every: usize,
    /// Print the questions that were treated wrong.
    #[arg(long)]
    misses: bool,
}

/// How a question was treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Treated {
    /// The team has it, or a person was called.
    Team,
    /// Services or prices were listed.
    List,
    /// It was not understood.
    NotUnderstood,
    /// Anything else.
    Other,
}

/// What someone said before.
const BEFORE: [&[&str]; 3] = [&[], &["Hello"], &["Hi, I would like a men's haircut"]];

/// Puts the questions of all files and prints what became of them.
pub(crate) fn run(options: &Options) -> Result<()> {
    let tenant = Shop::Hair.tenant("08:00", "20:00")?;
    for file in &options.files {
        let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let questions: Vec<String> = questions(&text).into_iter().step_by(options.every.max(1)).collect();
        for before in BEFORE {
            let mut counts: BTreeMap<Treated, usize> = BTreeMap::new();
            for question in &questions {
                let (treated, reply) = treat(&tenant, before, question)?;
                *counts.entry(treated).or_default() += 1;
                if options.misses && treated != Treated::Team {
                    println!("{treated:?} > {question}\n    {reply}");
                }
            }
            println!("{}, after {before:?}: {} questions, {counts:?}", file.display(), questions.len());
        }
    }
    Ok(())
}

fn treat(tenant: &Tenant, before: &[&str], question: &str) -> Result<(Treated, String)> {
    let now: Timestamp = "2026-12-02T17:00:00Z".parse()?;
    let mut talk = Talk::new(tenant, BusinessContext::NONE, Way::Chat, now)?;
    for line in before {
        talk.say(line)?;
    }
    let replied = talk.say(question)?;
    let reply = replied.of(Role::Assistant).map_or("", |message| message.text.as_str()).to_owned();
    let treated = match () {
        () if talk.known().told_staff => Treated::Team,
        () if score::lists(&reply) => Treated::List,
        () if score::is_fallback(&reply) => Treated::NotUnderstood,
        () => Treated::Other,
    };
    Ok((treated, reply))
}

fn questions(text: &str) -> Vec<String> {
    let is_table = text.lines().next().is_some_and(|heading| heading.starts_with("text,"));
    let line = |line: &str| {
        let line = line.trim();
        if !is_table {
            return line.to_owned();
        }
        match line.strip_prefix('"').and_then(|line| line.rsplit_once("\",")) {
            Some((quoted, _)) => quoted.replace("\"\"", "\""),
            None => line.split(',').next().unwrap_or_default().to_owned(),
        }
    };
    let all = text.lines().skip(usize::from(is_table)).map(line);
    all.filter(|line| line.chars().any(char::is_alphabetic)).collect()
}
