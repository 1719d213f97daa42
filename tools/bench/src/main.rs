//! `make bench`: what our functions cost in time, memory, megabytes, AWS calls and dollars.
//!
//! Functions run as real processes against a mock Lambda Runtime API and a stub of AWS on the loopback interface;
//! `docs/benchmarks.md` says what that shows and what it does not. A missed goal is printed and fails nothing; the exit
//! code is 1 only when something did not run.

mod access;
mod aws;
mod converse;
mod crypto;
mod dialogues;
mod gate;
mod load;
mod onboard;
mod onboarding;
mod path;
mod peers;
mod prices;
mod process;
mod replay;
mod report;
mod runtime_api;
mod stats;
mod webhook;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Measures the main path and prints a table for each part; writes target/bench/NAME.json.
#[derive(Parser)]
#[command(name = "bench")]
struct Args {
    /// Cargo profile of the functions: release for figures that mean something, dev to try the bench itself.
    #[arg(long, default_value = "release")]
    profile: String,
    #[command(subcommand)]
    command: Option<Part>,
}

#[derive(Subcommand)]
enum Part {
    /// Serves events by making the recorded AWS calls and nothing else.
    #[command(hide = true)]
    Replay {
        /// JSON file of the calls.
        calls: PathBuf,
    },
    /// Has the built-in assistant hold annotated dialogues, and judges it; nothing else is measured.
    Dialogues {
        /// Files of the Schema-Guided Dialogue corpus or of STAR.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// What the visitor does.
        #[arg(long, value_enum, value_delimiter = ',', default_values = ["replay", "cooperative"])]
        mode: Vec<dialogues::Mode>,
        /// Print the conversations that ended wrong.
        #[arg(long)]
        misses: bool,
    },
}

/// What every section needs.
struct Bench {
    /// The workspace.
    root: PathBuf,
    /// `target/bench`: reports, logs and packages.
    out: PathBuf,
    /// Cargo profile of the functions.
    profile: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let args = Args::parse();
    match args.command {
        Some(Part::Replay { calls }) => return replay::run(&calls).await,
        Some(Part::Dialogues { files, mode, misses }) => return dialogues::run(&files, &mode, misses),
        None => {}
    }
    let bench = Bench::prepare(args.profile)?;
    webhook::run(&bench).await?;
    converse::run(&bench).await?;
    path::run(&bench).await?;
    access::run(&bench).await?;
    gate::run(&bench)
}

impl Bench {
    fn prepare(profile: String) -> Result<Self> {
        let root =
            Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).context("the workspace is two folders up")?;
        let out = root.join("target/bench");
        std::fs::create_dir_all(&out).with_context(|| format!("cannot make {}", out.display()))?;
        eprintln!("building the functions ({profile}) ...");
        let mut build = Command::new("cargo");
        build.args(["build", "--quiet", "--profile", &profile]);
        build.args(FUNCTIONS.iter().chain([&API_FUNCTION]).flat_map(|name| ["--package", name]));
        peers::run(build.current_dir(root))?;
        Ok(Self { root: root.to_owned(), out, profile })
    }

    /// The binary of one of our functions.
    fn binary(&self, name: &str) -> PathBuf {
        // Cargo puts its profile `dev` into `debug`.
        let folder = if self.profile == "dev" { "debug" } else { &self.profile };
        self.root.join("target").join(folder).join(name)
    }

    /// Our function `name`, with the variables that template.yaml gives it.
    fn our_function(&self, name: &'static str, aws: &aws::Aws) -> process::Spec {
        process::Spec {
            name,
            program: self.binary(name),
            args: Vec::new(),
            dir: self.root.clone(),
            env: vec![
                ("AWS_ENDPOINT_URL", aws.url().to_owned()),
                ("TABLE_NAME", onboard::TABLE.to_owned()),
                ("INBOUND_QUEUE_URL", aws.queue("inbound.fifo")),
                ("DEAD_LETTER_QUEUE_URL", aws.queue("dead-letters")),
                ("BUS_NAME", "bench".to_owned()),
                ("PUBLIC_URL", "https://example.com".to_owned()),
                ("ISSUER", "https://example.com".to_owned()),
                ("META_API_URL", format!("{}/v25.0", aws.url())),
                ("TWILIO_API_URL", aws.url().to_owned()),
                ("CREDENTIALS_KEY_ID", onboard::KMS_KEY.to_owned()),
            ],
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
            name: "floor",
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

/// Our functions, in the order in which a message passes them.
const FUNCTIONS: [&str; 4] = ["webhook-whatsapp", "ai-converse", "worker-outbox", "worker-deliver"];
/// One behind the API's door.
const API_FUNCTION: &str = "api-leads";
/// Events that a warm function handles before the clock counts.
const WARM_UP: usize = 200;
/// Events that count.
const WARM_EVENTS: usize = 2_000;
/// Cold starts that count; one more before them fills the page cache.
const COLD_STARTS: usize = 15;
