//! What a reply is proposed from: a thread as it stands, read as if its last message had just come.
//!
//! A proposal goes to the writer of the thread, though staff send it. So it is made from what an answer to them would be made from:
//! of who is not proven to be the contact, from what they said themselves in this thread.

use std::borrow::Cow;

use jiff::Timestamp;

use super::findings::lookup;
use crate::ConversationId;
use crate::conversations::summary::{Recalled, StoredSummary};
use crate::conversations::{
    Action, Answer, Conversation, Excerpt, Findings, Intent, Lookup, Places, Question, Role, Route, builtin, extras,
    route,
};
use crate::journeys::Person;
use crate::leads::{Lead, LeadStatus, Score};
use crate::messaging::{Address, Channel, Content, Strength};
use crate::tenancy::{BusinessContext, Tenant};
use ::language::{Intent as Wants, Intents};

/// How sure the built-in responder must be of an answer that is proposed, in percent.
const SURE: u8 = 60;

/// What a reply is proposed from.
#[derive(Debug, Clone)]
pub struct Draftable<'a> {
    thread: &'a Conversation,
    /// The thread before the customer's last messages, as far as it is remembered.
    before: Conversation,
    /// Those messages.
    content: Content,
    /// The business as its customer finds it.
    tenant: Tenant,
    places: Places<'a>,
    person: &'a Person,
    name: Option<&'a str>,
    lead: Cow<'a, Lead>,
    route: Route,
    findings: Findings,
    is_proven: bool,
    memory: Vec<Recalled>,
}

impl<'a> Draftable<'a> {
    /// Reads `thread`, which is one of `person`'s.
    #[must_use]
    pub fn new(
        tenant: &Tenant,
        own: &'a BusinessContext,
        person: &'a Person,
        thread: &'a Conversation,
        now: Timestamp,
    ) -> Self {
        let (before, text) = split(thread);
        let is_proven = is_proven(person, thread, now);
        let lead = lead_for_writer(person, thread, is_proven);
        let places = Places::of(&own.locations, &text, &lead);
        let date = now.to_zoned(tenant.zone_at(places.meant)).date();
        let name = if is_proven { &person.contact.name } else { &thread.stated.name };
        Self {
            thread,
            route: route(tenant, &text, Some(&before), now),
            before,
            content: Content::Text { text },
            tenant: tenant.seen_from(places.meant, date),
            places,
            person,
            name: name.as_deref(),
            lead,
            findings: Findings::NONE.clone(),
            is_proven,
            memory: Vec::new(),
        }
    }

    /// The thread as it stands.
    #[must_use]
    pub fn thread(&self) -> &Conversation {
        self.thread
    }

    /// Whether the customer wrote last.
    #[must_use]
    pub fn waits(&self) -> bool {
        !self.content.text().is_empty()
    }

    /// What is to be looked for in the business's documents; `None`: nothing.
    #[must_use]
    pub fn lookup(&self) -> Option<Lookup> {
        lookup(self.content.text(), &self.before, &self.places, &self.route)
    }

    /// With what was found for the [lookup](Self::lookup), best first.
    #[must_use]
    pub fn with_findings(self, lookup: &Lookup, found: Vec<Excerpt>) -> Self {
        Self { findings: Findings::weigh(&self.tenant, lookup, found), ..self }
    }

    /// The conversations whose summaries are to be looked up.
    #[must_use]
    pub fn recalls(&self) -> Vec<ConversationId> {
        self.thread.recalls(self.is_proven)
    }

    /// With what was said before, of the summaries that were `found`.
    #[must_use]
    pub fn recalling(self, found: Vec<StoredSummary>) -> Self {
        Self { memory: self.thread.recalled(self.person.with_appointments(), self.is_proven, found), ..self }
    }

