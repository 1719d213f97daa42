//! `make bench`: what our functions cost in time, memory, megabytes, AWS calls and dollars.
//!
//! Functions run as real processes against a mock Lambda Runtime API and a stub of AWS on the loopback interface;
//! `docs/benchmarks.md` says what that shows and what it does not. A missed goal is printed and fails nothing; the exit
//! code is 1 only when something did not run.

mod access;
mod ai_month;
mod availability;
mod aws;
mod classify;
mod converse;
mod crypto;
mod dates;
mod dialogues;
mod exact;
mod gaps;
mod gate;
mod langid;
mod load;
mod no_shows;
mod onboard;
mod onboarding;
mod pages;
mod path;
mod peers;
mod prices;
mod process;
mod replay;
mod report;
mod runtime_api;
mod schedules;
mod shop_year;
mod starts;
mod stats;
mod triage;
mod webhook;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Without a command, measures the main path and prints a table for each part; writes target/bench/NAME.json.
#[derive(Parser)]
#[command(name = "bench")]
struct Args {
    /// Cargo profile of the functions: release for figures that mean something, dev to try the bench itself.
    #[arg(long, default_value = "release")]
    profile: String,
    #[command(subcommand)]
    command: Option<Task>,
}

#[derive(Subcommand)]
enum Task {
    /// Counts AWS calls, request units and bytes, and fails where they differ from tests/bench/exact.json.
    Exact {
        /// Writes the file instead.
        #[arg(long)]
        update: bool,
        /// Takes the functions as they lie beside this program.
        #[arg(long)]
        built: bool,
    },
    /// The webhooks beside Python and Node, and nothing else.
    Webhooks,
    /// How every function starts, and nothing else.
    Starts,
    /// The pages of a business with 3,000 conversations, and nothing else.
    Pages,
    /// How many expressions of days and hours are read as they are meant.
    Dates(dates::Options),
    /// Has the built-in assistant hold annotated dialogues, and judges it; nothing else is measured.
    Dialogues(dialogues::Options),
    /// Puts questions to the built-in assistant that only people can answer; nothing else is measured.
    Questions(dialogues::questions::Options),
    /// How well texts are sorted, on a public set of labelled ones.
    Classify(classify::Options),
    /// How well unanswered questions are grouped, on a public set of labelled ones.
    Gaps(gaps::Options),
    /// How often a text's language is told, beside whatlang.
    Langid(langid::Options),
    /// What our own classifier adds to the router's rules.
    Triage(triage::Options),
    /// What a month of AI calls costs, with the cascade and without.
    AiMonth(ai_month::Options),
    /// What the engine adds to a call of a model, beside the bare request.
    AiOverhead(ai_month::overhead::Options),
    /// How well missed visits are foretold on public data.
    NoShows(no_shows::Options),
    /// Free times beside plain Python, and nothing else.
    Availability,
    /// A simulated year of a shop with twelve technicians, and nothing else.
    ShopYear(shop_year::Options),
    /// The work over all tenants for a thousand generated businesses, and nothing else.
    Schedules(schedules::Options),
    /// Serves the ticks of a cron function at the times that they name.
    #[command(hide = true)]
    Clocked {
        /// Which function.
        name: String,
    },
    /// Serves events by making the recorded AWS calls and nothing else.
    #[command(hide = true)]
    Replay {
        /// JSON file of the calls.
        calls: PathBuf,
    },
}

