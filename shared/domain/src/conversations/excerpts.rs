//! What the business's documents say about a message: the excerpts that a search found, held against its catalogue and against each
//! other before anyone quotes them.
//!
//! An excerpt is data. Whatever it says, it is only ever quoted, or given to a model between marks; it never decides what is done.

mod quoting;
#[cfg(test)]
mod tests;
mod weighing;
mod wording;

use serde::{Deserialize, Serialize};
use std::ops::Range;
use utoipa::ToSchema;

pub use weighing::{Disagreement, Findings};

pub(super) use quoting::Quote;
pub(super) use wording::is_alike;

/// How many of the customer's messages before help to understand this one.
pub const LINES_BEFORE: usize = 2;

/// A text repeats a sentence that has so many of its telling words, and such a share of them.
const MIN_REPEATED: usize = 3;
const MIN_REPEATED_PERCENT: usize = 60;

/// What is looked for in the business's documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// What the customer asks now.
    pub text: String,
    /// Their messages before, oldest first, at most [`LINES_BEFORE`].
    pub before: Vec<String>,
    /// The language they write in.
    pub language: String,
    /// The id of the location that the talk is about, where it is known.
    pub location: Option<String>,
}

/// A piece of a document that may answer a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Excerpt {
    /// The document, and the page.
    pub citation: Citation,
    /// The id of the location that the document is about; `None`: all of them.
    pub location: Option<String>,
    /// The headings that it stands under; may be empty.
    pub heading: String,
    /// What it is.
    pub kind: ExcerptKind,
    /// Its words.
    pub text: String,
    /// The sentence of it that answers best, as a range of bytes of `text`.
    pub best: Range<usize>,
    /// Its language, as a two-letter code; empty where that is not known.
    pub language: String,
}

/// What an excerpt is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExcerptKind {
    /// Sentences.
    Prose,
    /// A row of a table: "head: cell, head: cell".
    Row,
    /// A question, a line break, and its answer.
    Faq,
}

/// A place in one of the business's documents that a reply goes back to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct Citation {
    /// The id of the document.
    pub document: String,
    /// What the document was called then.
    #[schema(example = "Price list.pdf")]
    pub name: String,
    /// The page, counted from 1; absent in a format without pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 2)]
    pub page: Option<u32>,
}

impl Citation {
    /// As staff read it: `"Price list.pdf", page 2`.
    #[must_use]
    pub fn shown(&self) -> String {
        match self.page {
            Some(page) => format!("\"{}\", page {page}", self.name),
            None => format!("\"{}\"", self.name),
        }
    }
}

/// So many questions of one message are looked for one by one.
const MOST_PARTS: usize = 3;

impl Lookup {
    /// The parts of the message that are a question by themselves, where that is not all of it: "my son is eight, do you treat
    /// children?" What names nothing ("and for how much?") is none.
    pub fn questions(&self) -> impl Iterator<Item = &str> {
        let whole = self.text.trim();
        let parts = whole.split_inclusive([',', ';', '.', '!', '?', '\n']).map(str::trim);
        let asks = move |part: &&str| part.ends_with('?') && *part != whole && !wording::telling(part).is_empty();
        parts.filter(asks).take(MOST_PARTS)
    }
}

impl Excerpt {
    /// The sentence that answers best: of a question with its answer, the answer.
    #[must_use]
    pub fn best_words(&self) -> &str {
        let best = self.text.get(self.best.clone()).unwrap_or(&self.text);
        let is_question = |answer: &str| self.kind == ExcerptKind::Faq && !answer.contains(best.trim());
        match self.answer() {
            Some(answer) if best.contains('\n') || is_question(answer) => answer,
            _ => best,
        }
    }

    /// Whether `text` says in the same words what its best sentence says.
    #[must_use]
    pub fn is_repeated_in(&self, text: &str) -> bool {
        let (words, said) = (wording::telling(self.best_words()), wording::telling(text));
        let repeated = wording::covered(&words, &said).len();
        repeated >= MIN_REPEATED && repeated * 100 >= words.len() * MIN_REPEATED_PERCENT
    }

    /// The answer of a question with its answer.
    fn answer(&self) -> Option<&str> {
        let (_, answer) = self.text.split_once('\n').filter(|_| self.kind == ExcerptKind::Faq)?;
        Some(answer.trim())
    }
}
