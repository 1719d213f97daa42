//! `porchlight prompts`: the versions of the instructions that models get, seeded by a deployment and moved by operators.

use ai::prompt::Script;
use anyhow::{Context as _, Result};
use clap::Subcommand;
use domain::Failure;
use domain::failure::Rejection;
use domain::prompts::{
    Challenger, Mean, PromptComparison, PromptContent, PromptFigures, PromptTask, PromptVersion, Share, TrafficChange,
};
use jiff::Timestamp;
use std::fmt::Write as _;
use std::path::PathBuf;
use store::{Seeded, Store};

use crate::onboard::trace;

/// What is done with prompts.
#[derive(Debug, Subcommand)]
pub enum Prompts {
    /// Store the versions that come with this program, and put those live whose task has no live version. Part of a deployment; again it
    /// changes nothing.
    Seed,
    /// List all versions, with their state and traffic.
    List,
    /// Store a version from a file as a draft. Its form is that of `shared/ai/prompts`.
    Add {
        /// The file (TOML).
        file: PathBuf,
    },
    /// Try a version on a share of the conversations.
    Try {
        /// What the model is asked.
        task: String,
        /// Which version.
        version: String,
        /// In how many of a hundred conversations: 1 to 50.
        #[arg(long)]
        percent: u8,
        /// Put it live once it is found better and nothing got worse.
        #[arg(long)]
        automatic: bool,
    },
    /// End the trial of a task's version.
    EndTrial {
        /// What the model is asked.
        task: String,
    },
    /// Show what came of the live version and of the one that is tried.
    Compare {
        /// What the model is asked.
        task: String,
    },
    /// Put a version live for all conversations.
    Promote {
        /// What the model is asked.
        task: String,
        /// Which version.
        version: String,
    },
    /// Put the version live that was live before.
    RollBack {
        /// What the model is asked.
        task: String,
    },
    /// Put those versions live that are tried with `--automatic` and have passed the test, as `cron-prompt-review` does every night.
    PromoteProven,
}

/// Does it; returns what to tell the operator. The record of the platform says that an operator did it.
///
/// # Errors
/// When there is no such task or version, when what is wanted cannot be, or the table refuses.
pub async fn run(store: &Store, wish: Prompts, at: Timestamp) -> Result<String> {
    let (prompts, trace) = (store.prompts(), trace(at));
    match wish {
        Prompts::Seed => seed(store, at).await,
        Prompts::List => list(store).await,
        Prompts::Add { file } => {
            let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
            let content: PromptContent = toml::from_str(&text).with_context(|| format!("{}", file.display()))?;
            let content = Script::new(content, 0)?.content().clone();
            let stored = prompts.create(content, &trace).await?.content;
            Ok(format!("{} {} is stored as a draft.", stored.task, stored.version))
        }
        Prompts::Try { task, version, percent, automatic } => {
            let (task, version) = (PromptTask::parse(&task)?, PromptVersion::parse(&version)?);
            let wanted = TrafficChange { challenger: Some(Challenger { version, percent }), automatic };
            let read = prompts.traffic_of(task).await?.version;
            let traffic = prompts.change_traffic(task, &wanted, read, &trace).await?.value;
            Ok(format!("{percent} of a hundred conversations get it within a minute; the others get {}.", traffic.live))
        }
        Prompts::EndTrial { task } => {
            let task = PromptTask::parse(&task)?;
            let wanted = TrafficChange { challenger: None, automatic: false };
            let read = prompts.traffic_of(task).await?.version;
            let traffic = prompts.change_traffic(task, &wanted, read, &trace).await?.value;
            Ok(format!("All conversations get {} within a minute.", traffic.live))
        }
        Prompts::Compare { task } => {
            let traffic = prompts.traffic_of(PromptTask::parse(&task)?).await?.value;
            Ok(shown(&prompts.compare(&traffic, None).await?))
        }
        Prompts::Promote { task, version } => {
            let (task, version) = (PromptTask::parse(&task)?, PromptVersion::parse(&version)?);
            let read = prompts.traffic_of(task).await?.version;
            let traffic = prompts.promote(task, &version, read, &trace).await?.value;
            Ok(format!("All conversations get {} within a minute.", traffic.live))
        }
        Prompts::RollBack { task } => {
            let task = PromptTask::parse(&task)?;
            let read = prompts.traffic_of(task).await?.version;
            let traffic = prompts.roll_back(task, read, &trace).await?.value;
            Ok(format!("All conversations get {} again within a minute.", traffic.live))
        }
        Prompts::PromoteProven => {
            let promoted = prompts.promote_proven(&trace).await?;
            let lines = promoted.iter().map(|(task, version)| format!("{task}: {version} is live."));
            let lines = lines.collect::<Vec<_>>().join("\n");
            Ok(if lines.is_empty() { "No version has passed the test.".to_owned() } else { lines })
        }
    }
}

