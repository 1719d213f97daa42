//! One document, ready to be searched.

use std::collections::{BTreeMap, HashMap};

use language::{Intent, Intents};
use semantics::Table;

use crate::postings::Postings;
use crate::text::{Stems, Term, tokens};
use crate::{Chunk, ChunkKind, Document};

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
    pub(crate) source: Source,
    pub(crate) chunks: Vec<Chunk>,
    /// What each chunk is searched by, in the order of the chunks.
    pub(crate) entries: Vec<Entry>,
    pub(crate) postings: Postings,
}

/// What a chunk is searched by, besides its terms.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Entry {
    /// How many words it has.
    pub(crate) length: u32,
    /// What it is about, by its question or headings: bits of [`TOPICS`].
    pub(crate) topics: u64,
    /// Its vector, of length [`SCALE`]; empty where there is none.
    pub(crate) vector: Vec<i8>,
}

/// The length of a vector, in steps of its numbers.
pub(crate) const SCALE: f32 = 127.0;
/// How often a word of the headings, or of the question of a FAQ, counts beside one of the text.
const TITLE: u32 = 2;
/// What people ask about, in five languages. The order is part of how an index is kept.
pub(crate) const TOPICS: [Intent; 26] = [
    Intent::Price,
    Intent::Hours,
    Intent::Place,
    Intent::Phone,
    Intent::Website,
    Intent::Duration,
    Intent::Warranty,
    Intent::Deposit,
    Intent::Payment,
    Intent::Insurance,
    Intent::Insured,
    Intent::Parking,
    Intent::Experience,
    Intent::Documents,
    Intent::Policy,
    Intent::Pets,
    Intent::Children,
    Intent::Wifi,
    Intent::Access,
    Intent::Gift,
    Intent::Loaner,
    Intent::Discount,
    Intent::Cancel,
    Intent::Move,
    Intent::JobApplication,
    Intent::Book,
];

/// The topics of a text, as bits.
pub(crate) fn topics(text: &str) -> u64 {
    let intents = Intents::read(text);
    TOPICS.iter().zip(0..).filter(|(topic, _)| intents.has(**topic)).fold(0, |bits, (_, at)| bits | 1 << at)
}

/// The bit of a topic.
pub(crate) fn bit(topic: Intent) -> u64 {
    TOPICS.iter().position(|known| *known == topic).map_or(0, |at| 1 << at)
}

impl Segment {
    /// Makes a document ready to be searched. What of it stands in `earlier` already is taken from there.
    #[must_use]
    pub fn new(source: Source, document: &Document, earlier: Option<&Self>) -> Self {
        Self::with(source, document, earlier, &mut |text| vector(Table::built_in()?.embed(text)?.values()))
    }

    pub(crate) fn with(
        source: Source,
        document: &Document,
        earlier: Option<&Self>,
        embed: &mut dyn FnMut(&str) -> Option<Vec<i8>>,
    ) -> Self {
        let chunks = document.chunks();
        let known: HashMap<(&str, &str), &Entry> = earlier
            .into_iter()
            .flat_map(|earlier| earlier.chunks.iter().zip(&earlier.entries))
            .map(|(chunk, entry)| ((chunk.heading.as_str(), chunk.text.as_str()), entry))
            .collect();
        let mut terms = Vec::with_capacity(chunks.len());
        let mut entries = Vec::with_capacity(chunks.len());
        for chunk in &chunks {
            let (found, length) = terms_of(&source, chunk);
            let entry = match known.get(&(chunk.heading.as_str(), chunk.text.as_str())) {
                Some(entry) => Entry { length, ..(*entry).clone() },
                None => Entry {
                    length,
                    topics: topics(&title(chunk)),
                    vector: embed(&format!("{}\n{}", chunk.heading, chunk.text)).unwrap_or_default(),
                },
            };
            terms.push(found);
            entries.push(entry);
        }
        Self { source, postings: Postings::new(&terms), entries, chunks }
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

/// Numbers of eight bits for a vector of length one.
pub(crate) fn vector(values: &[f32]) -> Option<Vec<i8>> {
    Some(values.iter().map(|value| (value * SCALE).round() as i8).collect())
}

/// What a chunk says it is about.
fn title(chunk: &Chunk) -> String {
    match (chunk.kind, chunk.text.split_once('\n')) {
        (ChunkKind::Faq, Some((question, _))) => format!("{}. {question}", chunk.heading.replace(" > ", ". ")),
        _ => chunk.heading.replace(" > ", ". "),
    }
}

/// The terms of a chunk with how often it has them, and how many words it has. Its headings and the name of its document count too.
fn terms_of(source: &Source, chunk: &Chunk) -> (BTreeMap<Term, u32>, u32) {
    let stems = Stems::of(&chunk.language);
    let question = match (chunk.kind, chunk.text.split_once('\n')) {
        (ChunkKind::Faq, Some((question, _))) => question,
        _ => "",
    };
    let mut found = BTreeMap::new();
    let mut length = 0;
    for (text, times) in
        [(chunk.text.as_str(), 1), (question, TITLE - 1), (chunk.heading.as_str(), TITLE), (source.name.as_str(), 1)]
    {
        for token in tokens(text) {
            length += times;
            let (typed, written) = stems.terms(&token);
            for term in [Some(typed), written].into_iter().flatten() {
                *found.entry(term).or_insert(0) += times;
            }
        }
    }
    (found, length)
}
