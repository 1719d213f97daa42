//! All that a business's documents say, ready to be searched.

use std::ops::Range;

use semantics::Embedding;

use crate::question::Question;
use crate::rank::Place;
use crate::reading::{Reader, Weighed};
use crate::{Chunk, Segment, Source};

/// The documents of one business. The vectors of all of them are of one space.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Index {
    pub(crate) segments: Vec<Segment>,
}

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
    /// The text as a point, where a vendor's model made the vectors of the index; of another space it is not looked at. The built-in table
    /// is asked without.
    pub point: Option<&'q Embedding>,
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

impl<'i> Found<'i> {
    /// The sentence, row or answer that answers best.
    #[must_use]
    pub fn quote(&self) -> &'i str {
        self.chunk.text.get(self.best.clone()).unwrap_or_default()
    }
}

/// A piece that words and vectors bring up, before it is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate<'i> {
    /// The document.
    pub source: &'i Source,
    /// The piece.
    pub chunk: &'i Chunk,
    /// By what they are ordered; of one question alone.
    pub rank: f32,
}

/// By what candidates are brought up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ranking {
    /// Words: BM25.
    Lexical,
    /// Vectors.
    Vector,
    /// Both: the weighed sum of their standardised scores.
    Hybrid,
}

/// A piece with a lower score says nothing about the question.
pub const FLOOR: f32 = 0.5;

/// So many candidates are read, or as many as are asked for; fewer where they have many words.
pub(crate) const READ: usize = 40;
const WORDS: u32 = 3_000;

impl Index {
    /// Takes a document in, in the place of an earlier version of it. It goes over to the space of the others.
    pub fn put(&mut self, mut segment: Segment) {
        if let Some(space) = self.space() {
            segment.move_to(space, self.get(&segment.source.id));
        }
        match self.place(&segment.source.id) {
            Ok(at) => {
                if let Some(earlier) = self.segments.get_mut(at) {
                    *earlier = segment;
                }
            }
            Err(at) => self.segments.insert(at, segment),
        }
    }

    /// Takes a document out. Says whether it was there.
    pub fn remove(&mut self, id: &str) -> bool {
        let at = self.place(id);
        at.is_ok_and(|at| {
            self.segments.remove(at);
            true
        })
    }

