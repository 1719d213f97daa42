//! Answers of models that are kept, so that no one pays twice for the same.
//!
//! There are two kinds. One is of the same request, to the letter: it is kept with the contact whose words the request has, or with the
//! tenant where the answer holds no one's words. The other answers like questions of anyone: a [`Shelf`] holds the answers of one tenant
//! to one task in one language, all given under the same versions of what a model is told. Nothing on a shelf is about a person. Where
//! they are kept is a trait; a cache that does not answer costs a call to a model and nothing else.

use std::fmt;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::circuits::Later;
use crate::tenancy::usage::Tokens;
use crate::{ContactId, Failure, TenantId};

/// How long an answer to like questions is used, and a shelf is kept after its last change.
pub const SHELF_KEPT_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The most answers on a shelf.
pub const MOST_ON_SHELF: usize = 50;
/// The most bytes of a shelf, about half of what an item of the table may have.
pub const MOST_BYTES: usize = 200_000;
/// That an answer was used is noted again after so long.
const NOTED_FOR: SignedDuration = SignedDuration::from_hours(12);

/// Where the answer to one request is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerPlace {
    /// Whose it is.
    pub tenant: TenantId,
    /// The contact whose words are in the request; `None`: the answer holds no one's words.
    pub contact: Option<ContactId>,
    /// The SHA-256 of all that the request is made of, in hex.
    pub digest: String,
}

/// Where answers to like questions are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShelfPlace {
    /// Whose it is.
    pub tenant: TenantId,
    /// The task that they answer.
    pub task: &'static str,
    /// The language of the questions (ISO 639-1).
    pub language: String,
    /// The SHA-256 of all versions of what a model is told beside the question, in hex. When any of them changes, this is another shelf.
    pub digest: String,
}

/// What a model answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelAnswer {
    /// The task.
    pub task: String,
    /// The vendor's name of the model.
    pub model: String,
    /// What it filled in, as JSON.
    pub input: String,
    /// What it took.
    #[serde(default)]
    pub tokens: Tokens,
    /// It is not used from then on (UTC).
    pub until: Timestamp,
}

/// An answer, and the question that it was given to, as numbers from which it cannot be read back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShelfEntry {
    /// Hashes of the question's words, in order.
    pub words: Vec<u64>,
    /// Of these, numbers, signs, days and months.
    #[serde(default)]
    pub literals: Vec<u64>,
    /// Whether the order of the words counts.
    #[serde(default)]
    pub is_ordered: bool,
    /// The question as a point, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<StoredPoint>,
    /// The one day on which it may be used, where it is about a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// The answer.
    pub answer: ModelAnswer,
    /// When it was last used, or given (UTC); noted once in twelve hours.
    pub used_at: Timestamp,
}

/// A vector in eight bits a number, with the space that it is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredPoint {
    /// The model that made it.
    pub model: String,
    /// The model's version.
    pub version: u16,
    /// As many numbers as the space has dimensions.
    pub values: Vec<i8>,
}

/// Answers to like questions. Its default is an empty one that was never stored.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Shelf {
    /// In no order.
    #[serde(default)]
    pub entries: Vec<ShelfEntry>,
    /// How often it was written. A change names the version it was made from.
    #[serde(skip)]
    pub version: u64,
}

impl Shelf {
    /// The shelf with `entry`, in the place of one to the same question, and without what is over or was used the longest ago, as far as
    /// there is no room for it.
    #[must_use]
    pub fn with(mut self, entry: ShelfEntry, now: Timestamp) -> Self {
        self.entries.retain(|other| other.answer.until > now && other.words != entry.words);
        self.entries.push(entry);
        self.entries.sort_by_key(|entry| std::cmp::Reverse(entry.used_at));
        let mut room = MOST_BYTES;
        let fits = |entry: &ShelfEntry| {
            let left = room.checked_sub(entry.bytes());
            room = left.unwrap_or(0);
            left.is_some()
        };
        let kept = self.entries.iter().take(MOST_ON_SHELF).map(fits).take_while(|fits| *fits).count();
        self.entries.truncate(kept);
        self
    }

    /// The shelf with a note that the entry at `place` is used; `None`: that was noted lately.
    #[must_use]
    pub fn noting_use(&self, place: usize, now: Timestamp) -> Option<Self> {
        let mut shelf = self.clone();
        let entry = shelf.entries.get_mut(place).filter(|entry| now.duration_since(entry.used_at) >= NOTED_FOR)?;
        entry.used_at = now;
        Some(shelf)
    }
}

