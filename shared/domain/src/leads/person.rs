//! A contact with its lead and threads, and what happens when two of them are one person.

use super::{Contact, Lead, LeadStatus, Score};
use crate::conversations::Conversation;

/// Everything that a turn needs to know of one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Who they are.
    pub contact: Contact,
    /// Their latest lead; it may be closed.
    pub lead: Lead,
    /// Their current thread on each channel.
    pub threads: Vec<Conversation>,
}

/// What a merge leaves to store besides the survivor.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Leftovers {
    /// Closed leads of the other person: kept as history of the survivor.
    pub leads: Vec<Lead>,
    /// Threads of the other person on channels where the survivor has one.
    pub threads: Vec<Conversation>,
}

impl Person {
    /// Takes `other` in: the older contact survives, the later knowledge wins, nothing is forgotten.
    ///
    /// Call it on the one that [`survivor`] names.
    pub fn absorb(&mut self, other: &Self) -> Leftovers {
        let mut leftovers = Leftovers::default();
        self.absorb_contact(&other.contact);
        if other.lead.status.is_closed() {
            leftovers.leads.push(Lead { contact: self.contact.id, version: 0, ..other.lead.clone() });
        } else if self.lead.status.is_closed() {
            // The open lead takes the closed one's place: the write is conditional on the version that was read.
            let open = Lead { contact: self.contact.id, version: self.lead.version, ..other.lead.clone() };
            leftovers.leads.push(std::mem::replace(&mut self.lead, open));
        } else {
            self.absorb_lead(&other.lead);
        }
        for thread in &other.threads {
            let moved = Conversation { contact: self.contact.id, lead: self.lead.id, version: 0, ..thread.clone() };
            if self.threads.iter().any(|mine| mine.channel == moved.channel) {
                leftovers.threads.push(moved);
            } else {
                self.threads.push(moved);
            }
        }
        leftovers
    }

    fn absorb_contact(&mut self, other: &Contact) {
        let mine = &mut self.contact;
        for address in &other.addresses {
            if !mine.addresses.contains(address) {
                mine.addresses.push(address.clone());
            }
        }
        mine.name = mine.name.take().or_else(|| other.name.clone());
        mine.language = mine.language.take().or_else(|| other.language.clone());
        // A contact that was never stored leaves no trace.
        mine.merged_from.extend((other.version > 0).then_some(other.id));
        mine.merged_from.extend(&other.merged_from);
    }

    fn absorb_lead(&mut self, other: &Lead) {
        let mine = &mut self.lead;
        let (older, newer) = if mine.updated_at <= other.updated_at {
            (mine.qualification.clone(), other.qualification.clone())
        } else {
            (other.qualification.clone(), mine.qualification.clone())
        };
        mine.qualification = older.updated_with(newer);
        mine.score = mine.score.max_of(other.score);
        mine.name = mine.name.take().or_else(|| other.name.clone());
        mine.requested_time = mine.requested_time.take().or_else(|| other.requested_time.clone());
        if mine.status == LeadStatus::New {
            mine.status = other.status;
        }
    }
}

/// Which of two contacts goes on: the one that wrote first. The same answer whichever way they are named.
#[must_use]
pub fn survivor<'a>(a: &'a Contact, b: &'a Contact) -> &'a Contact {
    if (a.created_at, a.id) <= (b.created_at, b.id) { a } else { b }
}

impl Score {
    /// The more promising of two.
    #[must_use]
    pub fn max_of(self, other: Self) -> Self {
        let rank = |score| match score {
            Self::Hot => 3,
            Self::Warm => 2,
            Self::Cold => 1,
            Self::Unscored => 0,
        };
        if rank(self) >= rank(other) { self } else { other }
    }
}
