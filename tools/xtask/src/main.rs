//! Reads the command line; the tasks are in the library.
#![expect(clippy::print_stderr, reason = "a terminal program says on its terminal why it failed")]

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
    /// Count the resources of the stacks, by kind, and project the main one.
    Resources,
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
        Task::Resources => xtask::resources::resources(&interrupt),
        Task::Test { arguments } => xtask::dev::test(&arguments, &interrupt),
    };
    if interrupt.requested() && done.is_err() { Ok(ExitCode::from(130)) } else { done }
}
