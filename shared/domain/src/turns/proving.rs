//! Whether the writer of a turn is proven to be the contact, and how a visitor of the chat proves it.

use super::consenting::say;
use super::{Response, Turn};
use crate::MessageId;
use crate::conversations::proof::{self, MIN_SESSION_CHARS, Proof, Typed};
use crate::conversations::{Delivery, EscalationReason, Intent, Message, Role};
use crate::events::EventKind;
use crate::messaging::{Address, Channel, MessageRef, Strength};

/// A code on its way to an address.
#[derive(Debug, Clone)]
pub(super) struct Code {
    channel: Channel,
    to: Address,
    text: String,
}

impl Turn<'_> {
    /// Whether the writer is proven to be the person that the message is filed under. If not, they change no consent, move no
    /// appointment, and are answered from nothing but what they said themselves in this thread.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.proven_address().is_some()
    }

    /// The address that the writer is known to have: the one that the message came from, or the one that a code was typed back
    /// from lately, while it is still the contact's.
    #[must_use]
    pub fn proven_address(&self) -> Option<&Address> {
        if self.inbound.proves_sender() {
            return Some(&self.inbound.from);
        }
        let proof = self.thread.proof.as_ref().filter(|proof| proof.holds(self.now))?;
        let is_theirs = self.person.contact.strength_of(&proof.address) == Some(Strength::Proven);
        (self.inbound.channel == Channel::Chat && is_theirs).then_some(&proof.address)
    }

    /// Where a code can be sent that proves a visitor of the chat, by text message before e-mail: an address of the contact
    /// that this visitor typed themselves, and that can be written to; of a contact who is proven, one that is proven, because
    /// anybody may have typed another. `None` too while a code is waited for.
    #[must_use]
    pub fn provable_address(&self) -> Option<(Channel, Address)> {
        let session = self.thread.session.as_deref()?;
        let waits = self.thread.proof.as_ref().is_some_and(|proof| proof.is_open(self.now));
        let opt_out_state = &self.person.opt_out_state;
        if self.is_proven() || waits || opt_out_state.refused || session.len() < MIN_SESSION_CHARS {
            return None;
        }
        let contact = &self.person.contact;
        let enough = if contact.is_proven() { Strength::Proven } else { Strength::Given };
        let theirs = |address: &&Address| contact.strength_of(address).is_some_and(|strength| strength >= enough);
        let typed = || self.thread.stated.addresses.iter().filter(theirs);
        let by = |channel: Channel| {
            let fits = |address: &&Address| match channel {
                Channel::Sms => matches!(address, Address::Phone(_)),
                _ => matches!(address, Address::Email(_)),
            };
            let reaches = |address: &&Address| {
                !opt_out_state.cannot_reach(address, channel) && !opt_out_state.is_stopped(channel, address)
            };
            let address = typed().filter(|_| self.tenant.has_channel(channel)).find(|a| fits(a) && reaches(a))?;
            Some((channel, address.clone()))
        };
        by(Channel::Sms).or_else(|| by(Channel::Email))
    }

    /// Sends `code` to an address as [`Turn::provable_address`] gives it, and waits for it. Gives what is said in the chat.
    pub fn send_code(&mut self, (channel, to): (Channel, Address), code: &str) -> Response {
        let language = &self.thread.language;
        let asked = self.inbound.content.text();
        let said = say(proof::code_sent(&to, language), language, Intent::Booking);
        let text = proof::code_message(code, language, &self.tenant.name);
        let thread = self.thread.id.to_string();
        self.thread.proof = Some(Proof::sent(&self.tenant.id, &thread, to.clone(), code, asked, self.now));
        self.code = Some(Code { channel, to, text });
        said
    }

    /// Takes the message as the code that was sent, where it is one. A right one proves the address.
    pub(super) fn take_code(&mut self) -> Option<Typed> {
        let thread = self.thread.id.to_string();
        let typed =
            self.thread.proof.as_mut()?.take(&self.tenant.id, &thread, self.inbound.content.text(), self.now)?;
        if typed == Typed::Right {
            let address = self.thread.proof.as_ref()?.address.clone();
            self.person.contact.learn(&address, Strength::Proven);
        }
        Some(typed)
    }

    /// What is said to a code that was typed: to the right one, what they had asked for.
    pub(super) fn code_typed(&mut self, typed: Typed) -> Response {
        let asked = self.thread.proof.as_ref().filter(|_| typed == Typed::Right).map(|proof| proof.asked.clone());
        if let Some(response) = asked.and_then(|asked| self.appointment_word(&asked)) {
            return response;
        }
        if typed == Typed::Spent {
            self.want_person(EscalationReason::CustomerAsked);
        }
        let language = &self.thread.language;
        say(proof::code_typed(typed, language).to_owned(), language, Intent::Other)
    }

    /// The message with the code: it goes to the address, is no line of the thread, and is never shown in the chat.
    pub(super) fn code_message(&mut self, answer: &Message) -> Option<Message> {
        let Code { channel, to, text } = self.code.take()?;
        let reference = MessageRef {
            message: MessageId::derive(&self.tenant.id, &["code", &self.inbound.message_id().to_string()]),
            ..answer.reference
        };
        let contact = self.person.contact.id;
        self.events.push(EventKind::MessageQueued { message: reference, channel, contact });
        Some(Message {
            reference,
            role: Role::Assistant,
            channel,
            text,
            delivery: Some(Delivery::queued(to, Some(self.inbound.said_at()), self.now)),
            ..answer.clone()
        })
    }
}
