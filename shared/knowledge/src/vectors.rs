//! Whose vectors an index has: the built-in table's, which are looked up on the spot, or a vendor's, which whoever asks the vendor puts in.
//!
//! All vectors of an index are of one space, and only points of that space are compared with them. A text that has its vector in a space
//! is not embedded there again.

use std::collections::HashMap;

use semantics::{Embedding, Space, Table};

use crate::segment::{Entry, vector};
use crate::{Chunk, Index, Query, Segment};

impl Index {
    /// The space of its vectors; `None` where there is no document.
    #[must_use]
    pub fn space(&self) -> Option<&Space> {
        self.segments.first().map(|segment| &segment.space)
    }

    /// Whether its vectors are the built-in table's, or there is none: no vendor is asked to search it.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        self.space().is_none_or(|space| *space == built_in_space())
    }

    /// The same documents in `space`, that of the built-in table where it is `None`. What a vendor has to embed is [lacking](Self::lacking).
    #[must_use]
    pub fn moved_to(&self, space: Option<&Space>) -> Self {
        let (mut moved, space) = (self.clone(), space.cloned().unwrap_or_else(built_in_space));
        for segment in &mut moved.segments {
            segment.move_to(&space, None);
        }
        moved
    }

    /// The texts that a vendor has not embedded yet: until then they are found by their words alone.
    #[must_use]
    pub fn lacking(&self) -> Vec<String> {
        self.segments.iter().flat_map(Segment::lacking).collect()
    }

    /// Takes those of `points`, by their texts, that it lacks.
    pub fn fill(&mut self, points: &HashMap<String, Embedding>) {
        for segment in &mut self.segments {
            segment.fill(points);
        }
    }

    /// Whether more than words tells what a question finds: it is a point of the space of the index.
    #[must_use]
    pub fn knows_meaning_of(&self, query: &Query<'_>) -> bool {
        self.point(query).is_some()
    }

    /// What is asked as a point of the space of the index. The table knows English alone.
    pub(crate) fn point(&self, query: &Query<'_>) -> Option<Embedding> {
        if !self.is_built_in() {
            return query.point.filter(|point| Some(point.space()) == self.space()).cloned();
        }
        let is_known = query.language == "en" || query.language.is_empty();
        is_known.then(|| Table::built_in()?.embed(query.text)).flatten()
    }
}

impl Segment {
    /// Goes over to `space`. Chunks that stand in `earlier` already, in that space, have their vectors from there; of the others the
    /// table's are looked up, and a vendor's are lacking.
    pub(crate) fn move_to(&mut self, space: &Space, earlier: Option<&Self>) {
        if self.space == *space {
            return;
        }
        let known: HashMap<(&str, &str), &Entry> =
            earlier.filter(|earlier| earlier.space == *space).map(Self::known).unwrap_or_default();
        let is_table = *space == built_in_space();
        for (chunk, entry) in self.chunks.iter().zip(&mut self.entries) {
            entry.vector = match known.get(&(chunk.heading.as_str(), chunk.text.as_str())) {
                Some(known) => known.vector.clone(),
                None if is_table => by_table(&embedded_text(chunk)).unwrap_or_default(),
                None => Vec::new(),
            };
        }
        self.space = space.clone();
    }

    /// The texts of its chunks that a vendor has not embedded yet.
    pub(crate) fn lacking(&self) -> impl Iterator<Item = String> {
        let is_table = self.space == built_in_space();
        let all = self.chunks.iter().zip(&self.entries);
        all.filter(move |(_, entry)| !is_table && entry.vector.is_empty()).map(|(chunk, _)| embedded_text(chunk))
    }

    /// Takes those of `points`, by their texts, that it lacks.
    pub(crate) fn fill(&mut self, points: &HashMap<String, Embedding>) {
        for (chunk, entry) in self.chunks.iter().zip(&mut self.entries).filter(|(_, entry)| entry.vector.is_empty()) {
            let point = points.get(&embedded_text(chunk)).filter(|point| *point.space() == self.space);
            entry.vector = point.and_then(|point| vector(point.values())).unwrap_or_default();
        }
    }

    /// What each of its chunks is searched by, by headings and text.
    pub(crate) fn known(&self) -> HashMap<(&str, &str), &Entry> {
        let all = self.chunks.iter().zip(&self.entries);
        all.map(|(chunk, entry)| ((chunk.heading.as_str(), chunk.text.as_str()), entry)).collect()
    }
}

/// The space of the built-in table; where there is none, one without dimensions.
pub(crate) fn built_in_space() -> Space {
    let none = || Space { model: String::new(), version: 0, dimensions: 0 };
    Table::built_in().map_or_else(none, |table| table.space().clone())
}

