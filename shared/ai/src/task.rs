//! Tasks: what models are asked, each declared in one place.

use std::time::Duration;

use domain::tenancy::CostMode;
use domain::tenancy::usage::Feature;
use domain::{ContactId, TenantId};
use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::Degraded;
use crate::cache::alike::Alike;
use crate::hearing::Hearing;
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
    /// Whether the answer to a request is kept, and for whom: the same request is then not paid for twice.
    pub keeping: Keeping,
    /// Whether like questions may share an answer.
    pub shares: bool,
    /// For everything: all tries, all vendors, all tiers.
    pub time_limit: Duration,
    /// What stands in for the model.
    pub fallback: &'static str,
}

/// Whose an answer is that is kept for the same request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// Each request wants an answer of its own.
    Never,
    /// The contact's, with whom it goes: the answer may hold what they said. For so long.
    WithContact(SignedDuration),
    /// The tenant's: the answer holds nothing that anyone said. For so long.
    WithTenant(SignedDuration),
}

/// Whose an answer is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope<'a> {
    /// Never another one's.
    pub(crate) tenant: &'a TenantId,
    /// Whose words the prompt has.
    pub(crate) contact: Option<ContactId>,
}

/// How long the answer about a record of a queue is kept: one that comes again, because whoever had it died, comes within this.
pub(crate) const REDELIVERED_WITHIN: SignedDuration = SignedDuration::from_hours(1);

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

    /// Whose the answer is.
    fn scope(&self) -> Scope<'_>;

    /// The question, where it may share an answer with others.
    fn alike(&self, _: &Prompt) -> Option<Alike> {
        None
    }

    /// Whether `output` may be given to like questions, and to this one if it was given to another.
    fn may_share(&self, _: &Self::Output) -> bool {
        false
    }

    /// Who hears what is written into a field of the form, while it is written.
    fn hearing(&self) -> Option<Hearing> {
        None
    }

    /// The tool, made once in a process.
    fn tool() -> &'static Tool;

    /// The version of the instructions. An answer that is kept is of one version.
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
