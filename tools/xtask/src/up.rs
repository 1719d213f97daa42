//! Brings a local stack up, step by step.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::bootstraps::Scope;
use crate::emulator::{Emulator, offline, pid_file};
use crate::http::Http;
use crate::interrupt::Interrupt;
use crate::process::{Group, output};
use crate::stack::Stack;
use crate::steps::step;
use crate::{bootstraps, checks, cloud, shell, venv};

/// The vendor sink is tried this far above the emulator's port first: at 4570 beside 4566.
const SINK_OFFSET: u16 = 4;

/// Where one local stack lives.
pub struct Place {
    /// The checkout.
    pub root: PathBuf,
    /// The stack's own files: state, logs and `stack.json`.
    pub local: PathBuf,
    /// The emulator's port.
    pub port: u16,
}

/// What becomes of the state of the last run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// It is used again.
    Resume,
    /// It is wiped.
    Fresh,
}

/// A stack that runs. Dropping it ends its processes: first the emulator, which runs the functions, then the sink.
pub struct Running {
    /// How to talk to it.
    pub stack: Stack,
    /// Lines for a shell to evaluate, after which `porchlight` and `aws` mean this stack.
    pub shell_file: PathBuf,
    emulator: Emulator,
    sink: Group,
    _lock: File,
}

impl Running {
    /// Ends the wait when a part of the stack has ended by itself.
    ///
    /// # Errors
    /// When one has.
    pub fn check(&mut self) -> Result<()> {
        ensure!(self.emulator.runs()?, "the emulator ended by itself; its log is beside stack.json");
        ensure!(self.sink.exited()?.is_none(), "the vendor sink ended by itself; its log is beside stack.json");
        Ok(())
    }
}

