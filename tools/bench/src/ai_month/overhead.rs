//! `bench ai-overhead FILE...`: what the engine adds to a call of a model: the prompt, the request, the reading of the answer
//! and its checks. The same request is sent bare in the same run, turn about.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use ai::{Assistant, Models};
use anyhow::{Context as _, Result, ensure};
use clap::Args;
use domain::conversations::builtin;
use domain::tenancy::CostMode;
use secrecy::SecretString;

use super::first_token;
use super::scene::{asked, scene};
use super::vendor::Vendor;
use super::{ASSUMED, unsure};
use crate::dialogues::replayed;
use crate::report::print_table;
use crate::stats::{Spread, millis};

/// The goal, in milliseconds.
const GOAL_MS: f64 = 5.0;
/// So many calls open connections and fill caches.
const FIRST: usize = 50;

/// What is measured.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Files of the Schema-Guided Dialogue corpus or of STAR.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// How many calls, each with and without the engine.
    #[arg(long, default_value_t = 2_000)]
    calls: usize,
}

/// Measures both ways and prints them.
pub(crate) async fn run(options: &Options) -> Result<()> {
    let dialogues = replayed(&options.files)?;
    let turns: Vec<_> =
        dialogues.iter().flat_map(|dialogue| (0..dialogue.turns.len()).map(move |turn| (dialogue, turn))).collect();
    ensure!(!turns.is_empty(), "the files hold no dialogue");
    let vendor = Vendor::start(ASSUMED).await?;
    let key = SecretString::from("no-key".to_owned());
    let assistant = Assistant::anthropic(&key, &vendor.url.parse()?, Models::default())?;
    let (bare, url) = (reqwest::Client::new(), format!("{}/v1/messages", vendor.url));
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for (number, (dialogue, turn)) in turns.iter().cycle().take(FIRST + options.calls).enumerate() {
        let (content, conversation) = scene(dialogue, *turn);
        let route = unsure();
        let asked = asked(dialogue, *turn, &route, &content, &conversation);
        let deadline = Instant::now() + Duration::from_secs(20);
        vendor.expect(0, 0, 100);
        let begun = Instant::now();
        let turned = assistant.answer(&asked, CostMode::None, dialogue.now, deadline).await;
        let took = begun.elapsed();
        ensure!(
            turned.degraded.is_none() && turned.answer.author.model != builtin::MODEL,
            "the model's did not go out"
        );
        let body = vendor.last().context("nothing was asked")?;
        let begun = Instant::now();
        let request = bare.post(&url).header("content-type", "application/json").body(body);
        request.send().await?.error_for_status()?.bytes().await?;
        if number >= FIRST {
            with.push(millis(took));
            without.push(millis(begun.elapsed()));
        }
    }
    report(("Calls of a model on the loopback interface", "p99"), Spread::of(&with), Spread::of(&without));
    let [heard, read] = first_token::measured(&turns, options.calls).await?;
    report(("The first characters of a suggestion", "p99 of the first token"), heard, read);
    Ok(())
}

fn report((title, figure): (&str, &str), with: Spread, without: Spread) {
    let row = |name: &str, spread: Spread| {
        [
            name.to_owned(),
            format!("{:.2}", spread.median_ms),
            format!("{:.2}", spread.p99_ms),
            spread.samples.to_string(),
        ]
    };
    let rows = [row("through the engine", with), row("bare", without), row("the engine's own", with.above(without))];
    print_table(title, &["", "median, ms", "p99, ms", "calls"], rows.into_iter());
    let own = with.above(without).p99_ms;
    let verdict = if own <= GOAL_MS { "met" } else { "MISSED" };
    println!("the engine's own {figure}: {own:.2} ms (goal {GOAL_MS} ms): {verdict}");
}
