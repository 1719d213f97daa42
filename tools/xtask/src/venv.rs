//! The Python tools of the local stack (MiniStack, SAM CLI), pinned in `tools/requirements.txt`, in `.venv`. What only `make`
//! needs is in lists of its own beside it, and goes into the same `.venv`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::bootstraps::hex_sha256;
use crate::interrupt::Interrupt;
use crate::process::stream;
use crate::steps::Progress;

/// Makes `.venv` what `tools/requirements.txt` says, unless a stamp inside says that it is already. Gives a remark.
///
/// # Errors
/// When Python or pip fails; the next run starts over where this one stopped.
pub fn ensure(root: &Path, python: &Path, progress: &Progress, interrupt: &Interrupt) -> Result<String> {
    let requirements = root.join("tools/requirements.txt");
    let wanted = hex_sha256(&fs::read(&requirements).context("cannot read tools/requirements.txt")?);
    let stamp = root.join(".venv/.requirements.sha256");
    if fs::read_to_string(&stamp).is_ok_and(|stamped| stamped == wanted) {
        return Ok("unchanged".to_owned());
    }
    // Comes last in a new environment, so that one that was cut short is renewed.
    if !program(root, "pip").exists() {
        let mut create = Command::new(python);
        create.args(["-m", "venv"]).arg(root.join(".venv"));
        stream(create, interrupt, |line| progress.follow(line))?;
    }
    let mut install = Command::new(program(root, "python"));
    install.args(["-m", "pip", "install", "--disable-pip-version-check", "--requirement"]).arg(&requirements);
    stream(install, interrupt, |line| progress.follow(line))
        .context("pip could not install tools/requirements.txt: check that this machine reaches a package index")?;
    fs::write(&stamp, wanted)?;
    Ok("installed from tools/requirements.txt".to_owned())
}

/// The path of one of its programs.
#[must_use]
pub fn program(root: &Path, name: &str) -> PathBuf {
    root.join(".venv/bin").join(name)
}
