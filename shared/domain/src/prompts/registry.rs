//! Where the versions are kept.

use std::fmt;

use super::{PromptContent, PromptTask, PromptTraffic, PromptVersion};
use crate::Failure;
use crate::circuits::Later;

/// Where versions and their traffic are kept: in the table, or nowhere, and then the versions of the code are used.
pub trait PromptRegistry: fmt::Debug + Send + Sync {
    /// The traffic of every task that has one.
    fn traffic(&self) -> Later<'_, Result<Vec<PromptTraffic>, Failure>>;

    /// What a version says; `None`: there is none.
    fn content<'a>(
        &'a self,
        task: PromptTask,
        version: &'a PromptVersion,
    ) -> Later<'a, Result<Option<PromptContent>, Failure>>;
}
