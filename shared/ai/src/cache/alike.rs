//! Which questions may share an answer: those about the business alone, of someone of whom nothing is known yet.
//!
//! The first message of a talk, with nothing asked, offered, booked or learned, may share an answer if all its words are known: from the
//! lists of `semantics::likeness`, or from what the business says of itself. So what is kept for others holds nothing that a customer told.
//! An answer is shared that does nothing but reply, learns nothing but the service, and says nothing of the moment.

use std::collections::HashSet;

use domain::answer_cache::{ModelAnswer, ShelfEntry, StoredPoint};
use domain::conversations::builtin::Turn;
use domain::conversations::{Action, Answer, Conversation};
use domain::leads::{GivenDetails, Qualification};
use domain::messaging::Content;
use domain::rating::Sentiment;
use jiff::Timestamp;
use jiff::civil::Date;
use language::{Words, fold};
use semantics::likeness::{self, Meaning};
use semantics::{Embedding, Space};

use crate::prompt::{Prompt, is_bare, of_business, told};

/// A number with more digits may be someone's.
const MOST_DIGITS: usize = 3;
/// A number between -1 and 1 in eight bits.
const STEPS: f32 = 127.0;

/// A question that may share an answer.
#[derive(Debug, Clone)]
pub(crate) struct Alike {
    pub(crate) question: Meaning,
    /// All that the answer depends on besides.
    pub(crate) versions: Vec<String>,
    today: Date,
    /// Whether it is about a day: then the answer is of today alone.
    has_day: bool,
}

impl Alike {
    /// The question of `turn`, if it may share an answer.
    pub(crate) fn of(turn: &Turn<'_>, prompt: &Prompt, now: Timestamp) -> Option<Self> {
        let Content::Text { text } = turn.content else { return None };
        let is_plain = turn.route.escalate.is_none() && turn.route.urgency.is_none();
        let is_free = turn.visit.is_none() && turn.when.is_none() && !turn.findings.are_disputed();
        let has_begun = turn.conversation.is_some_and(has_begun);
        if !is_plain || !is_free || has_begun || !is_bare(prompt) || names(text, turn.contact_name) {
            return None;
        }
        let reading = likeness::read(text, turn.route.language.as_str())?;
        if reading.is_of_now || !are_known(&reading.open, prompt) {
            return None;
        }
        let place = turn.places.meant.map(|location| location.id.to_string()).unwrap_or_default();
        let mut versions = vec![turn.tenant.id.to_string(), place, turn.findings.index().to_owned()];
        versions.extend(told(prompt).into_iter().map(str::to_owned));
        let today = now.to_zoned(turn.tenant.time_zone()).date();
        Some(Self { question: reading.meaning, versions, today, has_day: reading.has_day })
    }

    /// Whether `entry` answers this question.
    pub(crate) fn fits(&self, entry: &ShelfEntry) -> bool {
        let meaning = Meaning {
            language: self.question.language.clone(),
            words: entry.words.clone(),
            literals: entry.literals.clone(),
            is_ordered: entry.is_ordered,
            point: entry.point.as_ref().and_then(embedding),
        };
        entry.day.is_none_or(|day| day == self.today) && self.question.is_like(&meaning)
    }

    /// `answer` as it is kept for like questions.
    pub(crate) fn entry(&self, answer: ModelAnswer, now: Timestamp) -> ShelfEntry {
        let question = &self.question;
        ShelfEntry {
            words: question.words.clone(),
            literals: question.literals.clone(),
            is_ordered: question.is_ordered,
            point: question.point.as_ref().map(stored),
            day: self.has_day.then_some(self.today),
            answer,
            used_at: now,
        }
    }
}

/// Whether `answer`, which is sure, may be given to anyone who asks a like question.
pub(crate) fn may_share(answer: &Answer, turn: &Turn<'_>) -> bool {
    let learned = Qualification { service_interest: None, ..answer.qualification.clone() };
    answer.action == Action::Reply
        && answer.sentiment != Sentiment::Negative
        && answer.given == GivenDetails::default()
        && answer.requested_time.is_none()
        && answer.intake.is_empty()
        && learned == Qualification::default()
        && answer.language == turn.route.language
        && !names(&answer.reply, turn.contact_name)
        && !likeness::speaks_of_now(&answer.reply, answer.language.as_str())
}

/// Whether something was said, asked, offered, arranged or suggested in it, on which an answer may depend.
fn has_begun(thread: &Conversation) -> bool {
    let is_arranged = thread.wish.is_some() || thread.offer.is_some() || thread.booked.is_some();
    let is_told = thread.invited.is_some() || thread.extra.is_some() || thread.proof.is_some();
    is_arranged || is_told || thread.asked.is_some() || thread.escalation.is_some() || !thread.recent.is_empty()
}

/// Whether `text` has a word of `name`.
fn names(text: &str, name: Option<&str>) -> bool {
    let Some(name) = name else { return false };
    let (name, text) = (Words::new(name), Words::new(text));
    name.iter().any(|part| text.iter().any(|word| word == part))
}

/// Whether the business says all `words` of itself. Short numbers are no one's.
fn are_known(words: &[String], prompt: &Prompt) -> bool {
    let is_short = |word: &str| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        (1..=MOST_DIGITS).contains(&digits)
    };
    let mut asked: Vec<Words> = words.iter().filter(|word| !is_short(word)).map(|word| Words::new(word)).collect();
    if asked.is_empty() {
        return true;
    }
    let mut said = HashSet::new();
    for line in of_business(prompt) {
        said.extend(Words::new(&fold(line)).stems().map(|(_, stem)| stem.to_owned()));
    }
    asked.retain(|word| !word.stems().all(|(_, stem)| said.contains(stem)));
    asked.is_empty()
}

fn stored(point: &Embedding) -> StoredPoint {
    let space = point.space();
    let values = point.values().iter().map(|value| (value * STEPS).round() as i8).collect();
    StoredPoint { model: space.model.clone(), version: space.version, values }
}

fn embedding(point: &StoredPoint) -> Option<Embedding> {
    let dimensions = u16::try_from(point.values.len()).ok()?;
    let space = Space { model: point.model.clone(), version: point.version, dimensions };
    Embedding::new(space, point.values.iter().map(|value| f32::from(*value)).collect())
}
