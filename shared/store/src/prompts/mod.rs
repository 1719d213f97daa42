//! The versions of the instructions that models get, their traffic, and what is counted of them.
//!
//! A version is a document that is created and never replaced. The traffic of a task is one document: putting a version live and taking
//! it back are one conditional write, with a line of the platform's audit record. Counters are one item a task, test, version and
//! tenant, in shards: tenants never wait for each other.

pub(crate) mod counting;
pub(crate) mod entities;
pub(crate) mod keys;
mod registry;
#[cfg(test)]
pub(crate) mod samples;
mod versions;

pub use versions::Seeded;

use crate::Document;
use domain::prompts::{PromptTask, PromptTraffic, PromptVersion, StoredPrompt};

crate::repositories! {
    /// The versions of instructions.
    prompts: Prompts;
}

impl Document for StoredPrompt {
    const NAME: &'static str = "prompt";
    fn id(&self) -> String {
        version_id(self.content.task, &self.content.version)
    }
}

impl Document for PromptTraffic {
    const NAME: &'static str = "prompt_traffic";
    fn id(&self) -> String {
        self.task.as_str().to_owned()
    }
}

/// The versions of a task stand together.
fn version_id(task: PromptTask, version: &PromptVersion) -> String {
    format!("{task}#{version}")
}
