//! What can be counted to the last call: every function's start, and the functions of the main path and one behind the API's
//! guard, cold and warm. Then the work over all tenants is done for a few: of that the results are exact, not the calls.
//!
//! `tests/bench/exact.json` holds what is expected. Counts must be equal. Bytes may be off by 2 %, since times and counters
//! within the calls are not always as long.

use anyhow::{Context, Result, bail};
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::aws::{Aws, Usage};
use crate::process::Function;
use crate::runtime_api::check_status;
use crate::{API_FUNCTION, Bench, load, onboard, onboarding, pages, path, schedules, starts};

/// Where the expected counts are, under the root of the workspace.
const FILE: &str = "tests/bench/exact.json";
/// How far the bytes may be off.
const BYTES_TOLERANCE: f64 = 0.02;

/// What one piece of work asks of AWS.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Counts {
    calls: BTreeMap<String, f64>,
    read_units: f64,
    write_units: f64,
    events: f64,
    sent_bytes: f64,
}

type Pieces = BTreeMap<String, Counts>;

/// Counts, and compares with the file or writes it.
pub(crate) async fn run(bench: &Bench, functions: &[String], update: bool) -> Result<()> {
    let measured = measure(bench, functions).await?;
    let file = bench.root.join(FILE);
    if update {
        std::fs::write(&file, serde_json::to_string_pretty(&measured)? + "\n")?;
        println!("written to {}", file.display());
        return Ok(());
    }
    let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let differences = differences(&serde_json::from_str(&text)?, &measured);
    if !differences.is_empty() {
        bail!(
            "AWS is asked otherwise than {FILE} says. If that is meant: cargo run -p bench -- --profile dev exact --update\n{}",
            differences.join("\n")
        );
    }
    println!("{} pieces of work ask of AWS what {FILE} says", measured.len());
    schedules::prove(bench).await
}

async fn measure(bench: &Bench, functions: &[String]) -> Result<Pieces> {
    let mut pieces = Pieces::new();
    // A function that does not start fails the count; one that asks nothing before its first event has no piece.
    for (name, usage) in starts::asked(bench, functions).await?.iter().filter(|(_, usage)| !usage.calls.is_empty()) {
        pieces.insert(format!("{name}, start"), counts(usage));
    }
    for (name, usage) in path::of_two_contacts(bench).await? {
        pieces.insert(name, counts(&usage));
    }
    let aws = Aws::start().await?;
    onboard::tenant(&aws).await?;
    let key = onboard::api_key(&aws).await?;
    let function = Function::spawn(&bench.our_function(API_FUNCTION, &aws)).await?;
    for (sequence, state) in ["cold", "warm"].into_iter().enumerate() {
        check_status(&function.invoke(load::leads_request(sequence, key.expose_secret())?).await?)?;
        pieces.insert(format!("{API_FUNCTION}, {state}"), counts(&aws.take_usage()?));
    }
    for (name, usage) in pages::counted(bench).await? {
        pieces.insert(name, counts(&usage));
    }
    for run in onboarding::measure(bench).await? {
        pieces.insert(format!("onboarding, {}", run.name), counts(&run.usage));
    }
    Ok(pieces)
}

fn counts(usage: &Usage) -> Counts {
    Counts {
        calls: usage.calls.clone(),
        read_units: usage.units.read,
        write_units: usage.units.write,
        events: usage.events,
        sent_bytes: usage.sent_bytes,
    }
}

/// A line for each piece of work that is not as expected.
fn differences(expected: &Pieces, measured: &Pieces) -> Vec<String> {
    let names: std::collections::BTreeSet<&String> = expected.keys().chain(measured.keys()).collect();
    let differs = |name: &&String| match (expected.get(*name), measured.get(*name)) {
        (Some(expected), Some(measured)) => !is_as(expected, measured),
        _ => true,
    };
    let shown = |counts: Option<&Counts>| counts.map_or_else(|| "nothing".to_owned(), |counts| format!("{counts:?}"));
    let line = |name: &String| {
        format!("{name}\n  expected {}\n  measured {}", shown(expected.get(name)), shown(measured.get(name)))
    };
    names.into_iter().filter(differs).map(line).collect()
}

fn is_as(expected: &Counts, measured: &Counts) -> bool {
    let off = (measured.sent_bytes - expected.sent_bytes).abs();
    off <= expected.sent_bytes * BYTES_TOLERANCE
        && Counts { sent_bytes: expected.sent_bytes, ..measured.clone() } == *expected
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(reads: f64, units: f64, bytes: f64) -> Pieces {
        let calls = [("DynamoDB.GetItem".to_owned(), reads)].into();
        let counts = Counts { calls, read_units: units, write_units: 0.0, events: 0.0, sent_bytes: bytes };
        [("turn".to_owned(), counts)].into()
    }

    #[test]
    fn another_call_or_unit_or_a_tenth_more_bytes_is_a_difference() {
        let expected = pieces(2.0, 1.5, 1_000.0);
        assert!(differences(&expected, &pieces(2.0, 1.5, 1_010.0)).is_empty());
        for other in [pieces(3.0, 1.5, 1_000.0), pieces(2.0, 2.0, 1_000.0), pieces(2.0, 1.5, 1_100.0)] {
            assert_eq!(differences(&expected, &other).len(), 1);
        }
    }

    #[test]
    fn a_piece_that_only_one_side_has_is_a_difference() {
        assert_eq!(differences(&pieces(2.0, 1.5, 1_000.0), &Pieces::new()).len(), 1);
        assert_eq!(differences(&Pieces::new(), &pieces(2.0, 1.5, 1_000.0)).len(), 1);
    }
}
