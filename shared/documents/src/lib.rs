//! Files into text: what a price list, a brochure or a sheet of questions says, in the order in which a person reads it.
//!
//! Pure: bytes in, a [`Document`] or a clear error out, within [`Limits`] and within a time that the caller keeps: no clock is asked
//! here. A file is read as a whole or refused as a whole; only single pages of a PDF can be missing, and these are named in
//! [`Document::unread`]. Whatever the bytes are, nothing panics: a library that would is stopped where it is called, and its file counts
//! as damaged.

mod clean;
mod csv;
mod error;
mod faq;
mod format;
mod html;
mod limits;
mod markdown;
mod office;
mod pdf;
mod table;
mod text;

pub use error::Unreadable;
pub use format::Format;
pub use limits::Limits;

use knowledge::{Block, Document};
use limits::Budget;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads a file. `is_over` says when its time has run out; it is asked often.
///
/// A PDF whose pages are all pictures is read: it has no pages, and all of them are in [`Document::unread`].
///
/// # Errors
/// Where nothing of it can be read.
pub fn read(format: Format, bytes: &[u8], limits: &Limits, is_over: &dyn Fn() -> bool) -> Result<Document, Unreadable> {
    if bytes.len() > limits.bytes {
        let megabytes = |bytes: usize| bytes.div_ceil(1_000_000);
        return Err(Unreadable::TooLarge { megabytes: megabytes(bytes.len()), limit: megabytes(limits.bytes) });
    }
    let budget = Budget::new(*limits, is_over);
    budget.in_time()?;
    let read = AssertUnwindSafe(|| match format {
        Format::Pdf => pdf::read(bytes, &budget),
        Format::Docx => office::docx(bytes, &budget),
        Format::Xlsx => office::xlsx(bytes, &budget),
        Format::Csv => csv::read(bytes, &budget),
        Format::Html => html::read(bytes, &budget),
        Format::Markdown => markdown::read(bytes, &budget),
        Format::Text => text::read(bytes, &budget),
    });
    let mut document = catch_unwind(read).unwrap_or(Err(Unreadable::Damaged))?;
    if document.title.is_none() {
        document.title = first_heading(&document);
    }
    if document.pages.iter().all(|page| page.blocks.is_empty()) && document.unread.is_empty() {
        return Err(Unreadable::Empty);
    }
    Ok(document)
}

/// What a document calls itself where nothing else says so: the heading it begins with.
fn first_heading(document: &Document) -> Option<String> {
    match document.pages.first()?.blocks.first()? {
        Block::Heading { text, .. } => Some(text.clone()),
        _ => None,
    }
}
