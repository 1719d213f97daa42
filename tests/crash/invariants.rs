//! What must hold when a schedule has come to rest, whatever went wrong in it.

use domain::conversations::{Conversation, EscalationReason, Message, NoticeKind, Role};
use domain::messaging::Address;
use domain::messaging::{DeliveryState, Strength};
use std::collections::BTreeMap;
use vendor_sink::Message as Sent;

use crate::cloud::NOTIFY;
use crate::facts::Facts;
use crate::services::Services;
use crate::state::{Place, State};
use crate::story::Said;

/// Everything that is wrong; empty when all invariants hold. `clean`: nothing went wrong, so everything was sent.
pub(crate) fn violations(facts: &Facts, services: &Services, state: &State, sent: &[Sent], clean: bool) -> Vec<String> {
    let mut check = Check { facts, state, sent, found: facts.violations.clone() };
    check.found.extend(services.surprises.iter().cloned());
    check.that(services.buried.is_empty(), || format!("a good record was given up as hopeless: {:?}", services.buried));
    check.that(state.outbox.is_empty(), || format!("outbox rows stay: {:?}", state.outbox));
    check.every_message_is_stored_once();
    check.every_message_is_answered_once();
    check.every_reply_comes_to_an_end(clean);
    check.nothing_is_sent_twice();
    check.a_person_is_called_once();
    check.one_contact_a_person();
    check.leads_and_threads_are_found();
    check.found
}

struct Check<'a> {
    facts: &'a Facts,
    state: &'a State,
    sent: &'a [Sent],
    found: Vec<String>,
}

