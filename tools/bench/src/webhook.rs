//! The WhatsApp webhook beside the same webhook in Python and Node.
//!
//! All verify Meta's signature over the raw body in constant time, parse the delivery and send one message to a FIFO
//! queue. Ours also finds the tenant in DynamoDB and decrypts its secret with KMS on a cold start; the others have both
//! in their environment. Cold starts are interleaved, so that a slow moment of the machine falls on all.

use anyhow::{Context, Result};
use bytes::Bytes;
use serde::Serialize;
use serde_json::{Value, json};

use crate::aws::{Aws, Call, Usage};
use crate::load::{self, META_APP_SECRET, TENANT, whatsapp_delivery};
use crate::peers::{self, Peer};
use crate::process::{ColdStart, Function, Spec, zip_bytes};
use crate::report::{Goal, Report, print_table};
use crate::runtime_api::check_status;
use crate::stats::{Spread, millis};
use crate::{Bench, COLD_STARTS, WARM_EVENTS, WARM_UP, onboard};

/// One of the three, or another of our webhooks.
struct Contestant {
    spec: Spec,
    package: Package,
    /// What it is given.
    event: fn(usize) -> Result<Bytes>,
}

/// Makes the body of the request with this number.
type Body = fn(usize) -> Result<Bytes>;

/// Our other webhooks, and their events.
const OTHERS: [(&str, Body); 4] = [
    ("webhook-sms", load::sms_delivery),
    ("webhook-missed-call", load::missed_call),
    ("webhook-web-form", load::web_form),
    ("webhook-live-chat", load::live_chat),
];

/// Sizes of upload packages, in MB (1,000,000 bytes).
#[derive(Debug, Clone, Copy, Serialize)]
struct Package {
    /// The function alone, leaning on what the managed runtime contains.
    function_mb: f64,
    /// With everything it needs.
    complete_mb: f64,
}

/// What was measured of one.
#[derive(Debug, Serialize)]
struct Figures {
    name: String,
    cold: ColdStart,
    cold_usage: Usage,
    warm: Spread,
    warm_usage: Usage,
    peak_mib: f64,
    package: Package,
}

/// Runs the section.
pub(crate) async fn run(bench: &Bench) -> Result<()> {
    let aws = Aws::start().await?;
    onboard::tenant(&aws).await?;
    let mut contestants = vec![
        ours(bench, &aws, "webhook-whatsapp", whatsapp_delivery)?,
        peer(bench, &aws, "python", peers::python(&bench.root)?)?,
        peer(bench, &aws, "node", peers::node(&bench.root)?)?,
    ];
    for (name, event) in OTHERS {
        contestants.push(ours(bench, &aws, name, event)?);
    }
    let colds = cold_starts(&aws, &contestants).await?;
    let others: Vec<_> = contestants.drain(3..).map(|other| other.spec.name).zip(colds.iter().skip(3)).collect();
    let mut figures = Vec::new();
    let mut recorded = Vec::new();
    for (contestant, (cold, cold_usage)) in contestants.iter().zip(colds.iter().cloned()) {
        eprintln!("webhook-whatsapp: {WARM_EVENTS} warm requests to {} ...", contestant.spec.name);
        let (calls, warm, warm_usage, peak_mib) = warm(&aws, &contestant.spec).await?;
        recorded.push(calls);
        let (name, package) = (contestant.spec.name.clone(), contestant.package);
        figures.push(Figures { name, cold, cold_usage, warm, warm_usage, peak_mib, package });
    }
    let calls = recorded.first().context("no calls were recorded")?;
    let floor = bench.floor(&aws, calls, WARM_EVENTS).await?;
    let [ours, python, node] = figures.as_slice() else { anyhow::bail!("three functions were measured") };
    let own = ours.warm.above(floor);
    print_figures(&[ours, python, node], floor, own);
    print_others(&others, python, node);
    let mut goals = goals(ours, python, node, own);
    for (_, (cold, _)) in &others {
        goals.extend(cold_goals(cold, python, node));
    }
    let report = Report {
        name: "webhook-whatsapp",
        profile: bench.profile.clone(),
        ratios: json!({"python": ratios(ours, python), "node": ratios(ours, node)}),
        goals,
        figures: json!({"floor": floor, "own": own, "functions": figures, "others": others}),
    };
    report.finish(bench)
}