    /// The document of this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Segment> {
        self.place(id).ok().and_then(|at| self.segments.get(at))
    }

    fn place(&self, id: &str) -> Result<usize, usize> {
        self.segments.binary_search_by(|segment| segment.source.id.as_str().cmp(id))
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
        let question = Question::new(query, &self.languages());
        let (ranked, rarity) = self.ranked(query, &question, Ranking::Hybrid, READ.max(query.limit));
        let words = question.words.iter().zip(rarity);
        let words: Vec<Weighed<'_>> = words.map(|(word, rarity)| Weighed::new(word, rarity)).collect();
        let mut reader = Reader::new(&question, &words);
        let mut left = WORDS;
        let mut found: Vec<(f32, Found<'_>)> = ranked
            .into_iter()
            .enumerate()
            .filter_map(|(nth, (_, segment, at))| {
                let segment = self.segments.get(segment)?;
                if left == 0 && nth >= query.limit {
                    return None;
                }
                left = left.saturating_sub(segment.entries.get(at)?.length);
                let answer = reader.answer(segment, at)?;
                let (source, chunk) = (&segment.source, segment.chunks.get(at)?);
                let (score, best, highlights) = (answer.score, answer.best, answer.highlights);
                Some((answer.plain, Found { source, chunk, score, best, highlights }))
            })
            .collect();
        // Sorting keeps the order of candidates where nothing else tells.
        found.sort_by(|(plain, a), (other, b)| {
            let steps = |score: f32| (score * 50.0).round();
            steps(b.score).total_cmp(&steps(a.score)).then(other.total_cmp(plain)).then(b.score.total_cmp(&a.score))
        });
        found.truncate(query.limit);
        found.into_iter().map(|(_, found)| found).collect()
    }

    /// What words and vectors bring up, best first, without reading whether it answers: for measuring.
    #[must_use]
    pub fn candidates(&self, query: &Query<'_>, ranking: Ranking) -> Vec<Candidate<'_>> {
        let question = Question::new(query, &self.languages());
        let (ranked, _) = self.ranked(query, &question, ranking, query.limit);
        let candidate = |(rank, segment, at): Place| {
            let segment = self.segments.get(segment)?;
            Some(Candidate { source: &segment.source, chunk: segment.chunks.get(at)?, rank })
        };
        ranked.into_iter().filter_map(candidate).collect()
    }

    /// The languages of its chunks.
    fn languages(&self) -> Vec<&str> {
        let mut languages: Vec<&str> = Vec::new();
        for chunk in self.segments.iter().flat_map(|segment| &segment.chunks) {
            if !languages.contains(&chunk.language.as_str()) {
                languages.push(&chunk.language);
            }
        }
        languages
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, Document, Page};
    use proptest::prelude::*;

    fn put(index: &mut Index, id: &str, place: (Option<&str>, &str), blocks: Vec<Block>) {
        let document = Document { pages: vec![Page { number: None, blocks }], ..Document::default() };
        let (location, category) = (place.0.map(str::to_owned), Some(place.1.to_owned()));
        index.put(Segment::new(Source { id: id.to_owned(), name: id.to_owned(), location, category }, &document, None));
    }

    fn text(text: &str) -> Block {
        Block::Text(text.to_owned())
    }

    fn rows(rows: &[(&str, &str)]) -> Vec<Block> {
        let header = vec!["Service".to_owned(), "Price".to_owned()];
        let row = |(name, price): &(&str, &str)| Block::Row {
            header: header.clone(),
            cells: vec![(*name).to_owned(), (*price).to_owned()],
        };
        rows.iter().map(row).collect()
    }

    fn index() -> Index {
        let mut index = Index::default();
        put(&mut index, "north", (Some("north"), "prices"), rows(&[("Oil change", "$49"), ("Oil change van", "$69")]));
        put(&mut index, "south", (Some("south"), "prices"), rows(&[("Oil change", "$39"), ("Tire rotation", "$25")]));
        let about = vec![text("We repair brakes. The shuttle to the station is free. Our mechanics are certified.")];
        put(&mut index, "about", (None, "about"), about);
        index
    }

    fn query(text: &str) -> Query<'_> {
        Query { text, before: &[], language: "en", location: Some("north"), category: None, limit: 3, point: None }
    }

    fn answers<'i>(index: &'i Index, query: &Query<'_>) -> Vec<&'i str> {
        index.search(query).iter().map(Found::quote).collect()
    }

    #[test]
    fn another_location_is_never_quoted() {
        let index = index();
        let north = query("how much is an oil change?");
        assert_eq!(answers(&index, &north)[0], "Service: Oil change, Price: $49");
        assert!(answers(&index, &north).iter().all(|answer| !answer.contains("$39")));
        assert_eq!(answers(&index, &Query { location: None, ..north }), Vec::<&str>::new());
        assert_eq!(answers(&index, &Query { location: None, ..query("is the shuttle free?") }).len(), 1);
        assert_eq!(answers(&index, &query("how much is a tire rotation?")), Vec::<&str>::new());
    }

    #[test]
    fn the_amount_of_a_deposit_is_no_price() {
        let mut index = index();
        let deposit = Block::Faq {
            question: "Do I have to pay a deposit?".to_owned(),
            answer: "A deposit of $50 is due for a respray.".to_owned(),
        };
        put(&mut index, "faq", (None, "faq"), vec![deposit]);
        assert!(answers(&index, &query("How much is a respray?")).is_empty());
        assert_eq!(
            answers(&index, &query("Is there a deposit for a respray?")),
            ["A deposit of $50 is due for a respray."]
        );
    }

    #[test]
    fn a_word_that_is_mentioned_beside_many_others_is_no_answer() {
        let mut index = Index::default();
        let aside =
            "While we work, customers, their children and colleagues read magazines in the lounge beside the sauna.";
        put(&mut index, "about", (None, "about"), vec![text(aside), text("The sauna is closed.")]);
        assert_eq!(answers(&index, &query("Do you have a sauna?")), ["The sauna is closed."]);
        assert!(answers(&index, &query("Do you have magazines?")).is_empty());
    }

    #[test]
    fn items_of_a_list_do_not_lend_each_other_words_and_the_plainer_one_is_meant() {
        let mut index = Index::default();
        let list = ["Cut and beard trim: $30", "Beard trim only: $10", "Full shave: $15"];
        put(&mut index, "prices", (None, "prices"), list.into_iter().map(text).collect());
        assert_eq!(answers(&index, &query("how much is a beard trim?")), ["Beard trim only: $10"]);
        assert!(answers(&index, &query("how much is a beard shave?")).is_empty());
    }

    #[test]
    fn a_cat_is_a_pet_unless_it_is_dogs_that_are_meant() {
        let faq =
            |question: &str, answer: &str| Block::Faq { question: question.to_owned(), answer: answer.to_owned() };
        let mut index = Index::default();
        put(&mut index, "faq", (None, "faq"), vec![faq("Are pets allowed?", "Yes, on a lead.")]);
        assert_eq!(answers(&index, &query("Can I bring my cat?")), ["Yes, on a lead."]);
        put(&mut index, "faq", (None, "faq"), vec![faq("Are pets allowed?", "Dogs are, on a lead.")]);
        assert!(answers(&index, &query("Can I bring my cat?")).is_empty());
        assert_eq!(answers(&index, &query("Can I bring my dog?")), ["Dogs are, on a lead."]);
    }

    #[test]
    fn years_in_business_are_no_length_of_an_appointment() {
        let mut index = Index::default();
        let takes = Block::Faq {
            question: "How long does hair color take?".to_owned(),
            answer: "About 90 minutes.".to_owned(),
        };
        put(&mut index, "faq", (None, "faq"), vec![takes]);
        assert_eq!(answers(&index, &query("How long does a hair color take?")), ["About 90 minutes."]);
        assert!(answers(&index, &query("How long have you been doing hair?")).is_empty());
    }

    #[test]
    fn how_long_is_no_kind_of_hair() {
        let mut index = Index::default();
        let about = "The respray comes with a five-year warranty.";
        put(&mut index, "about", (None, "about"), vec![text(about)]);
        put(&mut index, "hair", (None, "hair"), rows(&[("Cut", "$30"), ("Cut for long hair", "$45")]));
        assert_eq!(answers(&index, &query("How long is the warranty on the respray?")), [about]);
        assert_eq!(
            answers(&index, &query("How much is a cut for long hair?")),
            ["Service: Cut for long hair, Price: $45"]
        );
    }

    #[test]
    fn a_category_narrows() {
        let index = index();
        let asked = query("is there a shuttle to the station?");
        assert_eq!(answers(&index, &asked), ["The shuttle to the station is free."]);
        assert!(answers(&index, &Query { category: Some("prices"), ..asked }).is_empty());
    }

    #[test]
    fn messages_before_help_only_where_something_is_left_out() {
        let index = index();
        let before = ["How much is an oil change?"];
        let follow_up = Query { before: &before, ..query("and for a van?") };
        assert_eq!(answers(&index, &follow_up)[0], "Service: Oil change van, Price: $69");
        let about_else = Query { before: &["How much is a tire rotation?"], ..follow_up };
        assert!(answers(&index, &about_else).is_empty());
        let whole = query("Do you sell winter coats?");
        assert_eq!(index.scored(&whole), index.scored(&Query { before: &before, ..whole }));
    }

    #[test]
    fn the_words_that_were_asked_for_are_marked() {
        let index = index();
        let found = index.search(&query("Do you repair brakes?"));
        let text = |range: &Range<usize>| found[0].chunk.text.get(range.clone());
        let marked: Vec<&str> = found[0].highlights.iter().filter_map(text).collect();
        assert_eq!(marked, ["repair", "brakes"]);
    }

    #[test]
    fn of_a_long_message_the_end_is_the_question() {
        let index = index();
        let spaced = format!("How is the sauna? {} Do you repair brakes?", "Hello there! ".repeat(60));
        assert_eq!(answers(&index, &query(&spaced)), ["We repair brakes."]);
    }

    #[test]
    fn a_document_is_put_in_the_place_of_its_earlier_version() {
        let mut index = index();
        put(&mut index, "north", (Some("north"), "prices"), rows(&[("Oil change", "$55")]));
        assert_eq!(answers(&index, &query("how much is an oil change?")), ["Service: Oil change, Price: $55"]);
        assert!(index.get("north").is_some_and(|segment| segment.chunks().len() == 1));
        assert!(index.remove("north"));
        assert!(answers(&index, &query("how much is an oil change?")).is_empty());
    }

    #[test]
    fn every_location_and_language_is_searched_among_many() {
        let mut index = index();
        for number in 0..300 {
            put(
                &mut index,
                &format!("other{number}"),
                (None, "blog"),
                vec![text(&format!("An oil story, number {number}."))],
            );
        }
        assert_eq!(answers(&index, &query("how much is an oil change?"))[0], "Service: Oil change, Price: $49");
        let spanish = Query { language: "es", ..query("¿Cuánto cuesta un cambio de aceite, oil change?") };
        assert!(index.scored(&spanish)[0].chunk.text.contains("Oil change"));
    }

    proptest! {
        #[test]
        fn any_question_is_borne(asked in "\\PC{0,60}", before in "\\PC{0,30}", limit in 0_usize..5) {
            let index = index();
            let before = [before.as_str()];
            let found = index.scored(&Query { before: &before, limit, ..query(&asked) });
            prop_assert!(found.len() <= limit);
            for found in found {
                prop_assert!((0.0..=1.0).contains(&found.score));
                prop_assert!(found.chunk.text.get(found.best).is_some());
                prop_assert!(found.highlights.into_iter().all(|range| found.chunk.text.get(range).is_some()));
            }
        }
    }
}
