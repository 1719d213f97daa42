//! An index as bytes.
//!
//! A head (magic, version, space of the vectors), then one part a document: its length, then its fields. What stands behind the
//! fields of a part, or behind the last part, is passed over, so that a later version may add something there.

use semantics::Space;

use crate::postings::Postings;
use crate::segment::{Entry, Segment, Source};
use crate::{Chunk, ChunkKind, Index};

const MAGIC: &[u8; 4] = b"KNOW";
/// Another one whenever words are cut, or topics ordered, otherwise: an index of an earlier one is built again from the documents.
const VERSION: u32 = 2;

/// Bytes that are no index, or one of another version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

impl std::fmt::Display for Malformed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("the bytes are no index of this version")
    }
}

impl std::error::Error for Malformed {}

impl Index {
    /// The index as bytes, the same for the same documents.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        number(VERSION, &mut bytes);
        text(&self.space().map_or_else(String::new, Space::to_string), &mut bytes);
        number(length(self.segments().len()), &mut bytes);
        for segment in self.segments() {
            let part = written(segment);
            number(length(part.len()), &mut bytes);
            bytes.extend(part);
        }
        bytes
    }

    /// The index that `bytes` hold.
    ///
    /// # Errors
    /// Where they hold none, or one of another version: it is to be built again from the documents.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader(bytes);
        if reader.take(MAGIC.len())? != MAGIC || reader.number()? != VERSION {
            return Err(Malformed);
        }
        let (space, mut index) = (Space::parse(reader.text()?), Self::default());
        for _ in 0..reader.number()? {
            let length = reader.length()?;
            index.segments.push(segment(&mut Reader(reader.take(length)?), space.as_ref().ok_or(Malformed)?)?);
        }
        let is_sorted = index.segments.is_sorted_by(|a, b| a.source.id < b.source.id);
        is_sorted.then_some(index).ok_or(Malformed)
    }
}

fn written(segment: &Segment) -> Vec<u8> {
    let mut bytes = Vec::new();
    let Source { id, name, location, category } = &segment.source;
    text(id, &mut bytes);
    text(name, &mut bytes);
    for optional in [location, category] {
        bytes.push(u8::from(optional.is_some()));
        text(optional.as_deref().unwrap_or_default(), &mut bytes);
    }
    number(length(segment.chunks.len()), &mut bytes);
    for (chunk, entry) in segment.chunks.iter().zip(&segment.entries) {
        number(chunk.page.unwrap_or_default(), &mut bytes);
        bytes.push(match chunk.kind {
            ChunkKind::Prose => 0,
            ChunkKind::Row => 1,
            ChunkKind::Faq => 2,
        });
        for part in [&chunk.heading, &chunk.text, &chunk.language] {
            text(part, &mut bytes);
        }
        number(entry.length, &mut bytes);
        bytes.extend(entry.topics.to_le_bytes());
        number(length(entry.vector.len()), &mut bytes);
        bytes.extend(entry.vector.iter().map(|value| value.cast_unsigned()));
    }
    number(length(segment.postings.terms.len()), &mut bytes);
    for at in segment.postings.terms.iter().chain(&segment.postings.starts) {
        number(*at, &mut bytes);
    }
    number(length(segment.postings.entries.len()), &mut bytes);
    bytes.extend(&segment.postings.entries);
    bytes
}

fn segment(reader: &mut Reader<'_>, space: &Space) -> Result<Segment, Malformed> {
    let (id, name) = (reader.text()?.to_owned(), reader.text()?.to_owned());
    let (location, category) = (reader.optional()?, reader.optional()?);
    let (mut chunks, mut entries) = (Vec::new(), Vec::new());
    for _ in 0..reader.number()? {
        let page = Some(reader.number()?).filter(|page| *page > 0);
        let kind = match reader.take(1)? {
            [0] => ChunkKind::Prose,
            [1] => ChunkKind::Row,
            [2] => ChunkKind::Faq,
            _ => return Err(Malformed),
        };
        let mut text = || reader.text().map(str::to_owned);
        let (heading, text, language) = (text()?, text()?, text()?);
        chunks.push(Chunk { page, heading, kind, text, language });
        let words = reader.number()?;
        let topics = u64::from_le_bytes(reader.take(8)?.try_into().map_err(|_| Malformed)?);
        let dimensions = reader.length()?;
        if dimensions != 0 && dimensions != usize::from(space.dimensions) {
            return Err(Malformed);
        }
        let vector = reader.take(dimensions)?.iter().map(|byte| byte.cast_signed()).collect();
        entries.push(Entry { length: words, topics, vector });
    }
    let count = reader.length()?;
    let terms = reader.numbers(count)?;
    let starts = reader.numbers(count.checked_add(1).ok_or(Malformed)?)?;
    let length = reader.length()?;
    let postings = Postings { terms, starts, entries: reader.take(length)?.to_vec() };
    let source = Source { id, name, location, category };
    Ok(Segment { source, space: space.clone(), chunks, entries, postings })
}