/// What every section needs.
struct Bench {
    /// The workspace.
    root: PathBuf,
    /// Cargo's target folder.
    target: PathBuf,
    /// `bench` within it: reports, logs and packages.
    out: PathBuf,
    /// Cargo profile of the functions.
    profile: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let args = Args::parse();
    let profile = args.profile;
    match args.command {
        Some(Task::Replay { calls }) => replay::run(&calls).await,
        Some(Task::Clocked { name }) => schedules::clock::serve(&name).await,
        Some(Task::Schedules(options)) => {
            let bench = Bench::prepare(profile, schedules::FUNCTIONS.into_iter())?;
            schedules::run(&bench, &options).await
        }
        Some(Task::Dates(options)) => dates::run(&options),
        Some(Task::Dialogues(options)) => dialogues::run(&options),
        Some(Task::Questions(options)) => dialogues::questions::run(&options),
        Some(Task::Classify(options)) => classify::run(&options),
        Some(Task::Gaps(options)) => gaps::run(&options),
        Some(Task::Langid(options)) => langid::run(root()?, &options),
        Some(Task::Triage(options)) => triage::run(&options),
        Some(Task::AiMonth(options)) => ai_month::run(&options).await,
        Some(Task::AiOverhead(options)) => ai_month::overhead::run(&options).await,
        Some(Task::NoShows(options)) => no_shows::run(&options),
        Some(Task::Availability) => availability::run(&Bench::new(profile)?),
        Some(Task::ShopYear(options)) => shop_year::run(&Bench::new(profile)?, &options),
        Some(Task::Exact { update, built }) => {
            let all = starts::functions()?;
            let bench =
                if built { Bench::new(profile) } else { Bench::prepare(profile, all.iter().map(String::as_str)) };
            exact::run(&bench?, &all, update).await
        }
        Some(Task::Pages) => pages::run(&Bench::prepare(profile, pages::FUNCTIONS.into_iter())?).await,
        Some(Task::Webhooks) => webhook::run(&Bench::prepare(profile, WEBHOOKS.iter().copied())?).await,
        Some(Task::Starts) => {
            let all = starts::functions()?;
            let bench = Bench::prepare(profile, all.iter().map(String::as_str))?;
            starts::run(&bench, &all).await
        }
        None => {
            let all = starts::functions()?;
            let bench = Bench::prepare(profile, all.iter().map(String::as_str))?;
            webhook::run(&bench).await?;
            starts::run(&bench, &all).await?;
            converse::run(&bench).await?;
            path::run(&bench).await?;
            access::run(&bench).await?;
            pages::run(&bench).await?;
            schedules::run(&bench, &schedules::Options::default()).await?;
            gate::run(&bench)?;
            availability::run(&bench)?;
            shop_year::run(&bench, &shop_year::Options::default())
        }
    }
}

impl Bench {
    /// With the functions as they are.
    fn new(profile: String) -> Result<Self> {
        let root = root()?;
        // The bench lies in `<target>/<profile>/bench`, wherever CARGO_TARGET_DIR has put it.
        let program = std::env::current_exe()?;
        let target = program.ancestors().nth(2).context("the bench does not lie in a target folder")?.to_owned();
        let out = target.join("bench");
        std::fs::create_dir_all(&out).with_context(|| format!("cannot make {}", out.display()))?;
        Ok(Self { root: root.to_owned(), target, out, profile })
    }

