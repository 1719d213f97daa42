//! What access costs: tokens, passwords and the API's guard.
//!
//! The guard is measured at `api-leads`, asked by an API key for the leads of a tenant that has none: the handler then makes
//! one call, and all others are the guard's. The stub takes every condition as met, so it never says that a bucket is
//! empty; that the count is the same where it may be is tested on the local stack (`tests/store/api_keys.rs`).

use anyhow::Result;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeSet;

use crate::aws::{Aws, Call, Usage};
use crate::crypto::{self, Figures};
use crate::load::leads_request;
use crate::process::{ColdStart, Function, Spec};
use crate::report::{Goal, Report, print_table};
use crate::runtime_api::check_status;
use crate::stats::{Spread, millis, quantile};
use crate::{API_FUNCTION, Bench, COLD_STARTS, WARM_EVENTS, WARM_UP, onboard, onboarding};

/// Calls of the handler: one query of the list.
const HANDLER_CALLS: f64 = 1.0;

/// Warm requests.
#[derive(Debug, Serialize)]
struct Warm {
    total: Spread,
    usage: Usage,
    /// 99 of 100 requests made at most this many calls before the handler made its own. A warm function reads tenant and
    /// key again every 30 s.
    guard_calls_p99: f64,
    peak_mib: f64,
}

/// Runs the section.
pub(crate) async fn run(bench: &Bench) -> Result<()> {
    eprintln!("access: tokens and passwords ...");
    let (ours, python) = (crypto::ours()?, crypto::python(&bench.root)?);
    let aws = Aws::start().await?;
    onboard::tenant(&aws).await?;
    let key = onboard::api_key(&aws).await?;
    let spec = bench.our_function(API_FUNCTION, &aws);
    let (cold, cold_usage) = cold_starts(&aws, &spec, &key).await?;
    let (calls, warm) = warm(&aws, &spec, &key).await?;
    let floor = bench.floor(&aws, &calls, WARM_EVENTS).await?;
    let own = warm.total.above(floor);
    print_crypto(&ours, &python);
    print_guard(&cold, &cold_usage, &warm, floor, own);
    let onboarding = onboarding::measure(bench).await?;
    onboarding::print(&onboarding);
    let ratio = |of: fn(&Figures) -> Spread| of(&python).median_ms / of(&ours).median_ms;
    Report {
        name: "access",
        profile: bench.profile.clone(),
        goals: vec![
            // The update of the key's place, and the line of the request log.
            Goal::at_most("DynamoDB calls of the guard, warm", 2.0, warm.guard_calls_p99, "calls"),
            Goal::at_most("own time of an API request, p99", 2.0, own.p99_ms, "ms"),
        ],
        ratios: json!({"python": {
            "sign": ratio(|f| f.sign), "verify": ratio(|f| f.verify),
            "hash": ratio(|f| f.hash), "check": ratio(|f| f.check),
        }}),
        figures: json!({
            "porchlight": ours, "python": python, "cold": cold, "cold_usage": cold_usage, "warm": warm, "floor": floor,
            "own": own, "onboarding": onboarding,
        }),
    }
    .finish(bench)
}

/// The median cold start and the AWS calls of one: neither tenant nor key are known yet.
async fn cold_starts(aws: &Aws, spec: &Spec, key: &SecretString) -> Result<(ColdStart, Usage)> {
    eprintln!("access: {COLD_STARTS} cold starts ...");
    let mut colds = Vec::new();
    let mut usage = Usage::default();
    for round in 0..=COLD_STARTS {
        let event = leads_request(round, key.expose_secret())?;
        let (_function, answer, cold) = Function::cold_start(spec, event).await?;
        check_status(&answer)?;
        usage = aws.take_usage()?;
        if round > 0 {
            colds.push(cold);
        }
    }
    Ok((ColdStart::median(&colds), usage))
}

