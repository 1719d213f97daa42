//! The first half of a turn: who wrote, on which thread.

use jiff::Timestamp;
use std::borrow::Cow;

use super::Turn;
use super::suggesting::as_stated;
use crate::conversations::{Conversation, ConversationStatus, Findings, Task, TaskKind};
use crate::events::EventKind;
use crate::ids::TaskId;
use crate::journeys::{Filing, Person, file};
use crate::leads::{Contact, Lead};
use crate::messaging::{Address, Channel, Content, Inbound, OptOutState, Strength};
use crate::tenancy::{BusinessContext, Tenant};
use crate::{ContactId, ConversationId, LeadId};

impl<'a> Turn<'a> {
    /// First half: who wrote, on which thread. `found` is everybody known by one of the message's addresses.
    #[must_use]
    pub fn open(
        tenant: &'a Tenant,
        own: &'a BusinessContext,
        inbound: &'a Inbound,
        mut found: Vec<Person>,
        now: Timestamp,
    ) -> Self {
        let addresses = || std::iter::once(&inbound.from).chain(&inbound.also);
        let (owned, theirs): (Vec<&Address>, Vec<&Address>) =
            addresses().partition(|address| tenant.owns(address, own, inbound.strength()));
        if !owned.is_empty() {
            // What the business itself is reached by leads to nobody.
            let known = |person: &Person, address: &Address| {
                address.spellings().any(|spelling| person.contact.knows(&spelling))
            };
            found.retain(|person| theirs.iter().any(|address| known(person, address)));
        }
        let Filing { owner, visitor, others } = file(found, &inbound.from, inbound.strength());
        let person = owner.clone().unwrap_or_else(|| newcomer(tenant, inbound, now));
        let thread = new_thread(tenant, inbound, &person, now);
        let mut turn = Self {
            tenant,
            own,
            inbound,
            now,
            person,
            thread,
            found: owner.into_iter().collect(),
            past_leads: Vec::new(),
            past_threads: Vec::new(),
            duplicates: Vec::new(),
            taken: Vec::new(),
            events: Vec::new(),
            tasks: Vec::new(),
            crossed: None,
            told: false,
            wanted: None,
            code: None,
            when: None,
            other_time: None,
            arranged: None,
            waits: None,
            findings: Findings::NONE.clone(),
            memory: Vec::new(),
            is_dispute_known: false,
            spent: Vec::new(),
            tried: None,
            sorted: Vec::new(),
            open_question: None,
        };
        turn.taken =
            addresses().filter(|address| others.iter().any(|other| other.contact.knows(address))).cloned().collect();
        if let Some(visitor) = visitor {
            turn.join(visitor);
        }
        turn.suspect(&others);
        turn.reopen_closed_lead();
        turn.pick_thread();
        turn.note_details();
        turn.note_earlier();
        turn.read_in_order();
        turn
    }

    /// An anonymous visitor has said whose lead this is.
    fn join(&mut self, visitor: Person) {
        let leftovers = self.person.merge(&visitor);
        self.past_leads.extend(leftovers.leads);
        self.past_threads.extend(leftovers.threads);
        self.events.push(EventKind::ContactMerged { into: self.person.contact.id, from: visitor.contact.id });
        self.found.push(visitor);
    }

    /// Others are known by an address of this message: staff decide whether they are the same person.
    fn suspect(&mut self, others: &[Person]) {
        for other in others {
            let (mine, other) = (self.person.contact.id, other.contact.id);
            if !self.person.contact.suspect(other) {
                continue;
            }
            let task = Task {
                id: TaskId::derive(&self.tenant.id, &["duplicate", &mine.to_string(), &other.to_string()]),
                contact: mine,
                conversation: None,
                kind: TaskKind::Other,
                title: "Two contacts may be the same person".to_owned(),
                note: format!("Contact {mine} and contact {other} came with the same address. Merge them if they are."),
                urgent: false,
                assignee: None,
                due_at: None,
                created_at: self.now,
                done: None,
            };
            self.events.push(EventKind::TaskCreated { task: task.id, contact: mine });
            self.tasks.push(task);
            self.duplicates.push(other);
        }
    }