impl Check<'_> {
    fn that(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        if !holds {
            self.found.push(otherwise());
        }
    }

    /// Whoever said STOP, on whichever of their channels, or whose number refuses us, at any time.
    fn may_be_silent(&self, address: &str) -> bool {
        self.state.is_silent(address)
    }

    fn every_message_is_stored_once(&mut self) {
        for said in &self.facts.accepted {
            let stored = self.state.messages.iter().filter(|message| message.reference.message == said.id).count();
            self.that(stored == 1, || format!("message {} is stored {stored} times", said.id));
        }
        let customers = self.state.messages.iter().filter(|message| message.role == Role::Customer).count();
        let accepted = self.facts.accepted.len();
        self.that(customers == accepted, || format!("{customers} messages are stored, {accepted} came in"));
    }

    fn every_message_is_answered_once(&mut self) {
        for said in &self.facts.accepted {
            let replies = self.replies_to(said).count();
            let wrong = || format!("message {} has {replies} replies", said.id);
            if said.stops {
                // By SMS the vendor confirms it, elsewhere we do.
                self.that(replies <= 1, wrong);
            } else if !said.wants_answer || self.is_withheld(said) {
                self.that(replies == 0, wrong);
            } else if self.may_be_silent(&said.from) {
                self.that(replies <= 1, wrong);
            } else {
                self.that(replies == 1, wrong);
            }
        }
    }

    /// Whether a limit of its door kept it without an answer. The story has as many forms and calls of one person.
    fn is_withheld(&self, said: &Said) -> bool {
        self.state.messages.iter().any(|message| message.reference.message == said.id && message.withheld.is_some())
    }

    fn replies_to(&self, said: &Said) -> impl Iterator<Item = &Message> {
        let id = said.id;
        let messages = self.state.messages.iter();
        messages.filter(move |message| message.role == Role::Assistant && message.in_reply_to == Some(id))
    }

    fn every_reply_comes_to_an_end(&mut self, clean: bool) {
        for message in &self.state.messages {
            let Some(delivery) = &message.delivery else { continue };
            let (reference, state) = (message.reference.to_string(), delivery.state);
            let words = || format!("{:?} {reference} is {}: {:?}", message.role, state.as_str(), delivery.reason);
            match state {
                DeliveryState::Sent | DeliveryState::Delivered | DeliveryState::Read => {}
                DeliveryState::Dropped => self.that(self.may_be_silent(&delivery.to.key()), words),
                DeliveryState::Failed if self.facts.undelivered.contains(&reference) => {}
                DeliveryState::Failed | DeliveryState::Unknown => {
                    let refused = self.may_be_silent(&delivery.to.key());
                    self.that(!clean || refused, words);
                    let called = self.is_someone_called(message);
                    let is_reply = message.role == Role::Assistant;
                    self.that(called || !is_reply, || format!("{}, and nobody was called", words()));
                }
                _ => self.that(false, words),
            }
        }
        for phone in &self.facts.unreachable {
            let suppressed = self.may_be_silent(&format!("phone:{phone}"));
            self.that(suppressed, || "an unreachable number is not suppressed".to_owned());
        }
    }

    /// For the message's own thread, or for the one in which its customer goes on.
    fn is_someone_called(&self, message: &Message) -> bool {
        let current = self.state.current_thread(message).map(|thread| thread.id);
        let threads = [Some(message.reference.conversation), current];
        self.state.escalations.iter().any(|escalation| threads.contains(&Some(escalation.conversation)))
    }

    fn nothing_is_sent_twice(&mut self) {
        let mut times = BTreeMap::<&str, usize>::new();
        let references = self.sent.iter().map(|sent| sent.reference.as_deref().unwrap());
        for reference in references.chain(self.facts.mails.iter().map(String::as_str)) {
            *times.entry(reference).or_default() += 1;
        }
        for (reference, times) in &times {
            self.that(*times == 1, || format!("{reference} was sent {times} times"));
        }
        for message in &self.state.messages {
            let Some(delivery) = &message.delivery else { continue };
            let reference = message.reference.to_string();
            let was_sent = times.contains_key(reference.as_str());
            let by_widget = matches!(delivery.to, Address::Chat(_));
            let state = delivery.state;
            let agrees = match state {
                DeliveryState::Sent | DeliveryState::Delivered | DeliveryState::Read => was_sent || by_widget,
                DeliveryState::Failed => !was_sent || self.facts.undelivered.contains(&reference),
                DeliveryState::Unknown => true,
                _ => !was_sent,
            };
            self.that(agrees, || format!("{reference} is {}, and the vendor took it: {was_sent}", state.as_str()));
        }
    }

    fn a_person_is_called_once(&mut self) {
        let mut open = BTreeMap::<String, usize>::new();
        for escalation in &self.state.escalations {
            *open.entry(escalation.conversation.to_string()).or_default() += 1;
        }
        for (thread, escalations) in &open {
            self.that(*escalations == 1, || format!("thread {thread} has {escalations} open escalations"));
            for address in NOTIFY {
                let is_notice = |message: &&Message| {
                    message.notice == Some(NoticeKind::Escalation)
                        && message.reference.conversation.to_string() == *thread
                        && message.delivery.as_ref().unwrap().to.key() == format!("email:{address}")
                };
                let notices = self.state.messages.iter().filter(is_notice).count();
                // An emergency is told once more where a person was called over something else before.
                let is_emergency = |message: &&Message| {
                    message.reference.conversation.to_string() == *thread && message.text.contains("emergency")
                };
                let most = if self.state.messages.iter().any(|message| is_emergency(&message)) { 2 } else { 1 };
                // Of many failures with one reason staff hear once.
                let summed_up = self.is_for_a_failure(thread) && notices == 0;
                self.that((1..=most).contains(&notices) || summed_up, || {
                    format!("{address} gets {notices} notices of thread {thread}")
                });
            }
        }
        for (_, thread) in &self.state.threads {
            let escalated = open.contains_key(&thread.id.to_string());
            self.that(escalated == thread.escalation.is_some(), || {
                format!("thread {} and its escalation do not know each other", thread.id)
            });
        }
    }

    fn is_for_a_failure(&self, thread: &str) -> bool {
        let failure = [EscalationReason::DeliveryFailed, EscalationReason::DeliveryUnknown];
        let mut escalations = self.state.escalations.iter();
        escalations.any(|one| one.conversation.to_string() == thread && failure.contains(&one.reason))
    }

    fn one_contact_a_person(&mut self) {
        for (address, contact) in &self.state.identities {
            let owner = self.state.contacts.get(contact);
            let owned = owner.is_some_and(|owner| {
                owner.merged_into.is_none() && owner.addresses.iter().any(|known| known.address.key() == *address)
            });
            self.that(owned, || format!("{address} leads to contact {contact}, who does not have it"));
        }
        for contact in self.state.contacts.values() {
            let id = contact.id.to_string();
            if contact.merged_into.is_some() {
                let survivor = self.state.survivor(&id);
                let known = survivor.is_some_and(|survivor| survivor.merged_from.contains(&contact.id));
                self.that(known, || format!("contact {id} was merged into nobody who knows it"));
                continue;
            }
            // What someone typed leads to its owner once they write from it.
            let proven = contact.addresses.iter().filter(|known| known.strength == Strength::Proven);
            for address in proven.map(|known| &known.address) {
                let leads_here = self.state.identities.get(&address.key()) == Some(&id);
                self.that(leads_here, || format!("{} of contact {id} leads elsewhere", address.key()));
            }
            let of = self.state.leads.iter().filter(|(place, _)| place.contact == id);
            let open = of.filter(|(_, lead)| !lead.status.is_closed()).count();
            self.that(open == 1, || format!("contact {id} has {open} open leads"));
        }
        for said in &self.facts.accepted {
            let known = self.state.identities.contains_key(&said.from);
            self.that(known, || format!("{} leads to nobody", said.from));
        }
    }

    fn leads_and_threads_are_found(&mut self) {
        for (place, lead) in &self.state.leads {
            let owner = lead.contact.to_string();
            self.that(owner == place.contact, || format!("lead {} is kept with {}", lead.id, place.contact));
            let alive = self.state.contacts.get(&owner).is_some_and(|contact| contact.merged_into.is_none());
            let is_current = place.sort_key.starts_with("NOW#");
            self.that(alive || !is_current, || format!("lead {} stayed behind with {owner}", lead.id));
        }
        for lead in self.state.lead_pointers.keys() {
            self.that(self.state.lead(lead).is_some(), || format!("the pointer of lead {lead} leads nowhere"));
        }
        for (thread, contact) in &self.state.thread_pointers {
            let at =
                |(place, kept): &&(Place, Conversation)| place.contact == *contact && kept.id.to_string() == *thread;
            let kept: Vec<_> = self.state.threads.iter().filter(at).collect();
            self.that(kept.len() == 1, || format!("the pointer of thread {thread} leads to {} threads", kept.len()));
        }
        for (place, thread) in &self.state.threads {
            let id = thread.id.to_string();
            let owner = thread.contact.to_string();
            self.that(owner == place.contact, || format!("thread {id} of {owner} is kept with {}", place.contact));
            let pointed = self.state.thread_pointers.get(&id) == Some(&place.contact);
            self.that(pointed, || format!("thread {id} has no pointer"));
            let known = self.state.lead_pointers.contains_key(&thread.lead.to_string());
            self.that(known, || format!("thread {id} is about a lead that does not exist"));
            let said = |message: &&Message| message.reference.conversation == thread.id && message.role != Role::Notice;
            let messages = self.state.messages.iter().filter(said).count();
            let counted = thread.message_count;
            self.that(messages == counted as usize, || format!("thread {id} counts {counted} messages of {messages}"));
        }
        for message in &self.state.messages {
            let thread = message.reference.conversation.to_string();
            let known = self.state.thread_pointers.contains_key(&thread);
            self.that(known, || format!("message {} is in no thread", message.reference));
        }
        for (session, thread) in &self.state.chat_pointers {
            let known = self.state.thread_pointers.contains_key(thread);
            self.that(known, || format!("chat {session} leads to no thread"));
        }
    }
}
