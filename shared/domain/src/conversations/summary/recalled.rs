//! Which summaries whoever answers in a thread is told.

use super::{EARLIER, Summary};
use crate::conversations::{Conversation, HISTORY_LINES};
use crate::leads::Contact;
use crate::messaging::{Address, Channel, Strength};
use crate::{ContactId, ConversationId};

/// A summary, and whose its conversation is now.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredSummary {
    /// The contact of its conversation, after any merge.
    pub contact: ContactId,
    /// The summary.
    pub summary: Summary,
}

/// Whether what was said in `thread` may be told to `contact` later: who wrote it was proven to be them.
fn is_source(thread: &Conversation, contact: &Contact) -> bool {
    let is_theirs = |address: &Address| contact.strength_of(address) == Some(Strength::Proven);
    match thread.channel {
        Channel::Sms | Channel::Whatsapp => thread.peer.as_ref().is_some_and(is_theirs),
        // Anyone may write an e-mail in someone's name.
        Channel::Email => false,
        Channel::Chat => {
            let proof = thread.proof.as_ref().filter(|proof| proof.proven_at.is_some());
            proof.is_some_and(|proof| is_theirs(&proof.address))
        }
    }
}

/// The earlier threads that a new one of `contact` recalls, the latest first: `before` are theirs, as they are stored.
#[must_use]
pub fn earlier_recalled<'t>(
    contact: &Contact,
    before: impl IntoIterator<Item = &'t Conversation>,
) -> Vec<ConversationId> {
    let mut before: Vec<&Conversation> =
        before.into_iter().filter(|thread| thread.message_count > 0 && is_source(thread, contact)).collect();
    before.sort_by_key(|thread| std::cmp::Reverse((thread.last_message_at, thread.id)));
    let mut ids: Vec<ConversationId> = Vec::new();
    let all = before.iter().map(|thread| thread.id).chain(before.iter().flat_map(|thread| thread.earlier.clone()));
    for id in all {
        if ids.len() < EARLIER && !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

impl Conversation {
    /// The threads whose summaries are to be looked up for whoever answers in it: its own once it is longer than what they see of it, and,
    /// where its writer is proven to be the contact, those before it.
    #[must_use]
    pub fn recalls(&self, is_proven: bool) -> Vec<ConversationId> {
        let is_long = usize::try_from(self.message_count).unwrap_or(usize::MAX) > HISTORY_LINES;
        let earlier = self.earlier.iter().copied().filter(|_| is_proven);
        is_long.then_some(self.id).into_iter().chain(earlier).collect()
    }

    /// Of the summaries that were `found`, those that may be told in it: never one of a conversation that is another contact's by now.
    /// Those of earlier threads come first, the earliest of them before.
    #[must_use]
    pub fn recalled(&self, contact: &Contact, is_proven: bool, found: Vec<StoredSummary>) -> Vec<Summary> {
        let wanted = self.recalls(is_proven);
        let is_theirs = |owner: ContactId| owner == contact.id || contact.merged_from.contains(&owner);
        let mut told: Vec<Summary> = found
            .into_iter()
            .filter(|stored| wanted.contains(&stored.summary.conversation) && is_theirs(stored.contact))
            .map(|stored| stored.summary)
            .collect();
        told.sort_by_key(|summary| (summary.conversation == self.id, summary.last_message_at));
        told
    }
}
