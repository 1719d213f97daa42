//! MiniStack, the AWS emulator: bound to this machine only, its state on disk between runs, and with IAM on: a function
//! may do what its policies allow and nothing else. `emulator.py` has the particulars.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::http::Http;
use crate::interrupt::Interrupt;
use crate::process::Group;
use crate::up::remove;
use crate::venv;

/// Starts it inside the virtual environment.
const SCRIPT: &str = include_str!("emulator.py");
/// How long a start may take; it takes one or two seconds.
const START: Duration = Duration::from_secs(60);

/// A running emulator. Dropping it asks it to save its state and ends it with every function it runs.
pub struct Emulator {
    group: Group,
}

impl Emulator {
    /// Starts it on `port` with its files under `local`, and waits until it answers.
    ///
    /// # Errors
    /// When it ends by itself (with its last words) or does not answer within a minute.
    pub fn start(root: &Path, local: &Path, port: u16, interrupt: &Interrupt) -> Result<Self> {
        // It unpacks every version of every function there and leaves them behind.
        let scratch = local.join("tmp");
        remove(&scratch)?;
        fs::create_dir_all(&scratch)?;
        forget_stream_positions(&local.join("state/lambda.json"))?;
        let log_path = local.join("ministack.log");
        let log = File::create(&log_path).with_context(|| format!("cannot write {}", log_path.display()))?;
        let mut command = Command::new(venv::program(root, "python"));
        command.args(["-c", SCRIPT]);
        offline(&mut command, port);
        File::create(calls_file(local))?;
        // Functions inherit it: the local stack posts webhooks to this machine.
        command.env("LOCAL_WEBHOOKS", "allowed");
        command.env("AUTH", "true").env("CALLS_FILE", calls_file(local));
        command.env("BIND_HOST", "127.0.0.1").env("GATEWAY_PORT", port.to_string());
        command.env("TMPDIR", &scratch).env("LAMBDA_EXECUTOR", "local").env("IOT_MTLS_ENABLED", "0");
        command.env("PERSIST_STATE", "1").env("STATE_DIR", local.join("state"));
        command.env("S3_PERSIST", "1").env("S3_DATA_DIR", local.join("s3"));
        command.current_dir(local).stdin(std::process::Stdio::null()).stderr(log.try_clone()?).stdout(log);
        let mut group = Group::spawn(command)?;
        fs::write(pid_file(local), group.id())?;

        let http = Http::to_port(port);
        let deadline = Instant::now() + START;
        while !http.get("/_ministack/health", &[]).is_ok_and(|answer| answer.status == 200) {
            interrupt.check()?;
            if let Some(status) = group.exited()? {
                bail!("the emulator ended ({status}); its log: {}\n{}", log_path.display(), last_lines(&log_path));
            }
            if Instant::now() > deadline {
                bail!("the emulator does not answer on port {port}; its log: {}", log_path.display());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(Self { group })
    }

    /// Whether it still runs.
    ///
    /// # Errors
    /// When the system does not know it any more.
    pub fn runs(&mut self) -> Result<bool> {
        Ok(self.group.exited()?.is_none())
    }
}

/// Where the emulator's process id is kept, for the sentence about a taken port.
#[must_use]
pub fn pid_file(local: &Path) -> PathBuf {
    local.join("ministack.pid")
}

/// Where the emulator notes which role called for what since it was started, and whether it may: `permissions` reads it.
#[must_use]
pub fn calls_file(local: &Path) -> PathBuf {
    local.join("calls.jsonl")
}

/// Points a command's AWS SDK at the emulator on `port`, and away from everything else: no profile, no file, no proxy.
pub fn offline(command: &mut Command, port: u16) {
    for name in ["AWS_PROFILE", "AWS_SESSION_TOKEN", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command.envs(dummies(port));
}

/// The environment in which an AWS SDK calls the emulator on `port`, with credentials that are good for nothing else.
#[must_use]
pub fn dummies(port: u16) -> [(&'static str, String); 7] {
    [
        ("AWS_CONFIG_FILE", "/dev/null".to_owned()),
        ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null".to_owned()),
        ("AWS_ACCESS_KEY_ID", "test".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "test".to_owned()),
        ("AWS_REGION", REGION.to_owned()),
        ("AWS_DEFAULT_REGION", REGION.to_owned()),
        ("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{port}")),
    ]
}

/// The region that the emulator pretends to be.
pub const REGION: &str = "us-east-1";

/// The emulator saves how many stream records each function has read, but not the records. After a restart it would
/// pass over as many new ones: it has to begin to count again.
fn forget_stream_positions(state: &Path) -> Result<()> {
    let Ok(text) = fs::read(state) else { return Ok(()) };
    let mut saved: Value = serde_json::from_slice(&text).with_context(|| format!("cannot read {}", state.display()))?;
    if let Some(positions) = saved.pointer_mut("/payload/dynamodb_stream_positions/data") {
        *positions = Value::Object(serde_json::Map::new());
        fs::write(state, saved.to_string()).with_context(|| format!("cannot write {}", state.display()))?;
    }
    Ok(())
}

fn last_lines(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<_> = text.lines().collect();
    lines.get(lines.len().saturating_sub(15)..).unwrap_or_default().join("\n")
}