impl ShelfEntry {
    /// About how many bytes it has when it is stored; not fewer.
    fn bytes(&self) -> usize {
        let point = self.point.as_ref().map_or(0, |point| point.model.len() + 6 * point.values.len() + 64);
        let answer = self.answer.input.len() + self.answer.model.len() + self.answer.task.len();
        24 * (self.words.len() + self.literals.len()) + point + answer + 400
    }
}

/// What was kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kept {
    /// The answer to the same request.
    pub exact: Option<ModelAnswer>,
    /// The answers to like questions.
    pub shelf: Shelf,
}

/// What is to be kept.
#[derive(Debug, Clone, Copy)]
pub struct ToKeep<'a> {
    /// The answer to a request.
    pub exact: Option<(&'a AnswerPlace, &'a ModelAnswer)>,
    /// A shelf in the place of the version that was read; where it changed meanwhile, it stays as it is.
    pub shelf: Option<(&'a ShelfPlace, &'a Shelf)>,
}

/// Where answers are kept.
pub trait AnswerCache: fmt::Debug + Send + Sync {
    /// What is kept at these places, in one call.
    fn look<'a>(
        &'a self,
        exact: Option<&'a AnswerPlace>,
        shelf: Option<&'a ShelfPlace>,
    ) -> Later<'a, Result<Kept, Failure>>;

    /// Keeps it, in one call; in one more where a shelf changed meanwhile.
    fn keep<'a>(&'a self, kept: ToKeep<'a>, now: Timestamp) -> Later<'a, Result<(), Failure>>;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_second(1_795_176_000 + 3_600 * hours).unwrap()
    }

    fn entry(word: u64, hours: i64, input: &str) -> ShelfEntry {
        let answer = ModelAnswer {
            task: "respond".to_owned(),
            model: "m".to_owned(),
            input: input.to_owned(),
            tokens: Tokens::default(),
            until: at(hours) + SHELF_KEPT_FOR,
        };
        let (words, used_at) = (vec![word], at(hours));
        ShelfEntry { words, literals: vec![], is_ordered: false, point: None, day: None, answer, used_at }
    }

    #[test]
    fn what_was_used_the_longest_ago_makes_room() {
        let mut shelf = Shelf::default();
        for word in 0..60 {
            shelf = shelf.with(entry(word, i64::try_from(word).unwrap(), "{}"), at(60));
        }
        let mut words: Vec<u64> = shelf.entries.iter().map(|entry| entry.words[0]).collect();
        words.sort_unstable();
        assert_eq!(words, (10..60).collect::<Vec<_>>());
        let oldest = shelf.entries.iter().position(|entry| entry.words == [10]).unwrap();
        let used = shelf.noting_use(oldest, at(61)).unwrap().with(entry(99, 62, "{}"), at(62));
        assert!(used.entries.iter().any(|entry| entry.words == [10]), "it was used");
        assert!(!used.entries.iter().any(|entry| entry.words == [11]));
    }

    #[test]
    fn it_never_outgrows_an_item_and_holds_one_answer_to_a_question() {
        let long = "x".repeat(9_000);
        let mut shelf = Shelf::default();
        for word in 0..40 {
            shelf = shelf.with(entry(word, 0, &long), at(0));
        }
        assert!((15..=22).contains(&shelf.entries.len()), "{}", shelf.entries.len());
        assert!(serde_json::to_string(&shelf).unwrap().len() <= MOST_BYTES);
        let again = Shelf::default().with(entry(1, 0, "a"), at(0)).with(entry(1, 1, "b"), at(1));
        assert_eq!(again.entries.iter().map(|entry| entry.answer.input.as_str()).collect::<Vec<_>>(), ["b"]);
    }

    #[test]
    fn what_is_over_goes_and_a_use_is_noted_twice_a_day() {
        let shelf = Shelf::default().with(entry(1, 0, "{}"), at(0)).with(entry(2, 7 * 24, "{}"), at(7 * 24));
        assert_eq!(shelf.entries.len(), 1, "seven days are over");
        assert_eq!(shelf.noting_use(0, at(7 * 24 + 11)), None);
        assert!(shelf.noting_use(0, at(7 * 24 + 12)).is_some());
        assert_eq!(shelf.noting_use(1, at(999)), None);
    }

    #[test]
    fn an_entry_of_a_newer_version_is_read() {
        let answer = r#"{"task": "respond", "model": "m", "input": "{}", "until": "2026-11-20T12:00:00Z", "by": "x"}"#;
        let text = format!(
            r#"{{"entries": [{{"words": [1], "answer": {answer}, "used_at": "2026-11-20T12:00:00Z", "as": 1}}]}}"#
        );
        let shelf: Shelf = serde_json::from_str(&text).unwrap();
        assert_eq!((shelf.entries.len(), shelf.version), (1, 0));
    }
}
