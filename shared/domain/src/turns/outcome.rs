//! What a turn stores: the difference between what was read and what is so now.

use super::Turn;
use super::booking::BookingChange;
use super::calling::Called;
use crate::conversations::{Conversation, ConversationStatus, Escalation, Message, Task};
use crate::events::{Event, EventKind};
use crate::journeys::Person;
use crate::knowledge::gaps::UnansweredQuestion;
use crate::leads::{Contact, KnownAddress, Lead, LeadStatus, Score};
use crate::messaging::consent::Consent;
use crate::messaging::{Address, Channel, Inbound, Source};
use crate::prompts::PromptCount;
use crate::scheduling::WaitlistEntry;
use crate::tenancy::usage::Spent;
use crate::{ContactId, ConversationId, EventId, MessageId};
use jiff::Timestamp;

/// Everything a turn stores, in one transaction.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The id of the message that came in: stored once, for 30 days, it makes a repeat visible.
    pub inbound: MessageId,
    /// The contact, where it is new or changed.
    pub contact: Option<Contact>,
    /// New addresses, which led to nobody: they lead to the contact now.
    pub addresses: Vec<KnownAddress>,
    /// Addresses that led to the contact or to somebody else before, and lead to the contact now, as sure as this: those of an
    /// anonymous visitor who was joined, and the one that a message now proves.
    pub moved_addresses: Vec<KnownAddress>,
    /// Contacts that may be the same person, as is news.
    pub duplicates: Vec<ContactId>,
    /// The contact's lead.
    pub lead: Lead,
    /// The lead was opened by this message.
    pub opened_lead: bool,
    /// The thread.
    pub thread: Conversation,
    /// The thread was opened by this message.
    pub opened_thread: bool,
    /// Current threads on other channels that came over in a merge.
    pub moved_threads: Vec<Conversation>,
    /// The anonymous visitor who turned out to be this one, as they were read.
    pub merged: Vec<Person>,
    /// Leads and threads that are history now.
    pub past_leads: Vec<Lead>,
    /// See `past_leads`.
    pub past_threads: Vec<Conversation>,
    /// The message that came in, the reply, notices to staff.
    pub messages: Vec<Message>,
    /// A person is wanted.
    pub escalation: Option<Escalation>,
    /// What staff are to do.
    pub tasks: Vec<Task>,
    /// What was asked and the business's data does not answer, and until when that is kept.
    pub unanswered: Option<(UnansweredQuestion, Timestamp)>,
    /// What happens to an appointment.
    pub booking: Option<BookingChange>,
    /// What they wait for from now on, in the place of whatever it was before.
    pub waits: Option<WaitlistEntry>,
    /// What other functions hear of.
    pub events: Vec<Event>,
    /// What models took.
    pub spent: Vec<Spent>,
    /// What is counted of versions of the instructions.
    pub prompt_counts: Vec<PromptCount>,
    /// That they wrote: when, on which channel, from where.
    pub heard: Heard,
}

/// That somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// On which channel they wrote; `None`: they called.
    pub channel: Option<Channel>,
    /// When (UTC).
    pub at: Timestamp,
    /// From where.
    pub from: Address,
    /// It was really written from there: it can be reached, whatever a vendor said before.
    pub proven: bool,
    /// They had refused, and are told how to come back.
    pub told: bool,
    /// They told the vendor of text messages to deliver nothing there any more (`true`), or to deliver again.
    pub stopped: Option<bool>,
}

/// The channel that a message was written on: a form is like an e-mail, whichever way it is answered, and a call was not
/// written at all. WhatsApp's window is opened by what was written there alone.
fn written_on(inbound: &Inbound) -> Option<Channel> {
    match inbound.source {
        Source::MissedCall | Source::Entered => None,
        Source::WebForm => Some(Channel::Email),
        Source::Whatsapp | Source::Sms | Source::LiveChat => Some(inbound.channel),
    }
}

