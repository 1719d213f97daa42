//! The tasks of development: `cargo xtask dev`, `test`, `restore`, `resources` and `geography`.
//!
//! The first three bring up the local stack: an AWS emulator that got the unchanged `template.yaml` by the same `sam deploy` as
//! production, with the real bootstraps in it, a sink in the vendors' place and two demo tenants. What fails, fails
//! with a sentence that says what to do. However a task ends (done, failed, Ctrl-C, SIGTERM), it leaves no process
//! running. Nothing here can reach an AWS account: credentials are dummies and the endpoint is this machine.
#![expect(clippy::print_stdout, reason = "a terminal program talks to its terminal")]

pub mod bootstraps;
pub mod chance;
pub mod checks;
pub mod cloud;
pub mod dev;
pub mod emulator;
pub mod geography;
pub mod http;
pub mod interrupt;
pub mod mails;
pub mod permissions;
pub mod process;
pub mod replay;
pub mod resources;
pub mod restore;
pub mod samples;
pub mod shell;
pub mod signatures;
pub mod stack;
pub mod steps;
pub mod transcript;
pub mod up;
pub mod venv;