/// One warm request's calls, and what all cost.
async fn warm(aws: &Aws, spec: &Spec, key: &SecretString) -> Result<(Vec<Call>, Warm)> {
    eprintln!("access: {WARM_EVENTS} warm requests ...");
    let function = Function::spawn(spec).await?;
    let (mut calls, mut usage) = (Vec::new(), Usage::default());
    let (mut times_ms, mut guard_calls) = (Vec::new(), Vec::new());
    for sequence in 0..WARM_UP + WARM_EVENTS {
        if sequence == WARM_UP - 1 {
            aws.record();
        }
        let answer = function.invoke(leads_request(sequence, key.expose_secret())?).await?;
        check_status(&answer)?;
        let used = aws.take_usage()?;
        if sequence == WARM_UP - 1 {
            calls = aws.recorded();
        }
        if sequence >= WARM_UP {
            times_ms.push(millis(answer.took));
            guard_calls.push(used.calls_to("DynamoDB") - HANDLER_CALLS);
            usage.add(&used);
        }
    }
    let warm = Warm {
        total: Spread::of(&times_ms),
        usage: usage.mean(times_ms.len()),
        guard_calls_p99: quantile(&guard_calls, 0.99),
        peak_mib: function.peak_mib()?,
    };
    Ok((calls, warm))
}

fn print_crypto(ours: &Figures, python: &Figures) {
    let row = |name: &str, unit: &str, of: fn(&Figures) -> f64| {
        let (ours, python) = (of(ours), of(python));
        let figure = |value: f64| format!("{value:.1} {unit}");
        [name.to_owned(), figure(ours), figure(python), format!("{:.1}x", python / ours)]
    };
    let rows = [
        row("sign an access token, median", "us", |f| f.sign.median_ms * 1e3),
        row("check an access token, median", "us", |f| f.verify.median_ms * 1e3),
        row("check an access token, p99", "us", |f| f.verify.p99_ms * 1e3),
        row("hash a password, median", "ms", |f| f.hash.median_ms),
        row("check a password, median", "ms", |f| f.check.median_ms),
    ];
    let header = ["tokens and passwords", "porchlight", "python", "python / ours"];
    print_table("ES256 access tokens; argon2id with 19 MiB and 2 passes", &header, rows.into_iter());
}

fn print_guard(cold: &ColdStart, cold_usage: &Usage, warm: &Warm, floor: Spread, own: Spread) {
    let ms = |value: f64| format!("{value:.2} ms");
    let none = String::new;
    let counted = |name: &str, of: &dyn Fn(&Usage) -> f64| {
        [name.to_owned(), format!("{:.2}", of(cold_usage)), format!("{:.2}", of(&warm.usage))]
    };
    let mut rows = vec![
        ["spawn to first poll (median)".to_owned(), ms(cold.first_poll_ms), none()],
        ["spawn to first answer (median)".to_owned(), ms(cold.first_answer_ms), none()],
        ["whole request, median".to_owned(), none(), ms(warm.total.median_ms)],
        ["whole request, p99".to_owned(), none(), ms(warm.total.p99_ms)],
        ["  of it mocks and loopback, median".to_owned(), none(), ms(floor.median_ms)],
        ["  own time, median".to_owned(), none(), ms(own.median_ms)],
        ["  own time, p99".to_owned(), none(), ms(own.p99_ms)],
    ];
    let names: BTreeSet<&String> = [cold_usage, &warm.usage].into_iter().flat_map(|usage| usage.calls.keys()).collect();
    rows.extend(names.iter().map(|name| counted(name, &|usage| usage.calls.get(*name).copied().unwrap_or_default())));
    rows.push(counted("  of these the guard's", &|usage| usage.calls_to("DynamoDB") - HANDLER_CALLS));
    rows.push(counted("DynamoDB read request units", &|usage| usage.units.read));
    rows.push(counted("DynamoDB write request units", &|usage| usage.units.write));
    let header = ["GET /v1/leads with an API key", "cold", "warm"];
    print_table("The API's guard", &header, rows.into_iter());
}
