//! One document, ready to be searched.

use std::collections::BTreeMap;

use language::{Intent, Intents};
use semantics::Space;

use crate::lexicon::{meaning, meaning_of};
use crate::postings::Postings;
use crate::text::{Stems, Term, Token, tokens};
use crate::vectors::{built_in_space, by_table, embedded_text};
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
    /// The space that the vectors of its chunks are of.
    pub(crate) space: Space,
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
pub(crate) const TITLE: u32 = 2;
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

/// Words that name a topic wherever they stand.
const NAMED: [(&str, Intent); 9] = [
    ("pay", Intent::Payment),
    ("parking", Intent::Parking),
    ("warranty", Intent::Warranty),
    ("deposit", Intent::Deposit),
    ("pet", Intent::Pets),
    ("wifi", Intent::Wifi),
    ("gift", Intent::Gift),
    ("discount", Intent::Discount),
    ("cancel", Intent::Cancel),
];

/// The topics of a question or title in `language`, as bits.
pub(crate) fn topics(text: &str, language: &str) -> u64 {
    let intents = Intents::read(text);
    let read = TOPICS.into_iter().filter(|topic| intents.has(*topic)).fold(0, |bits, topic| bits | bit(topic));
    let stems = Stems::of(language);
    let meanings = tokens(text).into_iter().filter_map(|token| meaning(stems.terms(&token).0, language));
    let named = meanings.fold(0, |bits, meaning| {
        let topic = NAMED.iter().find(|(key, _)| meaning_of(key) == Some(meaning));
        bits | topic.map_or(0, |(_, topic)| bit(*topic))
    });
    let all = read | named;
    // A gift card pays, but is asked for otherwise.
    if all & bit(Intent::Gift) != 0 { all & !bit(Intent::Payment) } else { all }
}

/// The bit of a topic.
pub(crate) fn bit(topic: Intent) -> u64 {
    TOPICS.iter().position(|known| *known == topic).map_or(0, |at| 1 << at)
}

impl Segment {
    /// Makes a document ready to be searched, in the space of the built-in table. What of it stands in `earlier` already, in that space, is
    /// taken from there.
    #[must_use]
    pub fn new(source: Source, document: &Document, earlier: Option<&Self>) -> Self {
        Self::with(source, document, earlier, &mut by_table)
    }

    pub(crate) fn with(
        source: Source,
        document: &Document,
        earlier: Option<&Self>,
        embed: &mut dyn FnMut(&str) -> Option<Vec<i8>>,
    ) -> Self {
        let (chunks, space) = (document.chunks(), built_in_space());
        let earlier = earlier.filter(|earlier| earlier.space == space);
        let known = earlier.map(Self::known).unwrap_or_default();
        let mut terms = Vec::with_capacity(chunks.len());
        let mut entries = Vec::with_capacity(chunks.len());
        for chunk in &chunks {
            let (found, length) = terms_of(&source, chunk);
            let entry = match known.get(&(chunk.heading.as_str(), chunk.text.as_str())) {
                Some(entry) => Entry { length, ..(*entry).clone() },
                None => Entry {
                    length,
                    topics: topics(&title(chunk), &chunk.language),
                    vector: embed(&embedded_text(chunk)).unwrap_or_default(),
                },
            };
            terms.push(found);
            entries.push(entry);
        }
        Self { source, space, postings: Postings::new(&terms), entries, chunks }
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
        for word in tokens(text).iter().flat_map(Token::with_parts) {
            length += times;
            let (typed, written) = stems.terms(word);
            for term in [Some(typed), written].into_iter().flatten() {
                *found.entry(term).or_insert(0) += times;
            }
        }
    }
    (found, length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, Page};

    fn source() -> Source {
        Source { id: "1".to_owned(), name: "Prices".to_owned(), location: None, category: None }
    }

    fn document(texts: &[&str]) -> Document {
        let faq = |text: &&str| Block::Faq { question: (*text).to_owned(), answer: "Yes.".to_owned() };
        Document { pages: vec![Page { number: None, blocks: texts.iter().map(faq).collect() }], ..Document::default() }
    }

    #[test]
    fn only_what_changed_is_embedded() {
        let mut embedded = Vec::new();
        let mut embed = |text: &str| {
            embedded.push(text.to_owned());
            Some(vec![embedded.len() as i8; 4])
        };
        let first = Segment::with(source(), &document(&["Cars?", "Vans?", "Boats?"]), None, &mut embed);
        let second = Segment::with(source(), &document(&["Boats?", "Bikes?", "Cars?"]), Some(&first), &mut embed);
        assert_eq!(embedded, ["\nCars?\nYes.", "\nVans?\nYes.", "\nBoats?\nYes.", "\nBikes?\nYes."]);
        let vectors: Vec<i8> = second.entries.iter().map(|entry| entry.vector[0]).collect();
        assert_eq!(vectors, [3, 4, 1]);
    }

    #[test]
    fn a_document_made_from_an_earlier_one_is_the_same_as_one_made_alone() {
        let earlier = Segment::new(source(), &document(&["Do you take dogs?", "Where are you?"]), None);
        let now = document(&["Where are you?", "Is there parking?"]);
        let renamed = Source { name: "Questions".to_owned(), ..source() };
        assert_eq!(Segment::new(renamed.clone(), &now, Some(&earlier)), Segment::new(renamed, &now, None));
    }

    #[test]
    fn there_is_a_bit_for_each_topic() {
        assert_eq!(TOPICS.iter().fold(0, |bits, topic| bits | bit(*topic)), (1 << TOPICS.len()) - 1);
        assert_eq!(topics("¿Tienen aparcamiento?", "es"), bit(Intent::Parking));
        assert_eq!(topics("¿Venden tarjetas regalo?", "es"), bit(Intent::Gift));
    }
}
