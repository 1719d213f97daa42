//! One turn: a message came in; who wrote it, what follows from the answer, what has to be stored.
//!
//! Pure. `ai-converse` loads, calls [`Turn::open`], gets an answer, calls [`Turn::close`], and stores the [`Outcome`]
//! in one transaction. Run twice on the same state it gives the same outcome, so a repeat changes nothing.

use jiff::Timestamp;

use super::escalating::{self, Cause};
use super::{
    Action, Answer, Conversation, ConversationStatus, Delivery, Escalation, EscalationReason, Intent, Message,
    NoticeKind, Role,
};
use crate::events::{Event, EventKind};
use crate::leads::{Contact, Lead, LeadStatus, Person, Qualification, Score, survivor};
use crate::messaging::{Address, Channel, DeliveryState, Inbound, MessageRef};
use crate::tenancy::Tenant;
use crate::{ContactId, ConversationId, EventId, LeadId, MessageId};

/// A turn between its two halves: the person is known, the answer is not.
#[derive(Debug, Clone)]
pub struct Turn<'a> {
    tenant: &'a Tenant,
    inbound: &'a Inbound,
    now: Timestamp,
    /// Who writes, everything merged.
    pub person: Person,
    /// The thread the message belongs to.
    pub thread: Conversation,
    /// Everybody found, as they were read.
    found: Vec<Person>,
    past_leads: Vec<Lead>,
    past_threads: Vec<Conversation>,
    events: Vec<EventKind>,
}

/// Everything a turn stores, in one transaction.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The id of the message that came in: stored once, for 30 days, it makes a repeat visible.
    pub inbound: MessageId,
    /// The contact, where it is new or changed.
    pub contact: Option<Contact>,
    /// Addresses that now lead to the contact.
    pub addresses: Vec<Address>,
    /// The contact's lead.
    pub lead: Lead,
    /// The lead was opened by this message.
    pub opened_lead: bool,
    /// The thread.
    pub thread: Conversation,
    /// The thread was opened by this message.
    pub opened_thread: bool,
    /// Threads on other channels that came over in a merge.
    pub moved_threads: Vec<Conversation>,
    /// People who turned out to be this one, as they were read.
    pub merged: Vec<Person>,
    /// Leads and threads that are history now.
    pub past_leads: Vec<Lead>,
    /// See `past_leads`.
    pub past_threads: Vec<Conversation>,
    /// The message that came in, the reply, notices to staff.
    pub messages: Vec<Message>,
    /// A person is wanted.
    pub escalation: Option<Escalation>,
    /// What other functions hear of.
    pub events: Vec<Event>,
    /// Tokens read and written by models.
    pub tokens: (u64, u64),
}

