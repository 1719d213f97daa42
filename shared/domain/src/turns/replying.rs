//! A reply of the staff: a message of the thread like the assistant's, through the same gate.
//!
//! The gate is asked before anything is stored, so that whoever writes hears at once what would stop it for good; `worker-deliver`
//! asks again before it leaves. What waits for the end of quiet hours is stored.

use jiff::Timestamp;

use super::closing::next_millisecond;
use crate::conversations::answer::MAX_REPLY_CHARS;
use crate::conversations::escalating::breached;
use crate::conversations::{Conversation, Delivery, Message, Role, summary};
use crate::events::EventKind;
use crate::failure::Rejection;
use crate::identity::Actor;
use crate::journeys::gate::takes_free_text;
use crate::journeys::{JourneyContext, Person, Ruling, SendContext, check_places, fill_in, gate};
use crate::messaging::{Address, Channel, MessageRef, Source, Verdict};
use crate::tenancy::{Language, Template, Tenant};
use crate::{Failure, MessageId};

/// What somebody of the staff wants to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words<'a> {
    /// Their own words.
    Own(&'a str),
    /// An approved template of WhatsApp's, by its name in `channels.whatsapp.templates`.
    Template(&'a str),
}

impl<'a> From<&'a str> for Words<'a> {
    fn from(own: &'a str) -> Self {
        Self::Own(own)
    }
}

/// What somebody of the staff writes, and to whom.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// On whose behalf.
    pub tenant: &'a Tenant,
    /// To whom.
    pub person: &'a Person,
    /// In which of their threads.
    pub thread: &'a Conversation,
    /// The customer's latest message in it, where it is among the last that were read.
    pub latest: Option<&'a Message>,
    /// What it says.
    pub text: &'a str,
    /// The approved template that says it, where it is one.
    pub template: Option<&'a Template>,
    /// Who wrote it.
    pub by: &'a Actor,
    /// Its id, which a repeat has too.
    pub id: MessageId,
    /// Of the request.
    pub correlation_id: &'a str,
    /// When (UTC).
    pub at: Timestamp,
}

/// What a reply stores.
#[derive(Debug, Clone, PartialEq)]
pub struct Replied {
    /// The thread as it is from now on.
    pub thread: Conversation,
    /// The message, which waits to be sent.
    pub message: Message,
    /// What other functions hear of.
    pub events: Vec<EventKind>,
}

/// The text of a reply, without blanks around it.
///
/// # Errors
/// [`Failure::Rejected`] naming `text`, where there is none or too much of it.
pub fn text(text: &str) -> Result<&str, Failure> {
    let text = text.trim();
    match text.chars().count() {
        1..=MAX_REPLY_CHARS => Ok(text),
        _ => Err(Failure::invalid("text", format!("text must have 1 to {MAX_REPLY_CHARS} characters"))),
    }
}

/// What `words` say to `person`, in `language` where they are a template with places, and that template.
///
/// # Errors
/// [`Failure::Rejected`] naming `template`, where the tenant has none of that name, or nothing is known for a place in it.
pub fn worded(
    words: Words<'_>,
    tenant: &Tenant,
    person: &Person,
    language: &Language,
    now: Timestamp,
) -> Result<(String, Option<Template>), Failure> {
    let name = match words {
        Words::Own(text) => return Ok((text.to_owned(), None)),
        Words::Template(name) => name,
    };
    let wrong = |why: String| Failure::invalid("template", why);
    let mut templates = tenant.channels.whatsapp.iter().flat_map(|settings| &settings.templates);
    let chosen = templates.find(|one| one.template.name == name);
    let chosen = chosen.ok_or_else(|| wrong("template must be a name in channels.whatsapp.templates".to_owned()))?;
    let context = JourneyContext { tenant, person, sequences: &[], visit_link: None };
    let fill = |text: &str| {
        check_places("template", text)?;
        let filled = fill_in(text, &context, language, now);
        match filled.missing.first() {
            Some(place) => {
                Err(wrong(format!("nothing is known of this customer for {{{place}}}: take another template")))
            }
            None => Ok(filled.text),
        }
    };
    let values = chosen.template.values.iter().map(|value| fill(value)).collect::<Result<_, _>>()?;
    Ok((fill(&chosen.text)?, Some(Template { values, ..chosen.template.clone() })))
}

