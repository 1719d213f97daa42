//! How every function starts: from its spawn to the first poll, and the memory and the package that it has by then.
//!
//! No event is handed out, so that functions of every kind can be compared: what is measured is what each of them builds
//! before it does anything.

use anyhow::{Context, Result};
use serde::Serialize;
use serde_json::json;

use crate::aws::{Aws, Usage};
use crate::process::Function;
use crate::report::{Report, print_table};
use crate::stats::median;
use crate::{Bench, onboard};

/// Starts that count; one more before them fills the page cache.
const STARTS: usize = 7;

#[derive(Debug, Serialize)]
struct Start {
    name: String,
    first_poll_ms: f64,
    peak_mib: f64,
    package_mb: f64,
}

/// The names of all functions: `kind-folder`, as `functions/webhooks/sms` is `webhook-sms`.
pub(crate) fn functions() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for kind in std::fs::read_dir(crate::root()?.join("functions"))? {
        let kind = kind?.path();
        for function in std::fs::read_dir(&kind)? {
            let manifest = function?.path().join("Cargo.toml");
            let text = std::fs::read_to_string(&manifest).with_context(|| format!("no {}", manifest.display()))?;
            let package: toml::Table = toml::from_str(&text)?;
            let name = package.get("package").and_then(|package| package.get("name")).and_then(toml::Value::as_str);
            names.push(name.with_context(|| format!("no name in {}", manifest.display()))?.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Starts each of `functions` several times.
pub(crate) async fn run(bench: &Bench, functions: &[String]) -> Result<()> {
    eprintln!("starts: {STARTS} of each of {} functions ...", functions.len());
    let aws = Aws::start().await?;
    onboard::tenant(&aws).await?;
    let mut starts = Vec::new();
    for name in functions {
        starts.push(measure(bench, &aws, name).await?);
    }
    let row = |start: &Start| {
        let Start { name, first_poll_ms, peak_mib, package_mb } = start;
        [name.clone(), format!("{first_poll_ms:.2} ms"), format!("{peak_mib:.2} MiB"), format!("{package_mb:.2} MB")]
    };
    let header = ["function", "spawn to first poll", "peak memory by then", "package, zipped"];
    print_table("How every function starts (medians)", &header, starts.iter().map(row));
    Report {
        name: "starts",
        profile: bench.profile.clone(),
        figures: json!({ "functions": starts }),
        ratios: json!({}),
        goals: Vec::new(),
    }
    .finish(bench)
}

/// What each of `functions` asks of AWS before it polls for its first event.
pub(crate) async fn asked(bench: &Bench, functions: &[String]) -> Result<Vec<(String, Usage)>> {
    let aws = Aws::start().await?;
    onboard::tenant(&aws).await?;
    aws.take_usage()?;
    let mut starts = Vec::new();
    for name in functions {
        let function = Function::spawn(&bench.our_function(name, &aws)).await?;
        function.first_poll_ms().await.with_context(|| format!("{name} does not start"))?;
        starts.push((name.clone(), aws.take_usage()?));
    }
    Ok(starts)
}

async fn measure(bench: &Bench, aws: &Aws, name: &str) -> Result<Start> {
    let (mut polls, mut peaks) = (Vec::new(), Vec::new());
    for round in 0..=STARTS {
        let function = Function::spawn(&bench.our_function(name, aws)).await?;
        let poll = function.first_poll_ms().await.with_context(|| format!("{name} does not start"))?;
        if round > 0 {
            polls.push(poll);
            peaks.push(function.peak_mib()?);
        }
    }
    let package_mb = bench.package_mb(name)?;
    Ok(Start { name: name.to_owned(), first_poll_ms: median(&polls), peak_mib: median(&peaks), package_mb })
}
