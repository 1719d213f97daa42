//! PDF.
//!
//! A page says where each character is and in which size; words, lines, columns, tables and paragraphs are found from that. Every stream
//! is unpacked here, by the budget; images are never decoded.

mod bidi;
mod blocks;
mod content;
mod fonts;
mod forms;
mod grids;
mod layout;
mod regions;
mod running;
mod streams;
mod tables;

use crate::limits::Budget;
use crate::{Unreadable, clean, faq};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use knowledge::{Document, Page, UnreadPage};

pub(crate) fn read(bytes: &[u8], budget: &Budget<'_>) -> Result<Document, Unreadable> {
    streams::weigh_all(bytes, budget)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(refused)?;
    budget.in_time()?;
    let pages = pdf.pages();
    let (count, limit) = (pages.len(), budget.limits.pages);
    if count > limit {
        return Err(Unreadable::TooManyPages { pages: count, limit });
    }
    if count == 0 {
        return Err(Unreadable::Damaged);
    }
    let mut fonts = fonts::Fonts::new();
    let mut read = Vec::with_capacity(count);
    let mut unread = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        budget.in_time()?;
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let drawn = content::read(page, &mut fonts, budget)?;
        let fields = forms::fields(page, budget)?;
        match drawn.unread() {
            Some(reason) if fields.is_empty() => unread.push(UnreadPage { number, reason }),
            _ => read.push((number, layout::rows(drawn, budget)?, fields)),
        }
    }
    let sizes = blocks::Sizes::of(read.iter().flat_map(|(_, layout, _)| &layout.rows));
    running::drop(read.iter_mut().map(|(number, layout, _)| (*number, &mut layout.rows)).collect(), sizes.body);
    let mut document = Document { title: title(&pdf), pages: Vec::new(), unread };
    for (number, layout, fields) in read {
        let mut pieces = blocks::pieces(layout, &sizes, budget)?;
        pieces.extend(fields);
        let blocks = faq::blocks(pieces);
        if !blocks.is_empty() {
            document.pages.push(Page { number: Some(number), blocks });
        }
    }
    Ok(document)
}

fn refused(error: LoadPdfError) -> Unreadable {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Unreadable::Password,
        LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm) => Unreadable::Encrypted,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => Unreadable::Damaged,
    }
}

/// The title that the file gives itself, unless it is the name of another file.
fn title(pdf: &Pdf) -> Option<String> {
    let title = clean::line(&streams::text(pdf.metadata().title.as_deref()?));
    let lower = title.to_lowercase();
    let is_name =
        lower.starts_with("microsoft ") || lower == "untitled" || FILES.iter().any(|end| lower.ends_with(end));
    (!title.is_empty() && !is_name).then_some(title)
}

const FILES: &[&str] =
    &[".doc", ".docx", ".xls", ".xlsx", ".odt", ".indd", ".pdf", ".tex", ".dvi", ".ppt", ".pptx", ".cdr", ".pub"];
