//! What the terminal shows while work goes on: a moving line during each step, a still one with its seconds after it.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};

use crate::process::Line;

const SPINNER: &str = "  {spinner} {prefix:<22} {elapsed:>4}  {wide_msg}";
const BAR: &str = "  {spinner} {prefix:<22} {elapsed:>4}  [{bar:30}] {pos}/{len}  {wide_msg}";

/// The moving line of one step.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Says what is being done right now.
    pub fn note(&self, text: &str) {
        self.bar.set_message(text.trim().to_owned());
    }

    /// Follows a child's output, which is worth keeping in case it fails.
    pub fn follow(&self, line: &str) -> Line {
        self.note(line);
        Line::Keep
    }

    /// Shows `done` of `total` as a bar.
    pub fn at(&self, done: u64, total: u64) {
        if self.bar.length() != Some(total) {
            if let Ok(style) = ProgressStyle::with_template(BAR) {
                self.bar.set_style(style);
            }
            self.bar.set_length(total);
        }
        self.bar.set_position(done);
    }
}

/// Does one step of a task. `work` gives what the step made and a short remark for the line that stays.
///
/// # Errors
/// What `work` gives, under the step's title.
pub fn step<T>(title: &'static str, work: impl FnOnce(&Progress) -> Result<(T, String)>) -> Result<T> {
    let begun = Instant::now();
    let bar = ProgressBar::new_spinner().with_prefix(title);
    if let Ok(style) = ProgressStyle::with_template(SPINNER) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    let progress = Progress { bar };
    let result = work(&progress);
    progress.bar.finish_and_clear();
    let (made, remark) = result.with_context(|| format!("{title} failed"))?;
    println!("  ✓ {title:<22} {:>6.1} s  {remark}", begun.elapsed().as_secs_f64());
    Ok(made)
}
