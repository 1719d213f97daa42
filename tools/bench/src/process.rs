//! A function under test: its process, its mock Runtime API and its memory.

use anyhow::{Context, Result, bail};
use bytes::Bytes;
use serde::Serialize;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use crate::runtime_api::{Answer, RuntimeApi};
use crate::stats::{median, millis};

/// The memory setting that functions are told about, in MB.
pub(crate) const MEMORY_MB: u32 = 256;

/// How a function is started.
pub(crate) struct Spec {
    /// What it is called in tables, JSON and log files.
    pub(crate) name: String,
    /// The program.
    pub(crate) program: PathBuf,
    /// Its arguments.
    pub(crate) args: Vec<String>,
    /// Where it runs.
    pub(crate) dir: PathBuf,
    /// Its environment, beside what Lambda sets for every function.
    pub(crate) env: Vec<(&'static str, String)>,
    /// Where its output goes: a file, since Lambda takes it off the function's hands too.
    pub(crate) log: PathBuf,
}

/// A running function. Killed when dropped.
pub(crate) struct Function {
    child: Child,
    api: RuntimeApi,
    spawned: Instant,
    log: PathBuf,
}

/// What a cold start took.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct ColdStart {
    /// Spawn to the first poll, in milliseconds.
    pub(crate) first_poll_ms: f64,
    /// Spawn to the whole first answer, in milliseconds.
    pub(crate) first_answer_ms: f64,
    /// Peak resident memory by then, in MiB.
    pub(crate) peak_mib: f64,
}

impl ColdStart {
    /// The median of each figure.
    pub(crate) fn median(starts: &[Self]) -> Self {
        let middle = |of: fn(&Self) -> f64| median(&starts.iter().map(of).collect::<Vec<_>>());
        Self {
            first_poll_ms: middle(|start| start.first_poll_ms),
            first_answer_ms: middle(|start| start.first_answer_ms),
            peak_mib: middle(|start| start.peak_mib),
        }
    }
}

impl Function {
    /// Starts `spec`; the time counts from just before the spawn.
    pub(crate) async fn spawn(spec: &Spec) -> Result<Self> {
        let api = RuntimeApi::start().await?;
        let log = File::create(&spec.log).with_context(|| format!("cannot write {}", spec.log.display()))?;
        let mut command = Command::new(&spec.program);
        command.args(&spec.args).current_dir(&spec.dir).env_clear().envs(lambda_env(spec, api.address()));
        command.envs(spec.env.iter().cloned()).stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let spawned = Instant::now();
        let child = command.spawn().with_context(|| format!("cannot start {}", spec.program.display()))?;
        Ok(Self { child, api, spawned, log: spec.log.clone() })
    }

    /// Starts `spec`, has it answer `event` and says what that took.
    pub(crate) async fn cold_start(spec: &Spec, event: Bytes) -> Result<(Self, Answer, ColdStart)> {
        let function = Self::spawn(spec).await?;
        let answer = function.invoke(event).await?;
        let cold = ColdStart {
            first_poll_ms: function.first_poll_ms().await?,
            first_answer_ms: millis(answer.at.duration_since(function.spawned)),
            peak_mib: function.peak_mib()?,
        };
        Ok((function, answer, cold))
    }

    /// When it asked for its first event, in milliseconds since it was spawned.
    pub(crate) async fn first_poll_ms(&self) -> Result<f64> {
        let polled = self.api.first_poll().await.with_context(|| format!("see {}", self.log.display()))?;
        Ok(millis(polled.duration_since(self.spawned)))
    }

    /// Has it answer `event`.
    pub(crate) async fn invoke(&self, event: Bytes) -> Result<Answer> {
        self.api.invoke(event).await.with_context(|| format!("see {}", self.log.display()))
    }

    /// The most memory it has had resident (`VmHWM`), in MiB.
    pub(crate) fn peak_mib(&self) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))
            .context("the function's memory cannot be read; /proc is needed")?;
        let line =
            status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM: the function has ended")?;
        let Some(kib) = line.trim().strip_suffix(" kB") else { bail!("VmHWM is not in kB: {line}") };
        Ok(kib.trim().parse::<f64>()? / 1_024.0)
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        // It may have ended by itself; either way nothing is left running.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// What Lambda puts into every function's environment, with credentials that open nothing.
fn lambda_env(spec: &Spec, runtime_api: &str) -> Vec<(&'static str, String)> {
    vec![
        ("AWS_LAMBDA_RUNTIME_API", runtime_api.to_owned()),
        ("AWS_LAMBDA_FUNCTION_NAME", spec.name.clone()),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST".to_owned()),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", MEMORY_MB.to_string()),
        ("AWS_LAMBDA_LOG_GROUP_NAME", format!("/aws/lambda/{}", spec.name)),
        ("AWS_LAMBDA_LOG_STREAM_NAME", "bench".to_owned()),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand".to_owned()),
        ("LAMBDA_TASK_ROOT", spec.dir.display().to_string()),
        ("_HANDLER", "handler.handler".to_owned()),
        ("TZ", ":UTC".to_owned()),
        ("PATH", std::env::var("PATH").unwrap_or_default()),
        ("AWS_REGION", "us-east-1".to_owned()),
        ("AWS_DEFAULT_REGION", "us-east-1".to_owned()),
        ("AWS_ACCESS_KEY_ID", "bench".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "bench".to_owned()),
        ("AWS_SESSION_TOKEN", "bench".to_owned()),
    ]
}

/// The size of the zip that `python3 -m zipfile` makes of `paths`, in bytes.
pub(crate) fn zip_bytes(zip: &Path, paths: &[PathBuf]) -> Result<u64> {
    let status = Command::new("python3").args(["-m", "zipfile", "-c"]).arg(zip).args(paths).status();
    if !status.context("python3 is needed to make zip files")?.success() {
        bail!("python3 could not make {}", zip.display());
    }
    Ok(std::fs::metadata(zip)?.len())
}