impl Place {
    /// The checkout that this program was built from, with the stack's files in `local` under it.
    #[must_use]
    pub fn new(local: &str, port: u16) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new(".")).to_owned();
        Self { local: root.join(local), root, port }
    }

    /// The file with the stack's coordinates.
    #[must_use]
    pub fn stack_file(&self) -> PathBuf {
        self.local.join("stack.json")
    }

    /// Brings the stack up, doing only what changed since the last time.
    ///
    /// # Errors
    /// When a step fails; what runs by then is stopped.
    pub fn up(&self, start: Start, scope: Scope, interrupt: &Interrupt) -> Result<Running> {
        let root = &self.root;
        let (lock, python) = step("check", |_| {
            let lock = self.lock()?;
            checks::disk(root)?;
            checks::port(self.port, &pid_file(&self.local))?;
            Ok(((lock, checks::python()?), "Python, disk space, port".to_owned()))
        })?;
        if start == Start::Fresh {
            for folder in ["state", "s3"] {
                remove(&self.local.join(folder))?;
            }
        }
        step("tools (.venv)", |progress| Ok(((), venv::ensure(root, &python, progress, interrupt)?)))?;
        let functions = bootstraps::named_in(&fs::read_to_string(root.join("template.yaml"))?);
        let executables = step("build", |progress| {
            let executables = bootstraps::build(root, &functions, scope, progress, interrupt)?;
            let changed = bootstraps::place(root, &functions, &executables)?;
            Ok((executables, format!("{} functions, {changed} changed", functions.len())))
        })?;
        let emulator = step("emulator", |_| {
            let emulator = Emulator::start(root, &self.local, self.port, interrupt)?;
            Ok((emulator, format!("MiniStack on port {}", self.port)))
        })?;
        let (sink, sink_url) = step("vendor sink", |_| {
            let (sink, url) = self.sink(&executables, interrupt)?;
            Ok(((sink, url.clone()), url))
        })?;
        let outputs = self.deploy(&functions, &sink_url, interrupt)?;
        let tenants = step("demo tenants", |_| self.onboard(&executables, &outputs))?;
        let stack = self.describe(outputs, sink_url, tenants)?;
        stack.write(&self.stack_file())?;
        let shell_file = self.local.join("env");
        let programs = tool(&executables, "porchlight")?.parent().unwrap_or(root);
        fs::write(&shell_file, shell::lines(&stack, programs)?)?;
        Ok(Running { stack, shell_file, emulator, sink, _lock: lock })
    }

    /// One stack at a time may use `local`; the lock ends with the process, however that ends.
    fn lock(&self) -> Result<File> {
        fs::create_dir_all(&self.local).with_context(|| format!("cannot make {}", self.local.display()))?;
        let lock = File::create(self.local.join("lock"))?;
        let free = lock.try_lock().is_ok();
        ensure!(free, "A stack runs in {} already: stop that one first (Ctrl-C where it runs).", self.local.display());
        Ok(lock)
    }

    fn deploy(&self, functions: &[String], sink_url: &str, interrupt: &Interrupt) -> Result<BTreeMap<String, String>> {
        step("deploy", |progress| {
            let parameters = cloud::parameters(sink_url);
            let fingerprint = bootstraps::fingerprint(&self.root, functions, &parameters)?;
            let deployed = cloud::deployed(&self.root, self.port)?;
            if deployed.fingerprint.as_ref() == Some(&fingerprint) {
                return Ok((deployed.outputs, "unchanged".to_owned()));
            }
            let template = "template.yaml";
            let deployed =
                cloud::deploy(&self.root, self.port, template, &parameters, &fingerprint, progress, interrupt)?;
            Ok((deployed.outputs, "sam deploy of template.yaml, then its routes".to_owned()))
        })
    }

    /// Starts the sink on the port of the last run, which is a parameter of the deploy, or on the next free one.
    fn sink(&self, executables: &BTreeMap<String, PathBuf>, interrupt: &Interrupt) -> Result<(Group, String)> {
        let last =
            Stack::read(&self.stack_file()).ok().and_then(|stack| stack.sink_url.rsplit(':').next()?.parse().ok());
        let first = self.port.saturating_add(SINK_OFFSET);
        let port = last
            .into_iter()
            .chain(first..first.saturating_add(100))
            .find(|port| checks::port_is_free(*port))
            .with_context(|| format!("no port from {first} on is free for the vendor sink"))?;
        let log = File::create(self.local.join("vendor-sink.log"))?;
        let mut command = Command::new(tool(executables, "vendor-sink")?);
        command.args(["--port", &port.to_string()]);
        command.stdin(Stdio::null()).stderr(log.try_clone()?).stdout(log);
        let mut sink = Group::spawn(command)?;
        let http = Http::to_port(port);
        let deadline = Instant::now() + Duration::from_secs(20);
        while !http.get("/_sink/messages", &[]).is_ok_and(|answer| answer.status == 200) {
            interrupt.check()?;
            if sink.exited()?.is_some() || Instant::now() > deadline {
                bail!("the vendor sink does not run; its log: {}", self.local.join("vendor-sink.log").display());
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok((sink, format!("http://127.0.0.1:{port}")))
    }

    /// Onboards every tenant of `tenants/demo`, in the order of their names. Doing it again changes nothing.
    fn onboard(
        &self,
        executables: &BTreeMap<String, PathBuf>,
        outputs: &BTreeMap<String, String>,
    ) -> Result<(Vec<Value>, String)> {
        let porchlight = tool(executables, "porchlight")?;
        let folder = self.root.join("tenants/demo");
        let mut files = fs::read_dir(&folder)
            .with_context(|| format!("cannot read {}", folder.display()))?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<Vec<_>>>()?;
        files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
        files.sort();
        ensure!(!files.is_empty(), "{} holds no tenant", folder.display());
        let mut tenants = Vec::new();
        for file in &files {
            let mut command = Command::new(porchlight);
            offline(&mut command, self.port);
            command.env("TABLE_NAME", named(outputs, "TableName")?);
            command.env("CREDENTIALS_KEY_ID", named(outputs, "CredentialsKeyId")?);
            command.env("ACCOUNT_MAIL_QUEUE_URL", named(outputs, "AccountMailQueueUrl")?);
            // The replay of the samples tests the channels.
            command.args(["onboard", "--json", "--rehearsal", "--self-test=false", "--file"]).arg(file);
            command.arg("--secrets").arg(self.local.join("secrets").join(file.file_name().unwrap_or_default()));
            let printed = output(command)?;
            tenants.push(serde_json::from_str(&printed).with_context(|| format!("onboarding printed {printed}"))?);
        }
        let names: Vec<_> = tenants.iter().filter_map(|tenant: &Value| tenant.get("name")?.as_str()).collect();
        let remark = names.join(", ");
        Ok((tenants, remark))
    }

    fn describe(&self, outputs: BTreeMap<String, String>, sink_url: String, tenants: Vec<Value>) -> Result<Stack> {
        let host = format!("{}.execute-api.localhost:{}", named(&outputs, "ApiId")?, self.port);
        Ok(Stack {
            endpoint: format!("http://127.0.0.1:{}", self.port),
            port: self.port,
            api_url: format!("http://{host}"),
            public_url: format!("https://{host}"),
            host,
            sink_url,
            outputs,
            tenants,
        })
    }
}

fn tool<'a>(executables: &'a BTreeMap<String, PathBuf>, name: &str) -> Result<&'a Path> {
    executables.get(name).map(PathBuf::as_path).with_context(|| format!("{name} was not built"))
}

fn named<'a>(outputs: &'a BTreeMap<String, String>, name: &str) -> Result<&'a str> {
    outputs.get(name).map(String::as_str).with_context(|| format!("template.yaml has no output {name}"))
}

/// Removes a folder, which need not be there.
///
/// # Errors
/// When the disk refuses.
pub fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}
