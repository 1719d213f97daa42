//! Reads the command line; the tasks are in the library.
#![expect(clippy::print_stderr, reason = "a terminal program says on its terminal why it failed")]

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use xtask::interrupt::Interrupt;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The chores of development")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Bring up the local stack, replay one message per channel and stay up until Ctrl-C.
    Dev {
        /// Stop after the replay; exit 0 only if all five messages were answered.
        #[arg(long)]
        once: bool,
        /// The port that the emulator listens on.
        #[arg(long, default_value_t = 4566)]
        port: u16,
    },
    /// Write the table of numbers' zones and countries from checkouts of libphonenumber and of the tz database.
    Geography {
        /// A checkout of github.com/google/libphonenumber, at a release.
        libphonenumber: PathBuf,
        /// A checkout of github.com/eggert/tz, at a release.
        tz: PathBuf,
    },
    /// Count the resources of the stacks, by kind, and project the main one.
    Resources,
    /// Try the runbook's way back to an earlier second, on a stack of its own.
    Restore,
    /// Run the workspace's tests with a fresh local stack beside them.
    Test {
        /// Passed on to the test runner.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
}

fn main() -> ExitCode {
    run().unwrap_or_else(|error| {
        eprintln!("\n{error:#}");
        ExitCode::FAILURE
    })
}

fn run() -> Result<ExitCode> {
    let interrupt = Interrupt::watch()?;
    let done = match Arguments::parse().task {
        Task::Dev { once, port } => xtask::dev::dev(once, port, &interrupt),
        Task::Geography { libphonenumber, tz } => xtask::geography::geography(&libphonenumber, &tz),
        Task::Resources => xtask::resources::resources(&interrupt),
        Task::Restore => xtask::restore::restore(&interrupt),
        Task::Test { arguments } => xtask::dev::test(&arguments, &interrupt),
    };
    if interrupt.requested() && done.is_err() { Ok(ExitCode::from(130)) } else { done }
}
