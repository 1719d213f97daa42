//! What a message is due, before anybody words an answer: nothing, a fixed reply, or an answer that knows the reply context.

use std::borrow::Cow;

use super::consenting::nothing;
use super::{Response, Turn};
use crate::conversations::{EscalationReason, Intent, Places, Route, builtin, route};
use crate::leads::Lead;
use crate::messaging::consent::Consent;
use crate::messaging::{Address, Channel};
use crate::tenancy::{Tenant, TenantStatus};

/// What a message is due.
#[derive(Debug, Clone, PartialEq)]
pub enum Due {
    /// STOP (`refused`) or START of somebody who is proven: it is to be stored, then [`Turn::taken`] says what goes out.
    Word {
        /// Whether they refuse.
        refused: bool,
    },
    /// A code to this address, where the limits of its recipient allow one ([`Turn::send_code`]); else an answer.
    Code {
        /// How it goes there.
        channel: Channel,
        /// The address, which a visitor of the chat typed.
        to: Address,
    },
    /// This response; no answer is worded.
    Given(Response),
    /// An answer.
    Answer,
}

/// What whoever words an answer is told besides the message: the lead as its writer may know it, and the business as they find it.
#[derive(Debug, Clone)]
pub struct ReplyContext<'a> {
    lead: Cow<'a, Lead>,
    pub(super) tenant: Tenant,
    places: Places<'a>,
}

impl Turn<'_> {
    /// What the message is due. `refused`: its writer, or the address they write from, has refused.
    pub fn due(&mut self, refused: bool) -> Due {
        // Where nobody can tell who says it, "yes" answers a question.
        let word = self.inbound.consent(refused && self.inbound.proves_sender());
        if let Some(word) = word.filter(|_| self.inbound.withheld.is_none()) {
            return match word {
                _ if !self.is_proven() => Due::Given(self.unproven(word)),
                Consent::Help => Due::Given(self.help(refused)),
                Consent::Stop | Consent::Start => Due::Word { refused: word == Consent::Stop },
            };
        }
        if !self.is_answered() {
            return Due::Given(nothing(Intent::Other));
        }
        // In a chat they are answered where they ask, whatever they refused elsewhere.
        if refused && self.inbound.channel != Channel::Chat {
            return Due::Given(self.after_refusal());
        }
        if let Some(typed) = self.take_code() {
            return Due::Given(self.code_typed(typed));
        }
        if self.is_for_holder() {
            return Due::Given(nothing(Intent::Other));
        }
        if self.note_other_time() {
            return Due::Answer;
        }
        if let Some(response) = self.appointment_word(self.inbound.content.text()) {
            return Due::Given(response);
        }
        if let Some((channel, to)) = self.asks_for_appointment().then(|| self.provable_address()).flatten() {
            return Due::Code { channel, to };
        }
        if self.is_loop() {
            self.want_person(EscalationReason::AutomaticReplies);
            return Due::Given(nothing(Intent::Other));
        }
        Due::Answer
    }

    /// Whether anything is answered: not where a limit of the door says so, nor while the tenant is paused, nor where nobody
    /// expects it.
    fn is_answered(&self) -> bool {
        let inbound = self.inbound;
        inbound.withheld.is_none() && self.tenant.status == TenantStatus::Active && inbound.content.wants_answer()
    }

    /// Whether a machine answers us, again and again. An emergency is one however often it is told.
    fn is_loop(&self) -> bool {
        self.seems_automatic() && !self.is_emergency()
    }

    /// Whether the message tells of danger or damage now.
    pub(super) fn is_emergency(&self) -> bool {
        let routed = route(self.tenant, self.inbound.content.text(), Some(&self.thread), self.now);
        routed.escalate == Some(EscalationReason::Emergency)
    }

    /// The reply context of the answer, once the message was read ([`Turn::read_message`]).
    #[must_use]
    pub fn reply_context(&self) -> ReplyContext<'_> {
        let lead = self.lead_for_writer();
        let places = self.places();
        let zone = self.tenant.zone_at(places.meant);
        let tenant = self.tenant.seen_from(places.meant, self.now.to_zoned(zone).date());
        ReplyContext { lead, tenant, places }
    }

    /// What a responder is asked.
    #[must_use]
    pub fn asked<'s>(&'s self, reply_context: &'s ReplyContext<'s>, route: &'s Route) -> builtin::Turn<'s> {
        builtin::Turn {
            tenant: &reply_context.tenant,
            content: &self.inbound.content,
            source: self.inbound.source,
            contact_name: self.name(),
            lead: Some(&reply_context.lead),
            conversation: Some(&self.thread),
            route,
            is_reachable: self.is_reachable(),
            places: reply_context.places,
            when: self.when(),
            visit: self.visit(),
            findings: &self.findings,
            memory: &self.memory,
        }
    }
}
