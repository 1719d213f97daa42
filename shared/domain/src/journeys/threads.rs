//! The thread that an outreach message goes into.

use jiff::Timestamp;

use super::JourneyContext;
use crate::ConversationId;
use crate::conversations::{Conversation, ConversationStatus, Handling, Role};
use crate::messaging::{Address, Channel};

/// A thread, and what stood in its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Thread {
    /// The thread; its `version` is the one that was read.
    pub(crate) thread: Conversation,
    /// It begins with this message.
    pub(crate) opened: bool,
    /// The one that is over.
    pub(crate) past: Option<Conversation>,
}

/// The person's current thread on `channel`, however long it has been quiet: what goes out belongs to what was said. A new
/// one where that is over, is about another lead, or is another session of the chat widget; `opens` is its id, by
/// which a repeat opens the same.
pub(crate) fn thread_for(
    journey_context: &JourneyContext<'_>,
    opens: ConversationId,
    (channel, to): (Channel, &Address),
    now: Timestamp,
) -> Thread {
    let session = match to {
        Address::Chat(session) => Some(session),
        _ => None,
    };
    let current = journey_context.person.threads.iter().find(|thread| thread.channel == channel);
    let goes_on = |thread: &&Conversation| {
        thread.status != ConversationStatus::Ended
            && thread.lead == journey_context.lead().id
            && thread.session.as_ref() == session
            && thread.peer.as_ref().is_none_or(|peer| peer == to)
    };
    if let Some(thread) = current.filter(goes_on) {
        return Thread { thread: thread.clone(), opened: false, past: None };
    }
    let thread = Conversation {
        session: session.cloned(),
        peer: Some(to.clone()),
        // Whom staff answer is theirs in the next thread too.
        handling: current.map(|thread| thread.handling.clone()).filter(Handling::is_with_staff).unwrap_or_default(),
        // It takes the old one's place: the write is conditional on the version that was read.
        version: current.map_or(0, |thread| thread.version),
        ..Conversation::new(
            opens,
            journey_context.contact().id,
            journey_context.lead().id,
            channel,
            journey_context.contact().language.as_ref().unwrap_or(&journey_context.tenant.language).clone(),
            now,
        )
    };
    Thread { thread, opened: true, past: current.map(ended) }
}

fn ended(thread: &Conversation) -> Conversation {
    Conversation { status: ConversationStatus::Ended, ..thread.clone() }
}

impl Thread {
    /// Takes in a line of ours, and says when it was written: later than everything in the thread, whatever the clocks say,
    /// because a chat widget asks for what came after the last line it knows.
    pub(crate) fn say(&mut self, text: &str, now: Timestamp) -> Timestamp {
        let last = self.thread.last_message_at;
        let at = if self.opened { now } else { now.max(next_millisecond(last)) };
        self.thread.remember(Role::Assistant, text);
        // A yes answers this, and no offer of before.
        self.thread.offer = None;
        if let Some(extra) = &mut self.thread.extra {
            extra.open = false;
        }
        self.thread.message_count += 1;
        self.thread.last_message_at = at;
        at
    }
}

fn next_millisecond(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond() + 1).unwrap_or(at)
}
