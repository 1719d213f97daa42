//! Tasks: what models are asked, each declared in one place.

use std::time::Duration;

use domain::tenancy::CostMode;
use domain::tenancy::usage::Feature;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::Degraded;
use crate::prompt::{Prompt, Script};
use crate::tool::Tool;

/// The facts of a task. `docs/ai.md` lists them; a test compares. The model that it begins with, and how much a try may write, go with
/// the version of its instructions. A simple task goes on to the model above when its answer is less sure than [`SURE`].
#[derive(Debug, Clone, Copy)]
pub struct Declared {
    /// Its name, and the name of the tool through which it is answered.
    pub name: &'static str,
    /// What the tool does, for the model.
    pub tool: &'static str,
    /// Under what its tokens are counted.
    pub feature: Feature,
    /// Whether the answer is the same for the same input: no time, no conversation in it.
    pub cacheable: bool,
    /// For everything: all tries, all vendors, all tiers.
    pub time_limit: Duration,
    /// What stands in for the model.
    pub fallback: &'static str,
}

/// How sure a simple task's answer must be to be taken from the cheapest model, in percent (seed 000, part 1.1).
pub const SURE: u8 = 85;

/// One thing to be done by a model: what it is given are the fields of whoever implements this.
pub(crate) trait Task {
    /// What the model fills in.
    type Form: DeserializeOwned + JsonSchema;
    /// The result.
    type Output;
    /// The facts.
    const DECLARED: Declared;

    /// The tool, made once in a process.
    fn tool() -> &'static Tool;

    /// The version of the instructions.
    fn script(&self) -> &Script;

    /// What the model is told.
    fn prompt(&self, cost_mode: CostMode) -> Prompt;

    /// Checks what the model filled in.
    fn accept(&self, form: Self::Form) -> Result<Rated<Self::Output>, Degraded>;
}

/// The result of a task, and how sure the model is of it, in percent.
#[derive(Debug)]
pub(crate) struct Rated<T> {
    pub(crate) value: T,
    pub(crate) confidence: u8,
}

impl Tool {
    pub(crate) fn of<T: Task>() -> Self {
        Self::new::<T::Form>(T::DECLARED.name, T::DECLARED.tool)
    }
}
