//! The second half of a turn: what follows from the response.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::calling::{Called, Reasons};
use super::{Outcome, Response, Turn};
use crate::MessageId;
use crate::conversations::{
    Action, Answer, ConversationStatus, Delivery, EscalationReason, Intent, Message, Role, Sentiment,
};
use crate::events::EventKind;
use crate::leads::{Lead, LeadStatus, Qualification};
use crate::messaging::{MessageRef, Source, consent};

/// No more questions of one thread are remembered.
const MAX_QUESTIONS: usize = 60;

impl Turn<'_> {
    /// Second half: what follows from the response. `processing_ms` is what the turn took so far.
    #[must_use]
    pub fn close(mut self, response: Response, processing_ms: u64) -> Outcome {
        if self.inbound.content.wants_answer() {
            self.thread.handling.wake();
        }
        let mut messages = vec![self.customer_message()];
        let first = self.thread.message_count == 0;
        let sentiment = match &response {
            Response::Answered { answer, .. } => Some(answer.sentiment),
            Response::Confirmed { .. } | Response::Silent { .. } => None,
        };
        self.note_received(&messages, sentiment);
        self.thread.remember(Role::Customer, self.inbound.content.text());
        self.thread.message_count += 1;
        let mut booking = None;
        let called = match response {
            Response::Silent { intent, suppressed } => {
                self.thread.last_message_at = self.thread.last_message_at.max(self.now);
                set_reading(&mut messages, intent, None);
                self.note_consent(suppressed);
                self.thread.asked = self.thread.asked.take().or_else(|| self.crossed.take());
                self.leave_open(intent, first)
            }
            Response::Confirmed { answer, suppressed } => {
                set_reading(&mut messages, answer.intent, Some(&answer));
                self.note_consent(suppressed);
                self.apply(&answer);
                self.told = answer.intent == Intent::OptOut && self.inbound.proves_sender();
                let reply = Message { opt_out: self.told, ..self.reply(&answer, processing_ms) };
                let code = self.code_message(&reply);
                messages.push(reply);
                messages.extend(code);
                match self.wanted {
                    Some(_) => {
                        self.call(Reasons { sentiment, because: self.wanted, first, booking: false, answered: true })
                    }
                    None => Called::default(),
                }
            }
            Response::Answered { mut answer, escalate } => {
                set_reading(&mut messages, answer.intent, Some(&answer));
                let because = self.reason(&answer, escalate);
                let heard = self.hear_of_extra(&mut answer);
                let requests = self.apply(&answer);
                booking = self.settle_visit(&answer);
                let got = heard.or_else(|| self.take_direct(&answer));
                booking = booking.map(|change| self.with_extras(change));
                let extra = self.suggest_extra(&mut answer, because);
                messages.iter_mut().for_each(|message| message.extra.clone_from(&got));
                messages.push(Message { extra, ..self.reply(&answer, processing_ms) });
                self.open_question = self.unanswered(&answer, because);
                self.call(Reasons { sentiment, because, first, booking: requests, answered: true })
            }
        };
        messages.extend(called.notices.iter().cloned());
        self.finish(messages, called, booking)
    }

    /// Nothing goes out: where somebody expects an answer, they wait for a person from now on.
    fn leave_open(&mut self, intent: Intent, first: bool) -> Called {
        let by_vendor = matches!(intent, Intent::OptOut | Intent::OptIn);
        let content = &self.inbound.content;
        if self.inbound.withheld.is_some_and(|withheld| !withheld.leaves_someone_waiting()) {
            return Called::default();
        }
        let waits = !by_vendor && content.wants_answer() && consent::read(content.text(), false).is_none();
        if !waits && self.wanted.is_none() {
            return Called::default();
        }
        // A machine waits for nothing.
        if waits && self.wanted != Some(EscalationReason::AutomaticReplies) {
            self.thread.sla.on_customer_message(self.tenant, self.inbound.said_at().min(self.now));
        }
        let withheld = self.inbound.withheld.map(|_| EscalationReason::DeliveryFailed);
        let because = self.wanted.or(withheld);
        let mut called = self.call(Reasons { sentiment: None, because, first, booking: false, answered: false });
        if waits {
            self.tell_holder(&mut called);
        }
        called
    }

    fn note_consent(&mut self, suppressed: Option<bool>) {
        let (contact, channel) = (self.person.contact.id, self.inbound.channel);
        let changed = suppressed.map(|suppressed| EventKind::ConsentChanged { contact, channel, suppressed });
        self.events.extend(changed);
    }

    /// That they wrote, and that they called.
    fn note_received(&mut self, messages: &[Message], sentiment: Option<Sentiment>) {
        let contact = self.person.contact.id;
        let received = messages.iter().map(|message| EventKind::MessageReceived {
            message: message.reference,
            contact,
            channel: message.channel,
            sentiment,
            text_consent: message.text_consent.clone(),
        });
        self.events.extend(received);
        if self.inbound.has_files() {
            let with_files =
                messages.iter().map(|message| EventKind::FilesReceived { message: message.reference, contact });
            self.events.extend(with_files);
        }
        if self.inbound.source == Source::MissedCall {
            self.events.push(EventKind::CallReceived { contact });
        }
    }

    fn customer_message(&self) -> Message {
        let inbound = self.inbound;
        Message {
            content: Some(inbound.content.clone()),
            source: Some(inbound.source),
            vendor_id: Some(inbound.vendor_id.clone()),
            text_consent: inbound.text_consent.clone(),
            withheld: inbound.withheld,
            language: Some(self.thread.language.clone()),
            ..Message::new(
                MessageRef {
                    conversation: self.thread.id,
                    at: inbound.received_at.min(self.now),
                    message: inbound.message_id(),
                },
                self.person.lead.id,
                Role::Customer,
                inbound.channel,
                inbound.content.text().to_owned(),
                inbound.correlation_id.clone(),
            )
        }
    }

    /// Takes over what the answer learned and decided. Returns whether a booking was asked for just now.
    fn apply(&mut self, answer: &Answer) -> bool {
        let services = |lead: &Lead| lead.qualification.services().map(str::to_owned).collect::<BTreeSet<_>>();
        let before = services(&self.person.lead);
        self.learn(answer);
        let wants_others = !before.is_empty() && services(&self.person.lead) != before;
        // Before the question that it may answer is replaced.
        self.learn_wish();
        self.thread.language = answer.language.clone();
        self.thread.asked_again = answer.asked.is_some() && answer.asked == self.thread.asked;
        self.thread.asked.clone_from(&answer.asked);
        let has_room = self.thread.questions.len() < MAX_QUESTIONS;
        self.thread.questions.extend(answer.asked.clone().filter(|_| has_room));
        self.ask_team(answer);
        self.tell_of_dispute();
        if answer.action == Action::End {
            self.thread.status = ConversationStatus::Ended;
        }
        let booking = answer.requested_time.clone().filter(|_| answer.action == Action::RequestBooking);
        let asked_anew = booking.is_some() && (booking != self.lead_for_writer().requested_time || wants_others);
        if let Some(time) = booking.filter(|_| asked_anew) {
            self.events.push(EventKind::BookingRequested { lead: self.person.lead.id, time: time.clone() });
            self.learn_time(time);
        }
        let lead = &mut self.person.lead;
        let to = status_after(answer.action, &lead.qualification);
        if lead.status.assistant_may_move_to(to) {
            lead.status = to;
        }
        asked_anew
    }

    /// The customer waits from now on; no longer for staff, unless those were called.
    fn start_the_clock(&mut self, processing_ms: u64) {
        self.thread.sla.on_customer_message(self.tenant, self.inbound.said_at().min(self.now));
        self.thread.replied_at = Some(answered_at(self.now, processing_ms));
        if self.thread.escalation.is_none() && !self.thread.handling.is_with_staff() {
            self.thread.sla.needs_nobody(self.now);
        }
    }

    /// The answer goes to where the message came from, by the vendor that brought it. A call opens no window of WhatsApp's: it is answered by the template that
    /// the tenant has for that.
    fn delivery(&self) -> Delivery {
        let by_whatsapp = self.tenant.channels.whatsapp.as_ref().filter(|_| self.inbound.source == Source::MissedCall);
        let template = by_whatsapp.and_then(|settings| settings.missed_call.clone());
        let answers = self.inbound.said_at();
        let by_twilio = self.inbound.is_whatsapp_by_twilio();
        Delivery { template, by_twilio, ..Delivery::queued(self.inbound.from.clone(), Some(answers), self.now) }
    }

    fn reply(&mut self, answer: &Answer, processing_ms: u64) -> Message {
        self.start_the_clock(processing_ms);
        self.thread.remember(Role::Assistant, &answer.reply);
        self.thread.message_count += 1;
        // Later than the message it answers and than everything in the thread, whatever the clocks say: a chat
        // widget asks for what came after the last reply it knows.
        let before = self.inbound.received_at.max(self.thread.last_message_at);
        let at = self.now.max(next_millisecond(before));
        self.thread.last_message_at = at;
        let reference = MessageRef {
            conversation: self.thread.id,
            at,
            message: MessageId::derive(&self.tenant.id, &["reply", &self.inbound.message_id().to_string()]),
        };
        let (channel, contact) = (self.inbound.channel, self.person.contact.id);
        self.events.push(EventKind::MessageQueued { message: reference, channel, contact });
        Message {
            reference,
            lead: self.person.lead.id,
            role: Role::Assistant,
            channel: self.inbound.channel,
            text: answer.reply.clone(),
            content: None,
            files: None,
            source: None,
            vendor_id: None,
            amended: None,
            text_consent: None,
            withheld: None,
            in_reply_to: Some(self.inbound.message_id()),
            author: Some(answer.author.clone()),
            confidence: Some(answer.confidence),
            processing_ms: Some(processing_ms),
            intent: Some(answer.intent),
            sentiment: Some(answer.sentiment),
            action: Some(answer.action),
            language: Some(answer.language.clone()),
            citations: answer.citations.clone(),
            notice: None,
            outreach: None,
            extra: None,
            opt_out: false,
            by: None,
            delivery: Some(self.delivery()),
            correlation_id: self.inbound.correlation_id.clone(),
        }
    }
}

/// `now`, and what the turn took.
fn answered_at(now: Timestamp, processing_ms: u64) -> Timestamp {
    let took = i64::try_from(processing_ms).unwrap_or(i64::MAX);
    now.checked_add(SignedDuration::from_millis(took)).unwrap_or(now)
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
        Action::RequestBooking | Action::Book => LeadStatus::Qualified,
        _ if known.is_sufficient() => LeadStatus::Qualified,
        _ => LeadStatus::Qualifying,
    }
}

/// The millisecond after `at`: what is put there comes later in its thread.
pub(super) fn next_millisecond(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond() + 1).unwrap_or(at)
}
