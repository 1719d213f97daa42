//! The crate from outside: against stubs of the vendors' APIs.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

mod analyzing;
mod answering;
mod campaigns;
mod cascade;
mod claims;
mod composing;
mod embedding;
mod extras;
mod faithful;
mod hostile;
mod kept;
mod openai;
mod outages;
mod prompts;
mod providers;
mod reading;
mod recorded;
mod registry;
mod routing;
mod scene;
mod streaming;
mod stub;
mod suggesting;
mod summarizing;
mod sure;
mod tasks;
mod training;
mod trouble;
mod vendors;
