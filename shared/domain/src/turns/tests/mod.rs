//! The rules of a turn, on invented people. [`kept`] plays the table between two turns.

mod booking;
mod calling;
mod closing;
mod documents;
mod events;
mod extras;
mod filing;
mod held;
mod merging;
mod opening;
mod prompting;
mod proving;
mod reading_message;
mod unproven;

use jiff::{SignedDuration, Timestamp};

use super::{Outcome, Response, Turn};
use crate::MessageId;
use crate::conversations::{Action, Answer, Author, Conversation, Intent, Message, Role, Sentiment};
use crate::events::EventKind;
use crate::journeys::Person;
use crate::leads::{Contact, GivenDetails, KnownAddress, Lead, Qualification, Score};
use crate::messaging::{Address, Channel, Content, Email, Inbound, OptOutState, Phone, Source};
use crate::samples::roofer;
use crate::tenancy::{BusinessContext, Language, Tenant};

/// A Friday noon, and so many seconds after it.
fn noon(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_795_176_000 + seconds).unwrap()
}

fn hours(count: i64) -> i64 {
    SignedDuration::from_hours(count).as_secs()
}

fn phone(last: u32) -> Address {
    Address::Phone(Phone::e164(&format!("+1303555{last:04}"), "phone").unwrap())
}

fn email(name: &str) -> Address {
    Address::Email(Email::new(&format!("{name}@example.com"), "email").unwrap())
}

fn chat(session: &str) -> Address {
    Address::Chat(session.to_owned())
}

/// A text message that came in at `at`; its own id makes it a message of its own.
fn message(id: &str, from: Address, text: &str, at: Timestamp) -> Inbound {
    let (source, channel) = match from {
        Address::Phone(_) => (Source::Sms, Channel::Sms),
        Address::Email(_) => (Source::WebForm, Channel::Email),
        Address::Chat(_) => (Source::LiveChat, Channel::Chat),
        Address::WhatsappUser(_) => (Source::Whatsapp, Channel::Whatsapp),
    };
    Inbound {
        tenant: roofer().id,
        vendor_id: id.to_owned(),
        source,
        channel,
        from,
        also: Vec::new(),
        name: None,
        content: Content::Text { text: text.to_owned() },
        received_at: at,
        sent_at: None,
        fields: std::collections::BTreeMap::new(),
        text_consent: None,
        withheld: None,
        correlation_id: format!("correlation-{id}"),
    }
}

/// A plain reply that learned nothing.
fn plain() -> Answer {
    Answer {
        reply: "We are open until five.".to_owned(),
        language: Language::english(),
        intent: Intent::Hours,
        sentiment: Sentiment::Neutral,
        action: Action::Reply,
        score: Score::Unscored,
        confidence: 90,
        qualification: Qualification::default(),
        given: GivenDetails::default(),
        requested_time: None,
        intake: std::collections::BTreeMap::new(),
        asked: None,
        citations: Vec::new(),
        author: Author { model: "builtin".to_owned(), input_tokens: 11, output_tokens: 7 },
    }
}

fn answered(answer: Answer) -> Response {
    Response::Answered { answer: Box::new(answer), escalate: None }
}

/// A whole turn with `answer`; the message's own time is now.
fn turn(tenant: &Tenant, inbound: &Inbound, found: Vec<Person>, answer: Answer) -> Outcome {
    Turn::open(tenant, BusinessContext::NONE, inbound, found, inbound.received_at).close(answered(answer), 12)
}

/// The person as the table has them after `outcome`: versions counted up, slots overwritten.
fn kept(outcome: &Outcome, before: &[Person]) -> Person {
    let owner = outcome.lead.contact;
    let stored = before.iter().find(|person| person.contact.id == owner);
    let contact = match &outcome.contact {
        Some(contact) => Contact { version: contact.version + 1, found_by: contact.keywords(), ..contact.clone() },
        None => stored.unwrap().contact.clone(),
    };
    let written: Vec<Conversation> = std::iter::once(&outcome.thread)
        .chain(&outcome.moved_threads)
        .map(|thread| Conversation { version: thread.version + 1, ..thread.clone() })
        .collect();
    let mut threads: Vec<Conversation> = stored.map_or_else(Vec::new, |person| person.threads.clone());
    threads.retain(|thread| written.iter().all(|new| new.channel != thread.channel));
    threads.extend(written);
    let lead = Lead { version: outcome.lead.version + 1, ..outcome.lead.clone() };
    let opt_out_state = stored.map_or_else(OptOutState::default, |person| person.opt_out_state.clone());
    Person { contact, lead, threads, opt_out_state, journey: None }
}

/// Somebody who wrote once by SMS, at noon.
fn known(tenant: &Tenant) -> Person {
    kept(&turn(tenant, &message("first", phone(101), "Hello", noon(0)), Vec::new(), plain()), &[])
}

fn names(outcome: &Outcome) -> Vec<&'static str> {
    outcome.events.iter().map(|event| event.kind.name()).collect()
}

fn roles(outcome: &Outcome) -> Vec<Role> {
    outcome.messages.iter().map(|message| message.role).collect()
}

fn reply(outcome: &Outcome) -> &Message {
    outcome.messages.iter().find(|message| message.role == Role::Assistant).unwrap()
}

fn queued_messages(outcome: &Outcome) -> Vec<MessageId> {
    let queued = |kind: &EventKind| match kind {
        EventKind::MessageQueued { message, .. } => Some(message.message),
        _ => None,
    };
    outcome.events.iter().filter_map(|event| queued(&event.kind)).collect()
}