impl Turn<'_> {
    /// Status and score of the lead as it was stored; of a new lead, as every lead begins.
    pub(super) fn lead_before(&self) -> (LeadStatus, Score) {
        let stored = self.found.iter().map(|person| &person.lead).find(|lead| lead.id == self.person.lead.id);
        stored.map_or((LeadStatus::New, Score::Unscored), |lead| (lead.status, lead.score))
    }

    pub(super) fn finish(mut self, messages: Vec<Message>, called: Called, booking: Option<BookingChange>) -> Outcome {
        self.person.lead.updated_at = self.now;
        let (status, _) = self.lead_before();
        self.person.lead.note_status(status, self.now);
        let heard = self.heard();
        let mut prompt_counts = self.count_prompts();
        prompt_counts.append(&mut self.sorted);
        self.note_summaries();
        let events = self.all_events();
        let opened_lead = self.opens_lead();
        let inbound = self.inbound.message_id();
        let opened_thread = self.thread.id == ConversationId::derive(&self.tenant.id, &[&inbound.to_string()]);
        let owner = self.person.contact.id;
        let ended = |thread| Conversation { contact: owner, status: ConversationStatus::Ended, ..thread };
        let (stored, merged): (Vec<_>, Vec<_>) = self.found.into_iter().partition(|person| person.contact.id == owner);
        let stored = stored.first();
        let contact = self.person.contact;
        let known: &[KnownAddress] = stored.map_or(&[], |person| &person.contact.addresses);
        let led = |address: &Address| {
            let theirs = |person: &Person| person.contact.knows(address);
            self.taken.contains(address) || stored.is_some_and(theirs) || merged.iter().any(theirs)
        };
        let gained = contact.addresses.iter().filter(|address| !known.contains(address)).cloned();
        let (moved_addresses, addresses): (Vec<_>, Vec<_>) = gained.partition(|known| led(&known.address));
        // One that is older than the search is found from now on.
        let changed = stored.map(|person| &person.contact) != Some(&contact) || contact.found_by != contact.keywords();
        let unanswered = self.open_question.map(|question| {
            let until = question.kept_until(self.tenant);
            (question, until)
        });
        let in_place: &[Conversation] = stored.map_or(&[], |person| &person.threads);
        Outcome {
            inbound,
            addresses,
            moved_addresses,
            duplicates: self.duplicates,
            booking,
            waits: self.waits,
            events,
            contact: changed.then_some(contact),
            lead: self.person.lead,
            opened_lead,
            thread: self.thread,
            opened_thread,
            moved_threads: self.person.threads.into_iter().filter(|thread| !in_place.contains(thread)).collect(),
            merged,
            past_leads: self.past_leads.into_iter().map(|lead| Lead { contact: owner, ..lead }).collect(),
            past_threads: self.past_threads.into_iter().map(ended).collect(),
            messages,
            escalation: called.escalation,
            tasks: self.tasks.into_iter().chain(called.tasks).collect(),
            spent: self.spent,
            prompt_counts,
            unanswered,
            heard,
        }
    }

    /// A message that comes hours late was written when its vendor says; the later word counts.
    fn heard(&self) -> Heard {
        let channel = written_on(self.inbound);
        let before = channel.and_then(|channel| self.person.opt_out_state.heard.get(&channel).copied());
        let at = Some(self.inbound.said_at().min(self.now)).max(before).unwrap_or(self.now);
        let stopped = match self.inbound.taken_by_vendor() {
            Some(Consent::Stop) => Some(true),
            Some(Consent::Start) => Some(false),
            Some(Consent::Help) | None => None,
        };
        let proven = self.inbound.proves_sender();
        Heard { channel, at, from: self.inbound.from.clone(), told: self.told, stopped, proven }
    }

    /// Whether nobody had this lead before.
    fn opens_lead(&self) -> bool {
        !self.found.iter().any(|person| person.lead.id == self.person.lead.id)
    }

    /// What happened, in order, each with an id that a repeat of this turn gives it again.
    fn all_events(&mut self) -> Vec<Event> {
        let lead = &self.person.lead;
        let created = self.opens_lead().then_some(EventKind::LeadCreated {
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