    /// The name to call the writer by.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        let name = if self.is_proven() { &self.person.contact.name } else { &self.thread.stated.name };
        name.as_deref()
    }

    /// Whether the business has a number or an address of theirs, beside a session of its chat.
    #[must_use]
    pub fn is_reachable(&self) -> bool {
        self.person.contact.addresses.iter().any(|known| !matches!(known.address, Address::Chat(_)))
    }

    /// The lead as the writer may know it: who is not proven is told only what they said themselves in this thread.
    #[must_use]
    pub fn lead_for_writer(&self) -> Cow<'_, Lead> {
        let lead = &self.person.lead;
        if self.is_proven() {
            return Cow::Borrowed(lead);
        }
        Cow::Owned(Lead { fields: self.inbound.fields.clone(), ..as_stated(lead, &self.thread) })
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
        if current.lead == lead && current.continues(&self.inbound.from, self.now) {
            self.thread = current;
            if self.thread.status == ConversationStatus::Ended {
                self.thread.status = ConversationStatus::Active;
            }
        } else {
            // The new thread takes the old one's place: the write is conditional on the version that was read. Whom staff answer is
            // theirs in the next thread too.
            self.thread.version = current.version;
            // Who takes some days to answer an invitation answers it all the same.
            let is_theirs = current.peer.as_ref().is_none_or(|peer| *peer == self.inbound.from);
            self.thread.invited = current.invited.clone().filter(|invited| is_theirs && invited.is_open(self.now));
            if current.handling.is_with_staff() {
                self.thread.handling = current.handling.clone();
                self.thread.handling.wake();
            }
            self.past_threads.push(current);
        }
    }

    /// What was written before our last reply left does not answer what that reply asks: the two crossed.
    fn read_in_order(&mut self) {
        let said_at = self.inbound.said_at();
        if self.thread.replied_at.is_some_and(|replied_at| said_at < replied_at) {
            self.crossed = self.thread.asked.take();
            self.thread.extra.iter_mut().for_each(|extra| extra.open = false);
        }
        if let Content::Text { text } = &self.inbound.content {
            self.thread.count_repeat(text, said_at);
        }
    }

    fn note_details(&mut self) {
        let contact = &mut self.person.contact;
        // Somebody wrote, rang or filled in a form: it is a real contact now.
        contact.test = false;
        let strength = self.inbound.strength();
        let addresses = std::iter::once(&self.inbound.from).chain(&self.inbound.also);
        for address in addresses.filter(|address| !self.tenant.owns(address, self.own, strength)) {
            // What leads to somebody else goes on leading there, unless it is proven to be this writer's.
            if strength == Strength::Proven || !self.taken.contains(address) {
                contact.learn(address, strength);
            }
            if self.thread.session.is_some() && *address != self.inbound.from {
                self.thread.stated.mention(address.clone());
            }
        }
        if let Some(name) = &self.inbound.name {
            contact.learn_name(name, strength);
            if !self.inbound.proves_sender() {
                self.thread.stated.name = Some(name.clone());
            }
        }
        self.person.lead.name.clone_from(&contact.name);
    }
}

fn session(inbound: &Inbound) -> Option<&str> {
    match (&inbound.from, inbound.channel) {
        (Address::Chat(session), Channel::Chat) => Some(session),
        _ => None,
    }
}

fn newcomer(tenant: &Tenant, inbound: &Inbound, now: Timestamp) -> Person {
    let id = ContactId::derive(&tenant.id, &[&inbound.message_id().to_string()]);
    let contact = Contact { name: inbound.name.clone(), ..Contact::new(id, now) };
    let lead = new_lead(tenant, inbound, id, now);
    Person { contact, lead, threads: Vec::new(), opt_out_state: OptOutState::default(), journey: None }
}

fn new_lead(tenant: &Tenant, inbound: &Inbound, contact: ContactId, now: Timestamp) -> Lead {
    let id = LeadId::derive(&tenant.id, &[&inbound.message_id().to_string()]);
    Lead { name: inbound.name.clone(), fields: inbound.fields.clone(), ..Lead::new(id, contact, inbound.source, now) }
}

fn new_thread(tenant: &Tenant, inbound: &Inbound, person: &Person, now: Timestamp) -> Conversation {
    let lead = &person.lead;
    Conversation {
        session: session(inbound).map(ToOwned::to_owned),
        peer: Some(inbound.from.clone()),
        ..Conversation::new(
            ConversationId::derive(&tenant.id, &[&inbound.message_id().to_string()]),
            lead.contact,
            lead.id,
            inbound.channel,
            person.contact.language.as_ref().unwrap_or(&tenant.language).clone(),
            now,
        )
    }
}
