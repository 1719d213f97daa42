//! Pieces of a document that are found and quoted as one.
//!
//! Sentences under one heading of one page are packed to about [`TOKENS`] tokens, the last of them repeated at the beginning of the
//! next chunk. A row of a table is a chunk, with the heads of its columns, and so is a question with its answer. What is empty, or
//! was said before under the same headings, is left out.

use std::collections::HashSet;
use std::mem::take;

use semantics::spoken;

use crate::text::{count, sentences};
use crate::{Block, Document};

/// How many tokens a chunk of sentences has at most; one is about three quarters of a word.
const TOKENS: usize = 500;
/// How many of them, at most, are those that the chunk before ended with.
const OVERLAP: usize = 50;
/// From so many letters on a text's language is told by itself; a shorter one has that of its document.
const TELLING: usize = 60;
/// How sure that has to be.
const SURE: f32 = 0.6;
/// How much of a document is read to tell its language, in bytes.
const READ: usize = 4_000;

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
        let mut cutter = Cutter::default();
        for page in &self.pages {
            cutter.page = page.number;
            for block in &page.blocks {
                match block {
                    Block::Heading { level, text } => cutter.heading(*level, text),
                    Block::Text(text) => cutter.text(text),
                    Block::Row { header, cells } => cutter.whole(ChunkKind::Row, row(header, cells)),
                    Block::Faq { question, answer } => cutter.whole(ChunkKind::Faq, faq(question, answer)),
                }
            }
            cutter.end();
        }
        cutter.unheard();
        let mut chunks = cutter.chunks;
        let mut said = HashSet::new();
        chunks.retain(|chunk| said.insert((chunk.heading.clone(), chunk.text.clone())));
        tell_languages(&mut chunks);
        chunks
    }
}

/// What is being cut.
#[derive(Default)]
struct Cutter {
    chunks: Vec<Chunk>,
    page: Option<u32>,
    /// The headings above, highest first, with their levels.
    headings: Vec<(u8, String)>,
    /// Nothing stands under the last heading yet.
    is_bare: bool,
    /// The sentences of the chunk to be, and how many tokens they have; each with whether it begins a paragraph.
    sentences: Vec<(String, bool)>,
    tokens: usize,
    /// How many of the sentences were in the chunk before.
    repeated: usize,
}

impl Cutter {
    fn heading(&mut self, level: u8, text: &str) {
        self.end();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return;
        }
        if self.headings.last().is_some_and(|(last, _)| *last >= level) {
            self.unheard();
        }
        self.headings.retain(|(above, _)| *above < level);
        self.headings.push((level, text));
        self.is_bare = true;
    }

    /// A heading that nothing stands under says something by itself.
    fn unheard(&mut self) {
        if self.is_bare
            && let Some((_, text)) = self.headings.pop()
        {
            self.push(ChunkKind::Prose, text);
        }
    }

    fn text(&mut self, text: &str) {
        for (nth, range) in sentences(text).into_iter().enumerate() {
            let sentence = text.get(range).unwrap_or_default().split_whitespace().collect::<Vec<_>>();
            // Words without a single end of a sentence: a list that a table was, or a text without marks.
            for part in sentence.chunks(TOKENS * 10 / 13) {
                self.sentence(part.join(" "), nth == 0);
            }
        }
    }

    fn sentence(&mut self, sentence: String, begins: bool) {
        let tokens = count(&sentence);
        if self.tokens + tokens > TOKENS && self.sentences.len() > self.repeated {
            let mut kept = 0;
            let is_kept = |(sentence, _): &&(String, bool)| {
                kept += count(sentence);
                kept <= OVERLAP && kept + tokens <= TOKENS
            };
            let mut last: Vec<_> = self.sentences.iter().rev().take_while(is_kept).cloned().collect();
            last.reverse();
            self.end();
            (self.repeated, self.tokens) = (last.len(), last.iter().map(|(sentence, _)| count(sentence)).sum());
            self.sentences = last;
        }
        self.tokens += tokens;
        self.sentences.push((sentence, begins));
    }

    /// Ends the chunk of sentences.
    fn end(&mut self) {
        let sentences = take(&mut self.sentences);
        if sentences.len() > self.repeated {
            let mut text = String::new();
            for (sentence, begins) in sentences {
                if !text.is_empty() {
                    text.push(if begins { '\n' } else { ' ' });
                }
                text.push_str(&sentence);
            }
            self.push(ChunkKind::Prose, text);
        }
        (self.tokens, self.repeated) = (0, 0);
    }

    fn whole(&mut self, kind: ChunkKind, text: String) {
        self.end();
        self.push(kind, text);
    }

    fn push(&mut self, kind: ChunkKind, text: String) {
        if !text.contains(char::is_alphanumeric) {
            return;
        }
        self.is_bare = false;
        let heading = self.headings.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" > ");
        self.chunks.push(Chunk { page: self.page, heading, kind, text, language: String::new() });
    }
}

fn row(header: &[String], cells: &[String]) -> String {
    let cell = |(at, cell): (usize, &String)| {
        let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        match header.get(at).map(|head| head.trim()).filter(|head| !head.is_empty()) {
            _ if cell.is_empty() => None,
            Some(head) => Some(format!("{head}: {cell}")),
            None => Some(cell),
        }
    };
    cells.iter().enumerate().filter_map(cell).collect::<Vec<_>>().join(", ")
}

/// The question in one line, so that the answer begins behind the first break.
fn faq(question: &str, answer: &str) -> String {
    let question = question.split_whitespace().collect::<Vec<_>>().join(" ");
    match answer.trim() {
        "" => String::new(),
        answer => format!("{question}\n{answer}"),
    }
}

fn tell_languages(chunks: &mut [Chunk]) {
    let mut all = String::new();
    for chunk in chunks.iter().filter(|chunk| chunk.kind != ChunkKind::Row) {
        if all.len() < READ {
            all.push_str(&chunk.text);
            all.push('\n');
        }
    }
    for chunk in chunks.iter().filter(|chunk| chunk.kind == ChunkKind::Row) {
        if all.len() < READ {
            all.push_str(&format!("{} {}\n", chunk.heading, chunk.text));
        }
    }
    let of_all = told(&all).unwrap_or_default();
    for chunk in chunks {
        let own = (chunk.kind != ChunkKind::Row && chunk.text.len() >= TELLING).then(|| told(&chunk.text));
        chunk.language = own.flatten().unwrap_or(of_all).to_owned();
    }
}

fn told(text: &str) -> Option<&'static str> {
    spoken(text).filter(|spoken| spoken.confidence >= SURE && spoken.label.len() == 2).map(|spoken| spoken.label)
}
