//! What a business lets Porchlight answer from: its files, and questions with their answers.
//!
//! A document is sent, read, and put into the tenant's index as one step: what a document's record says and what the index holds are
//! written together. No file is read here: the steps say what follows from each thing that happens to a document.

mod document;
mod faq;
mod notice;
mod steps;

pub use document::{
    DocumentFailure, DocumentFormat, DocumentStatus, FailureCode, KnowledgeDocument, UnreadPage, UnreadReason,
};
pub use faq::{Faq, FaqPair, MAX_FAQ_BYTES, MAX_PAIRS};
pub use notice::DocumentNotice;
pub use steps::{Begun, Description, Reading};

/// The most documents of a tenant.
pub const MAX_DOCUMENTS: usize = 200;
/// The largest file, in bytes.
pub const MAX_DOCUMENT_BYTES: u64 = 20_000_000;
/// The most chunks of all of a tenant's documents together.
pub const MAX_CHUNKS: usize = 50_000;
/// What the file of a document is called in the bucket: the bucket tells of objects whose names end so.
pub const DOCUMENT_FILE: &str = "file";
