//! Which summaries whoever answers in a thread is told.

use super::{EARLIER, Summary};
use crate::conversations::{Conversation, HISTORY_LINES};
use crate::leads::Contact;
use crate::messaging::{Address, Channel, Strength};
use crate::scheduling::Appointment;
use crate::{ContactId, ConversationId};

/// A summary, and whose its conversation is now.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredSummary {
    /// The contact of its conversation, after any merge.
    pub contact: ContactId,
    /// The summary.
    pub summary: Summary,
}

/// A summary as it is told, with the appointment that it names as that is now.
#[derive(Debug, Clone, PartialEq)]
pub struct Recalled {
    /// The summary.
    pub summary: Summary,
    /// What is known of the appointment; `None`: nothing, or who writes is not proven to be the contact.
    pub appointment: Option<Appointment>,
}

/// By which address it is proven who writes in `thread`, if any does.
pub(super) fn writer(thread: &Conversation) -> Option<&Address> {
    match thread.channel {
        Channel::Sms | Channel::Whatsapp => thread.peer.as_ref(),
        // Anyone may write an e-mail in someone's name.
        Channel::Email => None,
        Channel::Chat => {
            let proof = thread.proof.as_ref().filter(|proof| proof.proven_at.is_some());
            proof.map(|proof| &proof.address)
        }
    }
}

/// Whether what `writer` said may be told to `contact` in another thread: the address is proven to be theirs.
fn is_of(writer: Option<&Address>, contact: &Contact) -> bool {
    writer.is_some_and(|address| contact.strength_of(address) == Some(Strength::Proven))
}

/// The earlier threads that a new one of `contact` recalls, the latest first: `before` are theirs, as they are stored.
#[must_use]
pub fn earlier_recalled<'t>(
    contact: &Contact,
    before: impl IntoIterator<Item = &'t Conversation>,
) -> Vec<ConversationId> {
    let mut before: Vec<&Conversation> =
        before.into_iter().filter(|thread| thread.message_count > 0 && is_of(writer(thread), contact)).collect();
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
    /// Those of earlier threads come first, the earliest of them before. `appointments` are the contact's, as they are now.
    #[must_use]
    pub fn recalled(
        &self,
        (contact, appointments): (&Contact, &[Appointment]),
        is_proven: bool,
        found: Vec<StoredSummary>,
    ) -> Vec<Recalled> {
        let wanted = self.recalls(is_proven);
        let is_theirs = |owner: ContactId| owner == contact.id || contact.merged_from.contains(&owner);
        let mut told: Vec<Recalled> = found
            .into_iter()
            .filter(|stored| wanted.contains(&stored.summary.conversation) && is_theirs(stored.contact))
            .map(|stored| stored.summary)
            // Contacts that were one may have been taken apart since: then the address is another's.
            .filter(|summary| summary.conversation == self.id || is_of(summary.writer.as_ref(), contact))
            .map(|summary| {
                let is_its = |appointment: &&Appointment| is_proven && Some(appointment.id) == summary.appointment;
                let appointment = appointments.iter().find(is_its);
                Recalled { appointment: appointment.cloned(), summary }
            })
            .collect();
        told.sort_by_key(|told| (told.summary.conversation == self.id, told.summary.last_message_at));
        told
    }
}
