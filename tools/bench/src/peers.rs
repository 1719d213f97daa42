//! The same webhook in Python and Node: installing, starting and packing them.
//!
//! Their dependencies are pinned in `tests/bench/peers/` and installed there once, with `pip` and `npm`.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What Lambda's own bootstrap starts Node with at 256 MB: a twentieth for each semi-space, nine tenths for the old space.
const NODE_OPTIONS: [&str; 4] =
    ["--expose-gc", "--max-http-header-size=81920", "--max-semi-space-size=12", "--max-old-space-size=231"];

/// A peer, ready to be started.
pub(crate) struct Peer {
    /// The interpreter.
    pub(crate) program: PathBuf,
    /// What it runs.
    pub(crate) args: Vec<String>,
    /// Where.
    pub(crate) dir: PathBuf,
    /// The function alone: all that must be uploaded where the managed runtime's own SDK will do.
    pub(crate) handler: Vec<PathBuf>,
    /// What it depends on, which AWS advises to pack too.
    pub(crate) dependencies: Vec<PathBuf>,
}

/// The Python peer: boto3 under AWS's own runtime client, `awslambdaric`.
pub(crate) fn python(root: &Path) -> Result<Peer> {
    let dir = root.join("tests/bench/peers/python");
    let (venv, program) = environment(&dir)?;
    // The managed runtime brings awslambdaric and what it needs; no one packs pip or setuptools.
    let ours = ["boto3", "botocore", "dateutil", "jmespath", "s3transfer", "six.py", "urllib3"];
    let packages = site_packages(&venv)?;
    let dependencies = ours.iter().map(|name| packages.join(name)).collect();
    let args = ["-m", "awslambdaric", "handler.handler"].map(str::to_owned).to_vec();
    Ok(Peer { program, args, handler: vec![dir.join("handler.py")], dependencies, dir })
}

/// A virtual environment with what `requirements.txt` in `dir` names, and its interpreter.
pub(crate) fn environment(dir: &Path) -> Result<(PathBuf, PathBuf)> {
    let venv = dir.join(".venv");
    let program = venv.join("bin/python");
    let lock = dir.join("requirements.txt");
    install(&lock, &venv.join("installed.txt"), || {
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&venv))?;
        run(Command::new(&program).args(["-m", "pip", "install", "--quiet", "--no-deps", "--requirement"]).arg(&lock))
    })?;
    Ok((venv, program))
}

/// The Node peer: AWS SDK v3 under our own loop over the Runtime API.
pub(crate) fn node(root: &Path) -> Result<Peer> {
    let dir = root.join("tests/bench/peers/node");
    let modules = dir.join("node_modules");
    install(&dir.join("package-lock.json"), &modules.join(".installed.json"), || {
        run(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--silent"]).current_dir(&dir))
    })?;
    let handler = vec![dir.join("handler.mjs")];
    let args = NODE_OPTIONS.iter().chain(&["runtime.mjs"]).map(|each| (*each).to_owned()).collect();
    Ok(Peer { program: "node".into(), args, handler, dependencies: vec![modules], dir })
}

/// Runs `installer` unless `stamp` says that this very `lock` was installed before.
fn install(lock: &Path, stamp: &Path, installer: impl FnOnce() -> Result<()>) -> Result<()> {
    let wanted = std::fs::read_to_string(lock).with_context(|| format!("cannot read {}", lock.display()))?;
    if std::fs::read_to_string(stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    eprintln!("installing {} ...", lock.display());
    installer()?;
    std::fs::write(stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}

/// `lib/python3.X/site-packages` of a virtual environment.
fn site_packages(venv: &Path) -> Result<PathBuf> {
    let lib = venv.join("lib");
    for entry in std::fs::read_dir(&lib).with_context(|| format!("cannot read {}", lib.display()))? {
        let packages = entry?.path().join("site-packages");
        if packages.is_dir() {
            return Ok(packages);
        }
    }
    bail!("no site-packages in {}", lib.display());
}

/// Runs a command whose output the reader may want to see.
///
/// # Errors
/// When it cannot be started, or fails; both name the command.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let name = format!("{command:?}");
    let status = command.status().with_context(|| format!("{name} cannot be started: is it installed?"))?;
    if !status.success() {
        bail!("{name} failed: {status}");
    }
    Ok(())
}

/// The first line that a command prints, such as a version.
pub(crate) fn first_line(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    String::from_utf8_lossy(&output.stdout).lines().next().map(|line| line.trim().to_owned())
}