/// Stores what comes with this program. One version that cannot be stored stops none of the others.
async fn seed(store: &Store, at: Timestamp) -> Result<String> {
    let (mut told, mut failed) = (String::new(), None);
    for task in PromptTask::ALL {
        let content = Script::built_in(task).content().clone();
        let version = content.version.clone();
        let state = match store.prompts().seed(content, &trace(at)).await {
            Ok(Seeded::Live) => "stored, and live",
            Ok(Seeded::Draft) => "stored as a draft: promote it, or try it first",
            Ok(Seeded::There) => "there already",
            Err(failure) => {
                failed = Some(failure);
                "not stored"
            }
        };
        writeln!(told, "{task} {version}: {state}")?;
    }
    match failed {
        None => Ok(told.trim_end().to_owned()),
        Some(failure) => Err(anyhow::Error::from(failure).context(told)),
    }
}

async fn list(store: &Store) -> Result<String> {
    let mut told = String::new();
    for task in PromptTask::ALL {
        let traffic = match store.prompts().traffic_of(task).await {
            Ok(traffic) => traffic.value,
            Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => {
                writeln!(told, "{task}: not seeded; {} of the code is used", Script::built_in(task).used().version)?;
                continue;
            }
            Err(failure) => return Err(failure.into()),
        };
        for one in store.prompts().list(&traffic).await? {
            let state = serde_json::to_value(one.state)?;
            let state = state.as_str().unwrap_or_default();
            writeln!(told, "{task} {}: {state}, {} %: {}", one.version, one.percent, one.changelog)?;
        }
    }
    Ok(told.trim_end().to_owned())
}

/// The comparison as a table of lines.
fn shown(compared: &PromptComparison) -> String {
    let mut lines = vec![figures("live ", &compared.live)];
    lines.extend(compared.challenger.as_ref().map(|tried| figures("tried", tried)));
    if let Some(verdict) = &compared.verdict {
        let against: Vec<String> = verdict
            .against
            .iter()
            .filter_map(|reason| serde_json::to_value(reason).ok()?.as_str().map(ToOwned::to_owned))
            .collect();
        let against = if against.is_empty() { "nothing".to_owned() } else { against.join(", ") };
        lines.push(format!("evidence {} of {}; against it: {against}", verdict.evidence, verdict.needed));
    }
    lines.join("\n")
}

fn figures(name: &str, figures: &PromptFigures) -> String {
    let PromptFigures { version, success, refused, latency_ms, cost_microdollars, .. } = figures;
    format!(
        "{name} {version}: success {}; taken out {}; {} ms; {} millionths of a dollar",
        share(success),
        share(refused),
        mean(latency_ms),
        cost_microdollars.as_ref().map(mean).unwrap_or_default()
    )
}

fn share(share: &Share) -> String {
    match (share.percent, share.low, share.high) {
        (Some(percent), Some(low), Some(high)) => format!("{percent} % ({low} to {high}) of {}", share.of),
        _ => "of none".to_owned(),
    }
}

fn mean(mean: &Mean) -> String {
    match (mean.mean, mean.low, mean.high) {
        (Some(value), Some(low), Some(high)) => format!("{value} ({low} to {high})"),
        (Some(value), ..) => format!("{value}"),
        _ => "no".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::prompts::{PromptCounts, PromptTraffic};

    #[test]
    fn a_comparison_is_shown_with_its_intervals_and_what_speaks_against_it() {
        let (live, tried) = (PromptVersion::new(1, 0, 0), PromptVersion::new(1, 1, 0));
        let traffic = PromptTraffic::begin(PromptTask::Suggest, live.clone());
        let challenger = Some(Challenger { version: tried, percent: 20 });
        let traffic = traffic.changed(&TrafficChange { challenger, automatic: false }).unwrap();
        let counts = |version: &PromptVersion| PromptCounts {
            calls: 10,
            suggested: 10,
            accepted: if *version == live { 3 } else { 9 },
            ..PromptCounts::default()
        };
        let shown = shown(&PromptComparison::of(&traffic, counts));
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[0].starts_with("live  1.0.0: success 30 % (10.78 to 60.32) of 10;"), "{shown}");
        assert!(lines[1].starts_with("tried 1.1.0: success 90 % (59.58 to 98.21) of 10;"), "{shown}");
        assert!(lines[2].contains("too_few"), "{shown}");
    }
}
