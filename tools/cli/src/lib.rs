//! The operators' tools behind the command `porchlight`, one module per subcommand.

pub mod accounts;
pub mod aws;
pub mod consoles;
pub mod dialogue;
pub mod onboard;
pub mod platform_admin;
pub mod prompts;
pub mod runs;
pub mod second_factor;
pub mod secrets;
pub mod self_test;
pub mod verify_webhook;
mod words;

use indicatif::{ProgressBar, ProgressStyle};

/// A moving line on standard error, which shows only where that is a terminal.
fn progress() -> ProgressBar {
    let bar = ProgressBar::new(0);
    match ProgressStyle::with_template("  {spinner} {elapsed:>4}  [{bar:30}] {pos}/{len}  {msg}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
