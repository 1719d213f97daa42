//! The stack inside the emulator: the same `sam deploy` as production, then the routes that the emulator leaves out.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::emulator::{REGION, offline};
use crate::interrupt::Interrupt;
use crate::permissions::Permissions;
use crate::process::{output, stream};
use crate::steps::Progress;
use crate::venv;

/// The stack's name in the emulator, with which its functions' names begin.
pub const STACK: &str = "porchlight-local";
/// What needs an AWS SDK, in the language whose SDK the virtual environment has.
const SCRIPT: &str = include_str!("cloud.py");
/// `sam`, but packing the functions as fast as it can: they travel from one folder of this machine to another, and packing them
/// tightly is most of a deploy's time.
const SAM: &str = "import zlib; zlib.Z_DEFAULT_COMPRESSION = 1; from samcli.cli.main import cli; cli(prog_name='sam')";

/// What the emulator holds.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Deployed {
    /// The fingerprint of the last deploy that was carried through, routes included.
    pub fingerprint: Option<String>,
    /// The stack's outputs.
    pub outputs: BTreeMap<String, String>,
}

/// What the emulator on `port` holds now; empty where it holds no such stack.
///
/// # Errors
/// When the emulator cannot be asked.
pub fn deployed(root: &Path, port: u16) -> Result<Deployed> {
    script(root, port, &["state", STACK])
}

/// `Parameter=value` pairs for a stack whose vendors are at `sink_url`, on this machine's processor.
#[must_use]
pub fn parameters(sink_url: &str) -> Vec<String> {
    let architecture = if cfg!(target_arch = "aarch64") { "arm64" } else { "x86_64" };
    vec![
        format!("Architecture={architecture}"),
        format!("MetaApiUrl={sink_url}/v26.0"),
        format!("TwilioApiUrl={sink_url}"),
        format!("NwsUrl={sink_url}/weather"),
        format!("OpenMeteoUrl={sink_url}/weather"),
        format!("OpenMeteoGeocodingUrl={sink_url}/weather"),
        "MailFrom=porchlight@example.com".to_owned(),
        "PublishUsBenchmarks=true".to_owned(),
        "StreamSuggestions=false".to_owned(),
        "ChatWaits=200".to_owned(),
    ]
}

/// Deploys `template`, unchanged and with the settings of `samconfig.toml`, wires its routes and remembers `fingerprint` beside it.
///
/// # Errors
/// When the SAM CLI fails (with its last lines) or a route cannot be made.
pub fn deploy(
    root: &Path,
    port: u16,
    template: &str,
    parameters: &[String],
    fingerprint: &str,
    progress: &Progress,
    interrupt: &Interrupt,
) -> Result<Deployed> {
    let mut sam = Command::new(venv::program(root, "python"));
    sam.args(["-c", SAM]);
    offline(&mut sam, port);
    sam.env("SAM_CLI_TELEMETRY", "0").current_dir(root);
    sam.args(["deploy", "--stack-name", STACK, "--region", REGION]);
    sam.args(["--template-file", template]);
    sam.args(["--no-confirm-changeset", "--no-progressbar", "--parameter-overrides"]);
    sam.args(parameters);
    stream(sam, interrupt, |line| progress.follow(line))
        .context("sam deploy failed; where a half-made local stack is in the way, remove .local/state and .local/s3")?;
    progress.note("wiring routes");
    script(root, port, &["wire", STACK, fingerprint])
}

/// What the policies of the stack's functions allow.
///
/// # Errors
/// When the emulator cannot be asked.
pub fn permissions(root: &Path, port: u16) -> Result<Permissions> {
    script(root, port, &["permissions", STACK])
}

/// Calls a function of the stack once, by the name of its crate; returns what it answers.
///
/// # Errors
/// When the emulator cannot be asked, or the function fails.
pub fn invoke(root: &Path, port: u16, function: &str, event: &str) -> Result<serde_json::Value> {
    script(root, port, &["invoke", STACK, function, event])
}

fn script<T: DeserializeOwned>(root: &Path, port: u16, arguments: &[&str]) -> Result<T> {
    let mut python = Command::new(venv::program(root, "python"));
    offline(&mut python, port);
    python.args(["-c", SCRIPT]).args(arguments);
    serde_json::from_str(&output(python)?).context("the emulator's stack could not be read")
}
