//! Turns of `ai-converse` with the built-in responder: no model, no network but the loopback interface.
//!
//! Every contact writes four messages, so that one turn in four opens a contact, a lead and a conversation and three go
//! on with them. Calls and units are counted by the stub; own time is what is left above the floor, which makes a
//! later turn's calls without a function.

use anyhow::Result;
use bytes::Bytes;
use domain::TenantId;
use domain::messaging::{Address, Channel, Content, Inbound, Phone, Source};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

use crate::aws::{Aws, Call, Usage};
use crate::process::{ColdStart, Function, Spec};
use crate::report::{Goal, Report, print_table};
use crate::runtime_api::check_batch;
use crate::stats::{Spread, millis, quantile};
use crate::{Bench, COLD_STARTS, WARM_EVENTS, WARM_UP, load, onboard};

/// Messages from here on are for cold starts: each has a contact of its own, and none of the warm turns'.
const COLD_SEQUENCE: usize = 100_000;

/// What was measured of one kind of turn.
#[derive(Debug, Serialize)]
struct Turn {
    total: Spread,
    usage: Usage,
    /// 99 of 100 turns made at most this many. A warm function reads the tenant again every 30 s, which is the hundredth.
    dynamodb_calls_p99: f64,
}

/// Measurements being gathered.
#[derive(Default)]
struct Samples {
    times_ms: Vec<f64>,
    usage: Usage,
    dynamodb_calls: Vec<f64>,
}

/// Runs the section.
pub(crate) async fn run(bench: &Bench) -> Result<()> {
    let aws = Aws::start().await?;
    onboard::tenant(&aws).await?;
    let spec = bench.our_function("ai-converse", &aws);
    let package_mb = bench.package_mb("ai-converse")?;
    let (cold, cold_usage) = cold_starts(&aws, &spec).await?;
    let (opening, later, calls, peak_mib) = warm(&aws, &spec).await?;
    let floor = bench.floor(&aws, &calls, WARM_EVENTS).await?;
    let own = later.total.above(floor);
    print_turns(&cold, &cold_usage, &opening, &later, floor, own);
    let most = opening.dynamodb_calls_p99.max(later.dynamodb_calls_p99);
    Report {
        name: "ai-converse",
        profile: bench.profile.clone(),
        goals: vec![
            Goal::at_most("own time of a later turn, p99", 2.0, own.p99_ms, "ms"),
            Goal::at_most("DynamoDB calls of a turn, warm tenant configuration", 3.0, most, "calls"),
            Goal::at_most("package, zipped", 6.0, package_mb, "MB"),
        ],
        ratios: json!({"own_of_total": own.median_ms / later.total.median_ms}),
        figures: json!({
            "cold": cold, "cold_usage": cold_usage, "opening_turn": opening, "later_turn": later, "floor": floor,
            "own": own, "peak_mib": peak_mib, "package_mb": package_mb,
        }),
    }
    .finish(bench)
}

/// The median cold start and the AWS calls of one: the first message of a contact, tenant configuration not yet read.
async fn cold_starts(aws: &Aws, spec: &Spec) -> Result<(ColdStart, Usage)> {
    eprintln!("ai-converse: {COLD_STARTS} cold starts ...");
    let mut colds = Vec::new();
    let mut usage = Usage::default();
    for round in 0..=COLD_STARTS {
        let event = turn(COLD_SEQUENCE + round * load::TURNS.len())?;
        let (_function, answer, cold) = Function::cold_start(spec, event).await?;
        check_batch(&answer)?;
        usage = aws.take_usage()?;
        if round > 0 {
            colds.push(cold);
        }
    }
    Ok((ColdStart::median(&colds), usage))
}

