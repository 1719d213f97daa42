//! Tasks: what models are asked, each declared in one place.

use std::time::Duration;

use domain::tenancy::usage::Feature;
use domain::tenancy::{CostMode, Tier};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::prompt::Prompt;
use crate::tool::Tool;
use crate::{Degraded, answer, compose, suggest, triage};

/// The facts of a task. `docs/ai.md` lists them; a test compares.
#[derive(Debug, Clone, Copy)]
pub struct Declared {
    /// Its name, and the name of the tool through which it is answered.
    pub name: &'static str,
    /// What the tool does, for the model.
    pub tool: &'static str,
    /// Under what its tokens are counted.
    pub feature: Feature,
    /// The model it begins with, where tenant and budget let it. A simple task goes on to the one above when its answer is
    /// less sure than [`SURE`].
    pub tier: Tier,
    /// Whether the answer is the same for the same input: no time, no conversation in it.
    pub cacheable: bool,
    /// For everything: all tries, all vendors, all tiers.
    pub time_limit: Duration,
    /// The most tokens that one try may write, thinking included.
    pub max_tokens: fn(CostMode) -> u32,
    /// What stands in for the model.
    pub fallback: &'static str,
}

/// How sure a simple task's answer must be to be taken from the cheapest model, in percent (seed 000, part 1.1).
pub const SURE: u8 = 85;

/// All tasks there are.
pub const TASKS: [Declared; 4] = [answer::DECLARED, triage::DECLARED, compose::DECLARED, suggest::DECLARED];

/// One thing to be done by a model: what it is given are the fields of whoever implements this.
pub(crate) trait Task {
    /// What the model fills in.
    type Form: DeserializeOwned + JsonSchema;
    /// What comes of it.
    type Output;
    /// The facts.
    const DECLARED: Declared;

    /// The tool, made once in a process.
    fn tool() -> &'static Tool;

    /// What the model is told.
    fn prompt(&self, cost_mode: CostMode) -> Prompt;

    /// Checks what the model filled in.
    fn accept(&self, form: Self::Form) -> Result<Rated<Self::Output>, Degraded>;
}

/// What came of a task, and how sure the model is of it, in percent.
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
