//! The first half of a turn: who wrote, on which thread.

use jiff::Timestamp;
use std::collections::BTreeMap;

use super::Turn;
use crate::conversations::{Answer, Conversation, ConversationStatus, Repeats, SlaClock};
use crate::events::EventKind;
use crate::leads::{Contact, Lead, LeadStatus, Person, Qualification, Score, survivor};
use crate::messaging::{Address, Channel, Content, Inbound, Standing};
use crate::tenancy::Tenant;
use crate::{ContactId, ConversationId, LeadId};

impl<'a> Turn<'a> {
    /// First half: who wrote, on which thread. `found` is everybody known by one of the message's addresses.
    #[must_use]
    pub fn open(tenant: &'a Tenant, inbound: &'a Inbound, found: Vec<Person>, now: Timestamp) -> Self {
        let mut found = found;
        found.sort_by_key(|person| (person.contact.created_at, person.contact.id));
        let person = found.first().cloned().unwrap_or_else(|| stranger(tenant, inbound, now));
        let thread = new_thread(tenant, inbound, &person, now);
        let mut turn = Self {
            tenant,
            inbound,
            now,
            person,
            thread,
            found,
            past_leads: Vec::new(),
            past_threads: Vec::new(),
            events: Vec::new(),
            tasks: Vec::new(),
            crossed: None,
            told: false,
            wanted: None,
            late: None,
            spent: Vec::new(),
        };
        for other in turn.found.clone().iter().skip(1) {
            turn.merge(other);
        }
        turn.reopen_closed_lead();
        turn.pick_thread();
        turn.note_details();
        turn.read_in_order();
        turn
    }

    /// An address given inside the message is another contact's: both are one person from now on.
    pub fn absorb(&mut self, other: Person) {
        if self.found.iter().any(|known| known.contact.id == other.contact.id) {
            return;
        }
        self.merge(&other);
        self.found.push(other);
        // The thread of this turn stays the current one of its channel, in whichever contact's partition it is now.
        let rival = self.person.threads.iter().position(|thread| thread.channel == self.thread.channel);
        let rival = rival.map(|at| self.person.threads.swap_remove(at));
        let moved = self.thread.contact != self.person.contact.id;
        if moved {
            self.thread.version = rival.as_ref().map_or(0, |thread| thread.version);
        }
        self.past_threads.extend(rival);
        self.thread.contact = self.person.contact.id;
        self.thread.lead = self.person.lead.id;
    }

    fn merge(&mut self, other: &Person) {
        let other_survives = survivor(&self.person.contact, &other.contact).id == other.contact.id;
        let (mut winner, loser) =
            if other_survives { (other.clone(), &self.person) } else { (self.person.clone(), other) };
        let leftovers = winner.absorb(loser);
        self.past_leads.extend(leftovers.leads);
        self.past_threads.extend(leftovers.threads);
        for thread in self.past_threads.iter_mut().filter(|thread| leftovers.merged_lead == Some(thread.lead)) {
            thread.lead = winner.lead.id;
        }
        let merged = EventKind::ContactMerged { into: winner.contact.id, from: loser.contact.id };
        self.events.extend((loser.contact.version > 0).then_some(merged));
        self.person = winner;
    }

    fn reopen_closed_lead(&mut self) {
        if self.person.lead.status.is_closed() {
            let fresh = new_lead(self.tenant, self.inbound, self.person.contact.id, self.now);
            let fresh = Lead { version: self.person.lead.version, ..fresh };
            self.past_leads.push(std::mem::replace(&mut self.person.lead, fresh));
        }
    }

    /// The open thread of this channel (and session), else a new one; a thread that is over becomes history.
    fn pick_thread(&mut self) {
        let lead = self.person.lead.id;
        self.thread.contact = self.person.contact.id;
        self.thread.lead = lead;
        let Some(at) = self.person.threads.iter().position(|thread| thread.channel == self.inbound.channel) else {
            return;
        };
        let current = self.person.threads.swap_remove(at);
        if current.lead == lead && current.continues(session(self.inbound), self.now) {
            self.thread = current;
        } else {
            // The new thread takes the old one's place: the write is conditional on the version that was read.
            self.thread.version = current.version;
            self.past_threads.push(current);
        }
    }

    /// What was written before our last reply left does not answer what that reply asks: the two crossed.
    fn read_in_order(&mut self) {
        let said_at = self.inbound.said_at();
        if self.thread.replied_at.is_some_and(|replied_at| said_at < replied_at) {
            self.crossed = self.thread.asked.take();
        }
        if let Content::Text { text } = &self.inbound.content {
            self.thread.count_repeat(text, said_at);
        }
    }

    fn note_details(&mut self) {
        let contact = &mut self.person.contact;
        for address in std::iter::once(&self.inbound.from).chain(&self.inbound.also) {
            if !contact.addresses.contains(address) {
                contact.addresses.push(address.clone());
            }
        }
        if let Some(name) = &self.inbound.name {
            contact.name.get_or_insert_with(|| name.clone());
        }
        self.person.lead.name.clone_from(&contact.name);
    }

    /// Addresses given inside the message that are not known to be this person's yet: look their owners up, then [`Turn::absorb`].
    #[must_use]
    pub fn unknown_addresses(&self, answer: &Answer) -> Vec<Address> {
        let mut given = answer.given.addresses();
        given.retain(|address| !self.person.contact.addresses.contains(address));
        given
    }
}

fn session(inbound: &Inbound) -> Option<&str> {
    match (&inbound.from, inbound.channel) {
        (Address::Chat(session), Channel::Chat) => Some(session),
        _ => None,
    }
}

fn stranger(tenant: &Tenant, inbound: &Inbound, now: Timestamp) -> Person {
    let id = ContactId::derive(&tenant.id, &[&inbound.message_id().to_string()]);
    let contact = Contact {
        id,
        name: inbound.name.clone(),
        addresses: Vec::new(),
        language: None,
        merged_into: None,
        merged_from: Vec::new(),
        created_at: now,
        version: 0,
    };
    let lead = new_lead(tenant, inbound, id, now);
    Person { contact, lead, threads: Vec::new(), standing: Standing::default(), journey: None }
}

fn new_lead(tenant: &Tenant, inbound: &Inbound, contact: ContactId, now: Timestamp) -> Lead {
    Lead {
        id: LeadId::derive(&tenant.id, &[&inbound.message_id().to_string()]),
        contact,
        name: inbound.name.clone(),
        source: inbound.source,
        status: LeadStatus::New,
        score: Score::Unscored,
        qualification: Qualification::default(),
        intake: BTreeMap::new(),
        requested_time: None,
        fields: inbound.fields.clone(),
        created_at: now,
        updated_at: now,
        version: 0,
    }
}

fn new_thread(tenant: &Tenant, inbound: &Inbound, person: &Person, now: Timestamp) -> Conversation {
    let lead = &person.lead;
    Conversation {
        id: ConversationId::derive(&tenant.id, &[&inbound.message_id().to_string()]),
        contact: lead.contact,
        lead: lead.id,
        channel: inbound.channel,
        session: session(inbound).map(ToOwned::to_owned),
        status: ConversationStatus::Active,
        escalation: None,
        language: person.contact.language.as_ref().unwrap_or(&tenant.language).clone(),
        recent: Vec::new(),
        asked: None,
        asked_again: false,
        sla: SlaClock::default(),
        replied_at: None,
        repeats: Repeats::default(),
        alarmed_at: None,
        resolved_count: 0,
        message_count: 0,
        started_at: now,
        last_message_at: now,
        version: 0,
    }
}
