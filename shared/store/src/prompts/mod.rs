//! The versions of the instructions that models get, their traffic, and what is counted of them.
//!
//! A version is a document that is created and never replaced. The traffic of a task is one document: putting a version live and taking
//! it back are one conditional write, with a line of the platform's audit record. Counters are one item a task, test, version and
//! tenant, in shards: tenants never wait for each other.

pub(crate) mod counting;
pub(crate) mod entities;
pub(crate) mod feedback;
pub(crate) mod keys;
mod registry;
mod reviews;
#[cfg(test)]
pub(crate) mod samples;
mod versions;

pub use versions::Seeded;

use crate::Document;
use domain::prompts::{PromptReview, PromptTask, PromptTraffic, PromptVersion, StoredPrompt};
use jiff::civil::Date;

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

impl Document for PromptReview {
    const NAME: &'static str = "prompt_review";
    fn id(&self) -> String {
        review_id(self.task, self.night)
    }
}

/// The reviews of a task stand together, in the order of their nights.
fn review_id(task: PromptTask, night: Date) -> String {
    format!("{task}#{night}")
}

/// The versions of a task stand together.
fn version_id(task: PromptTask, version: &PromptVersion) -> String {
    format!("{task}#{version}")
}