    /// Builds `functions`.
    fn prepare<'a>(profile: String, functions: impl Iterator<Item = &'a str>) -> Result<Self> {
        let bench = Self::new(profile)?;
        eprintln!("building the functions ({}) ...", bench.profile);
        let mut build = Command::new("cargo");
        build.args(["build", "--quiet", "--profile", &bench.profile]);
        build.args(functions.flat_map(|name| ["--package", name]));
        peers::run(build.current_dir(&bench.root))?;
        Ok(bench)
    }

    /// The binary of one of our functions.
    fn binary(&self, name: &str) -> PathBuf {
        // Cargo puts its profile `dev` into `debug`.
        let folder = if self.profile == "dev" { "debug" } else { &self.profile };
        self.target.join(folder).join(name)
    }

    /// Our function `name`, with the variables that template.yaml gives it.
    fn our_function(&self, name: &str, aws: &aws::Aws) -> process::Spec {
        let mut env: Vec<_> = queues().map(|(variable, queue)| (variable, aws.queue(&queue))).collect();
        env.extend([
            ("AWS_ENDPOINT_URL", aws.url().to_owned()),
            ("TABLE_NAME", onboard::TABLE.to_owned()),
            ("INBOUND_QUEUE_URL", aws.queue("inbound.fifo")),
            ("CHAT_WAITS", "0".to_owned()),
            ("SEQUENCE_STEPS_QUEUE_ARN", "arn:aws:sqs:us-east-1:000000000000:sequence-steps".to_owned()),
            ("WEBHOOKS_QUEUE_ARN", "arn:aws:sqs:us-east-1:000000000000:webhooks".to_owned()),
            ("SCHEDULES_DLQ_ARN", "arn:aws:sqs:us-east-1:000000000000:schedules-dlq".to_owned()),
            ("SCHEDULER_ROLE_ARN", "arn:aws:iam::000000000000:role/scheduler".to_owned()),
            ("SCHEDULE_GROUP", "bench".to_owned()),
            ("FILES_BUCKET", "bench".to_owned()),
            ("BUS_NAME", "bench".to_owned()),
            ("MAIL_EVENTS", "bench".to_owned()),
            ("MAIL_FROM", "bench@example.com".to_owned()),
            ("APP_URL", "https://example.com".to_owned()),
            ("PUBLIC_URL", "https://example.com".to_owned()),
            ("ISSUER", "https://example.com".to_owned()),
            ("META_API_URL", format!("{}/v25.0", aws.url())),
            ("TWILIO_API_URL", aws.url().to_owned()),
            ("CREDENTIALS_KEY_ID", onboard::KMS_KEY.to_owned()),
        ]);
        process::Spec {
            name: name.to_owned(),
            program: self.binary(name),
            args: Vec::new(),
            dir: self.root.clone(),
            env,
            log: self.out.join(name).with_extension("log"),
        }
    }

    /// The zipped size of our function `name`, in MB (1,000,000 bytes). Lambda wants the binary to be called `bootstrap`.
    fn package_mb(&self, name: &str) -> Result<f64> {
        let bootstrap = self.out.join("bootstrap");
        std::fs::copy(self.binary(name), &bootstrap).with_context(|| format!("{name} has not been built"))?;
        let zip = self.out.join(name).with_extension("zip");
        Ok(process::zip_bytes(&zip, &[bootstrap])? as f64 / 1e6)
    }

    /// What nothing but the recorded `calls` takes, over `events` events.
    async fn floor(&self, aws: &aws::Aws, calls: &[aws::Call], events: usize) -> Result<stats::Spread> {
        let file = self.out.join("calls.json");
        std::fs::write(&file, serde_json::to_string(calls)?)?;
        let function = process::Function::spawn(&process::Spec {
            name: "floor".to_owned(),
            program: std::env::current_exe()?,
            args: vec!["replay".to_owned(), file.display().to_string()],
            dir: self.root.clone(),
            env: vec![("AWS_ENDPOINT_URL", aws.url().to_owned())],
            log: self.out.join("floor.log"),
        })
        .await?;
        let mut samples = Vec::new();
        for sequence in 0..WARM_UP + events {
            let answer = function.invoke(load::whatsapp_delivery(sequence)?).await?;
            if sequence >= WARM_UP {
                samples.push(stats::millis(answer.took));
            }
        }
        aws.take_usage()?;
        Ok(stats::Spread::of(&samples))
    }
}

/// The variables with the URL of a queue, as template.yaml names them, and the queue's name: `DATA_RIGHTS_QUEUE_URL` has the
/// URL of `data-rights`.
fn queues() -> impl Iterator<Item = (&'static str, String)> {
    let variables = TEMPLATE.lines().filter_map(|line| line.trim().split_once(": ")).map(|(variable, _)| variable);
    variables
        .filter_map(|variable| Some((variable, variable.strip_suffix("_QUEUE_URL")?.to_lowercase().replace('_', "-"))))
}

/// The workspace.
fn root() -> Result<&'static Path> {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).context("the workspace is two folders up")
}

const TEMPLATE: &str = include_str!("../../../template.yaml");
/// Our functions, in the order in which a message passes them.
const FUNCTIONS: [&str; 4] = ["webhook-whatsapp", "ai-converse", "worker-outbox", "worker-deliver"];
/// The webhooks: that of WhatsApp is the one that the peers do too.
const WEBHOOKS: [&str; 5] =
    ["webhook-whatsapp", "webhook-sms", "webhook-missed-call", "webhook-web-form", "webhook-live-chat"];
/// One behind the API's guard.
const API_FUNCTION: &str = "api-leads";
/// Events that a warm function handles before the clock counts.
const WARM_UP: usize = 200;
/// Events that count.
const WARM_EVENTS: usize = 2_000;
/// Cold starts that count; one more before them fills the page cache.
const COLD_STARTS: usize = 15;
