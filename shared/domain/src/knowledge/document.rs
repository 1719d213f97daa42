//! A document, and how far it is.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{DocumentId, LocationId};

/// How far a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentStatus {
    /// Its file is not there yet.
    WaitingForFile,
    /// It waits to be read.
    Queued,
    /// It is being read.
    Reading,
    /// Answers are given from it.
    Ready,
    /// It cannot be read: `failure` says why. Nothing is answered from it.
    Failed,
}

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentFormat {
    /// Portable Document Format.
    Pdf,
    /// A text of Word or of a program that writes such files.
    Docx,
    /// Sheets of Excel or of a program that writes such files.
    Xlsx,
    /// A table as text, its cells separated by commas, semicolons or tabs.
    Csv,
    /// A web page.
    Html,
    /// Text with Markdown's marks.
    Markdown,
    /// Plain text.
    Text,
    /// Questions with their answers, typed in.
    Faq,
}

/// Why a document could not be read, by a code that programs know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    /// It is of no format that is read.
    UnknownFormat,
    /// It is damaged, or not what its name says.
    Damaged,
    /// It is protected by a password.
    Protected,
    /// It, or what is packed in it, is too large, or has too many pages.
    TooLarge,
    /// There is nothing in it.
    Empty,
    /// It has pictures of pages and no text.
    OnlyImages,
    /// Together with the other documents it is more than an index holds.
    IndexFull,
    /// Reading it took longer than a file is given.
    TookTooLong,
}

/// Why a document could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DocumentFailure {
    /// For programs.
    pub code: FailureCode,
    /// For whoever sent it: one sentence.
    #[schema(example = "The file is protected by a password.")]
    pub message: String,
}

/// Why nothing of a page could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnreadReason {
    /// It is a picture of text.
    Image,
    /// It is damaged.
    Broken,
}

/// A page of which nothing could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnreadPage {
    /// Counted from 1.
    pub page: u32,
    /// Why.
    pub reason: UnreadReason,
}

/// A document that answers are given from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c", "name": "Price list 2027.pdf", "format": "pdf", "category": "prices",
    "status": "ready", "bytes": 48213, "pages": 4, "chunks": 37, "unread_pages": [{"page": 3, "reason": "image"}],
    "languages": ["en"], "uploaded_at": "2026-11-20T12:00:00Z", "ready_at": "2026-11-20T12:00:04Z"
}))]
pub struct KnowledgeDocument {
    /// Its id.
    pub id: DocumentId,
    /// What people call it; answers name it as their source.
    pub name: String,
    /// What it is; absent until its file was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub format: Option<DocumentFormat>,
    /// The location that it is about; absent: all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub location: Option<LocationId>,
    /// The category that the business put it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub category: Option<String>,
    /// How far it is.
    pub status: DocumentStatus,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub failure: Option<DocumentFailure>,
    /// Its size; until the file is there, the size that was announced.
    pub bytes: u64,
    /// How many pages it has; absent in formats without pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub pages: Option<u32>,
    /// In how many pieces it is in the index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub chunks: Option<u32>,
    /// Pages of which nothing could be read.
    #[serde(default)]
    pub unread_pages: Vec<UnreadPage>,
    /// The languages that it is written in, as ISO 639-1 codes, the most frequent first.
    #[serde(default)]
    pub languages: Vec<String>,
    /// When it was added, or an address for a new version of it was last asked for (UTC).
    pub uploaded_at: Timestamp,
    /// Since when it can be answered from (UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ready_at: Option<Timestamp>,
    /// SHA-256 of the content that `status` is about. The same content again is not read again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub hash: Option<String>,
    /// How often the reading of this content was begun and did not come to an end.
    #[serde(default)]
    pub attempts: u32,
}