    /// The customer's last messages as one that just came.
    #[must_use]
    pub fn turn(&self) -> builtin::Turn<'_> {
        builtin::Turn {
            contact_name: self.name,
            lead: Some(&self.lead),
            conversation: Some(&self.before),
            is_reachable: self.person.contact.addresses.iter().any(|known| !matches!(known.address, Address::Chat(_))),
            places: self.places,
            findings: &self.findings,
            memory: &self.memory,
            ..builtin::Turn::new(&self.tenant, &self.content, self.lead.source, &self.route)
        }
    }

    /// What the built-in responder would answer, where staff may send that as their own: it answers what was asked. What calls a
    /// person, says that something was passed on, or asks what the code would act upon is none.
    #[must_use]
    pub fn builtin(&self, now: Timestamp) -> Option<Answer> {
        let asks_who_writes = || Intents::read(self.content.text()).has(Wants::Bot);
        // A yes that the code would take down is not taken down by who reads a proposal.
        let answers_extra = || extras::said(&self.tenant, &self.before, self.content.text()).is_some();
        if !self.waits() || asks_who_writes() || answers_extra() {
            return None;
        }
        Some(builtin::respond(&self.turn(), now)).filter(is_for_staff)
    }
}

fn is_for_staff(answer: &Answer) -> bool {
    let is_text_alone = matches!(answer.action, Action::Reply | Action::End);
    let is_for_a_person =
        matches!(answer.intent, Intent::Human | Intent::Emergency | Intent::Complaint | Intent::OptOut | Intent::OptIn);
    let asks_for_a_yes = matches!(answer.asked, Some(Question::CancelThis | Question::MoveThis | Question::Waitlist));
    let is_true_of_them = !builtin::promises_team(&answer.reply);
    answer.confidence >= SURE && is_text_alone && !is_for_a_person && !asks_for_a_yes && is_true_of_them
}

/// The thread without the last messages of its customer, and what these say; nothing where they did not write last.
fn split(thread: &Conversation) -> (Conversation, String) {
    let is_answer = |role: Role| matches!(role, Role::Assistant | Role::Staff);
    let answered = thread.recent.iter().rposition(|line| is_answer(line.role)).map_or(0, |place| place + 1);
    let mut before = thread.clone();
    let last = before.recent.split_off(answered);
    let said: Vec<&str> = last.iter().filter(|line| line.role == Role::Customer).map(|line| line.text.trim()).collect();
    (before, said.join("\n").trim().to_owned())
}

/// Whether the thread's writer is known to be the contact: they write from an address that is proven, or typed a code back lately.
fn is_proven(person: &Person, thread: &Conversation, now: Timestamp) -> bool {
    let is_theirs = |address: &Address| person.contact.strength_of(address) == Some(Strength::Proven);
    match thread.channel {
        Channel::Sms | Channel::Whatsapp => thread.peer.as_ref().is_some_and(is_theirs),
        Channel::Chat => thread.proof.as_ref().is_some_and(|proof| proof.holds(now) && is_theirs(&proof.address)),
        Channel::Email => false,
    }
}

/// The lead as the thread's writer may know it ([`Turn::lead_for_writer`](super::Turn::lead_for_writer)).
fn lead_for_writer<'p>(person: &'p Person, thread: &Conversation, is_proven: bool) -> Cow<'p, Lead> {
    if is_proven {
        return Cow::Borrowed(&person.lead);
    }
    Cow::Owned(as_stated(&person.lead, thread))
}

/// A lead of which nothing is known but what was said in `thread`.
pub(super) fn as_stated(lead: &Lead, thread: &Conversation) -> Lead {
    let stated = &thread.stated;
    Lead {
        name: stated.name.clone(),
        status: LeadStatus::New,
        score: Score::Unscored,
        qualification: stated.qualification.clone(),
        intake: stated.intake.clone(),
        requested_time: stated.requested_time.clone(),
        requested_visit: stated.requested_visit,
        extras: Vec::new(),
        assignee: None,
        value: None,
        lost_reason: None,
        history: Vec::new(),
        fields: std::collections::BTreeMap::new(),
        ..lead.clone()
    }
}

#[cfg(test)]
mod tests;
