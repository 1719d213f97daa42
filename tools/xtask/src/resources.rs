//! How many resources the stacks have, and how many the main one will have. `infra/resources.py` counts.

use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::interrupt::Interrupt;
use crate::process::output;
use crate::steps::step;
use crate::up::Place;
use crate::{checks, venv};

/// Prints the count and the projection.
///
/// # Errors
/// When the Python tools cannot be had or the template cannot be transformed.
pub fn resources(interrupt: &Interrupt) -> Result<ExitCode> {
    let root = Place::new(".local", 0).root;
    let python = checks::python()?;
    step("tools (.venv)", |progress| Ok(((), venv::ensure(&root, &python, progress, interrupt)?)))?;
    let mut count = Command::new(venv::program(&root, "python"));
    count.arg("infra/resources.py").current_dir(&root).env("PYTHONDONTWRITEBYTECODE", "1");
    print!("{}", output(count)?);
    Ok(ExitCode::SUCCESS)
}