/// Opening and later turns, the calls of a later one, and the peak memory in MiB after all.
async fn warm(aws: &Aws, spec: &Spec) -> Result<(Turn, Turn, Vec<Call>, f64)> {
    eprintln!("ai-converse: {WARM_EVENTS} warm turns ...");
    let function = Function::spawn(spec).await?;
    let mut calls = Vec::new();
    let (mut opening, mut later) = (Samples::default(), Samples::default());
    for sequence in 0..WARM_UP + WARM_EVENTS {
        if sequence == WARM_UP - 1 {
            aws.record();
        }
        let answer = function.invoke(turn(sequence)?).await?;
        check_batch(&answer)?;
        let usage = aws.take_usage()?;
        if sequence == WARM_UP - 1 {
            // Its contact's last message, so a later turn.
            calls = aws.recorded();
        }
        if sequence >= WARM_UP {
            let samples = if load::is_first(sequence) { &mut opening } else { &mut later };
            samples.times_ms.push(millis(answer.took));
            samples.dynamodb_calls.push(usage.calls_to("DynamoDB"));
            samples.usage.add(&usage);
        }
    }
    Ok((opening.turn(), later.turn(), calls, function.peak_mib()?))
}

impl Samples {
    fn turn(self) -> Turn {
        let usage = self.usage.mean(self.times_ms.len());
        Turn { total: Spread::of(&self.times_ms), usage, dynamodb_calls_p99: quantile(&self.dynamodb_calls, 0.99) }
    }
}

/// The event of the `sequence`-th message.
pub(crate) fn turn(sequence: usize) -> Result<Bytes> {
    let message = Inbound {
        tenant: TenantId::new(load::TENANT)?,
        vendor_id: load::vendor_id(sequence),
        source: Source::Whatsapp,
        channel: Channel::Whatsapp,
        from: Address::Phone(Phone::e164(&load::sender(sequence), "from")?),
        also: Vec::new(),
        name: Some("Ana Example".to_owned()),
        content: Content::Text { text: load::words(sequence).to_owned() },
        received_at: Timestamp::now(),
        sent_at: None,
        fields: BTreeMap::new(),
        text_consent: None,
        withheld: None,
        correlation_id: format!("bench-{sequence}"),
    };
    load::sqs_event(&serde_json::to_string(&message)?, Some(&message.group()))
}

fn print_turns(cold: &ColdStart, cold_usage: &Usage, opening: &Turn, later: &Turn, floor: Spread, own: Spread) {
    let ms = |value: f64| format!("{value:.2} ms");
    let none = String::new;
    let all = [cold_usage, &opening.usage, &later.usage];
    let counted = |name: &str, of: &dyn Fn(&Usage) -> f64| {
        let [cold, opening, later] = all.map(|usage| format!("{:.2}", of(usage)));
        [name.to_owned(), cold, opening, later]
    };
    let mut rows = vec![
        ["spawn to first poll (median)".to_owned(), ms(cold.first_poll_ms), none(), none()],
        ["spawn to first answer (median)".to_owned(), ms(cold.first_answer_ms), none(), none()],
        ["whole turn, median".to_owned(), none(), ms(opening.total.median_ms), ms(later.total.median_ms)],
        ["whole turn, p99".to_owned(), none(), ms(opening.total.p99_ms), ms(later.total.p99_ms)],
        ["  of it mocks and loopback, median".to_owned(), none(), none(), ms(floor.median_ms)],
        ["  own time, median".to_owned(), none(), none(), ms(own.median_ms)],
        ["  own time, p99".to_owned(), none(), none(), ms(own.p99_ms)],
    ];
    let names: BTreeSet<&String> = all.iter().flat_map(|usage| usage.calls.keys()).collect();
    rows.extend(names.iter().map(|name| counted(name, &|usage| usage.calls.get(*name).copied().unwrap_or_default())));
    rows.push(counted("DynamoDB read request units", &|usage| usage.units.read));
    rows.push(counted("DynamoDB write request units", &|usage| usage.units.write));
    let header = ["ai-converse", "cold, first message", "warm, first message", "warm, later message"];
    print_table("A turn with the built-in responder", &header, rows.into_iter());
}
