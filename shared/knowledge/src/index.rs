//! All that a business's documents say, ready to be searched.

use std::ops::Range;

use semantics::Table;

use crate::answer::{Weighed, answer};
use crate::question::Question;
use crate::rank::{Sizes, blended, lexical, rarity, similar};
use crate::segment::vector;
use crate::{Chunk, Segment, Source};

/// The documents of one business.
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

/// So many candidates are read, or as many as are asked for.
const READ: usize = 40;

impl Index {
    /// Takes a document in, in the place of an earlier version of it.
    pub fn put(&mut self, segment: Segment) {
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
        let question = Question::new(query);
        let sizes = Sizes::of(&self.segments);
        let ranked = self.ranked(query, &question, &sizes, Ranking::Hybrid, READ.max(query.limit));
        let words: Vec<Weighed<'_>> = question
            .words
            .iter()
            .map(|word| {
                let (rarity, is_unknown) = rarity(word, &self.segments, &sizes);
                Weighed::new(word, rarity, is_unknown)
            })
            .collect();
        let mut found: Vec<(f32, Found<'_>)> = ranked
            .into_iter()
            .filter_map(|(_, segment, at)| {
                let segment = self.segments.get(segment)?;
                let answer = answer(&question, &words, segment, at)?;
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
        let question = Question::new(query);
        let ranked = self.ranked(query, &question, &Sizes::of(&self.segments), ranking, query.limit);
        let candidate = |(rank, segment, at): (f32, usize, usize)| {
            let segment = self.segments.get(segment)?;
            Some(Candidate { source: &segment.source, chunk: segment.chunks.get(at)?, rank })
        };
        ranked.into_iter().filter_map(candidate).collect()
    }

    /// The places of the best candidates: rank, segment, chunk.
    fn ranked(
        &self,
        query: &Query<'_>,
        question: &Question,
        sizes: &Sizes,
        ranking: Ranking,
        limit: usize,
    ) -> Vec<(f32, usize, usize)> {
        let by_words = || lexical(&question.words, &self.segments, sizes);
        let by_meaning = || {
            let is_known = query.language == "en" || query.language.is_empty();
            let asked = is_known.then(|| Table::built_in()?.embed(query.text)).flatten();
            asked.and_then(|asked| vector(asked.values())).map(|asked| similar(&asked, &self.segments))
        };
        let ranks = match ranking {
            Ranking::Lexical => by_words(),
            Ranking::Vector => by_meaning().unwrap_or_default(),
            Ranking::Hybrid => blended(by_words(), by_meaning()),
        };
        let mut ranks = ranks.into_iter();
        let mut found = Vec::new();
        for (place, segment) in self.segments.iter().enumerate() {
            let source = &segment.source;
            let is_here = source.location.is_none() || source.location.as_deref() == query.location;
            let is_in = query.category.is_none() || source.category.as_deref() == query.category;
            for at in 0..segment.chunks.len() {
                let rank = ranks.next().unwrap_or_default();
                if is_here && is_in {
                    found.push((rank, place, at));
                }
            }
        }
        let best_first = |a: &(f32, usize, usize), b: &(f32, usize, usize)| b.0.total_cmp(&a.0);
        if limit < found.len() && limit > 0 {
            found.select_nth_unstable_by(limit, best_first);
        }
        found.truncate(limit);
        found.sort_by(|a, b| best_first(a, b).then((a.1, a.2).cmp(&(b.1, b.2))));
        found
    }
}
