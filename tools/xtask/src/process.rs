//! Child processes that never outlive us: each leads a process group of its own, and the group dies with its owner.

use std::collections::VecDeque;
use std::io::{BufReader, Read};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use crate::interrupt::Interrupt;

/// How long a child may take to put its things in order: the emulator writes its state to disk then.
const PATIENCE: Duration = Duration::from_secs(20);
/// How many of the last lines a failure shows.
const TAIL: usize = 60;

/// A running child and everything it started.
pub struct Group {
    child: Child,
    pid: Pid,
}

impl Group {
    /// Starts `command` at the head of a new process group.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub fn spawn(mut command: Command) -> Result<Self> {
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command.process_group(0).spawn().with_context(|| format!("cannot start {program}"))?;
        let pid = Pid::from_child(&child);
        Ok(Self { child, pid })
    }

    /// Its process id, which is also its group's, as text.
    #[must_use]
    pub fn id(&self) -> String {
        self.child.id().to_string()
    }

    /// Its exit status, once it has ended.
    ///
    /// # Errors
    /// When the system does not know it any more.
    pub fn exited(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    /// Asks the leader to end, waits up to 20 s, then ends whatever is left of the group.
    pub fn stop(&mut self) {
        if matches!(self.exited(), Ok(None)) {
            // Each call can only fail because there is no one left to signal, which is what we want.
            let _ = kill_process(self.pid, Signal::TERM);
            let deadline = Instant::now() + PATIENCE;
            while matches!(self.exited(), Ok(None)) && Instant::now() < deadline {
                thread::sleep(Duration::from_millis(20));
            }
        }
        let _ = kill_process_group(self.pid, Signal::KILL);
        let _ = self.child.wait();
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What to do with a line of a child's output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// A person reads it: show it if the child fails.
    Keep,
    /// It was for the program, or for the moment.
    Forget,
}

/// Runs `command` to its end and hands over each line of its two outputs as it comes; a carriage return ends a line
/// too, so that progress displays can be followed.
///
/// # Errors
/// When it cannot be started, fails (with the last lines kept) or is interrupted.
pub fn stream(mut command: Command, interrupt: &Interrupt, mut on_line: impl FnMut(&str) -> Line) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut group = Group::spawn(command)?;
    let (sender, lines) = mpsc::channel();
    if let Some(stdout) = group.child.stdout.take() {
        let sender = sender.clone();
        thread::spawn(move || split(stdout, &sender));
    }
    if let Some(stderr) = group.child.stderr.take() {
        thread::spawn(move || split(stderr, &sender));
    }
    let mut tail = VecDeque::new();
    loop {
        interrupt.check()?;
        match lines.recv_timeout(Duration::from_millis(100)) {
            Ok(line) if on_line(&line) == Line::Keep => {
                if tail.len() == TAIL {
                    tail.pop_front();
                }
                tail.push_back(line);
            }
            Ok(_) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    let status = group.child.wait()?;
    if !status.success() {
        bail!("{program} failed ({status}):\n{}", Vec::from(tail).join("\n"));
    }
    Ok(())
}

fn split(output: impl Read, lines: &mpsc::Sender<String>) {
    let mut line = Vec::new();
    for byte in BufReader::new(output).bytes().map_while(Result::ok) {
        if byte != b'\n' && byte != b'\r' {
            line.push(byte);
        } else if !line.is_empty() {
            // The receiver is gone only when the work was interrupted.
            let _ = lines.send(String::from_utf8_lossy(&std::mem::take(&mut line)).into_owned());
        }
    }
    if !line.is_empty() {
        let _ = lines.send(String::from_utf8_lossy(&line).into_owned());
    }
}

/// Runs a short `command` and gives its standard output.
///
/// # Errors
/// When it cannot be started or fails (with what it wrote to standard error).
pub fn output(mut command: Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let done = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {program}"))?;
    if !done.status.success() {
        bail!("{program} failed ({}):\n{}", done.status, String::from_utf8_lossy(&done.stderr).trim());
    }
    Ok(String::from_utf8(done.stdout)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufRead;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn lines_of_both_outputs_arrive_and_progress_lines_are_split() {
        let mut lines = Vec::new();
        let interrupt = Interrupt::watch().unwrap();
        let command = shell("printf 'a\\rb\\n'; printf 'c' >&2");
        stream(command, &interrupt, |line| {
            lines.push(line.to_owned());
            Line::Forget
        })
        .unwrap();
        lines.sort();
        assert_eq!(lines, ["a", "b", "c"]);
    }

    #[test]
    fn a_failure_shows_the_lines_that_were_kept() {
        let interrupt = Interrupt::watch().unwrap();
        let keep = |line: &str| if line == "noise" { Line::Forget } else { Line::Keep };
        let failure = stream(shell("echo noise; echo because; exit 3"), &interrupt, keep).unwrap_err().to_string();
        assert!(failure.contains("because") && failure.contains('3') && !failure.contains("noise"), "{failure}");
    }

    #[test]
    fn a_grandchild_does_not_outlive_the_group() {
        let mut command = shell("sleep 300 & echo $!; wait");
        command.stdout(Stdio::piped());
        let mut group = Group::spawn(command).unwrap();
        let mut digits = String::new();
        BufReader::new(group.child.stdout.take().unwrap()).read_line(&mut digits).unwrap();
        let digits = digits.trim().to_owned();
        let grandchild = Pid::from_raw(digits.parse().unwrap()).unwrap();
        assert!(rustix::process::test_kill_process(grandchild).is_ok());
        drop(group);
        let deadline = Instant::now() + Duration::from_secs(5);
        // A killed process stays visible until someone reaps it; a dead one has no command line any more.
        let alive = || std::fs::read(format!("/proc/{digits}/cmdline")).is_ok_and(|line| !line.is_empty());
        while alive() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(10));
        }
        assert!(!alive());
    }
}