fn ours(bench: &Bench, aws: &Aws, name: &str, event: fn(usize) -> Result<Bytes>) -> Result<Contestant> {
    let spec = bench.our_function(name, aws);
    let function_mb = bench.package_mb(name)?;
    Ok(Contestant { spec, package: Package { function_mb, complete_mb: function_mb }, event })
}

fn peer(bench: &Bench, aws: &Aws, name: &'static str, peer: Peer) -> Result<Contestant> {
    let zip = bench.out.join(name).with_extension("zip");
    let function_mb = zip_bytes(&zip, &peer.handler)? as f64 / 1e6;
    let everything = [peer.handler, peer.dependencies].concat();
    let complete_mb = zip_bytes(&zip, &everything)? as f64 / 1e6;
    let spec = Spec {
        name: name.to_owned(),
        program: peer.program,
        args: peer.args,
        dir: peer.dir,
        env: vec![
            ("AWS_ENDPOINT_URL", aws.url().to_owned()),
            ("INBOUND_QUEUE_URL", aws.queue("inbound.fifo")),
            ("META_APP_SECRET", META_APP_SECRET.to_owned()),
            ("TENANT", TENANT.to_owned()),
        ],
        log: bench.out.join(name).with_extension("log"),
    };
    Ok(Contestant { spec, package: Package { function_mb, complete_mb }, event: whatsapp_delivery })
}

/// Medians and the AWS calls of one cold start, for each contestant. The first round only fills the page cache.
async fn cold_starts(aws: &Aws, contestants: &[Contestant]) -> Result<Vec<(ColdStart, Usage)>> {
    eprintln!("webhook-whatsapp: {COLD_STARTS} cold starts each, interleaved ...");
    let mut starts: Vec<(Vec<ColdStart>, Usage)> = contestants.iter().map(|_| Default::default()).collect();
    for round in 0..=COLD_STARTS {
        for (contestant, (colds, usage)) in contestants.iter().zip(&mut starts) {
            let event = (contestant.event)(round)?;
            let (_function, answer, cold) = Function::cold_start(&contestant.spec, event).await?;
            check_status(&answer).with_context(|| format!("{} failed", contestant.spec.name))?;
            *usage = aws.take_usage()?;
            if round > 0 {
                colds.push(cold);
            }
        }
    }
    Ok(starts.into_iter().map(|(colds, usage)| (ColdStart::median(&colds), usage)).collect())
}

/// One warm request's calls, all requests' times, their mean usage, and the peak memory in MiB after them.
async fn warm(aws: &Aws, spec: &Spec) -> Result<(Vec<Call>, Spread, Usage, f64)> {
    let function = Function::spawn(spec).await?;
    for sequence in 0..WARM_UP {
        if sequence == WARM_UP - 1 {
            aws.record();
        }
        check_status(&function.invoke(whatsapp_delivery(sequence)?).await?)?;
    }
    let calls = aws.recorded();
    aws.take_usage()?;
    let mut samples = Vec::new();
    for sequence in WARM_UP..WARM_UP + WARM_EVENTS {
        let answer = function.invoke(whatsapp_delivery(sequence)?).await?;
        check_status(&answer)?;
        samples.push(millis(answer.took));
    }
    let usage = aws.take_usage()?.mean(samples.len());
    Ok((calls, Spread::of(&samples), usage, function.peak_mib()?))
}

fn ratios(ours: &Figures, other: &Figures) -> Value {
    json!({
        "first_poll": other.cold.first_poll_ms / ours.cold.first_poll_ms,
        "first_answer": other.cold.first_answer_ms / ours.cold.first_answer_ms,
        "warm_median": other.warm.median_ms / ours.warm.median_ms,
        "warm_p99": other.warm.p99_ms / ours.warm.p99_ms,
        "peak_memory": other.peak_mib / ours.peak_mib,
        "complete_package": other.package.complete_mb / ours.package.complete_mb,
    })
}

