//! All that a business's documents say, ready to be searched.

use std::ops::Range;

use crate::{Chunk, Document};

/// The document that a chunk is of, as far as a search has to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The id of the document.
    pub id: String,
    /// What a person calls it: the name of the file, or the title.
    pub name: String,
    /// The location that it is about; `None`: all of them.
    pub location: Option<String>,
    /// The category that the business put it in.
    pub category: Option<String>,
}

/// One document of an index: its chunks, ready to be searched.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    source: Source,
    chunks: Vec<Chunk>,
}

impl Segment {
    /// Makes a document ready to be searched. What of it stands in `earlier` already is taken from there.
    #[must_use]
    pub fn new(source: Source, document: &Document, _earlier: Option<&Self>) -> Self {
        Self { source, chunks: document.chunks() }
    }

    /// The document.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Its pieces.
    #[must_use]
    pub fn chunks(&self) -> &[Chunk] {
        &self.chunks
    }
}

/// The documents of one business.
#[derive(Debug, Clone, Default)]
pub struct Index {
    segments: Vec<Segment>,
}

/// Bytes that are no index, or one of another version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Query<'q> {
    /// What the customer asks now.
    pub text: &'q str,
    /// Their messages before, oldest first: they help where the question leaves something out ("and for a van?"). Two are enough.
    pub before: &'q [&'q str],
    /// The language of the question: a two-letter ISO 639-1 code.
    pub language: &'q str,
    /// The location the talk is about: what is about another one is not found. `None`: only what is about all of them.
    pub location: Option<&'q str>,
    /// Only what is in this category.
    pub category: Option<&'q str>,
    /// At most so many.
    pub limit: usize,
}

/// A piece that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<'i> {
    /// The document.
    pub source: &'i Source,
    /// The piece.
    pub chunk: &'i Chunk,
    /// How well it fits, from 0 to 1; what is under [`FLOOR`] is not found by [`Index::search`].
    pub score: f32,
    /// The sentence of it that answers best, as a range of bytes of the chunk's text.
    pub best: Range<usize>,
    /// The words of it that were asked for, as ranges of bytes of the chunk's text.
    pub highlights: Vec<Range<usize>>,
}

/// A piece with a lower score says nothing about the question.
pub const FLOOR: f32 = 0.5;

impl Index {
    /// Takes a document in, in the place of an earlier version of it.
    pub fn put(&mut self, segment: Segment) {
        self.remove(&segment.source.id);
        self.segments.push(segment);
        self.segments.sort_by(|a, b| a.source.id.cmp(&b.source.id));
    }

    /// Takes a document out. Says whether it was there.
    pub fn remove(&mut self, id: &str) -> bool {
        let before = self.segments.len();
        self.segments.retain(|segment| segment.source.id != id);
        self.segments.len() < before
    }

    /// Its documents, by id.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// How many pieces it has.
    #[must_use]
    pub fn chunks(&self) -> usize {
        self.segments.iter().map(|segment| segment.chunks.len()).sum()
    }

    /// What answers a question, best first; empty where nothing does.
    #[must_use]
    pub fn search(&self, query: &Query<'_>) -> Vec<Found<'_>> {
        let mut found = self.scored(query);
        found.retain(|found| found.score >= FLOOR);
        found
    }

    /// The best pieces, also those that say nothing about the question: for whoever tries a question out.
    #[must_use]
    pub fn scored(&self, query: &Query<'_>) -> Vec<Found<'_>> {
        let asked: Vec<String> = words(query.text);
        let mut found = Vec::new();
        for segment in &self.segments {
            let source = &segment.source;
            let is_here = source.location.is_none() || source.location.as_deref() == query.location;
            let is_in = query.category.is_none() || source.category.as_deref() == query.category;
            for chunk in segment.chunks.iter().filter(|_| is_here && is_in) {
                let said = words(&chunk.text);
                let shared = asked.iter().filter(|word| said.contains(word)).count();
                let score = f32::from(u16::try_from(shared).unwrap_or(u16::MAX))
                    / f32::from(u16::try_from(asked.len().max(1)).unwrap_or(u16::MAX));
                found.push(Found { source, chunk, score, best: 0..chunk.text.len(), highlights: Vec::new() });
            }
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        found.truncate(query.limit);
        found
    }
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
    words.map(str::to_lowercase).collect()
}
