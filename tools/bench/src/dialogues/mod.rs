//! `bench dialogues FILE...`: the built-in assistant holds the dialogues of public corpora, in this process and without a store, and
//! is judged by their own annotation. `docs/benchmarks.md` says what is counted.

mod calendar;
mod corpus;
pub(crate) mod questions;
mod replayed;
mod score;
mod shops;
mod visitor;

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Args, ValueEnum};
use talk::{Talk, Way};

use crate::report::print_table;
use crate::stats::{Spread, millis};
use corpus::Goal;
use domain::tenancy::BusinessContext;
use score::Score;
use visitor::{Exchange, Style};

pub(crate) use replayed::{Replayed, Spoken, replayed};

/// What to hold, and how.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Files of the Schema-Guided Dialogue corpus or of STAR.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// What the visitor does.
    #[arg(long, value_enum, value_delimiter = ',', default_values = ["replay", "cooperative"])]
    mode: Vec<Mode>,
    /// Print the conversations that ended wrong.
    #[arg(long)]
    misses: bool,
}

/// What the visitor does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Mode {
    /// Says what the corpus's user said, from the first words about booking on.
    Replay,
    /// Answers what is asked.
    Cooperative,
    /// The same with a business whose services a calendar books; of every third visitor the wished time is taken.
    Booking,
}

/// One conversation that was held.
struct Held<'a> {
    goal: &'a Goal,
    log: Vec<Exchange>,
    score: Score,
}

impl Held<'_> {
    /// Whether it ended as it must.
    fn is_right(&self, mode: Mode) -> bool {
        let as_wished = self.score.day && self.score.hour;
        match mode {
            Mode::Replay | Mode::Cooperative => as_wished,
            Mode::Booking => self.score.booked_after.is_some() && (as_wished || self.goal.wants_what_is_taken()),
        }
    }
}

/// Holds the dialogues of all files and prints how they went.
pub(crate) fn run(options: &Options) -> Result<()> {
    for file in &options.files {
        let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let (goals, left_out) = corpus::read(&text).with_context(|| file.display().to_string())?;
        println!("{}: {left_out} dialogues left out, which name no day and hour", file.display());
        for mode in &options.mode {
            let held = goals.iter().map(|goal| hold(goal, *mode)).collect::<Result<Vec<_>>>()?;
            print(*mode, &held, options.misses);
        }
    }
    if let Some(mib) = peak_mib() {
        println!("peak memory of this process: {mib:.1} MiB");
    }
    Ok(())
}

fn hold(goal: &Goal, mode: Mode) -> Result<Held<'_>> {
    let now = goal.now.to_zoned(goal.tenant.time_zone())?.timestamp();
    let bookable = calendar::bookable(&goal.tenant)?;
    let mut talk = match mode {
        Mode::Replay | Mode::Cooperative => Talk::new(&goal.tenant, BusinessContext::NONE, Way::Chat, now)?,
        Mode::Booking => {
            let taken = if goal.wants_what_is_taken() { calendar::taken(goal, now)? } else { Vec::new() };
            Talk::new(&bookable, BusinessContext::NONE, Way::Chat, now)?.with_calendar(calendar::resources()?, taken)
        }
    };
    let log = match mode {
        Mode::Replay => visitor::replay(goal, &mut talk)?,
        Mode::Cooperative | Mode::Booking => visitor::cooperative(goal, &mut talk)?,
    };
    let score = score::judge(goal, &goal.tenant, &log, talk.known(), mode != Mode::Replay);
    Ok(Held { goal, log, score })
}

fn print(mode: Mode, held: &[Held<'_>], misses: bool) {
    let mark = |right: Option<bool>| right.map_or("", |right| if right { "yes" } else { "NO" }).to_owned();
    let rows = held.iter().map(|Held { goal, log, score }| {
        [
            goal.id.clone(),
            mark(Some(score.day)),
            mark(Some(score.hour)),
            mark(score.service),
            mark(score.name),
            mark(score.who_first),
            score.repeats.to_string(),
            score.asked_again.to_string(),
            format!("{} of {}", score.fallbacks, log.len()),
        ]
    });
    let header =
        ["dialogue", "day", "hour", "service", "name", "contact first", "asked twice", "asked again", "fallback"];
    print_table(&format!("{mode:?}"), &header, rows);
    for (figure, value) in totals(mode, held) {
        println!("{mode:?}, {figure}: {value}");
    }
    println!();
    for Held { goal, log, score } in held.iter().filter(|held| misses && !held.is_right(mode)) {
        let days: Vec<String> = goal.days.iter().map(ToString::to_string).collect();
        println!("{}: meant {} at {}; stored {:?}", goal.id, days.join(" or "), goal.hour, score.stored);
        for exchange in log {
            println!("  > {}\n    {}", exchange.said, exchange.reply);
        }
    }
}

fn totals(mode: Mode, held: &[Held<'_>]) -> Vec<(String, String)> {
    let of = |pick: &dyn Fn(&Held<'_>) -> Option<bool>| {
        let picked: Vec<bool> = held.iter().filter_map(pick).collect();
        format!("{} of {}", picked.iter().filter(|right| **right).count(), picked.len())
    };
    let turns: Vec<f64> = held.iter().filter_map(|held| held.score.booked_after).map(f64::from).collect();
    let sum = |pick: fn(&Score) -> usize| held.iter().map(|held| pick(&held.score)).sum::<usize>();
    let both = |score: &Score| score.day && score.hour;
    let times: Vec<f64> = held.iter().flat_map(|held| &held.log).map(|exchange| millis(exchange.took)).collect();
    let spread = Spread::of(&times);
    let mut figures = vec![
        ("day right".to_owned(), of(&|held| Some(held.score.day))),
        ("hour right".to_owned(), of(&|held| Some(held.score.hour))),
        ("day and hour right".to_owned(), of(&|held| Some(both(&held.score)))),
    ];
    if mode == Mode::Booking {
        figures.extend([
            ("confirmed appointment at a free time that fits".to_owned(), of(&|held| Some(held.is_right(mode)))),
            ("turns to it, median".to_owned(), format!("{:.0}", Spread::of(&turns).median_ms)),
        ]);
    }
    for style in Style::ALL.into_iter().filter(|_| mode == Mode::Cooperative) {
        let said = of(&|held| (held.goal.style == style).then(|| both(&held.score)));
        figures.push((format!("day and hour right, said {style:?}").to_lowercase(), said));
    }
    figures.extend([
        ("service right, where it was said".to_owned(), of(&|held| held.score.service)),
        ("name right, where it was said".to_owned(), of(&|held| held.score.name)),
        ("name or contact asked before the promise".to_owned(), of(&|held| held.score.who_first)),
        ("dialogues with a question asked twice".to_owned(), of(&|held| Some(held.score.repeats > 0))),
        ("questions asked again".to_owned(), sum(|score| score.repeats).to_string()),
        ("day or hour asked after both were said".to_owned(), sum(|score| score.asked_again).to_string()),
        ("replies that are the fallback".to_owned(), format!("{} of {}", sum(|score| score.fallbacks), times.len())),
        ("replies that list services".to_owned(), format!("{} of {}", sum(|score| score.lists), times.len())),
        ("turns without a reply".to_owned(), sum(|score| score.silent).to_string()),
        ("time a reply".to_owned(), format!("p50 {:.2} ms, p99 {:.2} ms", spread.median_ms, spread.p99_ms)),
    ]);
    figures
}

/// The most memory that this process ever had, in MiB.
fn peak_mib() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<f64>().ok().map(|kib| kib / 1024.0)
}
