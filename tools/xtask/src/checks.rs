//! What must be true before anything starts. Each failure is one sentence that says what to do.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

/// The Python that `tools/requirements.txt` needs (`Requires-Python` of MiniStack and of the SAM CLI).
const PYTHON: (u32, u32) = (3, 10);
/// What a first run writes, in GB: the virtual environment (0.4), debug builds (3 to 4), their copies for the deploy (1) and the
/// emulator's (0.8).
const FIRST_RUN_GB: u64 = 6;
/// What a later run may write, in GB: debug builds and the emulator's state.
const LATER_RUN_GB: u64 = 2;

/// A Python that can make virtual environments.
///
/// # Errors
/// When there is none, it is too old or it lacks the `venv` module.
pub fn python() -> Result<PathBuf> {
    let script = "import sys; print(*sys.version_info[:2]); import venv, ensurepip";
    let mut seen = None;
    for name in ["python3", "python"] {
        let Ok(done) = Command::new(name).args(["-c", script]).output() else { continue };
        let text = String::from_utf8_lossy(&done.stdout).into_owned();
        let mut numbers = text.split_whitespace().filter_map(|number| number.parse::<u32>().ok());
        let (Some(major), Some(minor)) = (numbers.next(), numbers.next()) else { continue };
        if (major, minor) < PYTHON {
            seen = Some(format!("{name} is version {major}.{minor}"));
            continue;
        }
        ensure!(
            done.status.success(),
            "{name} has no venv module: install it (on Debian and Ubuntu: apt install python3-venv) and run this again."
        );
        return Ok(PathBuf::from(name));
    }
    let (major, minor) = PYTHON;
    let seen = seen.unwrap_or_else(|| "there is no python3 on the PATH".to_owned());
    bail!("Python {major}.{minor} or newer is needed and {seen}: install it from your package manager or python.org.");
}

/// Room on the disk that holds `root`: 6 GB before the first build, 2 GB after it.
///
/// # Errors
/// When less is free.
pub fn disk(root: &Path) -> Result<()> {
    let disk = rustix::fs::statvfs(root).context("cannot ask for free disk space")?;
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    let wanted = if root.join("target/lambda").exists() { LATER_RUN_GB } else { FIRST_RUN_GB };
    ensure!(
        free >= wanted << 30,
        "Only {} MB are free on the disk of {}: make room for {wanted} GB and run this again.",
        free >> 20,
        root.display()
    );
    Ok(())
}

/// Whether no one listens on `port` of this machine.
#[must_use]
pub fn port_is_free(port: u16) -> bool {
    TcpListener::bind(("127.0.0.1", port)).is_ok()
}

/// No one may listen on `port`, the emulator's. `pid_file` names an emulator that a killed run may have left.
///
/// # Errors
/// When someone does.
pub fn port(port: u16, pid_file: &Path) -> Result<()> {
    if port_is_free(port) {
        return Ok(());
    }
    let left_over = std::fs::read_to_string(pid_file).map_or_else(
        |_| String::new(),
        |pid| format!(", or `kill {}` if it is the emulator of a run that was killed", pid.trim()),
    );
    bail!(
        "Port {port} is taken: stop what listens there{left_over}, or choose another: cargo xtask dev --port {}.",
        port.wrapping_add(1)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_refused_with_what_to_do() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let taken = listener.local_addr().unwrap().port();
        let sentence = port(taken, Path::new("/nonexistent")).unwrap_err().to_string();
        assert!(sentence.contains(&format!("Port {taken} is taken")) && sentence.contains("--port"), "{sentence}");
    }
}