/// What `draft` stores.
///
/// # Errors
/// [`Failure::Rejected`] ([`Rejection::MessageRefused`]) with the gate's sentence where the message would never leave.
pub fn reply(draft: &Draft<'_>) -> Result<Replied, Failure> {
    let message = draft.message()?;
    draft.ask_gate(&message)?;
    let mut thread = draft.thread.clone();
    thread.goes_on();
    thread.handling.replied(draft.by.account());
    thread.remember(Role::Staff, draft.text);
    // Their last question is no longer the assistant's; which ones it has asked stays.
    (thread.asked, thread.asked_again) = (None, false);
    // Nor does a yes take a time that was offered before.
    thread.offer = None;
    thread.message_count += 1;
    thread.last_message_at = message.reference.at;
    thread.replied_at = Some(message.reference.at);
    let late = thread.sla.on_staff_reply(draft.at);
    let (channel, contact) = (thread.channel, draft.person.contact.id);
    let events = std::iter::once(EventKind::MessageQueued { message: message.reference, channel, contact })
        .chain(late.map(|breach| breached(&thread, breach)))
        .chain(summary::due_when_grown(draft.thread.message_count, &thread))
        .collect();
    Ok(Replied { thread, message, events })
}

impl Draft<'_> {
    /// The message, later than all in its thread.
    fn message(&self) -> Result<Message, Failure> {
        let Self { thread, latest, .. } = *self;
        let reference = MessageRef {
            conversation: thread.id,
            at: self.at.max(next_millisecond(thread.last_message_at)),
            message: self.id,
        };
        let to = recipient(thread).ok_or_else(|| refused("It is not known from where they wrote"))?;
        let by_twilio =
            latest.is_some_and(|latest| (latest.source, latest.channel) == (Some(Source::Sms), Channel::Whatsapp));
        let template = self.template.cloned();
        if template.is_some() && (by_twilio || thread.channel != Channel::Whatsapp) {
            return Err(refused("An approved template goes out by WhatsApp through Meta alone. Nothing was stored"));
        }
        // Whatever it says, a template is uninvited: one of them, until they answer.
        let uninvited = |at: Timestamp| !takes_free_text(&self.person.opt_out_state, at);
        if template.is_some() && thread.replied_at.is_some_and(uninvited) {
            return Err(refused("A template went out since they last wrote: the next may go once they answer"));
        }
        let delivery = Delivery { by_twilio, template, ..Delivery::queued(to, self.answers_at(), self.at) };
        Ok(Message {
            in_reply_to: latest.map(|latest| latest.reference.message),
            language: Some(thread.language.clone()),
            by: Some(self.by.clone()),
            delivery: Some(delivery),
            ..Message::new(
                reference,
                thread.lead,
                Role::Staff,
                thread.channel,
                self.text.to_owned(),
                self.correlation_id.to_owned(),
            )
        })
    }

    /// When the customer wrote what this answers: the latest that waits for an answer, or their latest message.
    fn answers_at(&self) -> Option<Timestamp> {
        let waits = self.thread.sla.unanswered.last().copied();
        waits.max(self.latest.map(|latest| latest.reference.at))
    }

    /// What would stop it for good, before anything is stored.
    fn ask_gate(&self, message: &Message) -> Result<(), Failure> {
        let person = self.person;
        let context = SendContext {
            tenant: self.tenant,
            message,
            contact: Some(&person.contact),
            opt_out_state: &person.opt_out_state,
            journey: person.journey.as_ref(),
            sent_this_month: 0,
            with_staff: false,
        };
        match gate(&context, self.at) {
            Ruling::Stopped(Verdict::Dropped { why, .. } | Verdict::Skipped { why, .. }) => {
                let todo = if context.needs_template(self.at) {
                    "Send one of your approved templates, reach them on another channel, or call them; what they write on WhatsApp opens it again"
                } else {
                    "Nothing was stored"
                };
                Err(refused(&format!("{why}. {todo}")))
            }
            Ruling::Stopped(_) | Ruling::Cleared(..) => Ok(()),
        }
    }
}

/// Where the customer of a thread writes from.
fn recipient(thread: &Conversation) -> Option<Address> {
    thread.peer.clone().or_else(|| thread.session.clone().map(Address::Chat))
}

fn refused(why: &str) -> Failure {
    Failure::rejected(Rejection::MessageRefused, why)
}

#[cfg(test)]
mod tests;