pub(crate) fn by_table(text: &str) -> Option<Vec<i8>> {
    vector(Table::built_in()?.embed(text)?.values())
}

/// What of a chunk is embedded, whoever does it.
pub(crate) fn embedded_text(chunk: &Chunk) -> String {
    format!("{}\n{}", chunk.heading, chunk.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, Document, Page, Ranking, Source};

    fn space(model: &str) -> Space {
        Space { model: model.to_owned(), version: 1, dimensions: 2 }
    }

    fn segment(id: &str, texts: &[&str]) -> Segment {
        let faq = |text: &&str| Block::Faq { question: (*text).to_owned(), answer: "Yes.".to_owned() };
        let pages = vec![Page { number: None, blocks: texts.iter().map(faq).collect() }];
        let source = Source { id: id.to_owned(), name: id.to_owned(), location: None, category: None };
        Segment::new(source, &Document { pages, ..Document::default() }, None)
    }

    fn index() -> Index {
        let mut index = Index::default();
        index.put(segment("a", &["Do you take dogs?", "Where are you?"]));
        index.put(segment("b", &["Is there parking?"]));
        index
    }

    /// Of `space`, each text elsewhere than the one before.
    fn points(space: &Space, texts: Vec<String>) -> HashMap<String, Embedding> {
        let point = |(nth, text): (usize, String)| {
            let point = Embedding::new(space.clone(), vec![1.0, f32::from(u8::try_from(nth).expect("few"))]);
            (text, point.expect("a point"))
        };
        texts.into_iter().enumerate().map(point).collect()
    }

    fn query<'q>(text: &'q str, point: Option<&'q Embedding>) -> Query<'q> {
        Query { text, before: &[], language: "es", location: None, category: None, limit: 3, point }
    }

    #[test]
    fn an_index_goes_over_to_another_space_and_back_as_a_whole() {
        let (tables, vendors) = (index(), space("vendor"));
        let mut moved = tables.moved_to(Some(&vendors));
        assert_eq!((moved.space(), moved.is_built_in(), tables.is_built_in()), (Some(&vendors), false, true));
        assert_eq!(
            moved.lacking(),
            ["\nDo you take dogs?\nYes.", "\nWhere are you?\nYes.", "\nIs there parking?\nYes."]
        );
        assert_eq!(tables.lacking(), Vec::<String>::new());
        // Points of a space that looks the same are not taken.
        moved.fill(&points(&space("other"), moved.lacking()));
        assert_eq!(moved.lacking().len(), 3);
        moved.fill(&points(&vendors, moved.lacking()));
        assert_eq!(moved.lacking().len(), 0);
        assert_eq!(Index::from_bytes(&moved.to_bytes()), Ok(moved.clone()), "the space is kept");
        assert_eq!(moved.moved_to(Some(&vendors)), moved);
        assert_eq!(moved.moved_to(None), tables);
    }

    #[test]
    fn a_document_that_comes_in_goes_over_and_only_what_changed_is_lacking() {
        let vendors = space("vendor");
        let mut index = index().moved_to(Some(&vendors));
        index.fill(&points(&vendors, index.lacking()));
        let before = index.get("a").expect("there").entries[1].vector.clone();
        index.put(segment("a", &["Where are you?", "Do you take cats?"]));
        assert_eq!(index.space(), Some(&vendors));
        assert_eq!(index.lacking(), ["\nDo you take cats?\nYes."]);
        assert_eq!(index.get("a").expect("there").entries[0].vector, before);
        assert!(index.search(&Query { language: "en", ..query("Do you take cats?", None) }).len() == 1, "by its words");
    }

    #[test]
    fn what_is_asked_is_compared_in_the_space_of_the_index_alone() {
        let vendors = space("vendor");
        let mut index = index().moved_to(Some(&vendors));
        index.fill(&points(&vendors, index.lacking()));
        let asked = Embedding::new(vendors.clone(), vec![0.0, 1.0]).expect("a point");
        let query_there = query("¿Hay sitio para el coche?", Some(&asked));
        assert!(index.knows_meaning_of(&query_there));
        assert_eq!(index.candidates(&query_there, Ranking::Vector)[0].source.id, "b", "the nearest, in any language");
        let other = Embedding::new(space("other"), vec![0.0, 1.0]).expect("a point");
        for (index, point) in [(&index, None), (&index, Some(&other)), (&index.moved_to(None), Some(&asked))] {
            assert!(!index.knows_meaning_of(&query("¿Hay sitio?", point)));
        }
        let english = Query { language: "en", ..query("Is there parking?", None) };
        assert!(index.moved_to(None).knows_meaning_of(&english) && !index.knows_meaning_of(&english));
        assert_eq!(index.search(&english).len(), 1, "words alone find it too");
    }
}
