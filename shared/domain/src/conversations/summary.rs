//! What was said in a conversation, in short lines: what its customer wants, likes and told, what is open, and what the business said.
//!
//! Whoever answers sees the last [`HISTORY_LINES`](super::HISTORY_LINES) lines of a thread and, of what was before, its summary; where the
//! same proven contact begins a new thread, the summaries of at most [`EARLIER`] before. A summary belongs to its conversation: where that
//! goes to another contact, it goes along. It goes back to a customer's words, so it is data like them: it orders nothing, and nothing in
//! it is a source of a price or a promise. What the business said is quoted; of an appointment only the id is kept, because it changes.

mod built_in;
mod checking;
mod dialogue;
mod recalled;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

use super::{Conversation, Sentiment};
use crate::ConversationId;
use crate::events::EventKind;
use crate::ids::AppointmentId;
use crate::messaging::Address;

pub use checking::Proposed;
pub use dialogue::{Dialogue, Said};
pub use recalled::{Recalled, StoredSummary, earlier_recalled};

/// The most characters of a line.
pub const MAX_CHARS: usize = 200;
/// The most earlier threads of a contact that are remembered in a new one.
pub const EARLIER: usize = 3;
/// A thread is summed up once it has more messages than this, and again after every so many more: as many as are seen anyway, so that each
/// line is in a summary before it is out of sight.
const EVERY: u32 = 10;
/// What is over is summed up where it had so many messages.
const LEAST: u32 = 4;

/// What was said in a conversation, up to one of its messages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ConversationSummary)]
pub struct Summary {
    /// The conversation.
    pub conversation: ConversationId,
    /// By which address it was proven who writes; without it the summary is told in its own conversation alone. What is told in a later one
    /// is told only while that address is the contact's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub writer: Option<Address>,
    /// The appointment that was booked in it. What has become of it, its record alone says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<AppointmentId>,
    /// How many of its messages it covers, in and out.
    #[schema(example = 24)]
    pub messages: u32,
    /// When the last of them came or went (UTC).
    pub last_message_at: Timestamp,
    /// How the customer felt in the end.
    pub mood: Sentiment,
    /// The lines, by kind, and those of a kind by message.
    #[schema(max_items = 28)]
    pub points: Vec<SummaryPoint>,
    /// Who made it: a model's name, or `builtin`.
    #[schema(example = "builtin")]
    pub model: String,
    /// When (UTC).
    pub made_at: Timestamp,
}

/// A line of a summary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SummaryPoint {
    /// What kind of line it is.
    pub kind: PointKind,
    /// What it says, in the language of the conversation.
    #[schema(max_length = 200, example = "I have a 2018 Honda Civic")]
    pub text: String,
    /// The number of the message that it goes back to; the first is 1.
    #[schema(minimum = 1, example = 3)]
    pub message: u32,
}

/// What kind of line of a summary it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SummaryPointKind)]
pub enum PointKind {
    /// What they want, and when.
    Wants,
    /// What the business said: taken from its own messages, never from a model.
    Agreed,
    /// What they asked and was not answered.
    Open,
    /// How they like things: language, channel, times.
    Prefers,
    /// What they told of themselves: a vehicle, a house, a dog.
    Told,
}

impl PointKind {
    /// All there are, as they are shown.
    pub const ALL: [Self; 5] = [Self::Wants, Self::Agreed, Self::Open, Self::Prefers, Self::Told];

    /// The name used in JSON and prompts.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wants => "wants",
            Self::Agreed => "agreed",
            Self::Open => "open",
            Self::Prefers => "prefers",
            Self::Told => "told",
        }
    }

    /// How many lines there are of it at most: the latest.
    const fn most(self) -> usize {
        match self {
            Self::Wants | Self::Agreed | Self::Prefers => 5,
            Self::Open => 4,
            Self::Told => 9,
        }
    }
}

impl Summary {
    /// Of `dialogue`, without a model. Of messages that were not read, the lines of `before` stay.
    #[must_use]
    pub fn built_in(dialogue: &Dialogue<'_>, before: Option<&Self>, now: Timestamp) -> Self {
        let points = earlier(dialogue, before, 0).chain(built_in::points(dialogue)).collect();
        Self::with(dialogue, points, dialogue.mood(), built_in::MODEL, now)
    }

    /// Of `dialogue`, with what `model` proposed of it, as far as that stands in its messages. Of messages that the model was not shown,
    /// the lines of `before` stay.
    #[must_use]
    pub fn proposed(
        dialogue: &Dialogue<'_>,
        before: Option<&Self>,
        proposed: &[Proposed],
        (mood, model): (Sentiment, &str),
        now: Timestamp,
    ) -> Self {
        let first = dialogue.shown().first().map_or(0, |said| said.number);
        let read = proposed.iter().filter_map(|line| checking::point(dialogue, line));
        let points = earlier(dialogue, before, first).chain(read).chain(built_in::agreed(dialogue)).collect();
        Self::with(dialogue, points, mood, model, now)
    }

    fn with(
        dialogue: &Dialogue<'_>,
        points: Vec<SummaryPoint>,
        mood: Sentiment,
        model: &str,
        made_at: Timestamp,
    ) -> Self {
        Self {
            conversation: dialogue.thread.id,
            writer: recalled::writer(dialogue.thread).cloned(),
            appointment: dialogue.thread.booked,
            messages: dialogue.thread.message_count,
            last_message_at: dialogue.thread.last_message_at,
            mood,
            points: sorted(points),
            model: model.to_owned(),
            made_at,
        }
    }
}

/// The lines of `before` that nothing says again: of messages that were not read, and of their customer's before the message `first`.
fn earlier(dialogue: &Dialogue<'_>, before: Option<&Summary>, first: u32) -> impl Iterator<Item = SummaryPoint> {
    let points = before.into_iter().flat_map(|before| before.points.clone());
    let unread = dialogue.left_out();
    points.filter(move |point| point.message <= unread || (point.message < first && point.kind != PointKind::Agreed))
}

/// No line twice, the latest of each kind, in order.
fn sorted(mut points: Vec<SummaryPoint>) -> Vec<SummaryPoint> {
    points.sort_by_key(|point| (point.kind, point.message));
    let mut kept: Vec<SummaryPoint> = Vec::new();
    for kind in PointKind::ALL {
        // Of a line that was said again, the last time counts. From the latest on, and no further than is kept: a talk has many lines.
        let mut seen = BTreeSet::new();
        let latest = points.iter().rev().filter(|point| point.kind == kind);
        let latest = latest.filter(|point| seen.insert(::language::fold(&point.text))).take(kind.most());
        let mut of_kind: Vec<SummaryPoint> = latest.cloned().collect();
        of_kind.reverse();
        kept.extend(of_kind);
    }
    kept
}

/// That `thread`, which had `before` messages, has grown so long that it is to be summed up.
#[must_use]
pub fn due_when_grown(before: u32, thread: &Conversation) -> Option<EventKind> {
    let summaries = |messages: u32| messages.saturating_sub(1) / EVERY;
    (summaries(thread.message_count) > summaries(before)).then(|| due(thread))
}

/// That `thread`, which is over, is to be summed up.
#[must_use]
pub fn due_when_over(thread: &Conversation) -> Option<EventKind> {
    (thread.message_count >= LEAST).then(|| due(thread))
}

fn due(thread: &Conversation) -> EventKind {
    EventKind::SummaryDue { conversation: thread.id, messages: thread.message_count }
}