fn goals(ours: &Figures, python: &Figures, node: &Figures, own: Spread) -> Vec<Goal> {
    let sooner = |peer: &Figures| peer.cold.first_answer_ms / ours.cold.first_answer_ms;
    let memory = ours.peak_mib / python.peak_mib.min(node.peak_mib);
    vec![
        Goal::at_least("first answer after a cold start, sooner than Python", 20.0, sooner(python), "x"),
        Goal::at_least("first answer after a cold start, sooner than Node", 10.0, sooner(node), "x"),
        Goal::at_most("peak memory, of the better peer's", 0.25, memory, "x"),
        Goal::at_most("own time of a warm request, p99", 2.0, own.p99_ms, "ms"),
        Goal::at_most("package, zipped", 6.0, ours.package.complete_mb, "MB"),
    ]
}

/// Those of our other webhooks, whose peers are the WhatsApp webhooks.
fn cold_goals(cold: &ColdStart, python: &Figures, node: &Figures) -> [Goal; 3] {
    let sooner = |peer: &Figures| peer.cold.first_answer_ms / cold.first_answer_ms;
    let memory = cold.peak_mib / python.cold.peak_mib.min(node.cold.peak_mib);
    [
        Goal::at_least("another webhook's first answer, sooner than Python's", 20.0, sooner(python), "x"),
        Goal::at_least("another webhook's first answer, sooner than Node's", 10.0, sooner(node), "x"),
        Goal::at_most("another webhook's peak memory, of the better peer's", 0.25, memory, "x"),
    ]
}

fn print_others(others: &[(String, &(ColdStart, Usage))], python: &Figures, node: &Figures) {
    let rows = others.iter().map(|(name, (cold, usage))| {
        let sooner = |peer: &Figures| format!("{:.1}x", peer.cold.first_answer_ms / cold.first_answer_ms);
        let memory = cold.peak_mib / python.cold.peak_mib.min(node.cold.peak_mib);
        [
            name.clone(),
            format!("{:.2} ms", cold.first_poll_ms),
            format!("{:.2} ms", cold.first_answer_ms),
            sooner(python),
            sooner(node),
            format!("{:.2} MiB", cold.peak_mib),
            format!("{memory:.2}x"),
            usage.calls_to("").to_string(),
        ]
    });
    let header =
        ["webhook", "first poll", "first answer", "python / ours", "node / ours", "memory", "of a peer's", "AWS calls"];
    print_table("The other webhooks' cold starts, beside the same peers", &header, rows);
}

fn print_figures(all: &[&Figures; 3], floor: Spread, own: Spread) {
    let row = |name: &str, unit: &str, of: fn(&Figures) -> f64| {
        let [ours, python, node] = all.map(of);
        let times = |other: f64| format!("{:.1}x", other / ours);
        let figure = |value: f64| format!("{value:.2} {unit}");
        [name.to_owned(), figure(ours), figure(python), figure(node), times(python), times(node)]
    };
    let alone = |name: &str, value: f64| {
        [name.to_owned(), format!("{value:.2} ms"), String::new(), String::new(), String::new(), String::new()]
    };
    let calls = |name: &str, of: fn(&Figures) -> &Usage| {
        let [ours, python, node] = all.map(|figures| of(figures).calls_to("").to_string());
        [name.to_owned(), ours, python, node, String::new(), String::new()]
    };
    let rows = [
        row("spawn to first poll (median)", "ms", |f| f.cold.first_poll_ms),
        row("spawn to first answer (median)", "ms", |f| f.cold.first_answer_ms),
        row("warm request, median", "ms", |f| f.warm.median_ms),
        row("warm request, p99", "ms", |f| f.warm.p99_ms),
        alone("  of it mocks and loopback, median", floor.median_ms),
        alone("  own time, median", own.median_ms),
        alone("  own time, p99", own.p99_ms),
        row("peak memory after the first answer", "MiB", |f| f.cold.peak_mib),
        row("peak memory after all warm requests", "MiB", |f| f.peak_mib),
        calls("AWS calls of a cold start", |f| &f.cold_usage),
        calls("AWS calls of a warm request", |f| &f.warm_usage),
        row("package: function alone, zipped", "kB", |f| f.package.function_mb * 1e3),
        row("package: with its dependencies, zipped", "MB", |f| f.package.complete_mb),
    ];
    let header = ["webhook-whatsapp", "porchlight", "python", "node", "python / ours", "node / ours"];
    print_table("The WhatsApp webhook: verify, parse, enqueue", &header, rows.into_iter());
}