/// What answers the message.
#[derive(Debug, Clone, PartialEq)]
pub enum Response {
    /// An answer goes out.
    Answered {
        /// The answer.
        answer: Box<Answer>,
        /// The rules or an outage call for a person.
        escalate: Option<EscalationReason>,
    },
    /// Nothing goes out: a reaction, a consent word, a suppressed sender.
    Silent {
        /// What the message was.
        intent: Intent,
        /// It changed consent: whether messages are refused now.
        suppressed: Option<bool>,
    },
}

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
        };
        for other in turn.found.clone().iter().skip(1) {
            turn.merge(other);
        }
        turn.reopen_closed_lead();
        turn.pick_thread();
        turn.note_details();
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
        self.past_threads.extend(rival.map(|thread| Conversation { version: 0, ..thread }));
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
            self.past_threads.push(Conversation { version: 0, status: ConversationStatus::Ended, ..current });
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

    /// Second half: what follows from the response. `processing_ms` is what the turn took so far.
    #[must_use]
    pub fn close(mut self, response: Response, processing_ms: u64) -> Outcome {
        let mut messages = vec![self.customer_message()];
        let mut tokens = (0, 0);
        let mut escalation = None;
        self.thread.remember(Role::Customer, self.inbound.content.text());
        self.thread.message_count += 1;
        self.thread.last_message_at = self.now;
        match response {
            Response::Silent { intent, suppressed } => {
                set_reading(&mut messages, intent, None);
                if let Some(suppressed) = suppressed {
                    self.events.push(EventKind::ConsentChanged {
                        contact: self.person.contact.id,
                        channel: self.inbound.channel,
                        suppressed,
                    });
                }
            }
            Response::Answered { answer, escalate } => {
                set_reading(&mut messages, answer.intent, Some(&answer));
                tokens = (answer.author.input_tokens, answer.author.output_tokens);
                let booking = self.apply(&answer);
                messages.push(self.reply(&answer, processing_ms));
                escalation = self.escalate(&answer, escalate);
                messages.extend(self.notices(booking, escalation.as_ref()));
            }
        }
        self.finish(messages, escalation, tokens)
    }

    fn customer_message(&self) -> Message {
        let inbound = self.inbound;
        Message {
            reference: MessageRef {
                conversation: self.thread.id,
                at: inbound.received_at.min(self.now),
                message: inbound.message_id(),
            },
            lead: self.person.lead.id,
            role: Role::Customer,
            channel: inbound.channel,
            text: inbound.content.text().to_owned(),
            content: Some(inbound.content.clone()),
            source: Some(inbound.source),
            vendor_id: Some(inbound.vendor_id.clone()),
            in_reply_to: None,
            author: None,
            confidence: None,
            processing_ms: None,
            intent: None,
            sentiment: None,
            action: None,
            language: Some(self.thread.language.clone()),
            notice: None,
            delivery: None,
            correlation_id: inbound.correlation_id.clone(),
        }
    }

    /// Takes over what the answer learned and decided. Returns whether a booking was asked for just now.
    fn apply(&mut self, answer: &Answer) -> bool {
        let contact = &mut self.person.contact;
        contact.language = Some(answer.language.clone());
        if let Some(name) = &answer.given.name {
            contact.name.get_or_insert_with(|| name.clone());
        }
        for address in answer.given.addresses() {
            if !contact.addresses.contains(&address) {
                contact.addresses.push(address);
            }
        }
        let lead = &mut self.person.lead;
        lead.name.clone_from(&contact.name);
        lead.qualification = std::mem::take(&mut lead.qualification).updated_with(answer.qualification.clone());
        if answer.score != Score::Unscored {
            lead.score = answer.score;
        }
        self.thread.language = answer.language.clone();
        self.thread.asked = answer.asked;
        if answer.action == Action::End {
            self.thread.status = ConversationStatus::Ended;
        }
        let booking = answer.requested_time.clone().filter(|_| answer.action == Action::RequestBooking);
        let asked_anew = booking.is_some() && booking != lead.requested_time;
        if let Some(time) = booking.filter(|_| asked_anew) {
            self.events.push(EventKind::BookingRequested { lead: lead.id, time: time.clone() });
            lead.requested_time = Some(time);
        }
        let to = status_after(answer.action, &lead.qualification);
        if lead.status.assistant_may_move_to(to) {
            lead.status = to;
        }
        asked_anew
    }

    fn reply(&mut self, answer: &Answer, processing_ms: u64) -> Message {
        self.thread.remember(Role::Assistant, &answer.reply);
        self.thread.message_count += 1;
        let at = self.now.max(next_millisecond(self.inbound.received_at));
        self.thread.last_message_at = at;
        let reference = MessageRef {
            conversation: self.thread.id,
            at,
            message: MessageId::derive(&self.tenant.id, &["reply", &self.inbound.message_id().to_string()]),
        };
        self.events.push(EventKind::MessageQueued { message: reference, channel: self.inbound.channel });
        Message {
            reference,
            lead: self.person.lead.id,
            role: Role::Assistant,
            channel: self.inbound.channel,
            text: answer.reply.clone(),
            content: None,
            source: None,
            vendor_id: None,
            in_reply_to: Some(self.inbound.message_id()),
            author: Some(answer.author.clone()),
            confidence: Some(answer.confidence),
            processing_ms: Some(processing_ms),
            intent: Some(answer.intent),
            sentiment: Some(answer.sentiment),
            action: Some(answer.action),
            language: Some(answer.language.clone()),
            notice: None,
            delivery: Some(queued(self.inbound.from.clone(), Some(self.inbound.received_at), self.now)),
            correlation_id: self.inbound.correlation_id.clone(),
        }
    }

    fn escalate(&mut self, answer: &Answer, because: Option<EscalationReason>) -> Option<Escalation> {
        let asked_for = (answer.action == Action::Escalate).then_some(EscalationReason::Unsure);
        let reason = because.or(asked_for)?;
        let cause = Cause { reason, by: self.inbound.message_id(), at: self.now };
        let (escalation, event) = escalating::raise(&self.tenant.id, &mut self.thread, &cause)?;
        self.events.push(event);
        Some(escalation)
    }

    fn notices(&mut self, booking: bool, escalation: Option<&Escalation>) -> Vec<Message> {
        let became_hot = self.person.lead.score == Score::Hot && self.lead_before().1 != Score::Hot;
        let kinds = [
            escalation.map(|_| NoticeKind::Escalation),
            booking.then_some(NoticeKind::BookingRequest),
            // An escalation already tells staff of this very message.
            (became_hot && escalation.is_none() && !booking).then_some(NoticeKind::HotLead),
        ];
        let mut messages = Vec::new();
        for kind in kinds.into_iter().flatten() {
            let about = escalating::About {
                tenant: self.tenant,
                lead: &self.person.lead,
                thread: &self.thread,
                reason: escalation.map(|escalation| escalation.reason),
                correlation_id: &self.inbound.correlation_id,
                by: self.inbound.message_id(),
                at: self.now,
            };
            for (message, event) in escalating::notices(kind, &about) {
                self.events.push(event);
                messages.push(message);
            }
        }
        messages
    }

    /// Status and score of the lead as it was stored; of a new lead, as every lead begins.
    fn lead_before(&self) -> (LeadStatus, Score) {
        let stored = self.found.iter().map(|person| &person.lead).find(|lead| lead.id == self.person.lead.id);
        stored.map_or((LeadStatus::New, Score::Unscored), |lead| (lead.status, lead.score))
    }

    fn finish(mut self, messages: Vec<Message>, escalation: Option<Escalation>, tokens: (u64, u64)) -> Outcome {
        self.person.lead.updated_at = self.now;
        let events = self.all_events();
        let stored =
            self.found.iter().map(|person| &person.contact).find(|contact| contact.id == self.person.contact.id);
        let contact = self.person.contact;
        let known: &[Address] = stored.map_or(&[], |contact| &contact.addresses);
        let addresses = contact.addresses.iter().filter(|address| !known.contains(address)).cloned().collect();
        let changed = stored != Some(&contact);
        let opened_lead = !self.found.iter().any(|person| person.lead.id == self.person.lead.id);
        let opened_thread = self.thread.id == ConversationId::derive(&self.tenant.id, &[&self.inbound.message_id().to_string()]);
        let survivor = contact.id;
        Outcome {
            inbound: self.inbound.message_id(),
            addresses,
            events,
            contact: changed.then_some(contact),
            lead: self.person.lead,
            opened_lead,
            thread: self.thread,
            opened_thread,
            moved_threads: self.person.threads.into_iter().filter(|thread| thread.version == 0).collect(),
            merged: self.found.into_iter().filter(|person| person.contact.id != survivor).collect(),
            past_leads: self.past_leads,
            past_threads: self.past_threads,
            messages,
            escalation,
            tokens,
        }
    }

    /// What happened, in order, each with an id that a repeat of this turn gives it again.
    fn all_events(&mut self) -> Vec<Event> {
        let lead = &self.person.lead;
        let is_new = !self.found.iter().any(|person| person.lead.id == lead.id);
        let created = is_new.then_some(EventKind::LeadCreated {
            lead: lead.id,
            contact: self.person.contact.id,
            source: self.inbound.source,
        });
        let (status, score) = self.lead_before();
        let scored = EventKind::LeadScored { lead: lead.id, score: lead.score, was: score };
        let moved = EventKind::LeadStatusChanged { lead: lead.id, status: lead.status, was: status };
        let kinds = created
            .into_iter()
            .chain(std::mem::take(&mut self.events))
            .chain((lead.score != score).then_some(scored))
            .chain((lead.status != status).then_some(moved));
        let cause = self.inbound.message_id().to_string();
        let event = |(index, kind): (usize, EventKind)| Event {
            id: EventId::derive(&self.tenant.id, &[&cause, kind.name(), &index.to_string()]),
            tenant: self.tenant.id.clone(),
            at: self.now,
            correlation_id: self.inbound.correlation_id.clone(),
            kind,
        };
        kinds.enumerate().map(event).collect()
    }
}

