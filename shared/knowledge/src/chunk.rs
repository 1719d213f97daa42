//! Pieces of a document that are found and quoted as one.

use crate::{Block, Document};

/// A piece of a document: some sentences, one row of a table with its heads, or one question with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// The page it begins on, from 1; `None` in a format without pages.
    pub page: Option<u32>,
    /// The headings it stands under, highest first, joined by " > "; may be empty.
    pub heading: String,
    /// What kind of piece it is.
    pub kind: ChunkKind,
    /// Its words, as they are quoted.
    pub text: String,
    /// Its language: a two-letter ISO 639-1 code; empty where that cannot be told.
    pub language: String,
}

/// What kind of piece a chunk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChunkKind {
    /// Sentences.
    Prose,
    /// A row of a table: "head: cell, head: cell".
    Row,
    /// A question, a line break, and its answer.
    Faq,
}

impl Document {
    /// The document in pieces.
    #[must_use]
    pub fn chunks(&self) -> Vec<Chunk> {
        let mut chunks = Vec::new();
        for page in &self.pages {
            let mut heading = String::new();
            for block in &page.blocks {
                let (kind, text) = match block {
                    Block::Heading { text, .. } => {
                        heading.clone_from(text);
                        continue;
                    }
                    Block::Text(text) => (ChunkKind::Prose, text.clone()),
                    Block::Row { header, cells } => (ChunkKind::Row, row(header, cells)),
                    Block::Faq { question, answer } => (ChunkKind::Faq, format!("{question}\n{answer}")),
                };
                let (page, heading) = (page.number, heading.clone());
                chunks.push(Chunk { page, heading, kind, text, language: String::new() });
            }
        }
        chunks
    }
}

fn row(header: &[String], cells: &[String]) -> String {
    let cell = |(at, cell): (usize, &String)| match header.get(at).filter(|head| !head.is_empty()) {
        Some(head) => format!("{head}: {cell}"),
        None => cell.clone(),
    };
    cells.iter().enumerate().map(cell).collect::<Vec<_>>().join(", ")
}