fn length(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn number(number: u32, bytes: &mut Vec<u8>) {
    bytes.extend(number.to_le_bytes());
}

fn text(text: &str, bytes: &mut Vec<u8>) {
    number(length(text.len()), bytes);
    bytes.extend(text.as_bytes());
}

/// Reads bytes from the front.
struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn take(&mut self, length: usize) -> Result<&'b [u8], Malformed> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Malformed)?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u32, Malformed> {
        Ok(u32::from_le_bytes(self.take(4)?.try_into().map_err(|_| Malformed)?))
    }

    fn length(&mut self) -> Result<usize, Malformed> {
        usize::try_from(self.number()?).map_err(|_| Malformed)
    }

    fn numbers(&mut self, count: usize) -> Result<Vec<u32>, Malformed> {
        let bytes = self.take(count.checked_mul(4).ok_or(Malformed)?)?;
        Ok(bytes.chunks_exact(4).filter_map(|four| four.try_into().ok().map(u32::from_le_bytes)).collect())
    }

    fn text(&mut self) -> Result<&'b str, Malformed> {
        let length = self.length()?;
        std::str::from_utf8(self.take(length)?).map_err(|_| Malformed)
    }

    fn optional(&mut self) -> Result<Option<String>, Malformed> {
        let is_some = self.take(1)? == [1];
        let text = self.text()?;
        Ok(is_some.then(|| text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, Document, Page, Query};
    use proptest::prelude::*;

    fn put(index: &mut Index, id: &str, texts: &[&str]) {
        let header = vec!["Service".to_owned(), "Price".to_owned()];
        let row =
            |text: &&str| Block::Row { header: header.clone(), cells: vec![(*text).to_owned(), "30 €".to_owned()] };
        let mut blocks = vec![Block::Heading { level: 1, text: "Prices".to_owned() }];
        blocks.extend(texts.iter().map(row));
        let document = Document { pages: vec![Page { number: Some(1), blocks }], ..Document::default() };
        let source =
            Source { id: id.to_owned(), name: id.to_owned(), location: Some("north".to_owned()), category: None };
        index.put(Segment::new(source, &document, None));
    }

    fn index() -> Index {
        let mut index = Index::default();
        put(&mut index, "b", &["Haircut", "Beard trim"]);
        put(&mut index, "a", &["Massage"]);
        index
    }

    fn query(text: &str) -> Query<'_> {
        Query { text, before: &[], language: "en", location: Some("north"), category: None, limit: 3, point: None }
    }

    #[test]
    fn an_index_is_what_it_was_after_it_was_kept() {
        let index = index();
        let bytes = index.to_bytes();
        assert_eq!(Index::from_bytes(&bytes).expect("an index"), index);
        assert_eq!(Index::from_bytes(&Index::default().to_bytes()), Ok(Index::default()));
    }

    #[test]
    fn the_order_in_which_documents_came_does_not_matter() {
        let mut other = Index::default();
        put(&mut other, "a", &["Massage"]);
        put(&mut other, "c", &["Gone"]);
        put(&mut other, "b", &["Another"]);
        let mut other = Index::from_bytes(&other.to_bytes()).expect("an index");
        put(&mut other, "b", &["Haircut", "Beard trim"]);
        assert!(other.remove("c"));
        assert!(!other.remove("c"));
        assert_eq!(other.to_bytes(), index().to_bytes());
    }

    #[test]
    fn what_a_later_version_adds_is_passed_over_and_another_version_refused() {
        let mut bytes = index().to_bytes();
        bytes.extend(b"later");
        assert_eq!(Index::from_bytes(&bytes), Ok(index()));
        bytes[4] += 1;
        assert_eq!(Index::from_bytes(&bytes), Err(Malformed));
        assert_eq!(Index::from_bytes(b""), Err(Malformed));
    }

    #[test]
    fn what_a_later_version_adds_to_a_document_is_passed_over() {
        let part = written(&index().segments()[0]);
        let mut longer = part.clone();
        longer.extend(b"later");
        let space = index().space().expect("documents").clone();
        assert_eq!(segment(&mut Reader(&longer), &space), segment(&mut Reader(&part), &space));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn damaged_bytes_are_refused_or_searched_and_never_panic(
            cut in 0_usize..2_000, damage in prop::collection::vec((0_usize..2_000, any::<u8>()), 0..6),
        ) {
            let mut bytes = index().to_bytes();
            for (at, byte) in damage {
                let length = bytes.len();
                bytes[at % length] = byte;
            }
            bytes.truncate(bytes.len() - cut.saturating_sub(1_000) % bytes.len());
            if let Ok(damaged) = Index::from_bytes(&bytes) {
                prop_assert!(damaged.scored(&query("how much is a haircut")).len() <= 3);
                Index::from_bytes(&damaged.to_bytes()).expect("what was read can be kept");
            }
        }
    }
}