/// A queued delivery, untouched by the gate.
pub(super) fn queued(to: Address, answers_at: Option<Timestamp>, now: Timestamp) -> Delivery {
    Delivery {
        to,
        state: DeliveryState::Queued,
        verdict: None,
        answers_at,
        vendor_id: None,
        reason: None,
        attempts: 0,
        changed_at: now,
    }
}

fn set_reading(messages: &mut [Message], intent: Intent, answer: Option<&Answer>) {
    for message in messages {
        message.intent = Some(intent);
        message.sentiment = answer.map(|answer| answer.sentiment);
        if let Some(answer) = answer {
            message.language = Some(answer.language.clone());
        }
    }
}

fn status_after(action: Action, known: &Qualification) -> LeadStatus {
    match action {
        Action::TransferHotLead => LeadStatus::HandedOff,
        Action::Nurture => LeadStatus::Nurturing,
        Action::RequestBooking => LeadStatus::Qualified,
        _ if known.is_sufficient() => LeadStatus::Qualified,
        _ => LeadStatus::Qualifying,
    }
}

fn next_millisecond(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond() + 1).unwrap_or(at)
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
    Person { contact, lead: new_lead(tenant, inbound, id, now), threads: Vec::new() }
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
        message_count: 0,
        started_at: now,
        last_message_at: now,
        version: 0,
    }
}
