//! What a section of the bench leaves behind: tables on standard output and `target/bench/NAME.json`.

use anyhow::{Context, Result};
use comfy_table::{CellAlignment, Table, presets::UTF8_FULL_CONDENSED};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use std::path::Path;
use std::process::Command;

use crate::Bench;
use crate::peers::first_line;

/// One section's results.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    /// The section: also the file's name.
    pub(crate) name: &'static str,
    /// The profile that our functions were built with.
    pub(crate) profile: String,
    /// Everything that was measured, units in the names.
    pub(crate) figures: Value,
    /// Ours against others, each "others divided by ours".
    pub(crate) ratios: Value,
    /// What was aimed at.
    pub(crate) goals: Vec<Goal>,
}

/// One goal and how it went. A missed goal is reported; it fails nothing.
#[derive(Debug, Serialize)]
pub(crate) struct Goal {
    goal: &'static str,
    at_least: Option<f64>,
    at_most: Option<f64>,
    figure: f64,
    unit: &'static str,
    met: bool,
}

impl Goal {
    /// A goal that a larger figure meets.
    pub(crate) fn at_least(goal: &'static str, wanted: f64, figure: f64, unit: &'static str) -> Self {
        Self { goal, at_least: Some(wanted), at_most: None, figure, unit, met: figure >= wanted }
    }

    /// A goal that a smaller figure meets.
    pub(crate) fn at_most(goal: &'static str, wanted: f64, figure: f64, unit: &'static str) -> Self {
        Self { goal, at_least: None, at_most: Some(wanted), figure, unit, met: figure <= wanted }
    }

    fn row(&self) -> [String; 4] {
        let unit = self.unit;
        let wanted = match (self.at_least, self.at_most) {
            (Some(wanted), _) => format!("at least {wanted} {unit}"),
            (None, Some(wanted)) => format!("at most {wanted} {unit}"),
            (None, None) => String::new(),
        };
        let verdict = if self.met { "met" } else { "MISSED" };
        [self.goal.to_owned(), wanted, format!("{:.2} {unit}", self.figure), verdict.to_owned()]
    }
}

impl Report {
    /// Prints the goals and writes the JSON file.
    pub(crate) fn finish(&self, bench: &Bench) -> Result<()> {
        print_table("Goals", &["goal", "wanted", "measured", ""], self.goals.iter().map(Goal::row));
        let path = bench.out.join(self.name).with_extension("json");
        let mut json = serde_json::to_value(self)?;
        let fields = json.as_object_mut().context("a report is an object")?;
        fields.insert("measured_at".to_owned(), Timestamp::now().to_string().into());
        fields.insert("git".to_owned(), git_describe(&bench.root).into());
        fields.insert("machine".to_owned(), machine());
        std::fs::write(&path, serde_json::to_string_pretty(&json)?)
            .with_context(|| format!("cannot write {}", path.display()))?;
        println!("written to {}\n", path.display());
        Ok(())
    }
}

/// Prints one table: the first column to the left, figures to the right.
pub(crate) fn print_table<const N: usize>(title: &str, header: &[&str; N], rows: impl Iterator<Item = [String; N]>) {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_header(header.to_vec());
    for row in rows {
        table.add_row(row.to_vec());
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    println!("{title}\n{table}");
}

fn git_describe(root: &Path) -> Option<String> {
    first_line(Command::new("git").args(["describe", "--always", "--dirty", "--tags"]).current_dir(root))
}

fn machine() -> Value {
    let proc_field = |file: &str, field: &str| {
        let text = std::fs::read_to_string(file).ok()?;
        let line = text.lines().find(|line| line.starts_with(field))?;
        line.split_once(':').map(|(_, value)| value.trim().to_owned())
    };
    serde_json::json!({
        "cpu": proc_field("/proc/cpuinfo", "model name"),
        "cores": std::thread::available_parallelism().map(usize::from).ok(),
        "memory": proc_field("/proc/meminfo", "MemTotal"),
        "architecture": std::env::consts::ARCH,
        "kernel": first_line(Command::new("uname").arg("-r")),
        "rustc": first_line(Command::new("rustc").arg("--version")),
        "python": first_line(Command::new("python3").arg("--version")),
        "node": first_line(Command::new("node").arg("--version")),
    })
}
