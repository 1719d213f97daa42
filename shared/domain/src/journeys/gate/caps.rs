//! How often a person hears from the business, and what goes first when there is room for one only.

use jiff::{SignedDuration, Timestamp};
use std::cmp::Reverse;

use super::SendContext;
use crate::MessageId;
use crate::journeys::{Frequency, Journey, Sent, Waiting};
use crate::messaging::{Kind, Verdict};

const DAY: SignedDuration = SignedDuration::from_hours(24);
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// For how long a message stands back for one that goes first: time enough for that one to leave or to be dropped.
const STANDS_BACK: SignedDuration = SignedDuration::from_mins(10);

/// How many outreach messages a person gets.
struct Caps {
    /// In any 24 hours.
    a_day: usize,
    /// In any 7 days.
    a_week: usize,
}

/// The caps of a preference: by day as seed 000, 2.4 has them (minimal 1, normal 3). By week, and for someone who is
/// engaged, they are our choice: about half of what the days add up to, so that no week is full every day.
fn caps(frequency: Frequency) -> Caps {
    match frequency {
        Frequency::Minimal => Caps { a_day: 1, a_week: 3 },
        Frequency::Normal => Caps { a_day: 3, a_week: 10 },
        Frequency::Engaged => Caps { a_day: 5, a_week: 20 },
    }
}

/// No more outreach messages than the person's preference allows, in any 24 hours and in any 7 days. All that went out
/// counts; what they have agreed on with the business goes out all the same.
pub(super) fn full(send_context: &SendContext<'_>, now: Timestamp) -> Option<Verdict> {
    send_context.unasked_outreach()?;
    let journey = send_context.journey?;
    let caps = caps(journey.preferences.frequency);
    let sent = || journey.sent_besides(send_context.message);
    let week = free_at(sent, caps.a_week, WEEK, now);
    let day = free_at(sent, caps.a_day, DAY, now);
    let until = week.max(day)?;
    let why = match (week == Some(until), journey.preferences.frequency) {
        (true, _) => "They have heard enough from you for this week",
        (false, Frequency::Minimal) => "They have heard from you today, and want to no more than once a day",
        (false, _) => "They have heard enough from you for today",
    };
    send_context.later(now, Some(until), why)
}

/// Of several outreach messages that wait for the last places of the caps, the more important goes first, then the older.
pub(super) fn outranked(send_context: &SendContext<'_>, now: Timestamp) -> Option<Verdict> {
    send_context.unasked_outreach()?;
    let journey = send_context.journey.filter(|journey| !journey.waiting.is_empty())?;
    let message = send_context.message;
    let since = send_context.waiting().map_or(message.reference.at, |waiting| waiting.since);
    let mine = rank(message.kind(), since, message.reference.message);
    let ahead = journey.waiting.iter().filter(|other| {
        other.message.message != message.reference.message
            && is_ready(other, now)
            && rank(other.kind, other.since, other.message.message) < mine
    });
    let ahead = ahead.count();
    if ahead < room(send_context, journey, now) {
        return None;
    }
    send_context.later(now, now.checked_add(STANDS_BACK).ok(), "Something more important to them goes first")
}

/// What goes first has the lower rank: the kind's priority, then how long it waits, then its id, so that no two are
/// alike.
fn rank(kind: Kind, since: Timestamp, message: MessageId) -> (Reverse<u8>, Timestamp, MessageId) {
    (Reverse(kind.priority()), since, message)
}

/// Whether it would leave now, as far as its place among those that wait tells.
fn is_ready(waiting: &Waiting, now: Timestamp) -> bool {
    waiting.awaits.is_none() && waiting.until.is_none_or(|until| until <= now) && waiting.expires_at >= now
}

/// How many more outreach messages the caps let out now.
fn room(send_context: &SendContext<'_>, journey: &Journey, now: Timestamp) -> usize {
    let caps = caps(journey.preferences.frequency);
    let within = |window| journey.sent_besides(send_context.message).filter(|sent| counts(sent, window, now)).count();
    caps.a_day.saturating_sub(within(DAY)).min(caps.a_week.saturating_sub(within(WEEK)))
}

/// When fewer than `most` of the entries lie in the `window` that ends then; `None` when that is so now.
pub(super) fn free_at<'a, I>(
    entries: impl Fn() -> I,
    most: usize,
    window: SignedDuration,
    now: Timestamp,
) -> Option<Timestamp>
where
    I: Iterator<Item = &'a Sent>,
{
    let within = entries().filter(|sent| counts(sent, window, now)).count();
    let surplus = within.checked_sub(most)?;
    let mut times: Vec<Timestamp> = entries().filter(|sent| counts(sent, window, now)).map(|sent| sent.at).collect();
    times.sort_unstable();
    // A window that reaches beyond the end of the calendar never frees a place.
    times.get(surplus).map(|at| at.checked_add(window).unwrap_or(Timestamp::MAX))
}

fn counts(sent: &Sent, window: SignedDuration, now: Timestamp) -> bool {
    now.duration_since(sent.at) < window
}
