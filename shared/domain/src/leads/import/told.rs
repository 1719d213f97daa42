//! Lines of a file that made no contact, and why.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{ContactId, Failure};

/// What became of a line that made no contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ToldKind {
    /// Something is wrong with it.
    Refused,
    /// Its address belongs to a contact.
    Duplicate,
}

/// A line that made no contact, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ToldLine {
    /// Where it begins; the head is line 1.
    pub line: u64,
    /// What became of it.
    pub kind: ToldKind,
    /// The column at fault or with the address, or the part of a contact that does not fit.
    pub column: String,
    /// What to change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Whose the address is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactId>,
}

impl ToldLine {
    /// The longest detail, in characters: some quote a cell.
    const MAX_DETAIL: usize = 300;

    /// A line that was passed over. What failed for our part is not blamed on the line.
    #[must_use]
    pub fn refused(line: u64, failure: &Failure) -> Self {
        let (column, detail) = match failure {
            Failure::Rejected { field, message, .. } => (field.clone().unwrap_or_default(), message.as_str()),
            Failure::Retryable(_) | Failure::Permanent(_) => {
                (String::new(), "this line could not be stored: import it again")
            }
        };
        let detail = detail.chars().take(Self::MAX_DETAIL).collect();
        Self { line, kind: ToldKind::Refused, column, detail: Some(detail), contact: None }
    }

    /// A line whose address is someone's.
    #[must_use]
    pub fn duplicate(line: u64, column: &str, contact: ContactId) -> Self {
        Self { line, kind: ToldKind::Duplicate, column: column.to_owned(), detail: None, contact: Some(contact) }
    }
}
